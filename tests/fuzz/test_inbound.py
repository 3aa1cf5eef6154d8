"""A little of what `make fuzz` does for ten minutes, the same each time."""

import logging
import os

import psycopg
import pytest

from fuzz.running import LONGEST, Fuzz
from fuzz.scene import Scene
from tests.database import SERVER

MANY = 80


def test_whatever_comes_in_is_kept_answered_and_done_once(
    own_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "dialog.interop")
    alone = "FUZZ_SECONDS" in os.environ
    seconds = float(os.environ.get("FUZZ_SECONDS", "0"))
    seed = int(os.environ.get("FUZZ_SEED", "7"))
    scene = Scene()

    with scene.on(), psycopg.connect(SERVER.url(database=own_database), autocommit=True) as outside:
        # Beside other tests a message may be slow; one that hangs is found all the same.
        fuzz = Fuzz(scene, outside, seed, longest=LONGEST if alone else 60)
        try:
            report = fuzz.run(seconds, at_least=MANY)
        finally:
            print("\n" + "\n".join(fuzz.report.lines()))  # noqa: T201 - for `make fuzz`

    assert not report.faults
    assert report.done >= MANY
