"""Begins with the tests that take longest, so that no worker is left alone with one at the end.

The others are too many and too short for their order to matter to the time.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
LONGEST = (
    "cli/test_run.py",
    "bench/test_measures.py",
    "endure/test_endure.py",
    "ledger/test_sealing_processes.py",
    "certify/test_record_systems.py",
    "whole_way",
    "journeys/test_over_the_bus.py",
    "appointments/test_rush_over_http.py",
    "fuzz/test_inbound.py",
    "interop/test_round_trips.py",
    "epj/test_end_to_end.py",
)
PLACES = {TESTS / name: place for place, name in enumerate(LONGEST)}
assert all(one.exists() for one in PLACES), "a test that takes long was moved"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the order that chance gave, but for these."""
    items.sort(key=lambda item: place(item.path))


def place(path: Path) -> int:
    """How early: where the file, or its folder, is in the list."""
    return PLACES.get(path, PLACES.get(path.parent, len(PLACES)))
