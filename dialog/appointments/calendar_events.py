"""The events of an .ics file: when each begins and ends, and what it says about repeating."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _
from icalendar import Timezone, vDuration, vRecur
from icalendar.timezone import tzp

from dialog.appointments.calendar_lines import Block, Fault, Line
from dialog.working_days import OSLO

# A day, or an aware time: every time in a file has a zone, its own or the one we read it in.
Moment = date | datetime
Period = tuple[datetime, datetime]

_WRITTEN = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
_ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "UID", "SEQUENCE")
_FOREVER = 9999  # some programs write "without end" as the last moment there is
_A_DAY = timedelta(days=1)
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


class Unreadable(Exception):
    """A line that cannot be used, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.fault = Fault(line, reason)


@dataclass(slots=True)
class Event:
    """When something is. The zone is the one its start is written in."""

    number: int
    starts: Moment
    ends: Moment
    uid: str = ""
    sequence: int = 0
    busy: bool = True
    replaces: Moment | None = None
    this_and_future: bool = False
    rules: list[vRecur] = field(default_factory=list)
    rule_number: int = 0
    also: list[Moment | Period] = field(default_factory=list)
    never: list[Moment] = field(default_factory=list)

    @property
    def zone(self) -> tzinfo:
        """The zone whose clock decides when it repeats."""
        return zone_of(self.starts)

    @property
    def recurs(self) -> bool:
        """Whether it is more than once."""
        return bool(self.rules or self.also)


def zone_of(moment: Moment) -> tzinfo:
    """The zone of a time; days are days in Oslo."""
    return (moment.tzinfo or OSLO) if isinstance(moment, datetime) else OSLO


def known_zone(name: str) -> tzinfo | None:
    """The zone of this name: IANA's, with or without its maker in front, or one of Windows'."""
    short = "/".join(name.split("/")[-2:]) if name.startswith("/") else name
    try:
        zone: tzinfo | None = tzp.timezone(short) if short else None
    except OSError:  # "Europe" is no zone, but the folder of some
        return None
    return zone


def explained_zone(block: Block) -> tuple[str, tzinfo]:
    """The name of a zone a file explains, and the zone: ours where we know it, else the file's."""
    match = re.search(r"^TZID[^:\n]*:(.+)$", "\n".join(block.text), re.MULTILINE | re.IGNORECASE)
    name = match[1].strip() if match else ""
    if zone := known_zone(name):
        return name, zone
    try:
        component = Timezone.from_ical("\r\n".join(block.text))
        if not isinstance(component, Timezone):
            raise ValueError("not a zone")
        zone = component.to_tz(lookup_tzid=False)
        datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    except _UNREADABLE as error:
        raise Unreadable(block.number, _("Tidssonen kan ikke leses.")) from error
    return name, zone


def read_event(block: Block, zones: Mapping[str, tzinfo]) -> Event:
    """One event; the first line that cannot be used is its fault."""
    lines: dict[str, list[Line]] = {}
    for line in block.lines:
        if line.name in _ONCE and line.name in lines:
            raise Unreadable(line.number, _("%(name)s står to ganger.") % {"name": line.name})
        lines.setdefault(line.name, []).append(line)
    if "DTSTART" not in lines:
        raise Unreadable(block.number, _("Avtalen har ikke noe tidspunkt (DTSTART)."))
    first = lines["DTSTART"][0]
    starts = _moment(first, zones)
    try:
        event = Event(block.number, starts, _ends(starts, lines, zones))
        if in_order(event.ends) < in_order(event.starts):
            raise Unreadable(block.number, _("Avtalen slutter før den begynner."))
        _read_identity(event, lines)
        _read_repeating(event, lines, zones)
    except OverflowError as error:  # it goes on after the last day there is
        raise Unreadable(first.number, _not_a_time(first)) from error
    return event


def in_order(moment: Moment) -> datetime:
    """A day or a time as a moment that can be compared with any other."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return datetime.combine(moment, time.min, OSLO).astimezone(UTC)


def _read_identity(event: Event, lines: Mapping[str, list[Line]]) -> None:
    event.uid = _text(lines, "UID")
    sequence = _text(lines, "SEQUENCE")
    event.sequence = int(sequence) if re.fullmatch(r"[0-9]{1,9}", sequence) else 0
    free = _text(lines, "TRANSP").upper() == "TRANSPARENT"
    event.busy = not free and _text(lines, "STATUS").upper() != "CANCELLED"


def _read_repeating(
    event: Event, lines: Mapping[str, list[Line]], zones: Mapping[str, tzinfo]
) -> None:
    for line in lines.get("RECURRENCE-ID", []):
        event.replaces = _moment(line, zones)
        event.this_and_future = line.range == "THISANDFUTURE"
    for line in lines.get("EXDATE", []):
        event.never += [_one(line, text, zones) for text in line.value.split(",")]
    for line in lines.get("RDATE", []):
        read = _period if line.kind == "PERIOD" else _one
        event.also += [read(line, text, zones) for text in line.value.split(",")]
    for line in lines.get("RRULE", []):
        event.rules.append(_rule(line, event.starts))
        event.rule_number = line.number


def _ends(starts: Moment, lines: Mapping[str, list[Line]], zones: Mapping[str, tzinfo]) -> Moment:
    for line in lines.get("DTEND", []):
        end = _moment(line, zones)
        if isinstance(end, datetime) != isinstance(starts, datetime):
            raise Unreadable(line.number, _("Slutten og starten må begge være dager eller tider."))
        return end
    for line in lines.get("DURATION", []):
        return _later(starts, _duration(line, line.value))
    return starts if isinstance(starts, datetime) else starts + _A_DAY


def _later(starts: Moment, duration: timedelta) -> Moment:
    """So many whole days on the calendar, and then so many hours as they pass (RFC 5545, 3.3.6)."""
    days = starts + timedelta(days=duration.days)
    if not isinstance(days, datetime):
        return days
    passed = days.astimezone(UTC) + timedelta(seconds=duration.seconds)
    return passed.astimezone(zone_of(starts))


def _rule(line: Line, starts: Moment) -> vRecur:
    """A rule whose last moment, if any, is told on the clock of the start."""
    try:
        rule: vRecur = vRecur.from_ical(line.value)
        for until in rule.get("UNTIL", []):
            rule["UNTIL"] = [_until(until, starts)]
        if "FREQ" not in rule or min(rule.get("INTERVAL", [1]) + rule.get("COUNT", [1])) < 1:
            raise ValueError("no frequency, or an interval or a count below one")
    except _UNREADABLE as error:
        raise Unreadable(line.number, _("Gjentakelsen (RRULE) kan ikke leses.")) from error
    return rule


def _until(until: Moment, starts: Moment) -> Moment:
    """On the clock of the start, where a mere day lasts to its end."""
    timed = isinstance(starts, datetime)
    if not isinstance(until, datetime):
        return datetime.combine(until, time(23, 59, 59)) if timed else until
    if until.tzinfo is not None and until.year < _FOREVER:
        until = until.astimezone(zone_of(starts))
    until = until.replace(tzinfo=None)
    return until if timed else until.date()


def _period(line: Line, text: str, zones: Mapping[str, tzinfo]) -> Period:
    first, _slash, second = text.partition("/")
    starts = _one(line, first, zones)
    lasts = second.strip().startswith(("P", "+P"))
    ends = _later(starts, _duration(line, second)) if lasts else _one(line, second, zones)
    if not (isinstance(starts, datetime) and isinstance(ends, datetime)):
        raise Unreadable(line.number, _not_a_time(line))
    if in_order(ends) < in_order(starts):
        raise Unreadable(line.number, _("Avtalen slutter før den begynner."))
    return starts, ends


def _moment(line: Line, zones: Mapping[str, tzinfo]) -> Moment:
    return _one(line, line.value, zones)


def _one(line: Line, text: str, zones: Mapping[str, tzinfo]) -> Moment:
    written = _WRITTEN.fullmatch(text.strip())
    if written is None:
        raise Unreadable(line.number, _not_a_time(line))
    year, month, day, hour, minute, second, utc = written.groups()
    try:
        on = date(int(year), int(month), int(day))
        if hour is None:
            return on
        clock = time(int(hour), int(minute), int(second))
        moment = datetime.combine(on, clock, UTC if utc else _named_zone(line, zones))
        in_order(moment)  # the first and last days there are have no moment in other zones
    except (ValueError, OverflowError) as error:
        raise Unreadable(line.number, _not_a_time(line)) from error
    return moment


def _named_zone(line: Line, zones: Mapping[str, tzinfo]) -> tzinfo:
    if not line.zone:
        return OSLO
    zone = known_zone(line.zone) or zones.get(line.zone)
    if zone is None:
        raise Unreadable(line.number, _("Tidssonen er ukjent, og filen forklarer den ikke."))
    return zone


def _duration(line: Line, text: str) -> timedelta:
    try:
        length: timedelta = vDuration.from_ical(text.strip())  # type: ignore[no-untyped-call]
    except _UNREADABLE as error:
        raise Unreadable(line.number, _("Varigheten kan ikke leses.")) from error
    return length


def _not_a_time(line: Line) -> str:
    return _("%(name)s er ikke en gyldig dag eller et gyldig klokkeslett.") % {"name": line.name}


def _text(lines: Mapping[str, Iterable[Line]], name: str) -> str:
    return next((line.value for line in lines.get(name, ())), "")
