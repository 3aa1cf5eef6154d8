"""What every test shares: database, blocked network, cast, their doors, a browser and a server."""

import gc

import pytest

import tests.compiled  # noqa: F401 # isort: skip - what is imported after it is kept

from hypothesis import HealthCheck, settings

from dialog.adapters.processes import settle_in

# A property is right or wrong, however busy the machine is; `make bench` is for speed.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("house")

pytest_plugins = [
    "tests.room",
    "tests.reports",
    "tests.order",
    "tests.keys",
    "tests.logs",
    "tests.database",
    "tests.light_client",
    "tests.people_in_tests",
    "tests.doors",
    "tests.browsing",
    "tests.serving",
    "tests.buses",
    "tests.parties",
    "tests.providers",
    "tests.people.register_in_memory",
    "tests.people.contact_in_memory",
    "tests.people.personnel_in_memory",
    "tests.people.gps_in_memory",
]


# What pytest-django makes ready before each test, and no test here asks for: addresses and models
# of a test's own, a live server, an empty post box, another word for what a template lacks, a test
# case of ``unittest``. Whoever wants the database says ``db``.
NOT_ASKED_FOR = {
    "_dj_autoclear_mailbox",
    "_django_clear_site_cache",
    "_django_db_marker",
    "_django_isolate_apps",
    "_django_set_urlconf",
    "_django_setup_unittest",
    "_live_server_helper",
    "_template_string_if_invalid_marker",
}


def pytest_configure(config: pytest.Config) -> None:
    """Chance is begun anew for nobody: who wants some has a seed of their own."""
    config.option.randomly_reset_seed = False


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin each of 9,000 tests, and collect it, without eight fixtures that do nothing in it."""
    for_each: list[str] = session._fixturemanager._node_autousenames[session]
    assert set(for_each) >= NOT_ASKED_FOR, "pytest-django makes ready something else now"
    for_each[:] = [name for name in for_each if name not in NOT_ASKED_FOR]


def pytest_collection_finish() -> None:
    """What is there before the first test stays until the last: nobody need look there for rubbish
    again and again.
    """
    gc.collect()
    settle_in()
