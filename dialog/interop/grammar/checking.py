"""Holds a tree to the grammar, and says in plain words what is wrong, where, and what to do."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from dialog.interop.grammar.rules import GRAMMAR, Rules
from dialog.interop.grammar.shapes import Block, Choice, Part, Value
from dialog.interop.names import BASE64, XSI

ATTRIBUTES = {
    Value.CODE: frozenset({"V", "DN"}),
    Value.CODED: frozenset({"V", "S", "DN", "OT"}),
    Value.STAMP: frozenset({"V"}),
    Value.ADDRESS: frozenset({"V"}),
}
_OID = re.compile(r"(\d+\.?)*\d+")
_DAY = re.compile(r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?")
_MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that breaks a rule: the line, the element, and the rule in plain words."""

    line: int
    element: str
    rule: str


def faults_in(root: etree._Element) -> list[Fault]:
    """Everything in a message that breaks our grammar, in the order it stands."""
    rules = GRAMMAR.get(etree.QName(root).namespace or "")
    if rules is None or etree.QName(root).localname != rules.root:
        known = ", ".join(sorted({one.root for one in GRAMMAR.values()} - {"Person"}))
        return [_fault(root, f"We do not know this kind of message. We know {known}.")]
    return list(_in_block(root, rules, rules.root))


def _in_block(element: etree._Element, rules: Rules, name: str) -> Iterator[Fault]:
    yield from _strange_attributes(element, frozenset())
    if rules.namespace == BASE64:
        yield from _bytes(element)
        return
    waiting = list(element)
    for expected in rules.blocks[name]:
        yield from _expected(element, rules, expected, waiting, rules.blocks[name])
    for extra in waiting:
        yield _out_of_place(extra, rules.blocks[name], "")


def _expected(
    parent: etree._Element,
    rules: Rules,
    expected: Part | Choice,
    waiting: list[etree._Element],
    block: Block,
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
        element = waiting.pop(0)
        taken += 1
        if taken > chosen.most:
            yield _fault(element, f"{chosen.name} may stand here only once.")
        yield from _in_part(element, rules, chosen)


def _later(
    waiting: list[etree._Element], parts: tuple[Part, ...], rules: Rules
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
    if fixed and text != fixed:
        return f"It must be «{fixed}»."
    if value is Value.MOMENT and not _is_moment(text):
        return "It must be a date and a time, as 2026-05-15T09:20:00+02:00."
    if value is Value.DAY and not _is_day(text):
        return "It must be a date, as 2026-05-15."
    if value is Value.NUMBERS and not _OID.fullmatch(text):
        return "It must be an OID: numbers with dots between."
    system = element.get("S")
    if system is not None and not _OID.fullmatch(system.strip()):
        return "The attribute S must be an OID: numbers with dots between."
    if value in ATTRIBUTES and text:
        return "It says what it says in its attributes, and holds no text."
    return ""


def _is_moment(text: str) -> bool:
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(re.sub(r"\.\d+", "", text))
    except ValueError:
        return False
    return True


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


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


def _bytes(element: etree._Element) -> Iterator[Fault]:
    try:
        b64decode("".join((element.text or "").split()), validate=True)
    except (NotBase64, ValueError):
        yield _fault(element, "It must be the bytes of a file, in base64.")


def _strange_attributes(element: etree._Element, known: frozenset[str]) -> Iterator[Fault]:
    for name in element.attrib:
        qualified = etree.QName(name)
        if qualified.namespace != XSI and qualified.localname not in known:
            yield _fault(element, f"It may not have the attribute {qualified.localname}.")


def _out_of_place(element: etree._Element, block: Block, why: str) -> Fault:
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
