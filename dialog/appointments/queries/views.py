"""An appointment as its two sides see it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.appointments import texts
from dialog.appointments.models import Appointment
from dialog.appointments.policy import (
    AppointmentStatus,
    DayPart,
    MeetingType,
    Step,
    Wish,
    is_late,
    possible,
)
from dialog.conversations import tariff
from dialog.people.policy import Profession
from dialog.working_days import oslo_day

SHOWN = ("type", "practitioner", "practice", "patient")


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentView:
    """An appointment, or the wish for one, ready to show to one of its sides.

    ``late`` says that cancelling now is no longer free, and ``late_fee`` what it then costs in
    kroner (0: nothing). ``steps`` are what this side can do now. ``unconfirmed``: the record system
    has not said yes, or never did; ``moves_elsewhere``: there the patient moves it by asking.
    """

    id: UUID
    conversation_id: UUID
    status: AppointmentStatus
    status_name: str
    meeting: MeetingType | None
    meeting_name: str
    type_uuid: UUID | None
    type_name: str
    instructions: str
    meetings: frozenset[MeetingType]
    practitioner_uuid: UUID | None
    practitioner_name: str
    patient_uuid: UUID
    patient_name: str
    patient_born: date
    practice_name: str
    practice_address: str
    practice_phone: str
    slot_id: UUID | None
    starts: datetime | None
    ends: datetime | None
    minutes: int
    version: int
    made_side: Side
    wish: Wish
    offered_until: datetime | None
    free_until: datetime | None
    late: bool
    late_fee: int
    overbooked: bool
    overbooked_reason: str
    cancelled_at: datetime | None
    cancelled_side: Side | None
    cancelled_late: bool
    accepted_late_fee: int | None
    steps: frozenset[Step]
    unconfirmed: bool
    moves_elsewhere: bool


def appointment_view(by: Actor, one: Appointment) -> AppointmentView:
    """An appointment row, read with what ``SHOWN`` names, as this side sees it."""
    now = timezone.now()
    status = AppointmentStatus(one.status)
    meeting = MeetingType(one.meeting) if one.meeting else None
    starts = one.period.lower if one.period else None
    ends = one.period.upper if one.period else None
    office_side = by.side is Side.PRACTICE
    ended_by = Side(one.cancelled_side) if one.cancelled_side else None
    return AppointmentView(
        id=one.id,
        conversation_id=one.conversation_id,
        status=status,
        status_name=texts.status_name(
            by.side, status, ended_by=ended_by if one.unconfirmed else None
        ),
        meeting=meeting,
        meeting_name=str(texts.MEETING[meeting]) if meeting else "",
        type_uuid=one.type.uuid if one.type else None,
        type_name=one.type.name if one.type else "",
        instructions=one.type.instructions if one.type else "",
        meetings=frozenset(MeetingType(each) for each in one.type.meetings)
        if one.type
        else frozenset(),
        practitioner_uuid=one.practitioner.uuid if one.practitioner else None,
        practitioner_name=one.practitioner.name if one.practitioner else "",
        patient_uuid=one.patient.uuid,
        patient_name=one.patient.name,
        patient_born=one.patient.born,
        practice_name=one.practice.name,
        practice_address=one.practice.address,
        practice_phone=one.practice.phone,
        slot_id=one.slot_id,
        starts=starts,
        ends=ends,
        minutes=round((ends - starts).total_seconds() / 60) if starts and ends else 0,
        version=one.version,
        made_side=Side(one.made_side),
        wish=wish_of(one),
        offered_until=one.offered_until,
        free_until=one.free_until,
        late=not one.unconfirmed and is_late(one.free_until, now),
        late_fee=late_fee(one),
        overbooked=one.overbooked if office_side else False,
        overbooked_reason=one.overbooked_reason if office_side else "",
        cancelled_at=one.cancelled_at,
        cancelled_side=ended_by,
        cancelled_late=one.late,
        accepted_late_fee=one.accepted_late_fee,
        steps=steps_now(by, one),
        unconfirmed=one.unconfirmed,
        moves_elsewhere=one.confirmed_elsewhere,
    )


def steps_now(by: Actor, one: Appointment) -> frozenset[Step]:
    """What this side can do with it now; a patient moves it only while it is free to cancel, and
    not where the record system must say yes to the new time: the old one would be lost meanwhile.
    """
    now = timezone.now()
    steps = possible(one.status, by, starts=one.period.lower if one.period else None, now=now)
    if by.side is Side.PATIENT and (one.confirmed_elsewhere or is_late(one.free_until, now)):
        steps -= {Step.MOVE}
    return steps


def wish_of(one: Appointment) -> Wish:
    """What the patient would like."""
    return Wish(
        meeting=MeetingType(one.meeting) if one.meeting else None,
        weekdays=frozenset(one.wished_weekdays),
        parts=frozenset(DayPart(part) for part in one.wished_parts),
        earliest=one.wished_earliest,
        latest=one.wished_latest,
    )


def late_fee(one: Appointment) -> int:
    """What it costs to cancel a doctor's time too late, in kroner; others cost nothing."""
    if one.practitioner is None or one.period is None or one.free_until is None:
        return 0
    if one.practitioner.profession != Profession.DOCTOR:
        return 0
    return tariff.no_show_fee(oslo_day(one.period.lower), one.practitioner.specialist).amount
