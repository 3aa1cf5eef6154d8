"""Holding a time: what is locked, what is checked first, and which constraint then decides."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import texts
from dialog.appointments.models import (
    Appointment,
    AppointmentType,
    BusyPeriod,
    Schedule,
    Slot,
)
from dialog.appointments.policy import (
    LONGEST_MINUTES,
    OCCUPYING,
    AppointmentStatus,
    MeetingType,
    is_late,
)
from dialog.appointments.queries.rules import free_until, rules_of
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState, constraints
from dialog.people import queries as people
from dialog.people.actions.last_days import works_on
from dialog.rows import seeing
from dialog.statements import ask_one, columns, made, width
from dialog.working_days import oslo_day

TO_TAKE = f"""
SELECT {columns(Slot, "slot")}, {columns(Schedule, "schedule")}, {columns(AppointmentType, "type")}
FROM appointments_slot AS slot JOIN appointments_schedule AS schedule
    ON schedule.id = slot.schedule_id
JOIN appointments_appointmenttype AS type ON type.id = slot.type_id
WHERE slot.id = %s FOR SHARE OF slot
"""  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A time with somebody, of one type; ``slot_id`` where it is a published one, and ``closed`` on
    which days the practice is, where that has been asked already.
    """

    schedule: Schedule
    type: AppointmentType
    meeting: MeetingType
    period: DateTimeTZRange
    slot_id: UUID | None = None
    closed: frozenset[date] | None = None

    @property
    def practitioner_id(self) -> int:
        """Whose time it is."""
        return self.schedule.practitioner_id

    def fill(self, one: Appointment) -> None:
        """Give an appointment this time."""
        one.practitioner_id = self.schedule.practitioner_id
        one.type, one.meeting = self.type, self.meeting
        one.period, one.slot_id = self.period, self.slot_id
        one.overbooked, one.confirmed_elsewhere = False, self.schedule.confirmed_elsewhere
        closed = self.closed
        if closed is None:
            closed = people.closing_days(self.schedule.practice_id)
        one.free_until = free_until(rules_of(self.schedule), self.period.lower, closed)

    def give(self, one: Appointment) -> None:
        """Give an appointment this time on the practice's own word: where it is too late already
        to cancel for nothing, nobody was promised less, and it stays free.
        """
        self.fill(one)
        if is_late(one.free_until, timezone.now()):
            one.free_until = None


@contextmanager
def the_constraint_decides() -> Iterator[None]:
    """Whoever was a moment faster has the time."""
    with constraints(appointment_slot_taken=SlotTaken, appointment_practitioner_busy=SlotTaken):
        yield


def slot_to_take(slot_id: UUID) -> Slot:
    """A published time that stays as it is until this transaction ends; many may look at once."""
    found = ask_one(TO_TAKE, slot_id)
    if found is None:
        raise NotFound
    in_slot, in_schedule = width(Slot), width(Slot) + width(Schedule)
    slot = made(Slot, found[:in_slot])
    slot.schedule = made(Schedule, found[in_slot:in_schedule])
    slot.type = made(AppointmentType, found[in_schedule:])
    return slot


def must_be_free(practitioner_id: int, period: DateTimeTZRange) -> None:
    """Refuse a time that anything overlaps, double-booked or not, whoever's it is."""
    busy = "SELECT 1 FROM appointments_busy(%s::bigint[], %s, %s)"
    if ask_one(busy, [practitioner_id], period.lower, period.upper):
        raise SlotTaken


def must_be_at_work(practitioner_id: int | None, period: DateTimeTZRange, *, field: str) -> None:
    """Refuse a day on which somebody does not work here; asked before any time is locked, as
    whoever changes their days holds them before the times, too.
    """
    if practitioner_id and not works_on(practitioner_id, oslo_day(period.lower)):
        raise InvalidInput(texts.NOT_AT_WORK, field=field)


def lock_days(*held: tuple[int | None, DateTimeTZRange | None]) -> None:
    """Let one at a time give, move or cancel times: of a practitioner, on the days of a period."""
    days = {
        (practitioner_id, day.toordinal())
        for practitioner_id, period in held
        if practitioner_id is not None and period is not None
        for day in (oslo_day(period.lower), oslo_day(period.upper))
    }
    with connection.cursor() as cursor:
        for key in sorted(days):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def hold(place: Place, *, reason: str = "", besides: UUID | None = None) -> bool:
    """Make a time the practice's to give; whether it is double-booked, which takes a reason.

    The published times it covers are locked, so that nobody takes one of them under it.
    """
    covered = Slot.objects.filter(
        schedule=place.schedule, period__overlap=place.period, withdrawn_at__isnull=True
    )
    list(covered.select_for_update().order_by("id").values_list("id"))
    others = Appointment.objects.filter(
        practitioner_id=place.practitioner_id, status__in=OCCUPYING, period__overlap=place.period
    )
    if besides is not None:
        others = others.exclude(id=besides)
    if others.exists():
        if not reason.strip():
            raise SlotTaken(
                _("Det er allerede en time da. Velg en annen, eller skriv hvorfor det haster."),
                field="overbook_because",
            )
        return True
    busy = BusyPeriod.objects.filter(schedule=place.schedule, period__overlap=place.period)
    if busy.exists() and not reason.strip():
        raise SlotTaken(
            _("Kalenderen sier opptatt da. Velg en annen tid, eller skriv hvorfor det haster."),
            field="overbook_because",
        )
    return False


def clear_marks(
    one: Appointment, practitioner_id: int | None, vacated: DateTimeTZRange | None
) -> None:
    """Take the mark off those that were double-booked with a time which is now given back.

    They may be anybody's, so for a moment this sees the practice's rows; the practitioner's day
    is locked.
    """
    if practitioner_id is None or vacated is None:
        return
    with seeing(practice=one.practice_id):
        there = Appointment.objects.filter(practitioner_id=practitioner_id, status__in=OCCUPYING)
        marked = there.filter(overbooked=True, period__overlap=vacated)
        for other in marked.select_for_update().order_by("id"):
            if not there.filter(period__overlap=other.period).exclude(id=other.id).exists():
                Appointment.objects.filter(id=other.id).update(overbooked=False)


def let_go(one: Appointment, status: AppointmentStatus) -> None:
    """Let the time of a proposal go, so that the wish stands alone again."""
    lock_days((one.practitioner_id, one.period))
    vacated = one.period
    one.status, one.offered_until = status, None
    one.slot, one.period, one.free_until, one.overbooked = None, None, None, False
    one.version += 1
    one.save()
    clear_marks(one, one.practitioner_id, vacated)


def must_be_as_shown(one: Appointment, shown: int | None) -> None:
    """Refuse a yes or a no to another time than the one that was before somebody's eyes."""
    if shown is not None and shown != one.version:
        raise WrongState


def place_of(
    by: Actor,
    *,
    slot_id: UUID | None,
    practitioner: UUID | None,
    starts: datetime | None,
    minutes: int | None,
    type_uuid: UUID | None,
    meeting: MeetingType | None,
) -> Place:
    """The time somebody at the practice means: a published one, or any stretch still to come."""
    if slot_id is not None:
        slot = Slot.objects.filter(id=slot_id, practice_id=by.practice).first()
        if slot is None:
            raise NotFound
        schedule, kind, period = slot.schedule, slot.type, slot.period
    else:
        schedule = schedule_of(by, practitioner)
        kind = type_for(schedule, type_uuid, meeting)
        period = _stretch(starts, minutes or kind.minutes)
        slot = None
    if period.lower <= timezone.now():
        raise InvalidInput(_("Velg et tidspunkt som ikke har vært."), field="starts")
    must_be_at_work(schedule.practitioner_id, period, field="starts")
    published = slot is not None and slot.withdrawn_at is None
    return Place(
        schedule=schedule,
        type=kind,
        meeting=meeting_in(kind, meeting),
        period=period,
        slot_id=slot_id if published else None,
    )


def _stretch(starts: datetime | None, minutes: int) -> DateTimeTZRange:
    if starts is None or starts.utcoffset() is None:
        raise InvalidInput(_("Velg dag og klokkeslett."), field="starts")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise InvalidInput(_("Velg en lengde på 1 til 240 minutter."), field="minutes")
    return DateTimeTZRange(starts, starts + timedelta(minutes=minutes))


def schedule_of(by: Actor, practitioner: UUID | None) -> Schedule:
    """Somebody's timebook at the actor's own practice."""
    schedules = Schedule.objects.filter(practice_id=by.practice).select_related("practitioner")
    for one in schedules:
        if one.practitioner.uuid == practitioner:
            return one
    raise NotFound


def type_for(
    schedule: Schedule, type_uuid: UUID | None, meeting: MeetingType | None
) -> AppointmentType:
    """The type that is meant, or the first that this practitioner has."""
    types = AppointmentType.objects.filter(practice_id=schedule.practice_id, active=True)
    if type_uuid is not None:
        found = types.filter(uuid=type_uuid).first()
    else:
        own = types.filter(practitioner_id=schedule.practitioner_id) | types.filter(
            practitioner__isnull=True, profession=schedule.practitioner.profession
        )
        found = (
            (own.filter(meetings__contains=[meeting]) if meeting else own).order_by("id").first()
        )
    if found is None:
        raise InvalidInput(_("Velg hva slags time det er."), field="type_uuid")
    return found


def meeting_in(kind: AppointmentType, wished: MeetingType | str | None) -> MeetingType:
    """How one meets: as wished where the type allows it; in person, or its first, when not said."""
    meetings = [MeetingType(each) for each in kind.meetings]
    if wished:
        if wished not in meetings:
            raise InvalidInput(_("Denne timen kan ikke holdes slik."), field="meeting")
        return MeetingType(wished)
    return MeetingType.IN_PERSON if MeetingType.IN_PERSON in meetings else meetings[0]


def still_meeting(kind: AppointmentType, before: str) -> MeetingType:
    """How one meets after a move: as before where the new time allows it."""
    return meeting_in(kind, before if before in kind.meetings else None)


def lock_patient(patient_id: int) -> None:
    """Let a patient's own bookings be counted one at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('appointments.patient', %s))",
            [patient_id],
        )


def known_weekdays(days: Iterable[int]) -> list[int]:
    """Days of the week, each once and in order."""
    found = sorted(set(days))
    if any(not 0 <= day <= 6 for day in found):
        raise InvalidInput(field="weekdays")
    return found
