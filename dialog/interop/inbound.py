"""The way in: kept, understood, acted on, answered; each message once, whatever the bus does.

Nothing is lost by a fault: what came is kept before anybody tries to understand it, and what
cannot be handled now is tried again, and at last parked for a person.
"""

import hashlib
import logging
from datetime import timedelta

from django.utils import timezone

from dialog.errors import DialogError, PortError
from dialog.interop import queries, receipts
from dialog.interop.acting import ACTS, Heard, act_on
from dialog.interop.answers import verb_of
from dialog.interop.conditions import Condition, Refused, TryLater
from dialog.interop.keeping import keep
from dialog.interop.known import known
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.models import Transmission
from dialog.interop.names import BY_TYPE
from dialog.interop.plainly import WAITS
from dialog.interop.policy import MOST_TRIES, State
from dialog.interop.ports import Delivery, Settled
from dialog.interop.processes import Queue, Side, improper, recognised
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.settling import settle
from dialog.interop.turns import Waiting, next_waiting, seen_before, turn_of
from dialog.interop.understanding import Outside, understood
from dialog.people import queries as people
from dialog.rows import View, part, see, seeing, view_of

log = logging.getLogger(__name__)

SAME_MESSAGE_ID, UNKNOWN_PATIENT, NO_NUMBER, UNKNOWN_SENDER = "E10", "E35", "E30", "E21"
NOT_SUPPORTED, OTHER = "T10", "X99"
LONGEST_PAUSE = timedelta(minutes=10)


def take(delivery: Delivery) -> Settled:
    """Keep a message, and handle what its sender has waiting; the bus may forget it then."""
    keep(delivery)
    handle_all(delivery.envelope.sender)
    return Settled.ACCEPTED


def handle_all(sender: int) -> None:
    """Handle everything kept from a sender that is due, oldest first."""
    while True:
        try:
            if not handle_next(sender):
                return
        except Exception as error:
            # The listener must outlive any error; the message is kept, and tried again later.
            log.warning("message from %s: %s", sender, type(error).__name__)
            return


def handle_next(sender: int) -> bool:
    """Handle the oldest message kept from a sender that is due; whether there may be another.

    One at a time of each sender, in a transaction of its own, so that what was sent first is done
    first. What comes meanwhile is handled by whoever keeps it.
    """
    one: Transmission | None = None
    try:
        with seeing(scope="relay", turn=turn_of(sender)):
            waiting = next_waiting(sender, timezone.now())
            if waiting is None:
                return False
            one = waiting.one
            _understand(waiting)
            return waiting.more  # after the commit, which may still find something wrong
    except Exception as error:
        if one is None:
            raise
        _not_now(one, error)
    return True


def _not_now(one: Transmission, error: Exception) -> None:
    """Nothing of it was done. A fault of ours is kept as a code, never as text, and the message is
    not lost by it.
    """
    away = isinstance(error, PortError) and not error.permanent
    said = error.sentence if isinstance(error, TryLater) else type(error).__name__
    log.warning("message %s waits: %s", one.uuid, said)
    code = WAITS if away or isinstance(error, TryLater) else type(error).__name__
    with seeing(scope="relay", turn=turn_of(one.sender)):
        again = Transmission.objects.filter(id=one.id, state=State.STORED).first()
        if again is not None:
            _try_again(again, code)


def _try_again(one: Transmission, code: str) -> None:
    """Later, and less often each time; a fault of ours at last waits for a person."""
    tries, now = one.tries + 1, timezone.now()
    if tries >= MOST_TRIES and code != WAITS:
        told = {"state": State.PARKED, "settled_at": now, "due_at": None}
    else:
        pause = min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)
        told = {"state": State.STORED, "settled_at": None, "due_at": now + pause}
    tries = min(tries, 1000)
    Transmission.objects.filter(id=one.id).update(tries=tries, code=code[:60], **told)


def _note(one: Transmission, header: Header | None) -> None:
    if header is not None:
        one.message_id, one.issued = header.id.lower()[:80], header.sent_as[:40]
        one.wants_receipt = header.wants_receipt


def _understand(waiting: Waiting) -> None:
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
        settle(one, State.REFUSED, refused.condition, detail=refused.sentence)
        return
    except NotTaken as refused:
        _note(one, refused.header)
        settle(
            one,
            State.REFUSED,
            refused.condition or refused.code,
            header=refused.header,
            words=refused.sentence,
            detail=f"line {refused.faults[0].line}" if refused.faults else "",
        )
        return
    one.tolerated = [*one.tolerated, *found.tolerated]
    one.digest = hashlib.sha256(content).digest()
    if isinstance(found, Receipt):
        _hear(one, found)
        return
    _note(one, found.header)
    _take(one, found, waiting.reached)


def _hear(one: Transmission, receipt: Receipt) -> None:
    # One without an id is known again by what it says.
    one.message_id = receipt.id.strip().lower()[:80] or f"sha256:{one.digest.hex()}"
    before = seen_before(one)
    if before is None:
        receipts.hear(one, receipt)
        settle(one, State.HANDLED)
    elif before.digest == bytes(one.digest):
        settle(one, State.REPEATED)
    else:  # a receipt is never answered by another
        detail = f"another message {before.uuid} has the same id"
        settle(one, State.REFUSED, Condition.INVALID_FIELD_VALUE, detail=detail)


def _take(one: Transmission, message: Message, reached: queries.Reached | None) -> None:
    header, before = message.header, seen_before(one)
    if before is not None:
        one.answers_id = before.id
        if before.digest == bytes(one.digest):
            settle(one, State.REPEATED, before.code, header=header)
        else:
            settle(one, State.REFUSED, SAME_MESSAGE_ID, header=header)
        return
    try:
        with part(View(practice=one.practice_id)):
            heard = _heard(one, message, reached)
            see(view_of(heard.by))
            one.conversation_id = act_on(heard)
    except NotUs as refusal:
        settle(
            one,
            State.REFUSED,
            refusal.code,
            header=header,
            words=refusal.sentence,
            detail=refusal.detail,
        )
    except PortError:
        raise  # not theirs: kept, and tried again
    except DialogError as refusal:
        code, words = receipts.code_for(refusal), str(refusal.sentence)
        settle(one, State.REFUSED, code, header=header, words=words)
    else:
        settle(one, State.HANDLED, header=header)


def _must_be_proper(message: Message) -> None:
    """Refuse what its function cannot carry; a function nobody has told us of is only words."""
    tables = known()
    found = recognised(message, tables, Side.PRACTICE, Queue.ASYNC)
    if found is not None:
        for fault in improper(message, found):
            raise NotUs(fault.code, fault.sentence)
    elif message.header.patient is None or not message.header.patient.national_id:
        raise NotUs(NO_NUMBER)


class NotUs(Exception):
    """A message that is right, and not for us to do anything with; the code is of list 8221."""

    def __init__(self, code: str, sentence: str = "", detail: str = "") -> None:
        super().__init__(code)
        self.code, self.sentence, self.detail = code, sentence, detail


def _heard(one: Transmission, message: Message, reached: queries.Reached | None) -> Heard:
    process = BY_TYPE.get(message.header.type.value)
    if process is None or process not in ACTS:
        raise NotUs(NOT_SUPPORTED)
    if reached is None:
        raise NotUs(UNKNOWN_SENDER, detail=f"no office is reached at {one.sender}")
    _must_be_proper(message)
    number = message.header.patient.national_id if message.header.patient else ""
    by = queries.actor_at(reached)
    patient = people.patient_by_number(reached.practice_id, number)
    if patient is None:
        raise NotUs(UNKNOWN_PATIENT)
    one.patient_id = patient.id
    conversation_id = queries.conversation_of(
        reached.practice_id, patient.id, message.header.conversation, message.header.parent
    )
    if conversation_id is None and (message.header.conversation or message.header.parent):
        raise NotUs(OTHER)
    return Heard(
        message=message,
        process=process,
        by=by,
        patient_id=patient.id,
        patient_uuid=patient.uuid,
        conversation_id=conversation_id,
        at=min(message.header.sent, one.created_at),
        verb=verb_of(process, message),
    )
