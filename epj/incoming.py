"""What comes: opened, understood, acted on and answered with a receipt, each message once.

The bytes lie in the store before anything here begins. What becomes of a message, its receipt, the
calendar and what the script will do are written in one go, or not at all.
"""

import hashlib
import time
from uuid import UUID

from dialog.interop.conditions import Refused, TryLater
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.names import BY_TYPE
from dialog.interop.ports import Delivery
from dialog.interop.processes import Queue, Side, improper, recognised
from dialog.interop.reading import NOT_SUPPORTED
from dialog.interop.reading import Refused as NotTaken
from epj import kept, outbox, patients
from epj.behaviours import ACTS, Asked, No
from epj.desk import Desk, short, soon, words_of
from epj.kept import Kept, State
from epj.opening import Post
from epj.scripts import NO, YES, Rule

SAME_ID, UNKNOWN_PATIENT = "E10", "E35"
MOST_TRIES = 10
LONGEST_PAUSE = 60.0


class Faulty(Exception):
    """The script lets the handling fail."""


def handle_waiting(desk: Desk, post: Post) -> int:
    """Handle what is kept and due, oldest first; how many were."""
    handled = 0
    for one in kept.waiting(desk.store):
        handle(desk, post, one)
        handled += 1
    return handled


def handle(desk: Desk, post: Post, one: Kept) -> None:
    """Handle one message; a fault of ours keeps it, and it is tried again."""
    try:
        if desk.script.fails("handling", f"{one.bus_id} {one.n}", one.tries):
            raise Faulty
        said = _handle(desk, post, one)
    except TryLater as later:
        _postpone(desk, one, later.sentence, forever=True)
    except Exception as error:
        # Nothing may end the record system; the message lies in the store.
        _postpone(desk, one, type(error).__name__, forever=False)
    else:
        desk.script.crash(desk.store, "handled", one.function)
        desk.say(f"in {one.n}  {said}")


def hear_of_fault(desk: Desk, delivery: Delivery) -> None:
    """Something on our error queue: what is wrong with a message of ours."""
    fault = delivery.envelope.fault
    if fault is None:
        return
    ours = outbox.is_ours(desk, fault.original_id)
    if ours is not None and ours.receiver != delivery.envelope.sender:
        ours = None
    with desk.store.change() as change:
        change.execute(
            "INSERT OR IGNORE INTO faults (at, bus_id, sender, condition, description, message) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                time.time(),
                str(delivery.envelope.message_id),
                delivery.envelope.sender,
                fault.condition[:100],
                fault.description[:200],
                ours.n if ours else None,
            ),
        )
        if ours is not None and ours.state != State.RECEIVED:
            kept.note(
                desk.store, ours.n, state=State.COMPLAINED, code=fault.condition[:100], due=None
            )
    about = f" about {ours.n}" if ours else ""
    desk.say(f"error  {fault.condition}{about}")


def _handle(desk: Desk, post: Post, one: Kept) -> str:
    try:
        found, content = post.opened(
            one.wire,
            sender=one.sender,
            receiver=one.receiver,
            function=one.function,
            agreement=one.agreement,
        )
    except Refused as refused:
        return _complain(desk, one, refused.sentence, refused.condition, *refused.told)
    except NotTaken as refused:
        if refused.header is None:
            return _complain(desk, one, refused.sentence, refused.condition)
        with desk.store.change():
            _note(desk, one, refused.header)
            return _refuse(desk, one, refused.header, refused.code, refused.sentence)
    with desk.store.change():
        if kept.number(desk.store, one.n).state != State.KEPT:
            return "handled already"
        kept.note(
            desk.store, one.n, content=content, digest=hashlib.sha256(content).digest(), due=None
        )
        if isinstance(found, Receipt):
            return _hear(desk, one, found)
        _note(desk, one, found.header)
        return _take(desk, kept.number(desk.store, one.n), found)


def _take(desk: Desk, one: Kept, message: Message) -> str:
    before = kept.known_as(desk.store, one.sender, one.message_id, one.n)
    if before is not None and before.digest != one.digest:
        return _refuse(desk, one, message.header, SAME_ID)
    found = recognised(message, desk.known, Side.PATIENT, Queue.ASYNC)
    if found is None or (found.process, found.name) not in ACTS:
        return _refuse(desk, one, message.header, NOT_SUPPORTED)
    said = f"{short(found.process)} {found.name}"
    rule = desk.script.rule(
        desk.store, found.process, found.name, words_of(message), one.message_id
    )
    if before is not None and not (rule and rule.again):
        return _repeat(desk, one, before, message.header, rule, said)
    faults = improper(message, found)
    if faults:
        return _refuse(desk, one, message.header, faults[0].code, faults[0].sentence)
    if rule is not None and rule.receipt not in (YES, NO):
        return f"{said}: {_refuse(desk, one, message.header, rule.receipt)}"
    return f"{said}: {_act(desk, one, Asked(one, message, found, rule))}"


def _act(desk: Desk, one: Kept, asked: Asked) -> str:
    header, rule = asked.message.header, asked.rule
    kept.note(desk.store, one.n, process=asked.function.process, name=asked.function.name)
    try:
        _must_be_known(desk, header)
        done = ACTS[asked.function.process, asked.function.name](desk, asked)
    except No as no:
        return _refuse(desk, one, header, no.code, no.words)
    kept.note(desk.store, one.n, state=State.TAKEN)
    if rule is None or rule.receipt == YES:
        outbox.acknowledge(desk, one, header)
    if rule is not None and rule.deed.do not in ("", "nothing"):
        _schedule(desk, one, rule)
    return done


def _schedule(desk: Desk, one: Kept, rule: Rule) -> None:
    if kept.number(desk.store, one.n).awaits:
        with desk.store.change() as change:
            change.execute(
                "INSERT INTO tasks (message, due, deed) VALUES (?, ?, ?)",
                (one.n, soon(rule.after), rule.deed.written()),
            )


def _must_be_known(desk: Desk, header: Header) -> None:
    if header.patient is None:
        return
    if desk.settings.only_listed:
        patient = patients.known(desk.store, header.patient.national_id)
        if patient is None or not patient.listed:
            raise No(UNKNOWN_PATIENT)
    patients.hear_of(desk.store, header.patient)


def _repeat(
    desk: Desk, one: Kept, before: Kept, header: Header, rule: Rule | None, said: str
) -> str:
    """It came before: nothing is done, and the same receipt goes again."""
    kept.note(
        desk.store,
        one.n,
        state=State.REPEATED,
        answers=before.n,
        process=before.process,
        name=before.name,
    )
    quiet = rule is not None and rule.receipt == NO
    if not outbox.acknowledge_again(desk, before) and not quiet:
        outbox.acknowledge(desk, before, header, before.code)
    return f"{said}: it came before, as {before.n}"


def _refuse(desk: Desk, one: Kept, header: Header, code: str, words: str = "") -> str:
    kept.note(desk.store, one.n, state=State.REFUSED, code=code)
    outbox.acknowledge(desk, one, header, code, words)
    return f"refused with {code}"


def _complain(desk: Desk, one: Kept, sentence: str, condition: str, *told: str) -> str:
    with desk.store.change():
        kept.note(desk.store, one.n, state=State.REFUSED, code=condition, due=None)
        outbox.complain(desk, one, condition, *told)
    return f"refused, the sender is told {condition}: {sentence}"


def _note(desk: Desk, one: Kept, header: Header) -> None:
    """What the header says, as far as it could be read."""
    kept.note(
        desk.store,
        one.n,
        message_id=header.id.casefold()[:100],
        conversation=header.thread.casefold()[:100],
        sent=header.sent.isoformat(),
        patient=header.patient.national_id if header.patient else "",
        process=BY_TYPE.get(header.type.value, ""),
        wants_receipt=int(header.wants_receipt),
        due=None,
    )


def _hear(desk: Desk, one: Kept, receipt: Receipt) -> str:
    """What became of a message of ours; only whom it was sent to may say so."""
    ours = kept.first(
        desk.store,
        "direction = 'out' AND message_id = ? AND receiver = ?",
        _same_form(receipt.original.id),
        one.sender,
    )
    kept.note(
        desk.store,
        one.n,
        state=State.TAKEN,
        message_id=receipt.id,
        answers=ours.n if ours else None,
    )
    if ours is None:
        return "receipt for a message we have not sent"
    state = State.RECEIVED if receipt.taken else State.REJECTED
    codes = ",".join(error.value for error in receipt.errors)
    if ours.state != State.RECEIVED:
        kept.note(desk.store, ours.n, state=state, code=codes, due=None)
    return f"receipt for {ours.n}: {state}{f' ({codes})' if codes else ''}"


def _same_form(message_id: str) -> str:
    try:
        return str(UUID(message_id))
    except ValueError:
        return message_id


def _postpone(desk: Desk, one: Kept, why: str, *, forever: bool) -> None:
    tries = one.tries + 1
    if tries >= MOST_TRIES and not forever:
        kept.note(desk.store, one.n, state=State.PARKED, tries=tries, code=why[:60])
        desk.say(f"in {one.n}  laid aside after {tries} tries: {why}")
        return
    pause = min(2.0 ** min(tries, 10) / 8, LONGEST_PAUSE)
    kept.note(desk.store, one.n, tries=tries, code=why[:60], due=time.time() + pause)
    desk.say(f"in {one.n}  not handled, tried again in {pause:.1f} s: {why}")
