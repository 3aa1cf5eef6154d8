"""What can be done to a message: to its bytes, and to the values it is made of."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any, TypeVar

from lxml import etree

T = TypeVar("T")

TOKENS = (
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#x10FFFF;", b"<![CDATA[", b"]]>"),
    *(b"-->", b"<!--", b"<?x y?>", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"&", b'"'),
    *(b"'", b" ", b"\n", b"9" * 40, b"-1", b"2026-02-30", b"T24:00:00", b"+14:00", b"xmlns=''"),
    *(b"xsi:nil='true'", "²".encode(), "æ".encode("latin-1"), b"E" * 300, b"<b>" * 40, b'V=""'),
    *(b"</MsgInfo>", b"<Ident/>", b'S="1.2.3"'),
)
WORDS = (
    *("", " ", "0", "-1", "²", "9" * 11, "9" * 400, "x" * 90, "x" * 300, "x" * 20_000, "\u202e"),
    *("\ue000", "<b>", "&amp;", "%s", "'; --", "8000011", "8000099", "J", "nan", "İ" * 60),
    *("\U0001f642" * 30, "a\nb\tc", "11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1", "urn:uuid:"),
    *("{11E3A7DE58C341D5A5F29B3F66C0B0A1}", "CANCELLED", "TENTATIVE"),
)
DAYS = (date.min, date.max, date(1899, 12, 31), date(2026, 2, 28), date(3000, 1, 1))
MOMENTS = (
    datetime.min.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=UTC),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    datetime(2999, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2026, 12, 24, 9, 30, 0, 1, tzinfo=UTC),
)


def bytes_changed(data: bytes, random: Random) -> bytes:
    """The same bytes with a few faults in them."""
    changed = bytearray(data)
    for _fault in range(random.choice((1, 1, 1, 2, 3, 8))):
        random.choice(FAULTS)(changed, random)
    return bytes(changed)


def tree_changed(data: bytes, random: Random) -> bytes:
    """The same XML, still well-formed, with elements gone, twice, elsewhere or saying otherwise."""
    root = etree.fromstring(data)
    for _fault in range(random.choice((1, 1, 2, 4))):
        random.choice(TURNS)(random.choice(list(root.iter(etree.Element))), random)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _gone(one: etree._Element, _random: Random) -> None:
    above = one.getparent()
    if above is not None:
        above.remove(one)


def _twice(one: etree._Element, random: Random) -> None:
    if one.getparent() is not None:
        for _copy in range(random.choice((1, 1, 2, 20))):
            one.addnext(deepcopy(one))


def _elsewhere(one: etree._Element, random: Random) -> None:
    others = list(one.getroottree().getroot().iter(etree.Element))
    place = random.choice(others)
    if one.getparent() is not None and one not in place.iterancestors() and one is not place:
        place.append(one)


def _says(one: etree._Element, random: Random) -> None:
    one.text = _word(random)


def _is_called(one: etree._Element, random: Random) -> None:
    one.tag = f"{{{etree.QName(one).namespace}}}{random.choice(('Notat', 'Ident', 'x', 'text'))}"


def _has(one: etree._Element, random: Random) -> None:
    one.set(random.choice(("V", "S", "DN", "OT", *one.attrib)), _word(random))


def _has_not(one: etree._Element, random: Random) -> None:
    if one.attrib:
        del one.attrib[random.choice(list(one.attrib))]


def _word(random: Random) -> str:
    return random.choice(WORDS)


TURNS: tuple[Callable[[etree._Element, Random], None], ...] = (
    _gone, _twice, _elsewhere, _says, _says, _is_called, _has, _has, _has_not,
)  # fmt: skip


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _replace(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _cut(data: bytearray, random: Random) -> None:
    start, length = _stretch(data, random)
    del data[start : start + length]


def _truncate(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data) + 1) :]


def _again(data: bytearray, random: Random) -> None:
    start, length = _stretch(data, random)
    data[start:start] = data[start : start + length] * random.choice((1, 1, 2, 30))


def _insert(data: bytearray, random: Random) -> None:
    start = random.randrange(len(data) + 1)
    data[start:start] = random.choice(TOKENS)


def _moved(data: bytearray, random: Random) -> None:
    start, length = _stretch(data, random)
    taken = data[start : start + length]
    del data[start : start + length]
    where = random.randrange(len(data) + 1)
    data[where:where] = taken


def _stretch(data: bytearray, random: Random) -> tuple[int, int]:
    return random.randrange(len(data) + 1), random.choice((1, 4, 16, 100, 600))


FAULTS: tuple[Callable[[bytearray, Random], None], ...] = (
    _flip, _replace, _cut, _truncate, _again, _insert, _insert, _moved,
)  # fmt: skip


def value_changed(said: T, random: Random) -> T:
    """The same message with another value somewhere in it."""
    places = list(_places(said, ()))
    return _with(said, random.choice(places), random) if places else said


def _places(said: Any, way: tuple[Any, ...]) -> Any:
    """The way to every value that a message is made of."""
    if is_dataclass(said):
        for one in fields(said):
            yield from _places(getattr(said, one.name), (*way, one.name))
    elif isinstance(said, tuple):
        if way:
            yield way  # as a whole: emptied, or said twice
        for place, one in enumerate(said):
            yield from _places(one, (*way, place))
    elif way and isinstance(said, str | bytes | date):
        yield way


def _with(said: Any, way: tuple[Any, ...], random: Random) -> Any:
    if not way:
        return _other(said, random)
    first, rest = way[0], way[1:]
    if isinstance(said, tuple):
        return (*said[:first], _with(said[first], rest, random), *said[first + 1 :])
    return replace(said, **{first: _with(getattr(said, first), rest, random)})


def _other(said: Any, random: Random) -> Any:
    if isinstance(said, tuple):
        return random.choice(((), said * 2, said[:1], said * 15))
    if isinstance(said, bytes):
        return bytes_changed(said, random)
    if isinstance(said, datetime):
        near = said + timedelta(seconds=random.choice((-90_000, -1, 1, 60, 90_000)))
        return random.choice((*MOMENTS, near, near))
    if isinstance(said, date):
        return random.choice(DAYS)
    return random.choice((*WORDS, said * 2, said[:-1], said.upper()))
