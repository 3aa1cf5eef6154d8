"""Who keeps connections to the database, and how what is asked on them is planned."""

import pytest

from dialog.config.databases import database

URL = "postgresql://somebody@/dialog?host=/tmp"
PLANNED_ONCE = "plan_cache_mode=force_generic_plan"


@pytest.mark.parametrize(
    ("process", "kept", "planned_once"),
    [("web", True, True), ("relay", True, False), ("owner", False, False)],
)
def test_processes_that_last_keep_them(process: str, kept: bool, planned_once: bool) -> None:
    made = database(URL, role="", process=process)

    assert bool(made["CONN_MAX_AGE"]) is kept
    assert (PLANNED_ONCE in made["OPTIONS"]["options"]) is planned_once  # type: ignore[index]
