"""What real senders get wrong and we take knowingly: each has a name, so that it can be counted.

Some break the grammar and are mended in the tree before it is read again; the others are right by
the grammar and are only noticed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from dialog.interop.codes import Tables, Unknown
from dialog.interop.messages import Code, Header, Message, Organisation, Receipt, Text
from dialog.interop.messages.people import HER, ORGANISATION_IDS, PERSON_IDS
from dialog.interop.names import BY_TYPE, MSGHEAD, XSI

BYTE_ORDER_MARK = "byte-order-mark"
TIME_WITHOUT_ZONE = "time-without-zone"
HER_ID_LIST_MIXED = "her-id-list-mixed"
HER_ID_ON_ONE_LEVEL = "her-id-on-one-level"
MARKUP_REMOVED = "markup-removed"
PAYLOAD_OTHERWISE = "payload-otherwise"
UNKNOWN_CODE = "unknown-code-"

_IN_MSGHEAD = f"{{{MSGHEAD}}}"
_SHORT_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAYS = ("DateOfBirth", "FraDato", "TilDato", "DatoNotat")
_ZONE = re.compile(r"(Z|[+-][0-9]{2}:[0-9]{2})$")
_MISSPELT = XSI.replace("-", "").lower()


@dataclass(frozen=True, slots=True)
class Mending:
    """A fault we know, and how it is mended; ``mend`` tells whether there was anything to do."""

    name: str
    mend: Callable[[etree._Element], bool]


def _order_of_references(root: etree._Element) -> bool:
    """ConversationRef with RefToConversation before RefToParent."""
    found = root.find(f"{_IN_MSGHEAD}MsgInfo/{_IN_MSGHEAD}ConversationRef")
    if found is None or [_local(one) for one in found] != ["RefToConversation", "RefToParent"]:
        return False
    found.insert(0, found[1])
    return True


def _missing_conversation(root: etree._Element) -> bool:
    """ConversationRef with RefToParent alone: the answered message is where it began."""
    found = root.find(f"{_IN_MSGHEAD}MsgInfo/{_IN_MSGHEAD}ConversationRef")
    if found is None or [_local(one) for one in found] != ["RefToParent"]:
        return False
    etree.SubElement(found, f"{_IN_MSGHEAD}RefToConversation").text = found[0].text
    return True


def _late_ack(root: etree._Element) -> bool:
    """Ack after ConversationRef."""
    found = root.find(f"{_IN_MSGHEAD}MsgInfo/{_IN_MSGHEAD}ConversationRef")
    after = None if found is None else found.getnext()
    if found is None or after is None or after.tag != f"{_IN_MSGHEAD}Ack":
        return False
    found.addprevious(after)
    return True


def _late_kind_of_telecom(root: etree._Element) -> bool:
    """TypeTelecom after TeleAddress."""
    found = [one for one in root.iter("{*}TeleCom") if _is_late_kind(one)]
    for one in found:
        one.insert(0, one[1])
    return bool(found)


def _is_late_kind(telecom: etree._Element) -> bool:
    return [_local(one) for one in telecom] == ["TeleAddress", "TypeTelecom"]


def _short_days(root: etree._Element) -> bool:
    """A date without its zeros: 1991-12-4."""
    mended = False
    for one in root.iter(*(f"{{*}}{name}" for name in _DAYS)):
        found = _SHORT_DAY.fullmatch((one.text or "").strip())
        if found and len(found[0]) < len("2026-05-15"):
            one.text = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
            mended = True
    return mended


def _misspelt_namespace(root: etree._Element) -> bool:
    """Attributes of XMLSchema-instance under a misspelt name, as on Base64Container."""
    found = [
        (one, name)
        for one in root.iter(etree.Element)
        for name in one.attrib
        if name.startswith("{") and _is_misspelt(name[1:].partition("}")[0])
    ]
    for one, name in found:
        del one.attrib[name]
    return bool(found)


def _is_misspelt(namespace: str) -> bool:
    return namespace != XSI and namespace.replace("-", "").lower() == _MISSPELT


MENDINGS = (
    Mending("conversationref-order", _order_of_references),
    Mending("conversationref-without-conversation", _missing_conversation),
    Mending("ack-after-conversationref", _late_ack),
    Mending("telecom-order", _late_kind_of_telecom),
    Mending("day-without-zeros", _short_days),
    Mending("schema-namespace-misspelt", _misspelt_namespace),
)


def mend(root: etree._Element) -> tuple[str, ...]:
    """Mend what we know how to; the names of what there was."""
    return tuple(one.name for one in MENDINGS if one.mend(root))


def noticed(read: Message | Receipt, data: bytes) -> Iterator[str]:
    """The names of what is right by the grammar and still not as it should be."""
    if data.startswith(b"\xef\xbb\xbf"):
        yield BYTE_ORDER_MARK
    sent_as = read.header.sent_as if isinstance(read, Message) else read.sent_as
    if not _ZONE.search(sent_as):
        yield TIME_WITHOUT_ZONE
    if isinstance(read, Message):
        yield from _noticed_in_header(read.header)
        if any(text.cut for text in _texts(read)):
            yield MARKUP_REMOVED


def _noticed_in_header(header: Header) -> Iterator[str]:
    parties = (header.sender, header.receiver)
    if any(_mixed(one) for one in parties):
        yield HER_ID_LIST_MIXED
    if header.type.value in BY_TYPE and not all(all(one.her_ids) for one in parties):
        yield HER_ID_ON_ONE_LEVEL


def _mixed(said: Organisation) -> bool:
    """Whether a HER-id is of another list than it should be: 9051 for units, 8116 for people."""
    for one in said.identities:
        if one.kind.value == HER and one.kind.list != ORGANISATION_IDS:
            return True
    for one in said.professional.person.identities if said.professional else ():
        if one.kind.value == HER and one.kind.list != PERSON_IDS:
            return True
    return said.inside is not None and _mixed(said.inside)


def _texts(message: Message) -> Iterator[Text]:
    dialog = message.dialog
    if dialog is None:
        return
    notes = dialog.notes
    repeated = [note.question for note in notes if note.question is not None]
    asked = [one.text for one in (*dialog.questions, *repeated)]
    yield from (text for text in (*asked, *(note.text for note in notes)) if text is not None)


def unknown_codes(read: Message | Receipt, tables: Tables) -> Iterator[tuple[str, Code]]:
    """Codes that are not in their lists, with the number of the list; only where we have it.

    No code at all is unknown to a list that refuses what it does not know.
    """
    for number, code in _coded(read):
        known = tables.lists.get(number)
        if known is None or code.value in known.entries:
            continue
        if code.value or known.unknown is Unknown.REFUSE:
            yield number, code


def is_refused(number: str, tables: Tables) -> bool:
    """Whether a code that is not in this list stops the message."""
    return tables.lists[number].unknown is Unknown.REFUSE


def _coded(read: Message | Receipt) -> Iterator[tuple[str, Code]]:
    if isinstance(read, Receipt):
        yield "8258", read.status
        yield from (("8221", one) for one in read.errors)
        return
    yield "8279", read.header.type
    relation, dialog = read.relation, read.dialog
    if relation is not None:
        yield "7611", relation.kind
    if dialog is None:
        return
    for question in dialog.questions:
        yield question.kind.list, question.kind
        if question.extra is not None:
            yield question.extra.list, question.extra
    yield from ((note.kind.list, note.kind) for note in dialog.notes)


def _local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
