"""Calendar files: when an office's own calendar is busy, and the file a patient puts in theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from time import monotonic

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from dialog.appointments import calendar_events, calendar_series
from dialog.appointments.calendar_events import Unreadable
from dialog.appointments.calendar_lines import Block, BrokenCalendar, Fault, read_blocks
from dialog.working_days import OSLO

MAX_INSTANCES = 20_000
MAX_SECONDS = 20.0

__all__ = ["BrokenCalendar", "Busy", "Fault", "appointment_file", "busy_file", "busy_periods"]


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A period somebody is busy, in UTC, and nothing about with what."""

    starts: datetime
    ends: datetime


def busy_periods(data: bytes, *, since: datetime, until: datetime) -> list[Busy]:
    """When the calendar in an .ics file is busy between two times, in order and each once.

    A period that has begun before, or goes on after, is given whole. A file with a fault anywhere
    gives nothing but its faults.
    """
    events = _events(read_blocks(data))
    _must_be_bearable(events, until)
    stop_at = monotonic() + MAX_SECONDS
    busy: set[Busy] = set()
    faults: list[Fault] = []
    for series in calendar_series.series_of(events):
        try:
            busy.update(Busy(*each) for each in calendar_series.busy_in(series, since, until))
        except Unreadable as unreadable:
            faults.append(unreadable.fault)
        if len(busy) > MAX_INSTANCES or monotonic() > stop_at:
            raise BrokenCalendar(Fault(0, _too_much()))
    if faults:
        raise BrokenCalendar(*faults)
    return sorted(busy)


def _events(blocks: Iterable[Block]) -> list[calendar_events.Event]:
    zones: dict[str, tzinfo] = {}
    events, faults = [], []
    for block in sorted(blocks, key=lambda block: block.kind != "VTIMEZONE"):
        try:
            if block.kind == "VTIMEZONE":
                zones.update([calendar_events.explained_zone(block)])
            else:
                events.append(calendar_events.read_event(block, zones))
        except Unreadable as unreadable:
            faults.append(unreadable.fault)
    if faults:
        raise BrokenCalendar(*faults)
    return events


def _must_be_bearable(events: Iterable[calendar_events.Event], until: datetime) -> None:
    """A rule such as *every second since 1970* is refused before anybody begins to count."""
    left = calendar_series.MAX_STEPS
    for event in events:
        left -= calendar_series.steps(event, until)
        if left < 0:
            reason = _("Avtalene gjentas så ofte at vi ikke kan regne dem ut.")
            raise BrokenCalendar(Fault(event.number, reason))


def _too_much() -> str:
    return _(
        "Kalenderen har for mange avtaler i dette tidsrommet (mer enn %(number)d opptatte tider), "
        "eller gjentakelser som tar for lang tid å regne ut. Eksporter et kortere tidsrom."
    ) % {"number": MAX_INSTANCES}


def appointment_file(
    uid: str,
    starts: datetime,
    ends: datetime,
    *,
    place: str,
    sequence: int,
    cancelled: bool,
    phone: str,
    now: datetime,
) -> bytes:
    """A patient's appointment as a calendar file that says nothing of health or of whom it is with.

    A later file with the same ``uid`` and a higher ``sequence`` moves or cancels it.
    """
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("dtstart", _shown(starts))
    event.add("dtend", _shown(ends))
    event.add("location", place)
    event.add("class", "PRIVATE")
    _say_how_it_stands(event, cancelled, phone)
    written: bytes = _calendar_with(event).to_ical()
    return written


def _say_how_it_stands(event: Event, cancelled: bool, phone: str) -> None:
    event.add("summary", _("Time (avlyst)") if cancelled else pgettext("legetime", "Time"))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if phone and not cancelled:
        event.add("description", _("Kan du ikke komme? Ring %(phone)s.") % {"phone": phone})


def _shown(moment: datetime) -> datetime:
    """On the clock in Oslo, but for the hour that comes a second time, which has no words there."""
    clock = moment.astimezone(OSLO)
    return moment.astimezone(UTC) if clock.fold else clock


def _calendar_with(event: Event) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Digital dialog//NO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_oslo())
    calendar.add_component(event)
    return calendar


def _oslo() -> Timezone:
    """The rules of the zone since 1996 (directive 2000/84/EC), on the clock before each change.

    Written by hand: icalendar 7.3 makes the change in March an hour late.
    """
    zone = Timezone()
    zone.add("tzid", "Europe/Oslo")
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    changes = (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001
    )
    for change, name, first, before, after in changes:
        change.add("tzname", name)
        change.add("dtstart", first)
        change.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
        change.add("tzoffsetfrom", before)
        change.add("tzoffsetto", after)
        zone.add_component(change)
    return zone


def busy_file(periods: Iterable[tuple[datetime, datetime]]) -> bytes:
    """The same periods as a calendar file of ours, with nothing in it but when.

    What an office is shown before it says yes is this, so that no page carries what was in theirs.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Digital dialog//NO"]
    for number, (starts, ends) in enumerate(periods):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}@digital-dialog",
            f"DTSTART:{starts.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTEND:{ends.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
