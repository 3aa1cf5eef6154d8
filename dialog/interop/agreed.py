"""What published agreements and profiles get wrong, each by name, and how we read it.

The irregularities are those of the published test agreement (2021) and of profiles in the older
form. A function that was read with a tolerance carries its name, so that it can be counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dialog.interop import names
from dialog.interop.names import Process

RECEIPT = "Apprec"
_RECEIPTS = frozenset({names.APPREC_10, names.APPREC_11})
_EBXML = "http://www.oasis-open.org/committees/ebxml-msg/schema"
_LETTERS = str.maketrans({"ø": "o", "å": "a", "æ": "ae"})


class Channel(StrEnum):
    """Which of the receiver's queues a function travels on."""

    ASYNC = "async"
    SYNC = "sync"


class Tolerance(StrEnum):
    """What was wrong."""

    LETTERS = "letters"  # Norwegian letters or other capitals than the registry's own spelling
    WIKI_NAME = "wiki-name"  # the wiki and the registry call a function differently
    PROCESS_NAME = "process-name"  # older profiles call every function what the process is called
    LATER_FUNCTION = "later-function"  # belongs to the version, but came after the list was made
    RECEIPT_AS_ANSWER = "receipt-as-answer"  # a receipt's package under the name of the answer
    ANSWER_FOR_RECEIPT = "answer-for-receipt"  # the citizen's side «sends» the office's answer
    RECEIPT_PACKAGE = "receipt-package"  # a receipt that points at a package with a dialogue
    ANSWER_CHANNEL = "answer-channel"  # the two sides disagree on the queue of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function of a process: its queue, and the namespaces of what may be in the message."""

    name: str
    channel: Channel = Channel.ASYNC
    namespaces: frozenset[str] = frozenset()
    tolerated: Tolerance | None = None


# Names the wiki uses for functions the registry calls something else.
_WIKI_NAMES: Mapping[str, str] = {"svartimereservasjon": "svaravtalereservasjon"}
# What the office tells the citizen's side in a process whose published list has not got it.
_LATER: Mapping[Process, Function] = {
    Process.BOOKING: Function(
        name="Avtale",
        namespaces=frozenset({names.MSGHEAD, names.DIALOG_11, names.XCAL}),
        tolerated=Tolerance.LATER_FUNCTION,
    ),
}
# What somebody waits for; the older form cannot say so, and a published profile says otherwise.
_SYNCHRONOUS = frozenset(
    {"hentledigetimer", "svarledigetimer", "hentplanlagtetimer", "svarplanlagtetimer"}
)


def folded(name: str) -> str:
    """A name in the registry's letters, without capitals."""
    return name.strip().casefold().translate(_LETTERS)


def mended(
    process: str, role: str, functions: Sequence[Function], *, sending: bool
) -> tuple[Function, ...]:
    """What one role of one process sends, or receives, with the known faults read as meant."""
    listed = {folded(one.name) for one in functions}
    dialogs = {space for one in functions for space in one.namespaces}
    receipt = names.APPREC_11
    if names.DIALOG_10 in dialogs and names.DIALOG_11 not in dialogs:
        receipt = names.APPREC_10
    alone = sending and folded(RECEIPT) not in listed
    citizen = folded(role) == "innbygger"
    return tuple(
        _mended(process, one, receipt=receipt, stands_for_receipt=alone and citizen)
        for one in functions
    )


def _mended(process: str, one: Function, *, receipt: str, stands_for_receipt: bool) -> Function:
    name, where = folded(one.name), folded(process)
    only_receipt = bool(one.namespaces & _RECEIPTS) and not (one.namespaces - _RECEIPTS - {_EBXML})
    if name != folded(RECEIPT) and only_receipt:
        return replace(one, name=RECEIPT, tolerated=Tolerance.RECEIPT_AS_ANSWER)
    if name == folded(RECEIPT) and one.namespaces and not one.namespaces & _RECEIPTS:
        return replace(one, namespaces=frozenset({receipt}), tolerated=Tolerance.RECEIPT_PACKAGE)
    if where == folded(Process.RENEWAL) and name == "svar" and stands_for_receipt:
        return replace(
            one,
            name=RECEIPT,
            namespaces=frozenset({receipt}),
            tolerated=Tolerance.ANSWER_FOR_RECEIPT,
        )
    answer = where == folded(Process.BOOKING) and name == "svaravtalereservasjon"
    if answer and one.channel is Channel.SYNC:
        return replace(one, channel=Channel.ASYNC, tolerated=Tolerance.ANSWER_CHANNEL)
    return one


def wanted(process: str, functions: Sequence[Function], name: str) -> Function | None:
    """The function of this name in a list, spelt in any of the known ways."""
    plain = folded(name)
    plain = _WIKI_NAMES.get(plain, plain)
    for one in functions:
        if folded(one.name) == plain:
            return _as_spelt(one, name)
    if plain == folded(RECEIPT):
        return None
    return _under_the_process(process, functions, plain)


def later(process: str, name: str) -> Function | None:
    """A function that belongs to a process although older lists have not got it."""
    for known, function in _LATER.items():
        if folded(process) == folded(known) and folded(name) == folded(function.name):
            return function
    return None


def _as_spelt(one: Function, name: str) -> Function:
    if one.name == name or one.tolerated:
        return one
    wiki = folded(name) in _WIKI_NAMES
    return replace(one, tolerated=Tolerance.WIKI_NAME if wiki else Tolerance.LETTERS)


def _under_the_process(process: str, functions: Sequence[Function], plain: str) -> Function | None:
    """In the older form every function but the receipt has the name of the process."""
    same = [one for one in functions if folded(one.name) == folded(process)]
    if not same:
        return None
    chosen = next((one for one in same if one.channel is Channel.ASYNC), same[0])
    channel = Channel.SYNC if plain in _SYNCHRONOUS else chosen.channel
    return replace(chosen, channel=channel, tolerated=Tolerance.PROCESS_NAME)
