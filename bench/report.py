"""What was measured, as a table to read and a file to keep."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.rush import Rushed
from bench.scenarios import Measured

PAGES = ("start page", "free times", "inbox", "thread, patient", "thread, practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What we have promised ourselves, and what it was."""

    what: str
    wanted: str
    found: str
    met: bool


def targets(measured: Iterable[Measured], rushes: Iterable[Rushed]) -> list[Target]:
    """Each promise of issue 2, met or missed."""
    by_name = {one.name: one for one in measured}
    booking = by_name["book distinct times"]
    found = [
        Target(
            what="book distinct times, a second",
            wanted="at least 200",
            found=f"{booking.rate:.0f}",
            met=booking.rate >= 200,
        ),
        Target(
            what="book distinct times, processor",
            wanted="at most 6 ms",
            found=f"{booking.cpu:.1f} ms",
            met=booking.cpu <= 6,
        ),
    ]
    found += [_page(by_name[name]) for name in PAGES]
    for one in rushes:
        found.append(
            Target(
                what=one.name,
                wanted="1 s, 20 winners",
                found=f"{one.drained:.2f} s, {one.winners} winners",
                met=one.drained <= 1 and one.fair,
            )
        )
    return found


def _page(one: Measured) -> Target:
    return Target(
        what=f"{one.name}, processor",
        wanted="at most 10 ms",
        found=f"{one.cpu:.1f} ms",
        met=one.cpu <= 10,
    )


HEAD = ("", "rate/s", "p50 ms", "p99 ms", "server ms", "database ms", "CPU ms")
LINE = "{:<30}{:>9}{:>9}{:>9}{:>11}{:>13}{:>9}"


def head() -> str:
    """What the columns are; the last three are processor time a request."""
    return LINE.format(*HEAD)


def line(one: Measured) -> str:
    """What one thing costs."""
    numbers = (one.p50, one.p99, one.server, one.database, one.cpu)
    return LINE.format(one.name, f"{one.rate:.0f}", *map(_or_dash, numbers))


def _or_dash(number: float) -> str:
    return f"{number:.2f}" if number else "–"


def rush_line(one: Rushed) -> str:
    """How one order of the queue went."""
    return (
        f"{one.name}: everybody answered in {one.drained:.2f} s, {one.answers.get(302, 0)} told "
        f"yes, {one.answers.get(409, 0)} told no; in the database {one.winners} appointments on "
        f"{one.times_taken} times; p50 {one.p50:.0f} ms, p99 {one.p99:.0f} ms, "
        f"CPU {one.server:.1f} + {one.database:.1f} ms each"
    )


def target_table(found: Iterable[Target]) -> str:
    """Met or missed."""
    return "\n".join(
        f"{'met   ' if one.met else 'MISSED'}  {one.what:<40}{one.wanted:>18}{one.found:>22}"
        for one in found
    )


def keep(
    path: Path, measured: list[Measured], rushes: list[Rushed], found: list[Target], **facts: object
) -> None:
    """The same, for machines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "machine": {"processors": os.cpu_count(), "load": os.getloadavg()[0]},
        **facts,
        "measured": [{**asdict(one), "cpu": one.cpu} for one in measured],
        "rushes": [{**asdict(one), "fair": one.fair} for one in rushes],
        "targets": [asdict(one) for one in found],
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
