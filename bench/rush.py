"""The rush: many people, twenty times, everybody at once."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import several
from bench.people import Office
from bench.scenarios import book, by_status, percentile
from bench.stage import Stage

TIMES = 20
HELD = """
SELECT count(*), count(DISTINCT slot_id), count(DISTINCT patient_id)
FROM appointments_appointment WHERE slot_id = ANY (%s::uuid[])
AND status IN ('pending', 'offered', 'booked')
"""
MATTERS = "SELECT count(*) FROM conversations_conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rushed:
    """How a rush went: what people were answered, and what the database says afterwards."""

    name: str
    people: int
    drained: float
    p50: float
    p99: float
    server: float
    database: float
    answers: dict[int, int]
    winners: int
    times_taken: int
    patients: int
    matters: int

    @property
    def fair(self) -> bool:
        """Whether every time was given exactly once, each to one, with nothing left over."""
        counted = (self.winners, self.times_taken, self.matters, self.answers.get(302, 0))
        told = self.answers.get(409, 0) == self.people - TIMES
        return told and counted == (TIMES, TIMES, TIMES, TIMES)


def neighbours_differ(place: int, _people: int) -> int:
    """The time somebody in the queue wants: another than those next to them."""
    return place % TIMES


def neighbours_alike(place: int, people: int) -> int:
    """The time somebody in the queue wants: the same as those next to them, then the next."""
    return place * TIMES // people


ORDERS = {
    "rush, neighbours want different times": neighbours_differ,
    "rush, neighbours want the same time": neighbours_alike,
}


def rush(stage: Stage, office: Office, name: str, slots: Sequence[str]) -> Rushed:
    """Everybody clicks at once; drained when everybody has been answered."""
    people = len(office.patients)
    wanted = [slots[ORDERS[name](place, people)] for place in range(people)]
    clicks = [book(one, slot) for one, slot in zip(office.patients, wanted, strict=True)]
    ((before,),) = stage.rows(MATTERS)
    used_before, began = stage.meter.read(), time.perf_counter()
    answers = several(stage.port, clicks, at_once=people)
    took, used = time.perf_counter() - began, stage.meter.read().since(used_before)
    ((winners, times_taken, patients),) = stage.rows(HELD, list(slots))
    ((after,),) = stage.rows(MATTERS)
    waits = sorted(one.at - began for one in answers)
    return Rushed(
        name=name,
        people=people,
        drained=took,
        p50=1000 * percentile(waits, 0.50),
        p99=1000 * percentile(waits, 0.99),
        server=1000 * used.server / people,
        database=1000 * used.database / people,
        answers=by_status(answers),
        winners=int(str(winners)),
        times_taken=int(str(times_taken)),
        patients=int(str(patients)),
        matters=int(str(after)) - int(str(before)),
    )
