"""The grammar as one RELAX NG schema that libxml2 runs: made of the tables, once, in memory.

It only says yes or no, and does so many times faster than the checker, which is asked for words
when the answer is no. The two do not differ.
"""

from functools import cache
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from dialog.interop.grammar.checking import ATTRIBUTES, OID, faults_in, is_base64
from dialog.interop.grammar.rules import GRAMMAR
from dialog.interop.grammar.shapes import Bag, Choice, Part, Rules, Value
from dialog.interop.names import BASE64, LISTS, NATIONAL, XSI

_TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
# libxml2 takes four times as long for twice as many elements beside one another: from here on the
# checker is the quicker one.
MOST_FOR_SCHEMA = 10_000
_elements = etree.XPath("count(//*)")
_CONTAINER = f"{{{BASE64}}}Base64Container"
_LANGUAGE = "http://relaxng.org/ns/structure/1.0"
_ANYTHING = (
    "<zeroOrMore><choice><attribute><anyName/><text/></attribute><text/>"
    '<element><anyName/><ref name="anything"/></element></choice></zeroOrMore>'
)
# Written out where they stand: libxml2 forgets attributes that a reference leads to.
_ANY_ATTRIBUTE = "<zeroOrMore><attribute><anyName/><text/></attribute></zeroOrMore>"
_XSI = f"<zeroOrMore><attribute><nsName ns={quoteattr(XSI)}/><text/></attribute></zeroOrMore>"


def is_right(root: etree._Element) -> bool:
    """Whether a message breaks nothing of our grammar."""
    if _elements(root) > MOST_FOR_SCHEMA:
        return not faults_in(root)
    return bool(_schema().validate(root)) and all(map(is_base64, root.iter(_CONTAINER)))


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(source()))


def source() -> str:
    """The schema as text."""
    blocks = [
        _define(_name(rules, block), _content(rules, block))
        for rules in GRAMMAR.values()
        for block in rules.blocks
    ]
    values = [_define(value, _value(value)) for value in Value]
    others = [
        _define("anything", _ANYTHING),
        _define("other", _other()),
    ]
    start = f"<start><choice>{_roots()}</choice></start>"
    defined = "".join([*blocks, *values, *others])
    return f'<grammar xmlns="{_LANGUAGE}" datatypeLibrary="{_TYPES}">{start}{defined}</grammar>'


def _define(name: str, content: str) -> str:
    return f"<define name={quoteattr(name)}>{content}</define>"


def _reference(name: str) -> str:
    return f"<ref name={quoteattr(name)}/>"


def _name(rules: Rules, block: str) -> str:
    return f"{rules.namespace} {block}".replace(" ", ".").replace("/", "_").replace(":", "_")


def _roots() -> str:
    return "".join(
        _element(rules.namespace, rules.root, _reference(_name(rules, rules.root)))
        for rules in GRAMMAR.values()
    )


def _element(namespace: str, name: str, content: str) -> str:
    return f"<element ns={quoteattr(namespace)} name={quoteattr(name)}>{content}</element>"


def _content(rules: Rules, name: str) -> str:
    attributes = _ANY_ATTRIBUTE if rules.ours else _XSI
    if rules.namespace == BASE64:
        return attributes + _reference(Value.BYTES)
    block = rules.blocks[name]
    inside = _bag(rules, block) if isinstance(block, Bag) else _sequence(rules, block)
    if name in rules.may_be_empty:
        inside = f"<optional>{inside}</optional>"
    return attributes + inside


def _sequence(rules: Rules, block: tuple[Part | Choice, ...]) -> str:
    return "<group>" + "".join(_expected(rules, one) for one in block) + "<empty/></group>"


def _expected(rules: Rules, expected: Part | Choice) -> str:
    if isinstance(expected, Part):
        return _part(rules, expected)
    choice = f"<choice>{''.join(_part(rules, one) for one in expected.parts)}</choice>"
    return choice if expected.least else f"<optional>{choice}</optional>"


def _bag(rules: Rules, block: Bag) -> str:
    known = "".join(
        f"<name ns={quoteattr(rules.namespace)}>{one.name}</name>" for one in block.parts
    )
    others = f"<element><anyName><except>{known}</except></anyName><ref name='anything'/></element>"
    parts = "".join(_part(rules, one) for one in block.parts)
    return f"<interleave>{parts}<zeroOrMore>{others}</zeroOrMore></interleave>"


def _part(rules: Rules, part: Part) -> str:
    element = _element(part.prefix or rules.namespace, part.name, _of(rules, part))
    if part.most > 1:
        around = "oneOrMore" if part.least else "zeroOrMore"
        return f"<{around}>{element}</{around}>"
    return element if part.least else f"<optional>{element}</optional>"


def _of(rules: Rules, part: Part) -> str:
    if part.fixed:
        return _XSI + f'<value type="token">{escape(part.fixed)}</value>'
    if part.of in set(Value):
        return _reference(part.of)
    if part.of.startswith("{"):
        qualified = etree.QName(part.of)
        return _reference(_name(GRAMMAR[str(qualified.namespace)], qualified.localname))
    return _reference(_name(rules, part.of))


def _value(value: Value) -> str:
    if value is Value.ANY:
        return _reference("anything")
    if value is Value.PAYLOAD:
        documents = f"<choice>{_roots()}{_reference('other')}</choice>"
        return _XSI + f"<zeroOrMore>{documents}</zeroOrMore>"
    if value is Value.BYTES:
        return "<text/>"  # libxml2 skips what is no base64, so this is asked for apart
    said = "".join(_attribute(name, value) for name in sorted(ATTRIBUTES.get(value, ())))
    return _XSI + said + _text(value)


def _text(value: Value) -> str:
    if value in ATTRIBUTES:
        return "<empty/>"
    kinds = {Value.MOMENT: "dateTime", Value.DAY: "date"}
    if value in kinds:
        return f'<data type="{kinds[value]}"/>'
    return _oid() if value is Value.NUMBERS else "<text/>"


def _attribute(name: str, value: Value) -> str:
    content = "<text/>"
    if name == "S":
        content = _oid()
    elif value is Value.STAMP:
        kinds = ("dateTime", "date", "gYear", "gYearMonth", "time")
        every = "".join(f"<data type={quoteattr(kind)}/>" for kind in kinds)
        content = f"<choice>{every}</choice>"
    return f'<optional><attribute name="{name}">{content}</attribute></optional>'


def _oid() -> str:
    """The lists one often meets are compared as they stand: the pattern takes most of the time."""
    known = "".join(
        f'<value datatypeLibrary="" type="string">{NATIONAL}{number}</value>' for number in LISTS
    )
    pattern = f'<data type="token"><param name="pattern">{escape(OID)}</param></data>'
    return f"<choice>{known}{pattern}</choice>"


def _other() -> str:
    known = "".join(f"<nsName ns={quoteattr(namespace)}/>" for namespace in GRAMMAR)
    return f"<element><anyName><except>{known}</except></anyName>{_reference('anything')}</element>"
