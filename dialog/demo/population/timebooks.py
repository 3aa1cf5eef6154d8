"""The timebooks of a made-up office: what can be booked, when, and every time published so far."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from dialog.actor import PLATFORM, Actor
from dialog.appointments import timetable
from dialog.appointments.events import AppointmentTypeChanged, SlotsPublished, TimebookChanged
from dialog.appointments.policy import BookingRules, MeetingType
from dialog.demo.population.bulk import Rows
from dialog.people.policy import Profession
from dialog.working_days import local, oslo_day

RULES = BookingRules()
TALK = (MeetingType.IN_PERSON, MeetingType.PHONE, MeetingType.VIDEO)
CARE = (MeetingType.BLOOD_PRESSURE, MeetingType.INJECTION, MeetingType.WOUND)
SAMPLES = (MeetingType.BLOOD_SAMPLE, MeetingType.INR)
TYPES = {
    Profession.DOCTOR: ("Vanlig time", TALK, 20),
    Profession.NURSE: ("Sykepleiertime", CARE, 15),
    Profession.LAB: ("Prøvetaking", SAMPLES, 10),
}
HOURS = {
    Profession.DOCTOR: ((time(8, 30), time(11, 30)), (time(12, 15), time(14, 55))),
    Profession.NURSE: ((time(8, 30), time(11)), (time(12), time(14))),
    Profession.LAB: ((time(8), time(10)),),
}
WEEK = range(5)
PUBLISHED_AT = time(0, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """Somebody with a timebook, and who keeps it."""

    practitioner_id: int
    practitioner: UUID
    profession: Profession
    specialist: bool
    keeper: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A published time."""

    id: UUID
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Timebook:
    """Somebody's published times, in order."""

    whose: Clinician
    type_id: int
    meetings: tuple[MeetingType, ...]
    slots: list[Slot] = field(default_factory=list)


def types(rows: Rows, practice_id: int, by: Actor, opened: datetime) -> dict[Profession, int]:
    """What can be booked with each profession."""
    keys = [rows.new_key("appointments.AppointmentType") for _ in TYPES]
    for key, (profession, (name, meetings, minutes)) in zip(keys, TYPES.items(), strict=True):
        rows.add(
            "appointments.AppointmentType",
            id=key,
            practice_id=practice_id,
            profession=profession,
            name=name,
            meetings=[str(one) for one in meetings],
            minutes=minutes,
        )
        rows.record(opened, by, AppointmentTypeChanged(practice_id=practice_id, type_id=key))
    return dict(zip(TYPES, keys, strict=True))


def timebook(
    rows: Rows, practice_id: int, whose: Clinician, type_id: int, opened: datetime, today: date
) -> Timebook:
    """A timebook as it stands today, with the times published since the office opened."""
    schedule_id = rows.new_key("appointments.Schedule")
    rows.add(
        "appointments.Schedule",
        id=schedule_id,
        practice_id=practice_id,
        practitioner_id=whose.practitioner_id,
        published_on=today,
    )
    made = Timebook(whose=whose, type_id=type_id, meetings=TYPES[whose.profession][1])
    weekly = _weekly_hours(rows, practice_id, schedule_id, made, oslo_day(opened))
    until = today + timedelta(days=RULES.horizon_days)
    for one in timetable.times(_days(oslo_day(opened), until), weekly=weekly):
        if one.starts > opened:
            made.slots.append(Slot(id=rows.new_uuid(), starts=one.starts, ends=one.ends))
    for slot in made.slots:
        rows.add(
            "appointments.Slot",
            id=slot.id,
            practice_id=practice_id,
            schedule_id=schedule_id,
            type_id=type_id,
            period=DateTimeTZRange(slot.starts, slot.ends),
        )
    _published(rows, practice_id, made, opened)
    return made


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _weekly_hours(
    rows: Rows, practice_id: int, schedule_id: int, book: Timebook, since: date
) -> list[timetable.Weekly]:
    found = []
    for weekday in WEEK:
        for starts, ends in HOURS[book.whose.profession]:
            rows.add(
                "appointments.WeeklyHours",
                practice_id=practice_id,
                schedule_id=schedule_id,
                type_id=book.type_id,
                weekday=weekday,
                starts=starts,
                ends=ends,
                period=DateRange(since, None),
            )
            hours = timetable.Hours(
                starts=starts,
                ends=ends,
                type_id=book.type_id,
                minutes=TYPES[book.whose.profession][2],
            )
            found.append(timetable.Weekly(weekday=weekday, hours=hours, since=since))
    return found


def _published(rows: Rows, practice_id: int, book: Timebook, opened: datetime) -> None:
    """All within the horizon when the hours were said, and then a day more each night."""
    whose = book.whose
    changed = TimebookChanged(
        practice_id=practice_id, practitioner_id=whose.practitioner_id, what="weekly-hours"
    )
    per_day = Counter(oslo_day(one.starts) for one in book.slots)
    first = oslo_day(opened) + timedelta(days=RULES.horizon_days)
    at_once = sum(many for day, many in per_day.items() if day <= first)
    rows.record(opened, whose.keeper, changed, _new(practice_id, whose, at_once))
    for day, many in per_day.items():
        if day > first:
            night = local(day - timedelta(days=RULES.horizon_days), PUBLISHED_AT)
            rows.record(night, PLATFORM, _new(practice_id, whose, many))


def _new(practice_id: int, whose: Clinician, added: int) -> SlotsPublished:
    return SlotsPublished(
        practice_id=practice_id,
        practitioner_id=whose.practitioner_id,
        added=added,
        withdrawn=0,
    )
