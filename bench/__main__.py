"""Measure the product: pages, messages, bookings and the rush, beside bare PostgreSQL.

Prints a table and writes var/bench.json. The office is made once a day (about a minute) and kept.
Processor time a request is what to judge by; the rate is also what else the machine does.
"""

import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterator

from bench import bare, people, report, scenarios
from bench.rush import ORDERS, PEOPLE, TIMES, Rushed, rush
from bench.scenarios import Measured
from bench.stage import CHECKOUT, Size, Stage, stage

BENCH_JSON = CHECKOUT / "var" / "bench.json"


def main() -> int:
    """Measure, print, write."""
    options = _options()
    size = Size(patients=options.patients, practitioners=options.practitioners, inbox=options.inbox)
    began = time.monotonic()
    with stage(size, options.port) as on:
        measured, rushes = _measure(on, quick=options.quick)
    found = report.targets(measured, rushes)
    print(f"\n{report.target_table(found)}")
    took = time.monotonic() - began
    report.keep(BENCH_JSON, measured, rushes, found, seconds=round(took), quick=options.quick)
    print(f"\n{took:.0f} s; written to {BENCH_JSON.relative_to(CHECKOUT)}")
    return 0 if all(one.fair for one in rushes) else 1


def _options() -> Namespace:
    parser = ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer of everything: half a minute")
    parser.add_argument("--patients", type=int, default=5000)
    parser.add_argument("--practitioners", type=int, default=5)
    parser.add_argument("--inbox", type=int, default=10_000, help="how many items wait")
    parser.add_argument("--port", type=int, default=8765)
    return parser.parse_args()


def _measure(on: Stage, *, quick: bool) -> tuple[list[Measured], list[Rushed]]:
    many = 150 if quick else 600
    office = people.gather(on, PEOPLE)
    slots = [one.id for one in office.free]
    rushed, distinct = slots[: 2 * TIMES], slots[2 * TIMES : 2 * TIMES + many]
    measured, rushes = [], []
    print(report.head())
    for one in _each(on, office, many, distinct, seconds=1 if quick else 3):
        print(report.line(one), flush=True)
        measured.append(one)
    for place, name in enumerate(ORDERS):
        went = rush(on, office, name, rushed[TIMES * place : TIMES * (place + 1)])
        print(f"\n{report.rush_line(went)}", flush=True)
        rushes.append(went)
    return measured, rushes


def _each(
    on: Stage, office: people.Office, many: int, slots: list[str], *, seconds: int
) -> Iterator[Measured]:
    yield from scenarios.pages(on, office, many)
    yield scenarios.messages(on, office, many)
    yield scenarios.bookings(on, office, slots)
    yield scenarios.refusals(on, office, slots[0], many // 2)
    left = bare.set_up(on, without=office.free)
    yield bare.read_a_row(on, seconds)
    yield bare.book(on, min(left, 2 * many))


if __name__ == "__main__":
    sys.exit(main())
