"""What was measured, as a table to read and a file to keep."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.memory import Memory
from bench.price import GUARDED, UNGUARDED
from bench.rush import Rushed
from bench.scenarios import Measured

MOST = 1.3  # times what a page costs without encryption, row security and audit
PAGES = ("start page", "free times", "inbox", "thread, patient", "thread, practice")

BESIDE = {
    "decode a message": "bare: decode a message",
    "encode a message": "bare: encode a message",
}
WAYS_IN = ("way in: the doctor writes", "way in: an answer")
FREE_TIMES = "free times, asked and answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What we have promised ourselves, and what it was."""

    what: str
    wanted: str
    found: str
    met: bool


def targets(measured: Iterable[Measured], rushes: Iterable[Rushed], grown: Memory) -> list[Target]:
    """Each promise of issues 2 and 3, met or missed."""
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
    found += [_price(name, by_name[GUARDED + name], by_name[UNGUARDED + name]) for name in PAGES]
    for one in rushes:
        found.append(
            Target(
                what=one.name,
                wanted="1 s, 20 winners",
                found=f"{one.drained:.2f} s, {one.winners} winners",
                met=one.drained <= 1 and one.fair,
            )
        )
    return [*found, *_messages(by_name), _flat(grown)]


def _messages(by_name: Mapping[str, Measured]) -> Iterator[Target]:
    """National messages of 9 kB; a second of one core is a second of our processor time and the
    database's together.
    """
    for ours, bare in BESIDE.items():
        share = by_name[ours].rate / by_name[bare].rate
        yield Target(
            what=f"{ours}, of bare",
            wanted="at least 60 %",
            found=f"{100 * share:.0f} %",
            met=share >= 0.6,
        )
    for name in WAYS_IN:
        rate = 1000 / by_name[name].cpu if by_name[name].cpu else 0.0
        yield Target(
            what=f"{name}, a second of a core",
            wanted="at least 250",
            found=f"{rate:.0f}",
            met=rate >= 250,
        )
    asked = by_name[FREE_TIMES]
    yield Target(
        what=f"{FREE_TIMES}, p95",
        wanted="under 50 ms",
        found=f"{asked.p95:.0f} ms",
        met=asked.p95 < 50,
    )


def _flat(grown: Memory) -> Target:
    return Target(
        what="memory, over 100,000 messages",
        wanted="under 10 MB more",
        found=f"{grown.growth:+.1f} MB",
        met=grown.growth < 10,
    )


def _page(one: Measured) -> Target:
    return Target(
        what=f"{one.name}, processor",
        wanted="at most 10 ms",
        found=f"{one.cpu:.1f} ms",
        met=one.cpu <= 10,
    )


def _price(name: str, guarded: Measured, bare: Measured) -> Target:
    times = guarded.cpu / bare.cpu if bare.cpu else 0.0
    return Target(
        what=f"{name}, times without its guards",
        wanted=f"at most {MOST}",
        found=f"{times:.2f}",
        met=times <= MOST,
    )


HEAD = ("", "rate/s", "p50 ms", "p99 ms", "server ms", "database ms", "CPU ms")
LINE = "{:<33}{:>9}{:>9}{:>9}{:>11}{:>13}{:>9}"


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


def memory_line(grown: Memory) -> str:
    """How much memory a listening process had, and would have."""
    return (
        f"memory while messages come in: {grown.began:.1f} MB after the warm-up, "
        f"{grown.ended:.1f} MB after {grown.messages} messages; "
        f"{grown.growth:+.1f} MB for 100,000 at that slope"
    )


def target_table(found: Iterable[Target]) -> str:
    """Met or missed."""
    return "\n".join(
        f"{'met   ' if one.met else 'MISSED'}  {one.what:<40}{one.wanted:>18}{one.found:>22}"
        for one in found
    )


def keep(
    path: Path,
    measured: list[Measured],
    rushes: list[Rushed],
    grown: Memory,
    found: list[Target],
    **facts: object,
) -> None:
    """The same, for machines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {
        "machine": {"processors": os.cpu_count(), "load": os.getloadavg()[0]},
        **facts,
        "measured": [{**asdict(one), "cpu": one.cpu} for one in measured],
        "rushes": [{**asdict(one), "fair": one.fair} for one in rushes],
        "memory": asdict(grown),
        "targets": [asdict(one) for one in found],
    }
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
