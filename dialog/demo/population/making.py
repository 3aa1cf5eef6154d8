"""An office of real size: patients, a year of history and eight weeks of calendar, in bulk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from random import Random
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from dialog import rows as row_security
from dialog.conversations.policy import Kind, Status
from dialog.demo.population.appointments import Meeting
from dialog.demo.population.bulk import Rows
from dialog.demo.population.econsultations import Advice
from dialog.demo.population.enquiries import Enquiry
from dialog.demo.population.hours import at_home
from dialog.demo.population.matters import Does, Matter
from dialog.demo.population.office import NAME, Builder, Numbers
from dialog.demo.population.patients import Households, Patient
from dialog.demo.population.renewals import Request
from dialog.demo.population.steps import Act, Step, Story
from dialog.demo.population.stories import Writer
from dialog.demo.population.times import LONGEST_BEFORE, Times
from dialog.working_days import local, oslo_day

HISTORY = timedelta(days=365)
BEFORE = timedelta(days=70)  # the office opened before its history begins
RECENT = timedelta(days=14)
Tells = Callable[[Patient, datetime], Iterator[Step]]
SERVICES: dict[Kind, type[Meeting] | type[Request] | type[Advice] | type[Enquiry]] = {
    Kind.APPOINTMENT: Meeting,
    Kind.RENEWAL: Request,
    Kind.ECONSULTATION: Advice,
    Kind.ENQUIRY: Enquiry,
}

# How often a patient does each of these in a year.
MEETS_THE_DOCTOR, MEETS_OTHERS = 3.0, 0.8
RENEWS, ASKS_A_DOCTOR, ASKS_THE_OFFICE, IS_WRITTEN_TO = 2.5, 0.8, 0.8, 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How large the office is; ``inbox`` is how many items wait, and None what a day brings."""

    patients: int = 5000
    practitioners: int = 5
    inbox: int | None = None
    seed: int = 1


class Population:
    """An office, its patients and what has happened between them, not written yet."""

    def __init__(self, plan: Plan, now: datetime) -> None:
        self.plan, self.now = plan, now
        self.chance = Random(plan.seed)
        self.rows = Rows(self.chance)
        self.began = now - HISTORY
        numbers, today = Numbers(), oslo_day(now)
        opened = local(oslo_day(self.began - BEFORE), time(9))
        self.office = Builder(self.rows, numbers, opened, today).build(plan.practitioners)
        self.patients = Households(self.rows, numbers, self.office, today).fill(plan.patients)
        self.writer = Writer(self.chance, self.office)
        self.times = {
            book.whose.practitioner_id: Times(self.chance, self.office, book, self.began)
            for book in (*(one.timebook for one in self.office.doctors), *self.office.shared)
        }
        self.waiting = 0

    def live(self) -> Iterator[tuple[Story, UUID]]:
        """Let everything happen; each story as it is told, and its conversation."""
        for patient in self.patients:
            for kind, steps in self._year_of(patient):
                story = self.writer.told(kind, patient, steps, self.now)
                if any(step.act is not Act.SIGN_IN for step in story.steps):
                    yield story, self._tell(story)
        yield from self._waiting()

    def _year_of(self, patient: Patient) -> Iterator[tuple[Kind, Iterator[Step]]]:
        ahead = 1 + LONGEST_BEFORE / HISTORY
        own = self.times[patient.doctor.timebook.whose.practitioner_id]
        for _ in range(self._often(MEETS_THE_DOCTOR * ahead)):
            yield Kind.APPOINTMENT, own.story(patient, self.now)
        for _ in range(self._often(MEETS_OTHERS * ahead)):
            shared = self.chance.choice(self.office.shared)
            other = self.times[shared.whose.practitioner_id]
            yield Kind.APPOINTMENT, other.story(patient, self.now)
        for often, kind, story in self._written(patient):
            for _ in range(self._often(often)):
                yield kind, story(patient, self._moment(HISTORY))

    def _written(self, patient: Patient) -> Iterator[tuple[float, Kind, Tells]]:
        yield ASKS_A_DOCTOR, Kind.ECONSULTATION, self.writer.econsultation
        yield ASKS_THE_OFFICE, Kind.ENQUIRY, self.writer.enquiry
        yield IS_WRITTEN_TO, Kind.ENQUIRY, self.writer.announcement
        if patient.renewable:
            yield RENEWS, Kind.RENEWAL, self.writer.renewal

    def _often(self, mean: float) -> int:
        """How many times something that happens by chance happened."""
        many, left = 0, self.chance.expovariate(1)
        while left < mean:
            many += 1
            left += self.chance.expovariate(1)
        return many

    def _moment(self, within: timedelta) -> datetime:
        return at_home(self.chance, self.now - within * self.chance.random(), 2)

    def _waiting(self) -> Iterator[tuple[Story, UUID]]:
        """Things nobody at the office has come to yet, until as many wait as the plan says."""
        asks = cycle(
            (
                (Kind.ENQUIRY, self.writer.enquiry),
                (Kind.ECONSULTATION, self.writer.econsultation),
                (Kind.RENEWAL, self.writer.renewal),
                (Kind.APPOINTMENT, self.writer.wish),
            )
        )
        while self.waiting < (self.plan.inbox or 0):
            kind, story = next(asks)
            patient = self.chance.choice(self.patients)
            if kind is Kind.RENEWAL and not patient.renewable:
                continue
            steps = islice(story(patient, self._moment(RECENT)), 1)
            told = self.writer.told(kind, patient, steps, self.now)
            if told.steps:
                yield told, self._tell(told)

    def _tell(self, story: Story) -> UUID:
        matter = Matter(self.rows, self.office, story)
        does: dict[Act, Does] = {**matter.does, **SERVICES[story.kind](matter).does}
        for step in story.steps:
            does[step.act](step)
        self.waiting += matter.row.status is Status.WITH_PRACTICE
        return matter.id


def exists() -> bool:
    """Whether the office is there already."""
    with row_security.seeing(scope="setup"):
        found: bool = apps.get_model("people.Practice").objects.filter(name=NAME).exists()
        return found


def make(plan: Plan) -> Population:
    """Make the office with everything in it, in the owner's role; all of it or nothing."""
    with transaction.atomic():
        made = Population(plan, timezone.now())
        for _story in made.live():
            pass
        with row_security.seeing(practice=made.office.practice_id, scope="setup"):
            made.rows.write()
    return made
