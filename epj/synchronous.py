"""What somebody waits for: free times, practitioners and the test are answered at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Event as Signal
from uuid import uuid4

from dialog.errors import PortError
from dialog.interop.building import Content, answering, compose
from dialog.interop.conditions import Condition, ProtectionError, Refused
from dialog.interop.exchange import answer_to
from dialog.interop.messages import Event, Message, Role
from dialog.interop.names import BY_TYPE, Process
from dialog.interop.ports import ANSWER_WITHIN, Delivery, MessageTransport, Settled
from dialog.interop.processes import Queue, Side, improper, recognised
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.writing import write
from epj import calendar, kept, outbox
from epj.desk import Desk, short, words_of
from epj.kept import State
from epj.opening import Post
from epj.refusal import words_of as said_by
from epj.scripts import Rule

Fill = Callable[[Desk, Message], Content]


def answer(
    desk: Desk, post: Post, bus: MessageTransport, delivery: Delivery, stopping: Signal
) -> Settled:
    """Keep a question, answer it, and forget it on the bus; what is wrong is told as an error."""
    n = kept.keep(desk.store, delivery, State.TAKEN)
    try:
        message = _opened(post, delivery)
        said = _answer(desk, post, bus, delivery, message, n, stopping)
    except Refused as refused:
        said = _complain(desk, n, refused.condition, *refused.told)
    except NotTaken as refused:
        said = _complain(desk, n, refused.condition or Condition.UNSUPPORTED_MESSAGE)
    except (ProtectionError, PortError) as error:
        said = f"not answered: {said_by(error)}"
    desk.say(f"sync {n}  {said}")
    return Settled.ACCEPTED


def _answer(
    desk: Desk,
    post: Post,
    bus: MessageTransport,
    delivery: Delivery,
    message: Message,
    n: int,
    stopping: Signal,
) -> str:
    asked = recognised(message, desk.known, Side.PATIENT, Queue.SYNC)
    if asked is None or asked.process not in FILLS:
        return _complain(desk, n, Condition.UNSUPPORTED_MESSAGE)
    if improper(message, asked):
        return _complain(desk, n, Condition.INVALID_FIELD_VALUE)
    header = message.header
    kept.note(
        desk.store,
        n,
        process=asked.process,
        name=asked.name,
        message_id=header.id.casefold(),
        patient=header.patient.national_id if header.patient else "",
    )
    rule = desk.script.rule(desk.store, asked.process, asked.name, words_of(message), header.id)
    said = f"{short(asked.process)} {asked.name}"
    if _withheld(rule, stopping):
        return f"{said}: the script says nothing"
    name, fill = FILLS[asked.process]
    content = fill(desk, message)
    made = compose(
        desk.function(asked.process, name),
        answering(header, id=str(uuid4()), sent=desk.now()),
        content,
        desk.known,
    )
    _send(desk, post, bus, delivery, made, n)
    return f"{said}: answered" + (f" with {len(content.events)} times" if content.events else "")


def _send(
    desk: Desk, post: Post, bus: MessageTransport, delivery: Delivery, made: Message, n: int
) -> None:
    heading = answer_to(delivery.envelope, ANSWER_WITHIN)
    xml = write(made)
    envelope, body = post.closed(
        xml,
        sender=heading.sender,
        receiver=heading.receiver,
        function=heading.function,
        bus_id=heading.message_id,
    )
    number = outbox.write_down(desk, made, receiver=heading.receiver, answers=n)
    kept.note(desk.store, number, state=State.DONE, bus_id=str(heading.message_id))
    bus.send(
        replace(heading, content_type=envelope.content_type, agreement=envelope.agreement), body
    )


def _withheld(rule: Rule | None, stopping: Signal) -> bool:
    """Whether the script says nothing; it may also let whoever waits wait longer."""
    if rule is None:
        return False
    if rule.late:
        stopping.wait(rule.late)
    return rule.deed.do == "nothing"


def _opened(post: Post, delivery: Delivery) -> Message:
    envelope = delivery.envelope
    found, _xml = post.opened(
        delivery.body,
        sender=envelope.sender,
        receiver=envelope.receiver,
        function=envelope.function,
        agreement=envelope.agreement,
    )
    if not isinstance(found, Message) or found.header.type.value not in BY_TYPE:
        raise Refused(Condition.UNSUPPORTED_MESSAGE, "It is no question.")
    return found


def _complain(desk: Desk, n: int, condition: str, *told: str) -> str:
    with desk.store.change():
        kept.note(desk.store, n, state=State.REFUSED, code=condition)
        outbox.complain(desk, kept.number(desk.store, n), condition, *told)
    return f"refused, the sender is told {condition}"


def _free_times(desk: Desk, message: Message) -> Content:
    """The office's free times in the days asked about, and who else than the one asked has some."""
    asked = message.question
    found = calendar.offered(
        desk.store,
        desk.settings.her_ids,
        asked.start if asked else None,
        asked.end if asked else None,
        desk.now(),
    )
    addressed = int(message.header.receiver.her_ids[1] or 0)
    owners = {slot.her_id for slot in found} - {addressed}
    others = [one for one in desk.settings.practitioners if one.her_id in owners]
    return Content(
        events=tuple(
            Event(
                uid=one.uid,
                start=one.starts,
                end=one.ends,
                contact=str(one.her_id),
                summary="Konsultasjon",
            )
            for one in found
        ),
        professionals=tuple(desk.professional(one) for one in others),
    )


def _practitioners(desk: Desk, _message: Message) -> Content:
    return Content(
        roles=tuple(
            Role(professional=desk.professional(one)) for one in desk.settings.practitioners
        )
    )


def _test(_desk: Desk, _message: Message) -> Content:
    return Content(text="Meldingen er mottatt.")


FILLS: Mapping[Process, tuple[str, Fill]] = {
    Process.BOOKING: ("SvarLedigeTimer", _free_times),
    Process.PRACTITIONERS: ("Svar", _practitioners),
    Process.TEST: ("Svar", _test),
}
