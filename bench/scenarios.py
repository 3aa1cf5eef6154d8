"""What people do, one after another, and what each costs."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from uuid import uuid4

from bench import EMPTY
from bench.load import Answer, Browser, several
from bench.people import Office
from bench.stage import Stage

AT_ONCE = 8
TEXT = "Jeg har en kort melding til legekontoret om timen min."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How many a second, how long one waits, and the processor time of each, in milliseconds."""

    name: str
    many: int
    rate: float
    p50: float
    p99: float
    server: float
    database: float
    size: int = 0
    p95: float = 0.0

    @property
    def cpu(self) -> float:
        """Both together."""
        return self.server + self.database


def measure(
    stage: Stage, name: str, requests: Iterable[bytes], expected: int, at_once: int = AT_ONCE
) -> Measured:
    """Let everybody ask, and see what it costs; a wrong answer stops the bench."""
    queue = list(requests)
    before, began = stage.meter.read(), time.perf_counter()
    answers = several(stage.port, queue, at_once=at_once)
    took, used = time.perf_counter() - began, stage.meter.read().since(before)
    wrong = {one.status for one in answers} - {expected}
    if wrong:
        raise RuntimeError(f"{name}: answered {sorted(wrong)} and not {expected}.")
    waits = sorted(one.seconds for one in answers)
    return Measured(
        name=name,
        many=len(answers),
        rate=len(answers) / took,
        p50=1000 * percentile(waits, 0.50),
        p99=1000 * percentile(waits, 0.99),
        server=1000 * used.server / len(answers),
        database=1000 * used.database / len(answers),
        size=len(answers[-1].body),
    )


def together(name: str, turns: Sequence[Measured]) -> Measured:
    """The same thing measured in several turns, as one."""
    many = sum(one.many for one in turns)
    return Measured(
        name=name,
        many=many,
        rate=many / sum(one.many / one.rate for one in turns),
        p50=median(one.p50 for one in turns),
        p99=max(one.p99 for one in turns),
        server=sum(one.server * one.many for one in turns) / many,
        database=sum(one.database * one.many for one in turns) / many,
        size=turns[-1].size,
    )


def percentile(waits: Sequence[float], share: float) -> float:
    """How long so large a share has waited at most."""
    return waits[min(len(waits) - 1, int(share * len(waits)))]


def pages(stage: Stage, office: Office, many: int) -> Iterator[Measured]:
    """What is looked at."""
    first = office.free[0].page
    everybody = cycle(office.patients)
    warm_up(stage, office, many)
    for name, asked in (
        ("empty view", (one.get(f"/{EMPTY}") for one in everybody)),
        ("start page", (one.get("/") for one in everybody)),
        ("free times", (one.get(first) for one in everybody)),
        ("inbox", (one.get("/kontor/") for one in cycle([office.doctor]))),
        ("thread, patient", (one.get(path) for one, path in cycle(office.own_threads))),
        ("thread, practice", (office.doctor.get(path) for path in cycle(office.waiting))),
    ):
        yield measure(stage, name, islice(asked, many), 200)


def warm_up(stage: Stage, office: Office, many: int) -> None:
    """Templates read, statements prepared, connections open: not what is measured."""
    one, path = office.own_threads[0]
    asked = [one.get("/"), one.get(office.free[0].page), one.get(path), one.get(f"/{EMPTY}")]
    asked += [office.doctor.get("/kontor/"), office.doctor.get(office.waiting[0])]
    several(stage.port, asked * min(12, many), at_once=AT_ONCE)


def messages(stage: Stage, office: Office, many: int) -> Measured:
    """Patients write in matters of their own."""
    asked = (
        one.post(path, text=TEXT, request_key=str(uuid4()))
        for one, path in islice(cycle(office.own_threads), many)
    )
    return measure(stage, "send a message", asked, 302)


def bookings(stage: Stage, office: Office, slots: Sequence[str]) -> Measured:
    """Patients each take a time that nobody else wants."""
    asked = (book(one, slot) for one, slot in zip(cycle(office.patients), slots, strict=False))
    return measure(stage, "book distinct times", asked, 302)


def refusals(stage: Stage, office: Office, taken: str, many: int) -> Measured:
    """Patients want a time that somebody has; each is told, with the nearest that are left.

    The first of them has it, from ``bookings``, and would be shown that it is theirs.
    """
    others = office.patients[1:]
    asked = (book(one, taken) for one in islice(cycle(others), many))
    return measure(stage, "a time just taken", asked, 409)


def book(who: Browser, slot: str) -> bytes:
    """The click that takes a time."""
    return who.post(
        "/time/bestill",
        time=slot,
        meeting="in-person",
        text="Vondt i ryggen i to uker.",
        request_key=str(uuid4()),
    )


def by_status(answers: Iterable[Answer]) -> dict[int, int]:
    """How many got which answer."""
    counted: dict[int, int] = {}
    for one in answers:
        counted[one.status] = counted.get(one.status, 0) + 1
    return counted
