"""The timebooks of the cast: what can be booked, when, and the free times that follow."""

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions
from dialog.appointments.policy import BookingRules, MeetingType
from dialog.people import queries as people
from dialog.people.policy import Profession

WEEK = range(5)
DAYS_AHEAD = 28
TALK = (MeetingType.IN_PERSON, MeetingType.PHONE, MeetingType.VIDEO)
WITH_THE_NURSE = (MeetingType.BLOOD_PRESSURE, MeetingType.INJECTION, MeetingType.WOUND)
IN_THE_LAB = (MeetingType.BLOOD_SAMPLE, MeetingType.INR)


def make(*, lund: Actor, siri: Actor, berg: Actor) -> None:
    """Fill the timebooks: two doctors, a nurse and the laboratory."""
    _doctor(lund, same_day=True)
    _doctor(berg, same_day=False)
    _shared(siri)


def _doctor(doctor: Actor, *, same_day: bool) -> None:
    mine = _clinicians(doctor, Profession.DOCTOR)[0]
    ordinary = _type(doctor, "Vanlig time", TALK, 20)
    rules = BookingRules(most_open=3, cancel_working_days=1, horizon_days=DAYS_AHEAD)
    actions.set_rules(by=doctor, practitioner=mine, rules=rules)
    _hours(doctor, mine, ordinary, time(9), time(11, 40))
    _hours(doctor, mine, _type(doctor, "Telefontime", (MeetingType.PHONE,), 10), time(13), time(14))
    if same_day:
        actions.add_weekly_hours(
            by=doctor,
            practitioner=mine,
            type_uuid=ordinary,
            weekdays=WEEK,
            starts=time(14, 20),
            ends=time(15),
            release_days=0,
            release_clock=time(8),
        )


def _shared(staff: Actor) -> None:
    (nurse,) = _clinicians(staff, Profession.NURSE)
    (lab,) = _clinicians(staff, Profession.LAB)
    for one in (nurse, lab):
        actions.set_rules(by=staff, practitioner=one, rules=BookingRules(horizon_days=21))
    visit = _type(staff, "Sykepleiertime", WITH_THE_NURSE, 15, Profession.NURSE)
    sample = _type(
        staff,
        "Prøvetaking",
        IN_THE_LAB,
        10,
        Profession.LAB,
        "Drikk gjerne vann før du kommer. Du trenger ikke å faste hvis legen ikke har sagt det.",
    )
    _hours(staff, nurse, visit, time(8, 30), time(11))
    _hours(staff, lab, sample, time(8), time(9, 30))


def _clinicians(by: Actor, profession: Profession) -> list[UUID]:
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        found = people.clinicians_of_practice(by)
    return [one.uuid for one in found if one.profession is profession]


def _type(
    by: Actor,
    name: str,
    meetings: Iterable[MeetingType],
    minutes: int,
    profession: Profession = Profession.DOCTOR,
    instructions: str = "",
) -> UUID:
    return actions.save_type(
        by=by,
        name=name,
        meetings=meetings,
        minutes=minutes,
        profession=profession,
        instructions=instructions,
    ).uuid


def _hours(by: Actor, practitioner: UUID, kind: UUID, starts: time, ends: time) -> None:
    actions.add_weekly_hours(
        by=by, practitioner=practitioner, type_uuid=kind, weekdays=WEEK, starts=starts, ends=ends
    )
