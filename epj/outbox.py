"""What goes out: written down first, sent when the bus is there, and asked after until a receipt.

A message is written once and sent as it was written, however often; the bus may be away, and we
may die in between, and it arrives once, for the other end knows its MsgId.
"""

import time
from concurrent.futures import Executor
from dataclasses import replace
from threading import Event
from uuid import UUID, uuid4

from dialog.errors import PortError
from dialog.interop.building import receipt_for
from dialog.interop.conditions import Condition
from dialog.interop.faults import error_message
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.names import APPREC, BY_TYPE
from dialog.interop.ports import Envelope, MessageTransport, Unreadable
from dialog.interop.processes import Side, recognised
from dialog.interop.writing import write
from epj import kept
from epj.desk import Desk, short
from epj.kept import Kept, State
from epj.opening import Post
from epj.refusal import words_of

MOST_TRIES = 10  # of what can go nowhere
LONGEST_PAUSE = 60.0
ERROR = "ERROR"  # kept as its name in ``name``; ``code`` is the condition


def write_down(desk: Desk, message: Message, *, receiver: int, answers: int | None = None) -> int:
    """Keep a message to be sent; its number."""
    header = message.header
    found = recognised(message, desk.known, Side.PRACTICE)
    return kept.add(
        desk.store,
        direction="out",
        state=State.DUE,
        function=header.type.value,
        sender=int(header.sender.her_ids[1] or header.sender.her_id),
        receiver=receiver,
        content=write(message),
        message_id=header.id,
        conversation=header.thread.casefold(),
        sent=header.sent.isoformat(),
        patient=header.patient.national_id if header.patient else "",
        process=BY_TYPE.get(header.type.value, ""),
        name=found.name if found else "",
        wants_receipt=int(header.wants_receipt),
        answers=answers,
    )


def acknowledge(desk: Desk, one: Kept, header: Header, code: str = "", words: str = "") -> None:
    """The receipt for a message, if it asks for one: taken, or rejected with a code."""
    if not header.wants_receipt:
        return
    made = receipt_for(
        header,
        id=str(uuid4()),
        sent=desk.now(),
        known=desk.known,
        errors=[code] if code else [],
    )
    kept.add(
        desk.store,
        direction="out",
        state=State.DUE,
        function=APPREC,
        sender=one.receiver,
        receiver=one.sender,
        content=write(_with_words(made, words)),
        message_id=made.id,
        name=APPREC,
        code=code,
        answers=one.n,
    )


def acknowledge_again(desk: Desk, first: Kept) -> bool:
    """The same receipt once more, as it was written; whether there was one."""
    before = receipt_of(desk, first.n)
    if before is None:
        return False
    kept.note(desk.store, before.n, state=State.DUE, due=None)
    return True


def receipt_of(desk: Desk, n: int) -> Kept | None:
    """The receipt we wrote for a message."""
    return kept.first(desk.store, "direction = 'out' AND function = ? AND answers = ?", APPREC, n)


def complain(desk: Desk, about: Kept, condition: str, *told: str) -> None:
    """An error to the sender's error queue: a message could not be opened or believed.

    ``told`` are the names and codes that may go with it.
    """
    kept.add(
        desk.store,
        direction="out",
        state=State.DUE,
        function=about.function,
        sender=about.receiver,
        receiver=about.sender,
        name=ERROR,
        code=";".join((condition, *told)),
        message_id=about.bus_id,
        answers=about.n,
    )


def send_due(desk: Desk, post: Post, bus: MessageTransport, pool: Executor | None = None) -> int:
    """Send what is to be sent, each conversation's oldest first; how many went.

    A bus that is away ends the round. With a pool several conversations are sent at a time.
    """
    talks: dict[str, list[Kept]] = {}
    for one in kept.to_send(desk.store):
        talks.setdefault(one.conversation or f"n {one.n}", []).append(one)
    away = Event()

    def send(talk: list[Kept]) -> int:
        return _send_all(desk, post, bus, talk, away)

    return sum(pool.map(send, talks.values()) if pool else map(send, talks.values()))


def _send_all(desk: Desk, post: Post, bus: MessageTransport, talk: list[Kept], away: Event) -> int:
    went = 0
    for one in talk:
        if away.is_set():
            break
        try:
            _send(desk, post, bus, one)
        except PortError as refusal:
            if _again(desk, one, refusal):
                away.set()
                break
        except Exception as error:
            # What cannot be sent may not stand in the way of all that can.
            _again(desk, one, PortError(type(error).__name__, permanent=True))
        else:
            went += 1
    return went


def ask_after_receipts(desk: Desk) -> None:
    """Send again what has waited too long for its receipt, and at last stop waiting."""
    late = kept.every(
        desk.store,
        "direction = 'out' AND state = ? AND due IS NOT NULL AND due <= ?",
        State.SENT,
        time.time(),
    )
    for one in late:
        if one.tries < len(desk.receipt_waits):
            kept.note(desk.store, one.n, state=State.DUE, due=None)
            desk.say(f"out {one.n}  no receipt yet: it is sent again")
        else:
            kept.note(desk.store, one.n, state=State.UNANSWERED, due=None)
            desk.say(f"out {one.n}  no receipt after {one.tries} times: somebody must look at it")


def _send(desk: Desk, post: Post, bus: MessageTransport, one: Kept) -> None:
    if desk.script.fails("sending", one.message_id, one.tries):
        raise PortError("The script lets it fail.")
    envelope, body = _wrapped(post, one)
    with desk.store.change(lasting=False) as change:  # known before an error about it can come
        change.execute("INSERT INTO sendings VALUES (?, ?)", (str(envelope.message_id), one.n))
    bus.send(envelope, body)
    desk.script.crash(desk.store, "sent", one.function)
    _sent(desk, one)


def _sent(desk: Desk, one: Kept) -> None:
    tries = one.tries + 1
    state, due = State.DONE, None
    if one.wants_receipt:
        wait = desk.receipt_waits[min(tries, len(desk.receipt_waits)) - 1]
        state, due = State.SENT, time.time() + wait
    with desk.store.change(lasting=False) as change:  # a receipt that was quicker stands
        change.execute(
            "UPDATE messages SET state = ?, due = ?, tries = ? WHERE n = ? AND state = ?",
            (state, due, tries, one.n, State.DUE),
        )
    desk.say(f"out {one.n}  {_named(one)}  sent")


def _wrapped(post: Post, one: Kept) -> tuple[Envelope, bytes]:
    if one.name == ERROR:
        return _error(post, one), b""
    return post.closed(
        one.content,
        sender=one.sender,
        receiver=one.receiver,
        function=one.function,
        bus_id=uuid4(),
    )


def _error(post: Post, one: Kept) -> Envelope:
    queue = post.party(one.receiver).queues.error
    condition, *told = one.code.split(";")
    about = Unreadable(
        missing=(),
        body=b"",
        queue="",
        message_id=one.message_id,
        function=one.function,
        sender=one.receiver,
        receiver=one.sender,
    )
    made = error_message(about, Condition(condition), *told, to=queue)
    if not queue or made is None:
        raise PortError(f"HER-id {one.receiver} has no error queue.", permanent=True)
    return made


def _again(desk: Desk, one: Kept, refusal: PortError) -> bool:
    """Wait with a message that did not go; whether the bus itself is away."""
    tries = one.tries + 1
    if refusal.permanent and tries >= MOST_TRIES:
        kept.note(desk.store, one.n, state=State.PARKED, tries=tries)
        desk.say(
            f"out {one.n}  {_named(one)}  can go nowhere, and is laid aside: {words_of(refusal)}"
        )
        return False
    pause = min(2.0 ** min(tries, 10) / 4, LONGEST_PAUSE)
    kept.note(desk.store, one.n, tries=tries, due=time.time() + pause)
    desk.say(f"out {one.n}  {_named(one)}  not sent, tried again in {pause:.1f} s")
    return not refusal.permanent


def _with_words(made: Receipt, words: str) -> Receipt:
    if not words:
        return made
    return replace(made, errors=tuple(replace(one, free=words[:200]) for one in made.errors))


def _named(one: Kept) -> str:
    if one.name == ERROR:
        return f"error {one.code}"
    if one.function == APPREC:
        return f"receipt for {one.answers}" + (f" ({one.code})" if one.code else "")
    return f"{short(one.process)} {one.name}"


def is_ours(desk: Desk, bus_id: str) -> Kept | None:
    """The message that was sent under this id on the bus."""
    try:
        plain = str(UUID(bus_id))
    except ValueError:
        return None
    return kept.first(desk.store, "n = (SELECT message FROM sendings WHERE bus_id = ?)", plain)
