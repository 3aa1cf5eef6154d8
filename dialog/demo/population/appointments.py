"""Appointments as their steps leave them: the rows and facts the room's actions would write."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog.actor import Side
from dialog.appointments import events
from dialog.appointments.actions.wording import Fact
from dialog.appointments.policy import (
    ANSWER_OFFER_WORKING_DAYS,
    AppointmentStatus,
    after,
    is_late,
    offer_ends,
)
from dialog.appointments.policy import Step as Change
from dialog.appointments.queries.rules import free_until
from dialog.conversations.policy import Outcome, Status, Verb
from dialog.demo.population.matters import Does, Matter
from dialog.demo.population.steps import Act, Step
from dialog.demo.population.timebooks import RULES, Slot, Timebook
from dialog.working_days import NO_DAYS, answer_deadline


@dataclass(kw_only=True)
class AppointmentRow:
    """The columns of an appointment that its steps decide."""

    id: UUID
    conversation_id: UUID
    practice_id: int
    patient_id: int
    status: AppointmentStatus
    made_side: Side
    made_at: datetime
    version: int = 1
    practitioner_id: int | None = None
    type_id: int | None = None
    meeting: str = ""
    slot_id: UUID | None = None
    period: DateTimeTZRange | None = None
    free_until: datetime | None = None
    offered_until: datetime | None = None
    wished_weekdays: list[int] = field(default_factory=list)
    wished_parts: list[str] = field(default_factory=list)
    cancelled_at: datetime | None = None
    cancelled_by_id: int | None = None
    cancelled_side: str = ""
    late: bool = False
    accepted_late_fee: int | None = None
    marked_at: datetime | None = None
    marked_by_id: int | None = None


class Meeting:
    """A matter about an appointment."""

    own: AppointmentRow

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.does: dict[Act, Does] = {
            Act.BOOK: self._book,
            Act.WISH: self._wish,
            Act.PROPOSE: self._propose,
            Act.GIVE: self._book,
            Act.ACCEPT: self._accept,
            Act.MOVE: self._move,
            Act.CANCEL: self._cancel,
            Act.ATTENDED: self._attended,
            Act.ABSENT: self._absent,
        }

    def _open(self, step: Step, status: AppointmentStatus, turn: Status | None) -> None:
        matter = self.matter
        matter.start(step, turn)
        self.own = AppointmentRow(
            id=matter.rows.new_uuid(),
            conversation_id=matter.id,
            practice_id=matter.office.practice_id,
            patient_id=matter.patient.id,
            status=status,
            made_side=step.by.side,
            made_at=step.at,
            meeting=step.meeting or "",
            wished_weekdays=list(step.weekdays),
            wished_parts=sorted(step.parts),
        )
        matter.rows.follow("appointments.Appointment", self.own)

    def _hold(self, step: Step) -> None:
        own, slot = self.own, _slot(step)
        book = _book(step)
        own.practitioner_id, own.type_id = book.whose.practitioner_id, book.type_id
        own.slot_id, own.period = slot.id, DateTimeTZRange(slot.starts, slot.ends)
        own.meeting = step.meeting or book.meetings[0]
        own.free_until = free_until(RULES, slot.starts, NO_DAYS)

    @property
    def _fact(self) -> Fact:
        own = self.own
        return Fact(appointment_id=own.id, version=own.version, **self.matter.about)

    def _book(self, step: Step) -> None:
        self._open(step, AppointmentStatus.BOOKED, Status.RESTING)
        self._hold(step)
        self.matter.record(step, events.AppointmentBooked(side=step.by.side, **self._fact))

    def _wish(self, step: Step) -> None:
        self._open(step, AppointmentStatus.PROPOSED, None)
        self.matter.record(step, events.AppointmentRequested(**self._fact))

    def _propose(self, step: Step) -> None:
        own = self.own
        if step.text:
            self.matter.say(step)
        self.matter.turn(step, Verb.REPLY)
        own.version += 1
        own.status = after(own.status, Change.OFFER, step.by)
        self._hold(step)
        promised = answer_deadline(step.at, ANSWER_OFFER_WORKING_DAYS)
        own.offered_until = offer_ends(promised, _slot(step).starts, step.at)
        self.matter.record(step, events.AppointmentOffered(**self._fact))

    def _accept(self, step: Step) -> None:
        own = self.own
        own.status, own.offered_until = after(own.status, Change.ACCEPT, step.by), None
        own.version += 1
        self.matter.turn(step, Verb.REST)
        self.matter.record(step, events.AppointmentBooked(side=step.by.side, **self._fact))

    def _move(self, step: Step) -> None:
        self._hold(step)
        self.own.version += 1
        self.matter.turn(step, Verb.MOVE)
        self.matter.record(step, events.AppointmentMoved(side=step.by.side, **self._fact))

    def _cancel(self, step: Step) -> None:
        own, by_patient = self.own, step.by.side is Side.PATIENT
        own.late = by_patient and is_late(own.free_until, step.at)
        own.accepted_late_fee = step.fee if own.late else None
        own.status = after(own.status, Change.CANCEL, step.by)
        own.cancelled_at, own.cancelled_by_id = step.at, step.by.account_id
        own.cancelled_side = step.by.side
        own.version += 1
        if step.text:
            self.matter.say(step)
        outcome = Outcome.WITHDRAWN if by_patient else Outcome.DECLINED
        self.matter.turn(step, Verb.CANCEL, outcome)
        cancelled = events.AppointmentCancelled(side=step.by.side, late=own.late, **self._fact)
        self.matter.record(step, cancelled)

    def _attended(self, step: Step) -> None:
        self._mark(step, Change.ATTEND)
        self.matter.record(step, events.AppointmentFulfilled(**self._fact))

    def _absent(self, step: Step) -> None:
        self._mark(step, Change.MISS)
        self.matter.record(step, events.AppointmentMissed(**self._fact))

    def _mark(self, step: Step, change: Change) -> None:
        own = self.own
        own.status = after(own.status, change, step.by)
        own.marked_at, own.marked_by_id = step.at, step.by.account_id
        own.version += 1
        self.matter.turn(step, Verb.CLOSE)


def _book(step: Step) -> Timebook:
    if step.book is None:
        raise LookupError("a step that takes a time says in whose timebook")
    return step.book


def _slot(step: Step) -> Slot:
    if step.slot is None:
        raise LookupError("a step that takes a time says which")
    return step.slot
