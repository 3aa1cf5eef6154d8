"""What a sender's messages come to: understood, acted on and settled, in the order they came.

Several are handled in one transaction, which asks once for what is the same for all of them. Then
nothing of them may go wrong: what would be refused, or has to wait, is handled alone.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from dialog.actor import Actor
from dialog.errors import DialogError, PortError
from dialog.interop import queries, receipts
from dialog.interop.acting import ACTS, Heard, act_on
from dialog.interop.answers import verb_of
from dialog.interop.conditions import Condition, Refused
from dialog.interop.known import known
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.models import Transmission
from dialog.interop.names import BY_TYPE
from dialog.interop.policy import State
from dialog.interop.processes import Queue, Side, improper, recognised
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.settling import Verdict, settle
from dialog.interop.turns import Before, Waiting, seen_before
from dialog.interop.understanding import Outside, understood
from dialog.people import queries as people
from dialog.rows import View, part, see, view_of

SAME_MESSAGE_ID, UNKNOWN_PATIENT, NO_NUMBER, UNKNOWN_SENDER = "E10", "E35", "E30", "E21"
NOT_SUPPORTED, OTHER = "T10", "X99"


class HandleAlone(Exception):
    """Something among several would be refused: nothing of them is done, and each goes alone."""


class NotUs(Exception):
    """A message that is right, and not for us to do anything with; the code is of list 8221."""

    def __init__(self, code: str, sentence: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code, self.sentence, self.detail = code, sentence, detail


@dataclass(slots=True)
class Turn:
    """One transaction of a sender's: what has come of each message until now, by message id."""

    alone: bool
    reached: queries.Reached | None
    seen: dict[str, Before]
    matters: dict[str, tuple[int, UUID]] = field(default_factory=dict)
    by: Actor | None = None


def handle(waiting: Sequence[Waiting]) -> None:
    """Handle messages of one sender (scope ``relay``, in the sender's turn): all or none."""
    judged = [(one, _judged(one)) for one in waiting]
    ids = [one.one.message_id for one, _found in judged if one.one.message_id]
    turn = Turn(
        alone=len(waiting) == 1,
        reached=waiting[0].reached,
        seen=seen_before(waiting[0].one.sender, ids),
    )
    verdicts: list[Verdict] = []
    for place, (one, found) in enumerate(judged):
        if isinstance(found, Verdict):
            verdicts.append(found)
        elif isinstance(found, Receipt):
            verdicts.append(_heard(turn, one.one, found))
        elif place == len(verdicts):
            verdicts += _act(turn, _run(judged[place:]))
    settle(verdicts)


def _run(judged: Sequence[tuple[Waiting, object]]) -> Iterator[tuple[Transmission, Message]]:
    """The messages that come one after another, so that the office's view is taken once."""
    for one, found in judged:
        if not isinstance(found, Message):
            return
        yield one.one, found


def _judged(waiting: Waiting) -> Message | Receipt | Verdict:
    """What it says, or why it is refused before anybody has looked at what it asks for."""
    one = waiting.one
    outside = Outside(
        sender=one.sender,
        receiver=one.receiver,
        function=one.function,
        agreement=waiting.agreement,
    )
    one.practice_id = waiting.reached.practice_id if waiting.reached else None
    try:
        found, content = understood(waiting.body, outside)
    except Refused as refused:
        code, detail = refused.condition, refused.sentence
        return Verdict(one=one, state=State.REFUSED, code=code, detail=detail)
    except NotTaken as refused:
        _note(one, refused.header)
        return Verdict(
            one=one,
            state=State.REFUSED,
            code=refused.condition or refused.code,
            header=refused.header,
            words=refused.sentence,
            detail=f"line {refused.faults[0].line}" if refused.faults else "",
        )
    one.tolerated = [*one.tolerated, *found.tolerated]
    one.digest = hashlib.sha256(content).digest()
    if isinstance(found, Receipt):
        # One without an id is known again by what it says.
        one.message_id = found.id.strip().lower()[:80] or f"sha256:{one.digest.hex()}"
    else:
        _note(one, found.header)
    return found


def _note(one: Transmission, header: Header | None) -> None:
    if header is not None:
        one.message_id, one.issued = header.id.lower()[:80], header.sent_as[:40]
        one.wants_receipt = header.wants_receipt


def _heard(turn: Turn, one: Transmission, receipt: Receipt) -> Verdict:
    before = turn.seen.get(one.message_id)
    if before is None:
        receipts.hear(one, receipt)
        return _done(turn, Verdict(one=one, state=State.HANDLED))
    if before.digest == bytes(one.digest):
        return Verdict(one=one, state=State.REPEATED)
    # A receipt is never answered by another.
    detail = f"another message {before.uuid} has the same id"
    code = Condition.INVALID_FIELD_VALUE
    return Verdict(one=one, state=State.REFUSED, code=code, detail=detail)


def _act(turn: Turn, run: Iterator[tuple[Transmission, Message]]) -> list[Verdict]:
    if turn.alone:
        return [_acted(turn, *one) for one in run]
    with part(View(practice=turn.reached.practice_id if turn.reached else None)):
        if turn.by is not None:
            see(view_of(turn.by))
        return [_acted(turn, *one) for one in run]


def _acted(turn: Turn, one: Transmission, message: Message) -> Verdict:
    header, before = message.header, turn.seen.get(one.message_id)
    if before is not None:
        one.answers_id = before.id
        same = before.digest == bytes(one.digest)
        state, code = (State.REPEATED, before.code) if same else (State.REFUSED, SAME_MESSAGE_ID)
        return Verdict(one=one, state=state, code=code, header=header)
    try:
        with _as_office(turn):
            asked = _asked(turn, one, message)
            one.conversation_id = act_on(asked)
    except NotUs as refusal:
        return Verdict(
            one=one,
            state=State.REFUSED,
            code=refusal.code,
            header=header,
            words=refusal.sentence,
            detail=refusal.detail,
        )
    except PortError:
        raise  # not theirs: kept, and tried again
    except DialogError as refusal:
        if not turn.alone:
            raise HandleAlone from refusal
        code, words = receipts.code_for(refusal), str(refusal.sentence)
        return Verdict(one=one, state=State.REFUSED, code=code, header=header, words=words)
    return _done(turn, Verdict(one=one, state=State.HANDLED, header=header))


def _done(turn: Turn, verdict: Verdict) -> Verdict:
    """Those after it are to find it as if it had been settled."""
    one = verdict.one
    if one.message_id:
        turn.seen[one.message_id] = Before(one.id, one.uuid, bytes(one.digest), "")
        if one.conversation_id is not None and one.patient_id is not None:
            turn.matters[one.message_id] = one.patient_id, one.conversation_id
    return verdict


@contextmanager
def _as_office(turn: Turn) -> Iterator[None]:
    """See what whoever writes from there may see; alone, an act can be undone by itself."""
    if not turn.alone:
        yield
        return
    with part(View(practice=turn.reached.practice_id if turn.reached else None)):
        yield


def _asked(turn: Turn, one: Transmission, message: Message) -> Heard:
    reached, header = turn.reached, message.header
    process = BY_TYPE.get(header.type.value)
    if process is None or process not in ACTS:
        raise NotUs(NOT_SUPPORTED)
    if reached is None:
        raise NotUs(UNKNOWN_SENDER, detail=f"no office is reached at {one.sender}")
    _must_be_proper(message)
    number = header.patient.national_id if header.patient else ""
    if turn.by is None:
        turn.by = queries.actor_at(reached)
        see(view_of(turn.by))
    patient = people.patient_by_number(reached.practice_id, number)
    if patient is None:
        raise NotUs(UNKNOWN_PATIENT)
    one.patient_id = patient.id
    matter = _matter(turn, patient.id, header)
    if matter is None and (header.conversation or header.parent):
        raise NotUs(OTHER)
    return Heard(
        message=message,
        process=process,
        by=turn.by,
        patient_id=patient.id,
        patient_uuid=patient.uuid,
        conversation_id=None if matter is None else matter.id,
        kind=None if matter is None else matter.kind,
        at=min(header.sent, one.created_at),
        verb=verb_of(process, message),
    )


def _matter(turn: Turn, patient_id: int, header: Header) -> queries.Matter | None:
    """The matter it belongs to; what it answers may have come a moment ago."""
    for named in (header.conversation, header.parent):
        whose, matter = turn.matters.get(named.lower(), (None, None)) if named else (None, None)
        if matter is not None and whose == patient_id:
            return queries.matter(matter)
    practice_id = turn.reached.practice_id if turn.reached else 0
    return queries.matter_of(practice_id, patient_id, header.conversation, header.parent)


def _must_be_proper(message: Message) -> None:
    """Refuse what its function cannot carry; a function nobody has told us of is only words."""
    tables = known()
    found = recognised(message, tables, Side.PRACTICE, Queue.ASYNC)
    if found is not None:
        for fault in improper(message, found):
            raise NotUs(fault.code, fault.sentence)
    elif message.header.patient is None or not message.header.patient.national_id:
        raise NotUs(NO_NUMBER)
