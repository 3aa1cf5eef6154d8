"""Whether bytes are a message, which one, and what is wrong with it."""

from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from dialog.interop import names
from dialog.interop.codes import Tables, tables
from dialog.interop.grammar import Fault, faults_in, is_right
from dialog.interop.messages import Message
from dialog.interop.names import BY_TYPE, MSGHEAD, Process
from dialog.interop.official import faults_by_schema
from dialog.interop.processes import improper, recognised
from dialog.interop.reading import Refused, read
from dialog.interop.trees import NotXml, tree_of

_TYPE = f"{{{MSGHEAD}}}MsgInfo/{{{MSGHEAD}}}Type"
_DIALOGS = (names.DIALOG_10, names.DIALOG_11)
_RECEIPTS = (names.APPREC_10, names.APPREC_11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A message as far as it can be known: its type, its process, which way it goes, its faults.

    ``direction`` is ``request``, ``answer`` or ``receipt``; empty when it cannot be told.
    ``tolerated`` names what we take knowingly in a message that is not valid; empty when we do not.
    ``function`` is what it is in its process; ``improper`` is what keeps it from being acted on as
    that, though it may be valid.
    """

    type: str
    process: Process | None
    direction: str
    errors: tuple[Fault, ...]
    tolerated: tuple[str, ...] = ()
    function: str = ""
    improper: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.errors


def judge(data: bytes, *, schemas: Path | None = None, known: Tables | None = None) -> Judged:
    """Hold bytes to our grammar, and to the official schemas where there are any."""
    try:
        root = tree_of(data)
    except NotXml as fault:
        error = Fault(line=fault.line, element="", rule=fault.sentence)
        return Judged(type="", process=None, direction="", errors=(error,))
    kind = type_of(root)
    faults = [] if is_right(root) else faults_in(root)
    if schemas is not None and not faults:
        faults = faults_by_schema(root, schemas)
    judged = Judged(
        type=kind,
        process=BY_TYPE.get(kind),
        direction=_direction(root),
        errors=tuple(faults),
    )
    return _with_meaning(judged, data, known or tables())


def _with_meaning(judged: Judged, data: bytes, known: Tables) -> Judged:
    """The same, with what the message means to us, where we take it."""
    try:
        found = read(data, known)
    except Refused:
        return judged
    tolerated = () if judged.valid else found.tolerated
    function = recognised(found, known) if isinstance(found, Message) else None
    if function is None or not isinstance(found, Message):
        return replace(judged, tolerated=tolerated)
    wrong = tuple(f"{one.sentence} ({one.code})" for one in improper(found, function))
    return replace(judged, tolerated=tolerated, function=function.name, improper=wrong)


def type_of(root: etree._Element) -> str:
    """The message type: what the header says, or that it is a receipt."""
    if etree.QName(root).namespace in _RECEIPTS:
        return names.APPREC
    said = root.find(_TYPE)
    return "" if said is None else said.get("V", "").strip()


def _direction(root: etree._Element) -> str:
    if etree.QName(root).namespace in _RECEIPTS:
        return "receipt"
    for namespace in _DIALOGS:
        for dialog in root.iter(f"{{{namespace}}}Dialogmelding"):
            if dialog.find(f"{{{namespace}}}Notat") is not None:
                return "answer"
            if dialog.find(f"{{{namespace}}}Foresporsel") is not None:
                return "request"
    return ""
