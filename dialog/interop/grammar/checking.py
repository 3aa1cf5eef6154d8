"""Holds a tree to the grammar, and says in plain words what is wrong, where, and what to do."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from calendar import monthrange
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from dialog.interop.grammar.rules import GRAMMAR
from dialog.interop.grammar.shapes import Bag, Choice, Part, Rules, Value
from dialog.interop.names import BASE64, XSI

ATTRIBUTES = {
    Value.CODE: frozenset({"V", "DN"}),
    Value.CODED: frozenset({"V", "S", "DN", "OT"}),
    Value.STAMP: frozenset({"V"}),
    Value.ADDRESS: frozenset({"V"}),
}
MOST_FAULTS = 200
OID = r"[0-9]+(\.[0-9]+)*"
_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_CLOCK = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_YEAR = r"-?([1-9][0-9]{4,}|[0-9]{4})"
_MONTH = _YEAR + "-(0[1-9]|1[0-2])"
_DATE = r"-?(?P<year>[1-9][0-9]{4,}|[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-9]{2})"
_OID = re.compile(OID)
_DAY = re.compile(_DATE + _ZONE)
_MOMENT = re.compile(f"{_DATE}T{_CLOCK}{_ZONE}")
_SHORT_STAMP = re.compile(f"({_MONTH}|{_YEAR}|{_CLOCK}){_ZONE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that breaks a rule: the line, the element, and the rule in plain words."""

    line: int
    element: str
    rule: str


def faults_in(root: etree._Element) -> list[Fault]:
    """What in a message breaks our grammar, in the order it stands; not more than can be read."""
    rules = GRAMMAR.get(etree.QName(root).namespace or "")
    if rules is None or etree.QName(root).localname != rules.root:
        known = ", ".join(sorted({one.root for one in GRAMMAR.values()} - {"Person"}))
        return [_fault(root, f"We do not know this kind of message. We know {known}.")]
    return list(islice(_in_block(root, rules, rules.root), MOST_FAULTS))


def _in_block(element: etree._Element, rules: Rules, name: str) -> Iterator[Fault]:
    if not rules.ours:
        yield from _strange_attributes(element, frozenset())
    if rules.namespace == BASE64:
        if not is_base64(element):
            yield _fault(element, "It must be the bytes of a file, in base64.")
        return
    yield from _stray_text(element)
    block, waiting = rules.blocks[name], deque(element)
    if not waiting and name in rules.may_be_empty:
        return
    if isinstance(block, Bag):
        yield from _in_bag(element, rules, block)
        return
    for expected in block:
        yield from _expected(element, rules, expected, waiting, block)
    for extra in waiting:
        yield _out_of_place(extra, block, "")


def _in_bag(element: etree._Element, rules: Rules, bag: Bag) -> Iterator[Fault]:
    for part in bag.parts:
        found = [one for one in element if _is(one, part, rules)]
        if len(found) < part.least:
            yield _fault(element, f"{part.name} is missing.")
        for extra in found[part.most :]:
            yield _fault(extra, f"{part.name} may stand here only once.")
        for one in found:
            yield from _in_part(one, rules, part)


def _stray_text(element: etree._Element) -> Iterator[Fault]:
    said = [element.text, *(child.tail for child in element)]
    if any(one and one.strip() for one in said):
        yield _fault(element, "It holds elements, and no text between them.")


def _expected(
    parent: etree._Element,
    rules: Rules,
    expected: Part | Choice,
    waiting: deque[etree._Element],
    block: Sequence[Part | Choice],
) -> Iterator[Fault]:
    """Take what stands first and is expected here; what is missing or too much is a fault."""
    parts = expected.parts if isinstance(expected, Choice) else (expected,)
    chosen = next((one for one in parts if waiting and _is(waiting[0], one, rules)), None)
    if chosen is None:
        least = expected.least if isinstance(expected, Choice) else parts[0].least
        if not least or (isinstance(expected, Choice) and not all(one.least for one in parts)):
            return
        later = _later(waiting, parts, rules)
        if later is None:
            yield _fault(parent, f"{_named(parts)} is missing.")
            return
        yield _out_of_place(later, block, f"It stands after {_local(waiting[0])}; it comes before.")
        waiting.remove(later)
        chosen = next(one for one in parts if _is(later, one, rules))
        yield from _in_part(later, rules, chosen)
        return
    taken = 0
    while waiting and _is(waiting[0], chosen, rules):
        element = waiting.popleft()
        taken += 1
        if taken > chosen.most:
            yield _fault(element, f"{chosen.name} may stand here only once.")
        yield from _in_part(element, rules, chosen)


def _later(
    waiting: deque[etree._Element], parts: tuple[Part, ...], rules: Rules
) -> etree._Element | None:
    return next((one for one in waiting for part in parts if _is(one, part, rules)), None)


def _is(element: etree._Element, part: Part, rules: Rules) -> bool:
    namespace = part.prefix or rules.namespace
    return bool(element.tag == f"{{{namespace}}}{part.name}")


def _in_part(element: etree._Element, rules: Rules, part: Part) -> Iterator[Fault]:
    if part.of in set(Value):
        yield from _value(element, Value(part.of), part.fixed)
        return
    if part.of.startswith("{"):
        qualified = etree.QName(part.of)
        yield from _in_block(element, GRAMMAR[str(qualified.namespace)], qualified.localname)
        return
    yield from _in_block(element, rules, part.of)


def _value(element: etree._Element, value: Value, fixed: str) -> Iterator[Fault]:
    if value is Value.ANY:
        return
    if value is Value.PAYLOAD:
        yield from _strange_attributes(element, frozenset())
        yield from _stray_text(element)
        yield from _payload(element)
        return
    yield from _strange_attributes(element, ATTRIBUTES.get(value, frozenset()))
    if len(element):
        yield _fault(element[0], f"{_local(element)} holds a value, and no elements.")
        return
    rule = _broken(value, element, fixed)
    if rule:
        yield _fault(element, rule)


def _broken(value: Value, element: etree._Element, fixed: str) -> str:
    text = (element.text or "").strip()
    if fixed and " ".join(text.split()) != fixed:
        return f"It must be «{fixed}»."
    if value is Value.MOMENT and not is_moment(text):
        return "It must be a date and a time, as 2026-05-15T09:20:00+02:00."
    if value is Value.DAY and not _is_day(text):
        return "It must be a date, as 2026-05-15."
    if value is Value.NUMBERS and not _OID.fullmatch(text):
        return "It must be an OID: numbers with dots between."
    system = element.get("S")
    if system is not None and not _OID.fullmatch(system.strip()):
        return "The attribute S must be an OID: numbers with dots between."
    if value is Value.STAMP and not _is_stamp(element.get("V")):
        return "The attribute V must be a date, or a date and a time, as 2026-05-15T09:20:00+02:00."
    if value in ATTRIBUTES and text:
        return "It says what it says in its attributes, and holds no text."
    return ""


def is_moment(text: str) -> bool:
    """Whether this is a date and a time as XML has it; the zone may be left out."""
    return _is_in_calendar(_MOMENT.fullmatch(text))


def _is_day(text: str) -> bool:
    return _is_in_calendar(_DAY.fullmatch(text))


def _is_stamp(said: str | None) -> bool:
    """A moment, a day, a month, a year or a time of day; or nothing."""
    text = "" if said is None else said.strip()
    short = _SHORT_STAMP.fullmatch(text) is not None and not text.lstrip("-").startswith("0000")
    return said is None or short or is_moment(text) or _is_day(text)


def _is_in_calendar(found: re.Match[str] | None) -> bool:
    if found is None or int(found["year"]) == 0:
        return False
    like = 2000 + int(found["year"]) % 400  # any year is as long as this one
    return 1 <= int(found["day"]) <= monthrange(like, int(found["month"]))[1]


def _payload(element: etree._Element) -> Iterator[Fault]:
    """Each document in it by its own rules; one that we have none for is kept and not judged."""
    for document in element:
        rules = GRAMMAR.get(etree.QName(document).namespace or "")
        if rules is None:
            continue
        if etree.QName(document).localname != rules.root:
            yield _fault(document, f"A document of this kind begins with {rules.root}.")
            continue
        yield from _in_block(document, rules, rules.root)


def is_base64(element: etree._Element) -> bool:
    """Whether an element holds the bytes of a file, with or without white space between."""
    try:
        b64decode("".join((element.text or "").split()), validate=True)
    except (NotBase64, ValueError):
        return False
    return not len(element)


def _strange_attributes(element: etree._Element, known: frozenset[str]) -> Iterator[Fault]:
    for name in element.attrib:
        if name not in known and not name.startswith(f"{{{XSI}}}"):
            local = etree.QName(name).localname
            yield _fault(element, f"It may not have the attribute {local}.")


def _out_of_place(element: etree._Element, block: Sequence[Part | Choice], why: str) -> Fault:
    names = [one.name for part in block for one in _each(part)]
    order = ", ".join(names)
    if _local(element) not in names:
        return _fault(element, f"It is not expected here. Here may stand, in this order: {order}.")
    return _fault(element, f"{why} The order is: {order}.".strip())


def _each(part: Part | Choice) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Choice) else (part,)


def _named(parts: tuple[Part, ...]) -> str:
    return " or ".join(one.name for one in parts)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _fault(element: etree._Element, rule: str) -> Fault:
    return Fault(line=element.sourceline or 0, element=_local(element), rule=rule)
