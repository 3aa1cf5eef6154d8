"""Small readers and writers that every block is made of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from lxml import etree

from dialog.interop.codes import number_of, system_of

Found = dict[str, list[etree._Element]]
Stamp = datetime | date
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MIDNIGHT = "T24:00:00"


class Unreadable(Exception):
    """A value is right by the rules of XML, and still nothing we can hold: the year 12345."""

    def __init__(self, element: etree._Element) -> None:
        super().__init__(element.tag)
        self.line = element.sourceline or 0
        self.element = str(etree.QName(element).localname)


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code as it stands: its value, the number of its list, its words, and free words."""

    value: str = ""
    list: str = ""
    text: str = ""
    free: str = ""


@cache
def oslo() -> ZoneInfo:
    """The time of Norway."""
    return ZoneInfo("Europe/Oslo")


def parts(element: etree._Element) -> Found:
    """The children of an element by their local names."""
    found: Found = {}
    for child in element:
        name = _local(child.tag)
        if name in found:
            found[name].append(child)
        else:
            found[name] = [child]
    return found


@lru_cache(1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def words(found: Found, name: str) -> str:
    """The text of the first child of that name."""
    elements = found.get(name)
    return (elements[0].text or "").strip() if elements else ""


def code(found: Found, name: str) -> Code | None:
    """The code in the first child of that name."""
    elements = found.get(name)
    return read_code(elements[0]) if elements else None


def read_code(element: etree._Element) -> Code:
    """A code from its attributes."""
    said = dict(element.items()).get
    value, system, text, free = said("V", ""), said("S", ""), said("DN", ""), said("OT", "")
    # The same few codes come in every message; what somebody has put in words is not kept.
    return _code(value, system, text) if not free else _coded(value, system, text, free)


def _coded(value: str, system: str, text: str, free: str = "") -> Code:
    return Code(value=value.strip(), list=number_of(system.strip()), text=text, free=free)


_code = lru_cache(1024)(_coded)


def moment(element: etree._Element) -> datetime:
    """A date and a time; where no zone is said, it is in Norway."""
    text = (element.text or "").strip()
    midnight = _MIDNIGHT in text
    try:
        read = datetime.fromisoformat(text.replace(_MIDNIGHT, "T00:00:00"))
        read += timedelta(days=midnight)
        aware = read if read.tzinfo else read.replace(tzinfo=oslo())
        aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(element) from None
    return aware


def day(found: Found, name: str) -> date | None:
    """The date in the first child of that name."""
    elements = found.get(name)
    if not elements:
        return None
    try:
        return date.fromisoformat((elements[0].text or "").strip()[:10])
    except ValueError:
        raise Unreadable(elements[0]) from None


def stamp(found: Found, name: str) -> Stamp | None:
    """The moment or day that a child says in its attribute; shorter ones we do not keep."""
    elements = found.get(name)
    said = elements[0].get("V", "").strip() if elements else ""
    if len(said) < len("2026-05-15"):
        return None
    try:
        if "T" not in said:
            return date.fromisoformat(said[:10])
        read = datetime.fromisoformat(said)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=oslo())


def add(
    parent: etree._Element, namespace: str, name: str, text: str | None = None
) -> etree._Element:
    """A child at the end, with a text where there is one."""
    child = etree.SubElement(parent, f"{{{namespace}}}{name}")
    if text is not None:
        try:
            child.text = text
        except ValueError:  # the library looks anyway, and more quickly than we could
            child.text = clean(text)
    return child


def add_words(parent: etree._Element, namespace: str, name: str, text: str) -> None:
    """A child with a text; no child without."""
    if text:
        add(parent, namespace, name, text)


def add_code(parent: etree._Element, namespace: str, name: str, said: Code | None) -> None:
    """A child that says a code; no child without."""
    if said is None:
        return
    attributes = {"V": said.value, "S": system_of(said.list), "DN": said.text, "OT": said.free}
    given = {attribute: clean(value) for attribute, value in attributes.items() if value}
    etree.SubElement(parent, f"{{{namespace}}}{name}", given)  # all at once takes half the time


def add_day(parent: etree._Element, namespace: str, name: str, said: date | None) -> None:
    """A child with a date; no child without."""
    if said is not None:
        add(parent, namespace, name, said.isoformat())


def add_stamp(parent: etree._Element, namespace: str, name: str, said: Stamp | None) -> None:
    """A child that says a moment or a day in its attribute; no child without."""
    if said is not None:
        add(parent, namespace, name).set("V", written(said))


def written(said: Stamp) -> str:
    """A moment or a day as XML has it."""
    return said.isoformat()


def clean(text: str) -> str:
    """A text without the characters that no XML can hold."""
    # What can be printed can be in XML, and that is known much sooner.
    return text if text.isprintable() else _NOT_XML.sub("", text)


def coded(said: Iterable[etree._Element]) -> tuple[Code, ...]:
    """Several codes."""
    return tuple(read_code(one) for one in said)
