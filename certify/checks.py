"""What must be right in every receipt and every answer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from certify.scenario import Failed
from dialog.interop.messages import Message, Receipt
from dialog.interop.messages.receipt import ERRORS
from dialog.interop.names import BY_TYPE, Process
from dialog.interop.processes import Function, Queue, Side, function, improper, recognised
from dialog.interop.shapes import REFERENCE, fits

if TYPE_CHECKING:
    from certify.terms import Sent
    from certify.trial import Trial

ANSWERS = ("Svar",)  # what a patient says in answer may be answered too


def receipt(trial: "Trial", about: "Sent", found: Receipt) -> None:
    """Version, who to whom, and what it is a receipt for; else Failed with all that is wrong."""
    header = about.message.header
    wrong = [
        f"{what}: {said(came)} instead of {expected}"
        for what, came, expected in (
            ("version", found.version, _version(trial, about.message)),
            ("sender", _both(found.sender.her_ids), _both(header.receiver.her_ids)),
            ("receiver", _both(found.receiver.her_ids), _both(header.sender.her_ids)),
            ("OriginalMsgId", found.original.id, header.id),
            ("type of the original", found.original.type.value, header.type.value),
        )
        if came.casefold() != expected.casefold()
    ]
    trial.remarks += _taken_knowingly("The receipt", found.tolerated)
    if found.original.sent != header.sent.replace(microsecond=found.original.sent.microsecond):
        trial.remarks.append("The receipt gives another IssueDate than the message's GenDate.")
    if wrong:
        raise Failed("a receipt that fits the message", "; ".join(wrong), about)


def answer(trial: "Trial", about: "Sent", found: Message, process: Process) -> Function:
    """A message of the process from the one we wrote to, to us, about the same patient, in the
    same conversation, that is a proper one of a function that answers; else Failed.
    """
    what = recognised(found, trial.known, Side.PRACTICE)
    wrong = [*_headers(trial, about.message, found, process), *_function(found, what)]
    asked = recognised(about.message, trial.known, Side.PATIENT)
    if what and asked and what.answers and asked.name not in (*what.answers, *ANSWERS):
        wrong.append(f"{what.name} is no answer to {asked.name}")
    trial.remarks += _taken_knowingly("The answer", found.tolerated)
    if wrong or what is None:
        raise Failed("a proper answer", "; ".join(wrong), about)
    return what


def news(trial: "Trial", found: Message, process: Process) -> None:
    """A message that answers nothing is a proper one too."""
    wrong = list(_function(found, recognised(found, trial.known, Side.PRACTICE, Queue.ASYNC)))
    trial.remarks += _taken_knowingly("The message", found.tolerated)
    if BY_TYPE.get(found.header.type.value) is not process:
        wrong.append(f"it is a {said(found.header.type.value)}")
    if wrong:
        raise Failed("a proper message", "; ".join(wrong))


def verdict(trial: "Trial", found: Receipt) -> str:
    """What a receipt says: codes and the list's own words, never the sender's."""
    if not found.errors:
        return "a receipt that says OK" if found.taken else "a receipt that rejects, without a code"
    codes = [said(one.value) for one in found.errors]
    words = (f"{one} ({trial.known.text(ERRORS, one) or 'unknown'})" for one in codes)
    return f"a receipt that {'takes' if found.taken else 'rejects'} with {', '.join(words)}"


def said(value: str) -> str:
    """An id or a code the vendor's system wrote, if it is one: whatever else it is, is not told."""
    if not value:
        return "nothing"
    return value if fits(value, REFERENCE) else "something that is no id and no code"


def either(words: Sequence[str]) -> str:
    """One of these."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _headers(trial: "Trial", asked: Message, found: Message, process: Process) -> Iterator[str]:
    header, mine = found.header, asked.header
    if BY_TYPE.get(header.type.value) is not process:
        yield f"the type is {said(header.type.value)} instead of {mine.type.value}"
    if header.sender.her_ids[0] != mine.receiver.her_ids[0]:
        yield f"the sender's enterprise is {said(header.sender.her_ids[0])}"
    if header.receiver.her_ids != mine.sender.her_ids:
        yield f"the receiver is {_both(header.receiver.her_ids)} instead of us"
    if header.thread.casefold() != mine.thread.casefold():
        yield "RefToConversation is not the first message of the conversation"
    if header.parent.casefold() != mine.id.casefold():
        yield "RefToParent is not the MsgId of the question"
    if mine.patient and (not header.patient or header.patient.national_id != _number(asked)):
        yield "it is about another patient, or about nobody"


def _function(found: Message, what: Function | None) -> Iterator[str]:
    if what is None:
        yield "which function it is cannot be seen from its kind, its queue and its documents"
    else:
        yield from (one.sentence for one in improper(found, what))


def _version(trial: "Trial", asked: Message) -> str:
    found = recognised(asked, trial.known, Side.PATIENT, Queue.ASYNC)
    known = function(trial.known, Process.ENQUIRY, Side.PATIENT, "Foresporsel")
    return (found or known).receipt


def _number(message: Message) -> str:
    return message.header.patient.national_id if message.header.patient else ""


def _both(her_ids: tuple[str, str]) -> str:
    return "/".join(one or "none" for one in her_ids)


def _taken_knowingly(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{what} is not wholly as the rules say, and was taken: {', '.join(names)}."
