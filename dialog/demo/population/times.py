"""Stories about times: taken, wished for, given, moved, given back, kept and missed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from dialog.actor import Actor
from dialog.appointments.policy import DayPart
from dialog.appointments.queries.rules import free_until
from dialog.conversations import tariff
from dialog.demo.population import words
from dialog.demo.population.hours import A_MINUTE, at_home, at_work
from dialog.demo.population.office import Office
from dialog.demo.population.patients import Patient
from dialog.demo.population.steps import Act, Step
from dialog.demo.population.timebooks import RULES, Slot, Timebook
from dialog.people.policy import Profession
from dialog.working_days import NO_DAYS, oslo_day

SOONEST, LONGEST_BEFORE = timedelta(hours=3), timedelta(days=50)
A_DAY = timedelta(days=1)


class Times:
    """The times of one timebook that are not taken, and the stories that take them."""

    def __init__(self, chance: Random, office: Office, book: Timebook, since: datetime) -> None:
        self.chance, self.office, self.book = chance, office, book
        self.left = [one for one in book.slots if one.starts > since]
        chance.shuffle(self.left)

    def story(self, patient: Patient, now: datetime) -> Iterator[Step]:
        """A time taken by one of the ways there are; nothing when there are no times left."""
        while self.left:
            slot = self.left.pop()
            before = min(timedelta(days=self.chance.expovariate(1 / 9)) + SOONEST, LONGEST_BEFORE)
            at = at_home(self.chance, slot.starts - before - SOONEST, 2)
            if max(at, self.office.opened + 15 * A_DAY) < min(now, slot.starts - SOONEST):
                return self._taken(patient, slot, max(at, self.office.opened + 15 * A_DAY))
        return iter(())

    def _taken(self, patient: Patient, slot: Slot, at: datetime) -> Iterator[Step]:
        luck, ahead = self.chance.random(), slot.starts - at
        if ahead > 9 * A_DAY and luck < 0.2:
            return self._wished(patient, slot, at)
        if ahead > 3 * A_DAY and luck < 0.3:
            return self._given(patient, slot, at)
        return self._booked(patient, slot, at)

    def _step(self, at: datetime, by: Actor, act: Act, slot: Slot, text: str = "") -> Step:
        meetings = self.book.meetings
        meeting = meetings[0] if self.chance.random() < 0.8 else self.chance.choice(meetings)
        return Step(at=at, by=by, act=act, text=text, book=self.book, slot=slot, meeting=meeting)

    def _booked(self, patient: Patient, slot: Slot, at: datetime) -> Iterator[Step]:
        person, luck = patient.actor, self.chance.random()
        text = self.chance.choice(words.WHY_A_TIME)
        yield self._step(at, person, Act.BOOK, slot, text)
        free = free_until(RULES, slot.starts, NO_DAYS) or slot.starts
        if luck < 0.14 and free - at > A_DAY:
            changed = at_home(self.chance, at, (free - at) / (A_DAY / 20))
            other = self._other(changed)
            if changed < free and luck < 0.06 and other:
                yield self._moved(changed, person, other)
                slot = other
            elif changed < free:
                yield self._cancelled(changed, person, slot, None)
                return
        elif luck < 0.17 and max(at, free) + SOONEST < slot.starts:
            late = max(at, free) + (slot.starts - max(at, free)) * 0.5
            yield self._cancelled(late, person, slot, self._fee(slot))
            return
        yield from self._met(patient, slot)

    def _moved(self, at: datetime, by: Actor, slot: Slot) -> Step:
        return Step(at=at, by=by, act=Act.MOVE, book=self.book, slot=slot)

    def _cancelled(self, at: datetime, by: Actor, slot: Slot, fee: int | None) -> Step:
        text = self.chance.choice(words.CANNOT_COME)
        return Step(at=at, by=by, act=Act.CANCEL, slot=slot, text=text, fee=fee)

    def _fee(self, slot: Slot) -> int | None:
        whose = self.book.whose
        if whose.profession is not Profession.DOCTOR:
            return None
        return tariff.no_show_fee(oslo_day(slot.starts), whose.specialist).amount

    def _other(self, since: datetime) -> Slot | None:
        last = len(self.left)
        for place in range(max(0, last - 200), last):
            if since + A_DAY < self.left[place].starts < since + LONGEST_BEFORE:
                return self.left.pop(place)
        return None

    def _wished(self, patient: Patient, slot: Slot, at: datetime) -> Iterator[Step]:
        pick, person, staff = self.chance, patient.actor, self.chance.choice(self.office.staff)
        yield Step(
            at=at,
            by=person,
            act=Act.WISH,
            text=pick.choice(words.WHY_A_WISH),
            weekdays=tuple(sorted(pick.sample(range(5), pick.randint(0, 3)))),
            parts=tuple(pick.sample(tuple(DayPart), pick.randint(0, 1))),
        )
        at = at_work(pick, at, 10)
        yield Step(at=at, by=staff, act=Act.READ)
        at += 3 * A_MINUTE
        yield self._step(at, staff, Act.PROPOSE, slot, pick.choice(words.PROPOSED))
        at = at_home(pick, at, 12)
        yield Step(at=at, by=person, act=Act.READ)
        yield Step(at=at + 2 * A_MINUTE, by=person, act=Act.ACCEPT)
        yield from self._met(patient, slot)

    def _given(self, patient: Patient, slot: Slot, at: datetime) -> Iterator[Step]:
        pick, staff = self.chance, self.chance.choice(self.office.staff)
        at = at_work(pick, at, 2)
        if at + SOONEST >= slot.starts:
            return
        yield self._step(at, staff, Act.GIVE, slot, pick.choice(words.CALLED_IN))
        seen = at_home(pick, at, 30)
        if seen < slot.starts:
            yield Step(at=seen, by=patient.actor, act=Act.READ)
        yield from self._met(patient, slot)

    def _met(self, patient: Patient, slot: Slot) -> Iterator[Step]:
        whose, luck = self.book.whose, self.chance.random()
        if whose.profession is Profession.DOCTOR and luck < 0.5:
            yield Step(at=slot.starts - 5 * A_MINUTE, by=whose.keeper, act=Act.READ)
        act = Act.ABSENT if luck > 0.95 else Act.ATTENDED
        yield Step(at=slot.ends + self.chance.randint(1, 40) * A_MINUTE, by=whose.keeper, act=act)
