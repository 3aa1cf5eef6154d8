"""The official schemas, from the folder an operator has put them in; compiled once."""

from copy import deepcopy
from functools import cache
from pathlib import Path

from lxml import etree

from dialog.interop import names
from dialog.interop.grammar import GRAMMAR, Fault

# The header with its payloads is one schema; a receipt is a document of its own.
ENTRIES = {
    names.MSGHEAD: "msghead-with-payloads.xsd",
    names.APPREC_10: "apprec-v1.0.xsd",
    names.APPREC_11: "apprec-v1.1.xsd",
}
_CONTENT = f"{{{names.MSGHEAD}}}Content"
# Schemas for these are not in the public set; our grammar judges them where it can.
_WITHOUT_SCHEMA = frozenset({names.RELATION})


class NoSchemas(Exception):
    """The folder that should hold the official schemas does not."""


def faults_by_schema(root: etree._Element, folder: Path) -> list[Fault]:
    """What the official schemas have against a message; payloads they do not know are left out."""
    entry = ENTRIES.get(etree.QName(root).namespace or "")
    if entry is None:
        return []
    schema = _compiled(folder / entry)
    schema.validate(_without_unknown(root))
    return [
        Fault(line=one.line, element=_element(one.path), rule=f"Official schema: {one.message}")
        for one in schema.error_log
    ]


def _without_unknown(root: etree._Element) -> etree._Element:
    copy = deepcopy(root)
    for content in copy.iter(_CONTENT):
        for document in list(content):
            rules = GRAMMAR.get(etree.QName(document).namespace or "")
            if rules is None or rules.ours or rules.namespace in _WITHOUT_SCHEMA:
                content.remove(document)
    return copy


def _element(path: str | None) -> str:
    return (path or "").rpartition("/")[2].rpartition(":")[2].partition("[")[0]


@cache
def _compiled(entry: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    try:
        return etree.XMLSchema(etree.parse(str(entry), parser))
    except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise NoSchemas(f"{entry.parent} has no schema {entry.name} that can be used.") from error
