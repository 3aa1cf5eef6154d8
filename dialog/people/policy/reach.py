"""What a patient may be told and where, and why somebody cannot be reached: pure functions."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dialog.people.policy.consent import Consent

# eForvaltningsforskriften § 32: what its owner has neither changed nor confirmed for so long is not
# used to tell anybody anything.
COUNTS_FOR_MONTHS = 18


class NotificationKind(StrEnum):
    """What a patient may be told by SMS, each of which can be switched off."""

    APPOINTMENT = "appointment"
    REMINDER = "reminder"
    MESSAGE = "message"
    RENEWAL = "renewal"


# Who has given the office a number may be reminded of an appointment, and of no more (R225).
WITHOUT_A_YES = frozenset({NotificationKind.APPOINTMENT, NotificationKind.REMINDER})


class Hindrance(StrEnum):
    """What is in the way of reaching a patient here, weightiest first."""

    NO_CONSENT = "no-consent"
    WITHDRAWN = "withdrawn"
    RESERVED = "reserved"
    LOCKED = "locked"
    NOT_HEARD = "not-heard"
    NOT_REGISTERED = "not-registered"
    OLD_CONTACT = "old-contact"
    NO_PHONE = "no-phone"
    SWITCHED_OFF = "switched-off"
    NOBODY_TOLD = "nobody-told"


# Where one of these is in the way, the office does not write first; with the others the patient
# reads what is written, and is only not told that it is there.
STOPS_WRITING = frozenset(
    {Hindrance.NO_CONSENT, Hindrance.WITHDRAWN, Hindrance.RESERVED, Hindrance.LOCKED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mobile number (empty: none) that somebody gave here, and when they last stood by it."""

    phone: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the contact register said of somebody, and when it was asked."""

    registered: bool
    reserved: bool
    may_be_told: bool
    phone: str
    confirmed_at: datetime | None
    heard_at: datetime


def may_be_told(kind: NotificationKind, consent: Consent) -> bool:
    """Whether news of this kind about a patient may be told by SMS at all; a yes that was taken
    back stops everything (R5).
    """
    return consent is Consent.GIVEN or (consent is Consent.NEVER and kind in WITHOUT_A_YES)


def counts_until(confirmed_at: datetime) -> datetime:
    """When what was confirmed then may no longer be used (R36)."""
    years, month = divmod(confirmed_at.month - 1 + COUNTS_FOR_MONTHS, 12)
    year, month = confirmed_at.year + years, month + 1
    day = min(confirmed_at.day, calendar.monthrange(year, month)[1])
    return confirmed_at.replace(year=year, month=month, day=day)


def still_counts(confirmed_at: datetime | None, now: datetime) -> bool:
    """Whether an address has been changed or confirmed lately enough."""
    return confirmed_at is not None and now < counts_until(confirmed_at)


def phone_for(
    kind: NotificationKind, *, given: Given, heard: Heard | None, connected: bool, now: datetime
) -> tuple[str, Hindrance | None]:
    """The number news of this kind goes to, or what is in the way.

    Where there is a register its number counts (R36); only news of appointments may go to the one
    that was given here instead (R225), and nothing to who has reserved themselves.
    """
    own = _usable(given.phone, given.confirmed_at, now)
    if not connected:
        return own
    said = _said(heard, now)
    if said[1] in (None, Hindrance.RESERVED) or kind not in WITHOUT_A_YES or own[1]:
        return said
    return own


def _usable(
    phone: str, confirmed_at: datetime | None, now: datetime
) -> tuple[str, Hindrance | None]:
    if not phone:
        return "", Hindrance.NO_PHONE
    return (phone, None) if still_counts(confirmed_at, now) else ("", Hindrance.OLD_CONTACT)


def _said(heard: Heard | None, now: datetime) -> tuple[str, Hindrance | None]:
    if heard is None:
        return "", Hindrance.NOT_HEARD
    if heard.reserved:
        return "", Hindrance.RESERVED
    if not heard.registered:
        return "", Hindrance.NOT_REGISTERED
    phone, hindrance = _usable(heard.phone, heard.confirmed_at, now)
    if hindrance is None and not heard.may_be_told:
        return "", Hindrance.OLD_CONTACT  # what the register says outweighs its own dates
    return phone, hindrance


def language_to_use(
    own: str, *, chosen_at: datetime | None, registered: str, registered_at: datetime | None
) -> str:
    """The language somebody is told things in: the one they have said last, in the register (R45)
    or here; ``registered`` is empty where it is none we speak.
    """
    if not registered:
        return own
    if chosen_at is not None and (registered_at is None or chosen_at > registered_at):
        return own
    return registered


def stops_writing(hindrances: Iterable[Hindrance]) -> bool:
    """Whether a practice does not write first to somebody with these in the way (R9)."""
    return not STOPS_WRITING.isdisjoint(hindrances)
