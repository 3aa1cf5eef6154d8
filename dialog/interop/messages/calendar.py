"""xCal: free times and appointments, as RFC 6321 writes them and the national wiki asks for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lxml import etree

from dialog.interop.messages.elements import (
    Stamp,
    Unreadable,
    add,
    clean,
    moment,
    oslo,
    parts,
)
from dialog.interop.names import XCAL

PRODUCT = "-//Digital dialog//Digital dialog//NO"
_KEPT = ("dtstart", "dtend", "uid", "contact", "related-to", "summary", "description", "categories")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A free time or an appointment.

    ``contact`` is the HER-id of the party that owns it: there a cancelling goes. ``related_to`` is
    the time that was asked for, or the appointment this one stands instead of. ``more`` are other
    properties with their words; one of them says the state (see ``codes/calendar.toml``).
    """

    uid: str
    start: Stamp
    end: Stamp
    contact: str
    related_to: str = ""
    summary: str = ""
    description: str = ""
    categories: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()

    def property(self, name: str) -> str:
        """The words of another property; nothing where it is not there."""
        return next((text for key, text in self.more if key == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The events of a message, and the program that wrote them."""

    events: tuple[Event, ...] = ()
    product: str = PRODUCT
    version: str = "2.0"


def read_calendar(element: etree._Element) -> Calendar:
    """icalendar; where it holds several calendars, their events are one list."""
    calendars = [parts(one) for one in parts(element)["vcalendar"]]
    about = parts(calendars[0]["properties"][0])
    events = [
        read_event(event)
        for calendar in calendars
        for components in calendar.get("components", ())
        for event in parts(components).get("vevent", ())
    ]
    return Calendar(
        events=tuple(events), product=_text(about, "prodid"), version=_text(about, "version")
    )


def read_event(element: etree._Element) -> Event:
    """vevent."""
    found = parts(parts(element)["properties"][0])
    more = [
        (name, text)
        for name, elements in found.items()
        if name not in _KEPT and (text := _said(elements[0]))
    ]
    categories = (text for one in found.get("categories", ()) for text in parts(one)["text"])
    return Event(
        uid=_text(found, "uid"),
        start=read_when(found["dtstart"][0]),
        end=read_when(found["dtend"][0]),
        contact=_text(found, "contact"),
        related_to=_text(found, "related-to"),
        summary=_text(found, "summary"),
        description=_text(found, "description"),
        categories=tuple((one.text or "").strip() for one in categories),
        more=tuple(more),
    )


def read_when(element: etree._Element) -> Stamp:
    """dtstart and dtend: a day, or a moment in the zone it names; in Norway where it names none."""
    found = parts(element)
    if "date" in found:
        try:
            return date.fromisoformat((found["date"][0].text or "").strip()[:10])
        except ValueError:
            raise Unreadable(found["date"][0]) from None
    said = moment(found["date-time"][0])
    if said.tzinfo is not oslo():
        return said.astimezone(UTC)
    return said.replace(tzinfo=_zone(found)).astimezone(UTC)


def _zone(found: dict[str, list[etree._Element]]) -> tzinfo:
    named = found["parameters"][0].findtext(".//{*}tzid/{*}text") if "parameters" in found else ""
    try:
        return ZoneInfo((named or "").strip()) if named else oslo()
    except (ZoneInfoNotFoundError, ValueError):
        return oslo()


def _text(found: dict[str, list[etree._Element]], name: str) -> str:
    elements = found.get(name)
    return _said(elements[0]) if elements else ""


def _said(element: etree._Element) -> str:
    """The value of a property: what is in its last child, which follows the parameters."""
    return (element[-1].text or "").strip() if len(element) else ""


def write_calendar(calendar: Calendar) -> etree._Element:
    """icalendar."""
    root = etree.Element(f"{{{XCAL}}}icalendar", nsmap={None: XCAL})
    element = add(root, XCAL, "vcalendar")
    about = add(element, XCAL, "properties")
    _add_text(about, "prodid", calendar.product)
    _add_text(about, "version", calendar.version)
    components = add(element, XCAL, "components")
    for event in calendar.events:
        write_event(components, event)
    return root


def write_event(parent: etree._Element, event: Event) -> None:
    """vevent."""
    element = add(add(parent, XCAL, "vevent"), XCAL, "properties")
    _add_text(element, "uid", event.uid)
    write_when(element, "dtstart", event.start)
    write_when(element, "dtend", event.end)
    _add_text(element, "contact", event.contact)
    for name, text in (
        ("related-to", event.related_to),
        ("summary", event.summary),
        ("description", event.description),
        *event.more,
    ):
        if text:
            _add_text(element, name, text)
    if event.categories:
        categories = add(element, XCAL, "categories")
        for one in event.categories:
            add(categories, XCAL, "text", one)


def write_when(parent: etree._Element, name: str, said: Stamp) -> None:
    """dtstart and dtend, in universal time."""
    element = add(parent, XCAL, name)
    if isinstance(said, datetime):
        text = said.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
        add(element, XCAL, "date-time", f"{text}Z")
    else:
        add(element, XCAL, "date", said.isoformat())


def _add_text(parent: etree._Element, name: str, text: str) -> None:
    add(add(parent, XCAL, name), XCAL, "text").text = clean(text)


def last_day(event: Event) -> Stamp:
    """The end as a person says it: a whole-day event ends the day before its end."""
    return event.end if isinstance(event.end, datetime) else event.end - timedelta(days=1)
