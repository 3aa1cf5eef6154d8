"""All there is to measure, in the order of the table, and how much of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import bare, people, report, scenarios
from bench.rush import ORDERS, TIMES, Rushed, rush
from bench.scenarios import Measured
from bench.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many requests of each kind, how many people in a rush, and how long bare reading takes
    (seconds).
    """

    many: int
    people: int
    seconds: int


FULL = Extent(many=600, people=200, seconds=3)
QUICK = Extent(many=150, people=200, seconds=1)
LEAST = Extent(many=8, people=2 * TIMES, seconds=1)  # to see that all of it still runs


def measure(on: Stage, extent: Extent) -> tuple[list[Measured], list[Rushed]]:
    """Measure everything, and print each as it comes."""
    office = people.gather(on, extent.people)
    slots = [one.id for one in office.free]
    rushed, distinct = slots[: 2 * TIMES], slots[2 * TIMES : 2 * TIMES + extent.many]
    measured, rushes = [], []
    print(report.head())
    for one in _each(on, office, extent, distinct):
        print(report.line(one), flush=True)
        measured.append(one)
    for place, name in enumerate(ORDERS):
        went = rush(on, office, name, rushed[TIMES * place : TIMES * (place + 1)])
        print(f"\n{report.rush_line(went)}", flush=True)
        rushes.append(went)
    return measured, rushes


def _each(on: Stage, office: people.Office, extent: Extent, slots: list[str]) -> Iterator[Measured]:
    yield from scenarios.pages(on, office, extent.many)
    yield scenarios.messages(on, office, extent.many)
    yield scenarios.bookings(on, office, slots)
    yield scenarios.refusals(on, office, slots[0], extent.many // 2)
    left = bare.set_up(on, without=office.free)
    yield bare.read_a_row(on, extent.seconds)
    yield bare.book(on, min(left, 2 * extent.many))
