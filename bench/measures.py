"""All there is to measure, in the order of the table, and how much of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import bare, exchange, people, price, report, scenarios
from bench.memory import Memory
from bench.rush import ORDERS, TIMES, Rushed, rush
from bench.scenarios import Measured
from bench.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many requests of each kind, how many people in a rush, how many rows are read bare, how
    long a message is decoded again and again, how long messages come in to see whether memory grows
    (seconds), how many of them at a time, and how many come that are not measured.
    """

    many: int
    people: int
    reads: int
    seconds: float
    memory: float
    batch: int = 50
    warm_up: int = 60


FULL = Extent(many=600, people=200, reads=150_000, seconds=3, memory=120)
QUICK = Extent(many=150, people=200, reads=50_000, seconds=1, memory=10)
# To see that all of it still runs.
LEAST = Extent(many=2, people=2 * TIMES, reads=100, seconds=0.01, memory=0, batch=5, warm_up=4)


def measure(on: Stage, extent: Extent) -> tuple[list[Measured], list[Rushed], Memory]:
    """Measure everything, and print each as it comes; a record system comes last, for the office
    works elsewhere from then on.
    """
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
    connected = exchange.connected(on)
    print(f"\n{report.head()}")
    said = {"seconds": extent.seconds, "many": extent.many, "warm_up": extent.warm_up}
    for one in exchange.messages(on, connected, **said):
        print(report.line(one), flush=True)
        measured.append(one)
    grown = exchange.memory(on, connected, extent.memory, extent.batch)
    print(f"\n{report.memory_line(grown)}", flush=True)
    return measured, rushes, grown


def _each(on: Stage, office: people.Office, extent: Extent, slots: list[str]) -> Iterator[Measured]:
    yield from scenarios.pages(on, office, extent.many)
    # Before anybody writes or books, for then the same pages show more here than beside.
    yield from price.pages(on, office, extent.many)
    scenarios.warm_up(on, office, extent.many)
    yield scenarios.messages(on, office, extent.many)
    yield scenarios.bookings(on, office, slots)
    yield scenarios.refusals(on, office, slots[0], extent.many // 2)
    left = bare.set_up(on, without=office.free)
    yield bare.read_a_row(on, extent.reads)
    yield bare.book(on, min(left, 2 * extent.many))
