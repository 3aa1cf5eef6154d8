"""kill -9 of relay, listener, broker and record system in turn, while people write to each other.

A small slice of it in ``make test``; ``make endure`` runs 5,000 messages, or as many as ENDURE
says, and writes what was found to var/endure.json.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from dialog.demo import cast as people_in_it
from tests.database import CHECKOUT
from tests.endure.endurance import Endurance, Ways, judged, scripted
from tests.epj.running import Ends
from tests.epj.running import running as record_system
from tests.platform_processes import Platform, on_the_bus

SLICE, A_WAVE = 40, 200


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with record_system(tmp_path, script=scripted(tmp_path)) as both:
        yield both


@pytest.fixture
def platform(own_database: str, ends: Ends, tmp_path: Path) -> Iterator[Platform]:
    settings = {**ends.portal, "BUS_ADAPTER": "tests.endure.impatient.Transport"}
    with on_the_bus(own_database, tmp_path / "platform", settings) as made:
        yield made


def tell(one: Endurance, there: Ways, back: Ways) -> None:
    """The figures, for whoever asked for a run of their own."""
    found = {"to_the_office": asdict(there), "to_patients": asdict(back)}
    said = {**found, "killed": dict(one.kills), "seconds": round(one.seconds)}
    sys.stdout.write(f"\nTo the office: {there}.\nTo patients: {back}.\n{said['killed']}\n")
    sys.stdout.write(f"{one.seconds:.0f} s. {one.states()}\n")
    if "ENDURE" in os.environ:
        (CHECKOUT / "var" / "endure.json").write_text(json.dumps(said, indent=2) + "\n")


def test_nothing_is_lost_or_done_twice_whoever_is_killed(ends: Ends, platform: Platform) -> None:
    many = int(os.environ.get("ENDURE", "") or SLICE)
    one = Endurance(people_in_it.find(), platform, ends, many)

    one.run(waves=max(4, many // A_WAVE))

    there, back = one.to_the_office(), one.to_the_patients()
    tell(one, there, back)
    assert there.well, there
    assert back.well, back
    assert there.sent == back.sent == many // 2
    assert "!" not in ends.do("status"), ends.do("status")


@pytest.mark.parametrize(
    ("came", "lost", "twice", "disordered"),
    [
        (["a1", "b1", "a2"], 0, 0, 0),
        (["b1", "a1", "a2"], 0, 0, 0),
        (["a1", "b1"], 1, 0, 0),
        (["a1", "b1", "a1", "a2"], 0, 1, 0),
        (["a2", "b1", "a1"], 0, 0, 1),
        (["a2", "b1"], 1, 0, 0),
    ],
)
def test_what_is_wrong_is_counted(came: list[str], lost: int, twice: int, disordered: int) -> None:
    found = judged({"a1": "a", "b1": "b", "a2": "a"}, came)

    assert (found.lost, found.twice, found.disordered) == (lost, twice, disordered)
    assert found.well == (not lost + twice + disordered)
