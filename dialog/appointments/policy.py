"""Bestill time: the states of an appointment and who may move it from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dialog.actor import Actor, Duty, Role, Side
from dialog.conversations.policy import ENDINGS, Kind, PatientReply, ServicePolicy, offer
from dialog.errors import WrongState

APPOINTMENT = offer(
    ServicePolicy(
        kind=Kind.APPOINTMENT,
        answered_by=frozenset({Role.PRACTITIONER, Role.NURSE, Role.STAFF}),
        owner=Role.STAFF,
        practice_may_start=True,
        patient_reply=PatientReply.FREE,
        charged=False,
        answer_days=2,
        longest=1000,
        attachments=False,
        own_endings=ENDINGS,
    )
)

ANSWER_OFFER_WORKING_DAYS = 2
LONGEST_MINUTES = 240
LONGEST_HORIZON_DAYS = 366


class AppointmentStatus(StrEnum):
    """FHIR's own codes; ``offered`` is a proposal that waits for the patient."""

    PROPOSED = "proposed"
    PENDING = "pending"
    OFFERED = "offered"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    FULFILLED = "fulfilled"
    NOSHOW = "noshow"


class MeetingType(StrEnum):
    """How one meets, or what is done there."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"
    BLOOD_SAMPLE = "blood-sample"
    BLOOD_PRESSURE = "blood-pressure"
    INR = "inr"
    INJECTION = "injection"
    WOUND = "wound"
    OTHER_TASK = "other-task"


class Step(StrEnum):
    """What can be done to an appointment."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    OFFER = "offer"
    GIVE = "give"
    ACCEPT = "accept"
    ASK_AGAIN = "ask-again"
    MOVE = "move"
    CONVERT = "convert"
    REDIRECT = "redirect"
    CANCEL = "cancel"
    EXPIRE = "expire"
    RELEASE = "release"
    SET_ASIDE = "set-aside"
    ATTEND = "attend"
    MISS = "miss"


class DayPart(StrEnum):
    """When on the day somebody would like to come."""

    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"


class ExceptionKind(StrEnum):
    """How a day differs from the weekly pattern."""

    AWAY = "away"
    EXTRA = "extra"


class Withdrawn(StrEnum):
    """Why a published time is no longer there."""

    BY_HAND = "by-hand"
    TIMEBOOK = "timebook"
    ELSEWHERE = "elsewhere"


S = AppointmentStatus
BY_PATIENT, BY_PRACTICE, BY_PLATFORM = Side.PATIENT, Side.PRACTICE, Side.PLATFORM

OCCUPYING = (S.PENDING, S.OFFERED, S.BOOKED, S.FULFILLED)
TO_COME = (S.PENDING, S.OFFERED, S.BOOKED)

STEPS: Mapping[tuple[AppointmentStatus, Step, Side], AppointmentStatus] = {
    (S.PROPOSED, Step.OFFER, BY_PRACTICE): S.OFFERED,
    (S.PROPOSED, Step.GIVE, BY_PRACTICE): S.BOOKED,
    (S.PROPOSED, Step.CANCEL, BY_PATIENT): S.CANCELLED,
    (S.PROPOSED, Step.CANCEL, BY_PRACTICE): S.CANCELLED,
    (S.PROPOSED, Step.REDIRECT, BY_PRACTICE): S.CANCELLED,
    (S.PENDING, Step.CONFIRM, BY_PRACTICE): S.BOOKED,
    (S.PENDING, Step.REFUSE, BY_PRACTICE): S.CANCELLED,
    (S.PENDING, Step.CANCEL, BY_PATIENT): S.CANCELLED,
    (S.PENDING, Step.REDIRECT, BY_PRACTICE): S.CANCELLED,
    (S.PENDING, Step.EXPIRE, BY_PLATFORM): S.CANCELLED,
    (S.OFFERED, Step.OFFER, BY_PRACTICE): S.OFFERED,
    (S.OFFERED, Step.GIVE, BY_PRACTICE): S.BOOKED,
    (S.OFFERED, Step.ACCEPT, BY_PATIENT): S.BOOKED,
    (S.OFFERED, Step.ASK_AGAIN, BY_PATIENT): S.PROPOSED,
    (S.OFFERED, Step.CONVERT, BY_PRACTICE): S.OFFERED,
    (S.OFFERED, Step.CANCEL, BY_PATIENT): S.CANCELLED,
    (S.OFFERED, Step.CANCEL, BY_PRACTICE): S.CANCELLED,
    (S.OFFERED, Step.REDIRECT, BY_PRACTICE): S.CANCELLED,
    (S.OFFERED, Step.EXPIRE, BY_PLATFORM): S.CANCELLED,
    (S.OFFERED, Step.RELEASE, BY_PLATFORM): S.PROPOSED,
    (S.BOOKED, Step.MOVE, BY_PATIENT): S.BOOKED,
    (S.BOOKED, Step.MOVE, BY_PRACTICE): S.BOOKED,
    (S.BOOKED, Step.CONVERT, BY_PRACTICE): S.BOOKED,
    (S.BOOKED, Step.CANCEL, BY_PATIENT): S.CANCELLED,
    (S.BOOKED, Step.CANCEL, BY_PRACTICE): S.CANCELLED,
    (S.BOOKED, Step.REDIRECT, BY_PRACTICE): S.CANCELLED,
    (S.BOOKED, Step.SET_ASIDE, BY_PRACTICE): S.BOOKED,
    (S.FULFILLED, Step.SET_ASIDE, BY_PRACTICE): S.FULFILLED,
    (S.NOSHOW, Step.SET_ASIDE, BY_PRACTICE): S.NOSHOW,
    (S.BOOKED, Step.ATTEND, BY_PRACTICE): S.FULFILLED,
    (S.BOOKED, Step.MISS, BY_PRACTICE): S.NOSHOW,
    (S.FULFILLED, Step.MISS, BY_PRACTICE): S.NOSHOW,
    (S.NOSHOW, Step.ATTEND, BY_PRACTICE): S.FULFILLED,
}

WITHOUT_A_TIME = frozenset({S.PROPOSED, S.OFFERED})

UNTIL_IT_BEGINS = frozenset({Step.ACCEPT, Step.MOVE, Step.CONVERT, Step.REDIRECT})
ONCE_IT_HAS_BEGUN = frozenset({Step.ATTEND, Step.MISS})


def after(status: str, step: Step, by: Actor) -> AppointmentStatus:
    """The status after a step; WrongState when it cannot be taken now, or not by this side."""
    found = STEPS.get((AppointmentStatus(status), step, by.side))
    if found is None:
        raise WrongState
    return found


def possible(status: str, by: Actor, *, starts: datetime | None, now: datetime) -> frozenset[Step]:
    """The steps this side could take now; what a page shows buttons for.

    A patient cannot cancel what has begun; who came is noted only then.
    """
    steps = {
        step for was, step, side in STEPS if was == AppointmentStatus(status) and side == by.side
    }
    begun = starts is not None and starts <= now
    steps -= UNTIL_IT_BEGINS if begun else ONCE_IT_HAS_BEGUN
    if begun and by.side is Side.PATIENT:
        steps -= {Step.CANCEL}
    return frozenset(steps)


def may_take_along(status: str) -> bool:
    """Whether a patient may ask a new GP for this instead (R191): a wish, or a proposal not yet
    answered. A time that is taken stands where it is until it is cancelled.
    """
    return AppointmentStatus(status) in WITHOUT_A_TIME


AT_THE_DESK = frozenset({Role.STAFF, Role.NURSE})


def may_open_times(
    by: Actor, practitioner_id: int, *, doctor: bool, handed_over: bool = False
) -> bool:
    """Whether this actor decides which times are open: a doctor over their own alone, until she
    hands her timebook over to those at the desk (R84).

    The timebooks of nurses and the lab are the office's.
    """
    if by.side is Side.PLATFORM or by.practitioner_id == practitioner_id:
        return True
    if doctor and handed_over:
        return by.role in AT_THE_DESK
    return not doctor and (by.role is Role.NURSE or by.may(Duty.MANAGE_OFFICE))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """What a doctor says about when times can be taken, and until when they can be given back.

    ``release_days`` and ``release_clock``: hidden until that clock so many days before; without,
    shown as soon as they are within the horizon. Cancelling is free until so many hours, or
    working days, before; with neither it always is.
    """

    lead_minutes: int = 60
    horizon_days: int = 56
    release_days: int | None = None
    release_clock: time | None = None
    most_open: int | None = None
    cancel_hours: int | None = None
    cancel_working_days: int | None = 1


def day_part(clock: time) -> DayPart:
    """Which part of the day a clock falls in."""
    if clock < time(10):
        return DayPart.MORNING
    return DayPart.MIDDAY if clock < time(13) else DayPart.AFTERNOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a patient would like: days of the week (0 is Monday), times of day, not before or
    after a date.
    """

    meeting: MeetingType | None = None
    weekdays: frozenset[int] = frozenset()
    parts: frozenset[DayPart] = frozenset()
    earliest: date | None = None
    latest: date | None = None

    def misses(self, day: date, clock: time, meetings: frozenset[MeetingType]) -> int:
        """How far a time is from the wish: 0 is just as wished."""
        return (
            2 * bool(self.weekdays and day.weekday() not in self.weekdays)
            + bool(self.parts and day_part(clock) not in self.parts)
            + 4 * bool(self.meeting and self.meeting not in meetings)
            + 3 * bool(self.latest and day > self.latest)
            + 8 * bool(self.earliest and day < self.earliest)
        )


def offer_ends(promised: datetime, starts: datetime, now: datetime) -> datetime:
    """Until when the patient can answer a proposal: as promised, but an hour before it begins."""
    return max(min(promised, starts - timedelta(hours=1)), min(now + timedelta(hours=1), starts))


def is_late(free_until: datetime | None, now: datetime) -> bool:
    """Whether it is too late to give an appointment back for nothing."""
    return free_until is not None and now > free_until
