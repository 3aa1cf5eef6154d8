"""Bytes to a message in our own terms: taken, taken knowingly, or refused with a code."""

from copy import deepcopy
from dataclasses import replace
from uuid import UUID

from lxml import etree

from dialog.interop import tolerances
from dialog.interop.codes import Tables, tables
from dialog.interop.grammar import GRAMMAR, Fault, faults_in, is_right
from dialog.interop.messages import (
    Header,
    Message,
    Receipt,
    Unreadable,
    read_message,
    read_receipt,
)
from dialog.interop.messages.header import VERSION, read_header
from dialog.interop.names import APPREC_10, APPREC_11, BY_TYPE, MSGHEAD
from dialog.interop.trees import NotXml, tree_of

NOT_XML, NOT_VALID, NOT_SUPPORTED, BAD_ID = "T01", "T02", "T10", "E10"  # list 8221
NOT_WELL_FORMED = "transport:not-well-formed-xml"
_ROOTS = {MSGHEAD: "MsgHead", APPREC_10: "AppRec", APPREC_11: "AppRec"}
_CONTENT = f"{{{MSGHEAD}}}Content"
_INFO = f"{{{MSGHEAD}}}MsgInfo"


class Refused(Exception):
    """A message we do not take, with what to tell its sender.

    ``code`` is of list 8221 and goes in a receipt to ``header``; where no header could be read, or
    what came is itself a receipt, ``condition`` is the error for the sender's error queue instead.
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        faults: tuple[Fault, ...] = (),
        header: Header | None = None,
    ) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code, self.sentence, self.faults, self.header = code, sentence, faults, header

    @property
    def condition(self) -> str:
        """The named error of the bus; nothing where a receipt can say it."""
        return "" if self.header is not None else NOT_WELL_FORMED


def read(data: bytes, known: Tables | None = None) -> Message | Receipt:
    """The message, with the names of what we took knowingly; or ``Refused``."""
    try:
        root = tree_of(data)
    except NotXml as fault:
        error = Fault(line=fault.line, element="", rule=fault.sentence)
        raise Refused(NOT_XML, fault.sentence, faults=(error,)) from None
    mended, kept_whole = ((), frozenset()) if is_right(root) else _made_right(root)
    found = _read(root, kept_whole)
    found = _checked(found, known or tables())
    names = (*mended, *tolerances.noticed(found, data), *found.tolerated)
    return replace(found, tolerated=names) if names else found


def _made_right(root: etree._Element) -> tuple[tuple[str, ...], frozenset[str]]:
    """Mend what we know; then set aside documents that break only rules of our own."""
    _must_be_known(root)
    before = tuple(faults_in(root))
    mended = tolerances.mend(root)
    if is_right(root):
        return mended, frozenset()
    strange = frozenset(one for one in _payloads(root) if GRAMMAR[one].ours)
    if strange and is_right(_without(root, strange)):
        faulty = frozenset(one for one in strange if not is_right(_without(root, strange - {one})))
        return (*mended, tolerances.PAYLOAD_OTHERWISE), faulty
    raise Refused(NOT_VALID, _told(before), faults=before, header=header_of(root))


def _must_be_known(root: etree._Element) -> None:
    qualified = etree.QName(root)
    version = root.findtext(f"{_INFO}/{{{MSGHEAD}}}MIGversion")
    if _ROOTS.get(qualified.namespace or "") != qualified.localname:
        raise Refused(
            NOT_SUPPORTED, f"We do not know messages that begin with {qualified.localname}."
        )
    if version is not None and " ".join(version.split()) != VERSION:
        sentence = f"We know version {VERSION} of the header and no other."
        raise Refused(NOT_SUPPORTED, sentence, header=header_of(root))


def _payloads(root: etree._Element) -> set[str]:
    found = (str(etree.QName(one).namespace) for content in root.iter(_CONTENT) for one in content)
    return {one for one in found if one in GRAMMAR}


def _without(root: etree._Element, namespaces: frozenset[str]) -> etree._Element:
    copy = deepcopy(root)
    for content in copy.iter(_CONTENT):
        for one in list(content):
            if etree.QName(one).namespace in namespaces:
                content.remove(one)
    return copy


def header_of(root: etree._Element) -> Header | None:
    """The header as far as it can be read: enough to send a receipt, or nothing."""
    element = root.find(_INFO)
    try:
        return None if element is None else read_header(element)
    except (KeyError, IndexError, Unreadable):
        return None


def _read(root: etree._Element, kept_whole: frozenset[str]) -> Message | Receipt:
    try:
        if etree.QName(root).namespace != MSGHEAD:
            return read_receipt(root)
        return read_message(root, kept_whole=kept_whole)
    except Unreadable as error:
        fault = Fault(line=error.line, element=error.element, rule="It is no time we can hold.")
        raise Refused(NOT_VALID, _told((fault,)), faults=(fault,), header=header_of(root)) from None


def _checked(read: Message | Receipt, known: Tables) -> Message | Receipt:
    """Hold its id and its codes to what they must be."""
    header = read.header if isinstance(read, Message) else None
    if header is not None and not _is_id(header):
        raise Refused(BAD_ID, "MsgId must be a UUID.", header=header)
    unknown = []
    for number, code in tolerances.unknown_codes(read, known):
        if tolerances.is_refused(number, known) and header is not None:
            sentence = f"The code {code.value!r} is not in list {number}."
            raise Refused(known.lists[number].refusal, sentence, header=header)
        unknown.append(f"{tolerances.UNKNOWN_CODE}{number}")
    return replace(read, tolerated=tuple(dict.fromkeys(unknown))) if unknown else read


def _is_id(header: Header) -> bool:
    """Among citizens' messages it is a UUID; in others something."""
    if header.type.value not in BY_TYPE:
        return bool(header.id)
    try:
        UUID(header.id)
    except ValueError:
        return False
    return True


def _told(faults: tuple[Fault, ...]) -> str:
    first = faults[0]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"Line {first.line}, {first.element}: {first.rule}{more}"
