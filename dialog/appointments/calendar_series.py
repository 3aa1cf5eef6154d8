"""Events that repeat, written out: each series is unfolded on the clock of its own zone.

Reckoning on the wall clock keeps a meeting at nine at nine when the clocks change, whatever kind of
zone the file brought; only the result is turned into moments.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, vDDDTypes, vRecur
from icalendar import Event as Component

from dialog.appointments.calendar_events import Event, Moment, Period, Unreadable
from dialog.working_days import local, oslo_day

AnyMoment = TypeVar("AnyMoment", date, datetime)

# The most steps the rules of one file may need: some seconds of work.
MAX_STEPS = 1_000_000

_MARGIN = timedelta(days=2)  # no two zones are further apart
_MOVED_AT_MOST = timedelta(days=400)  # how far an exception may move what a rule gives
_STEPS_A_DAY = {"SECONDLY": 86_400, "MINUTELY": 1_440, "HOURLY": 24, "DAILY": 1}
_WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")
_BY_DATE = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY", "BYSETPOS"}
# A rule that never comes true, such as 31 February, is tried until the last year there is. The
# calendar repeats itself every 400 years, so the reckoning is done as late as it can be.
_LATER = 19 * 400
_LAST_YEAR = date.max.year - _LATER


def series_of(events: Iterable[Event]) -> list[list[Event]]:
    """The events that belong together: one that is itself, and those that replace parts of it.

    Of several with one name the newest counts; when none is newest, all do, because a time must not
    be offered as free on a doubt.
    """
    by_uid: dict[str, list[Event]] = {}
    series: list[list[Event]] = []
    for event in events:
        if event.uid:
            by_uid.setdefault(event.uid, []).append(event)
        else:
            series.append([event])
    for same in by_uid.values():
        masters = [event for event in same if event.replaces is None]
        newest = max((event.sequence for event in masters), default=0)
        exceptions = [event for event in same if event.replaces is not None]
        latest = [event for event in masters if event.sequence == newest]
        series += [[master, *exceptions] for master in latest] or [exceptions]
    return series


def busy_in(series: Sequence[Event], since: datetime, until: datetime) -> Iterator[Period]:
    """When the events of one series keep somebody busy, in UTC."""
    first = series[0]
    if len(series) == 1 and not first.recurs:
        occurrences = [(first.starts, first.ends)] if first.busy else []
    else:
        occurrences = _unfolded(series, since, until)
    for starts, ends in occurrences:
        period = _moment(starts), _end(starts, ends)
        if period[0] < period[1] and period[0] < until and since < period[1]:
            yield period


def steps(event: Event, until: datetime) -> int:
    """About how many steps the rules of an event take from its start to the end of what we ask."""
    return sum(
        _days(event, rule, _day(until)) * _steps_a_week(rule) // 7 + 1 for rule in event.rules
    )


def _days(event: Event, rule: vRecur, until: date) -> int:
    last = min(_day(rule.get("UNTIL", [until])[0]), until)
    if rule["FREQ"][0] in _WITHIN_A_DAY and _BY_DATE & rule.keys():
        last = date(_LAST_YEAR, 12, 31)
    return max((last - _day(event.starts)).days, 0) + 1


def _steps_a_week(rule: vRecur) -> int:
    a_week = 7 * _STEPS_A_DAY.get(rule["FREQ"][0], 0) or max(len(rule.get("BYDAY", [])), 1)
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        a_week *= max(len(rule.get(part, [])), 1)
    return int(a_week // rule.get("INTERVAL", [1])[0]) + 1


def _unfolded(
    series: Sequence[Event], since: datetime, until: datetime
) -> list[tuple[Moment, Moment]]:
    first = series[0]
    calendar = Calendar()
    try:
        for event in series:
            calendar.add_component(_component(event, first, until))
        window = [_wall(each, UTC) for each in (since - _MARGIN, until + _MARGIN)]
        found = recurring_ical_events.of(calendar).between(*window)
    except (ValueError, TypeError, OverflowError) as error:
        number = first.rule_number or first.number
        raise Unreadable(number, _("Gjentakelsen kan ikke regnes ut.")) from error
    return [
        (_in_zone(each["DTSTART"].dt, first.zone), _in_zone(each["DTEND"].dt, first.zone))
        for each in found
        if "TRANSP" not in each
    ]


def _component(event: Event, first: Event, until: datetime) -> Component:
    component = Component()
    component.add("UID", "one")
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTART", _wall(event.starts, first.zone))
    component.add("DTEND", _wall(_after(event.starts, event.ends), first.zone))
    if not event.busy:
        component.add("TRANSP", "TRANSPARENT")
    if event.replaces is not None:
        component["RECURRENCE-ID"] = vDDDTypes(_like(event.replaces, first))
        if event.this_and_future:
            component["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
    for rule in event.rules:
        component.add("RRULE", _ending(rule, until, event))
    for never in event.never:
        component.add("EXDATE", [_like(never, first)])
    for also in event.also:
        component.add("RDATE", [_also(also, first)])
    return component


def _ending(rule: vRecur, until: datetime, event: Event) -> vRecur:
    """A rule that stops somewhere after what we ask about, unless it counts how often it comes."""
    last: Moment = (until + _MOVED_AT_MOST).astimezone(event.zone).replace(tzinfo=None)
    if not isinstance(event.starts, datetime):
        last = _day(last)
    stopping = vRecur(rule)
    if "COUNT" not in rule:
        stopping["UNTIL"] = [_shifted(min([*rule.get("UNTIL", []), last]), _LATER)]
    return stopping


def _also(also: Moment | Period, first: Event) -> Moment | Period:
    if isinstance(also, tuple):
        return _naive(also[0], first.zone), _naive(also[1], first.zone)
    return _like(also, first)


def _like(moment: Moment, first: Event) -> Moment:
    """Days for a series of days; for a series of times, the time on its clock."""
    if not isinstance(first.starts, datetime):
        day = oslo_day(moment) if isinstance(moment, datetime) else moment
        return _shifted(day, _LATER)
    return _wall(moment, first.zone)


def _wall(moment: Moment, zone: tzinfo) -> Moment:
    return _naive(moment, zone) if isinstance(moment, datetime) else _shifted(moment, _LATER)


def _naive(moment: datetime, zone: tzinfo) -> datetime:
    return _shifted(moment.astimezone(zone).replace(tzinfo=None), _LATER)


def _in_zone(moment: Moment, zone: tzinfo) -> Moment:
    moment = _shifted(moment, -_LATER)
    return moment.replace(tzinfo=zone) if isinstance(moment, datetime) else moment


def _shifted(moment: AnyMoment, years: int) -> AnyMoment:
    return moment.replace(year=moment.year + years)


def _end(starts: Moment, ends: Moment) -> datetime:
    """When it is over. What begins in the hour that is missing in March begins an hour later, and
    by the clock it may then be over before it has begun: it lasts as long as on other days.
    """
    begun, ended = _moment(starts), _moment(_after(starts, ends))
    if begun < ended or not isinstance(starts, datetime) or not isinstance(ends, datetime):
        return ended
    return begun + (ends.replace(tzinfo=None) - starts.replace(tzinfo=None))


def _after(starts: Moment, ends: Moment) -> Moment:
    """The end; a day that is said to end as it begins lasts to the next."""
    if isinstance(starts, datetime) or ends > starts:
        return ends
    return starts + timedelta(days=1)


def _moment(moment: Moment) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC)
    return local(moment, time.min)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
