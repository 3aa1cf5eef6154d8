"""Answers, by whoever sits at the record system or by its script; what is written is sent later."""

import mimetypes
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from dialog.interop.building import (
    Content,
    Envelope,
    NotProper,
    answering,
    coded,
    compose,
    with_state,
)
from dialog.interop.messages import Attachment, Event, Message, Role
from dialog.interop.names import Process
from dialog.interop.reading import read
from epj import calendar, kept, outbox
from epj.calendar import BOOKED, CANCELLED, PENDING, Appointment
from epj.desk import Desk, short
from epj.kept import Kept, State
from epj.refusal import Refusal
from epj.scripts import Deed
from epj.scripts import deed as deed_of

MINUTES = 20
FIRST = "first"
AGAIN = ("answer", "ask")  # may be said more than once
NO_TIME = "Vi kan dessverre ikke gi deg denne timen."

Do = Callable[[Desk, Kept, Message, Deed], int]


def say(desk: Desk, n: int, deed: Deed) -> int:
    """Answer a message as the deed says; the number of what was written."""
    with desk.store.change():
        one = kept.number(desk.store, n)
        if one.direction != "in" or one.state != State.TAKEN or not one.process:
            raise Refusal(f"Message {n} is none that can be answered. See: epj inbox")
        if not one.awaits and deed.do not in AGAIN:
            raise Refusal(f"Message {n} is answered already. See: epj show {n}")
        do = VERBS.get((Process(one.process), deed.do))
        if do is None:
            known = ", ".join(verb for process, verb in VERBS if process == one.process)
            raise Refusal(f"{short(one.process)} can be answered with: {known}.")
        try:
            made = do(desk, one, opened(desk, one), deed)
        except NotProper as error:
            raise Refusal(f"That cannot be said in {short(one.process)}: {error}") from error
        kept.note(desk.store, n, awaits=0)
        return made


def do_what_is_due(desk: Desk) -> int:
    """Do what the script put off until now; how many were done."""
    due = desk.store.connection.execute(
        "SELECT * FROM tasks WHERE due <= ? ORDER BY due, id", (time.time(),)
    ).fetchall()
    for task in due:
        _do(desk, task["id"], task["message"], task["deed"])
    return len(due)


def opened(desk: Desk, one: Kept) -> Message:
    """The message itself."""
    found = read(one.content, desk.known)
    if not isinstance(found, Message):
        raise Refusal(f"{one.n} is a receipt.")
    return found


def confirm(desk: Desk, one: Kept, message: Message, text: str = "") -> int:
    """Yes to a time: it gets an id of its own, related to that of the time that was asked for."""
    asked = calendar.asked_by(desk.store, one.n)
    if asked is None or asked.state != PENDING:
        raise Refusal(f"Message {one.n} asks for no time that is still wanted.")
    sent = desk.now()
    made = calendar.put(desk.store, changed(asked, state=BOOKED, told=sent.isoformat(), version=1))
    kept.note(desk.store, one.n, awaits=0)
    content = Content(text=text, events=(event_of(desk, made),))
    return _answer(desk, one, message, "SvarAvtaleReservasjon", content, sent)


def no_such_time(desk: Desk, one: Kept, message: Message, text: str) -> int:
    """No to a time."""
    asked = calendar.asked_by(desk.store, one.n)
    if asked is not None:
        calendar.put(desk.store, changed(asked, state=CANCELLED))
    return _answer(desk, one, message, "SvarAvtaleReservasjon", Content(text=text))


def cancelled(desk: Desk, one: Kept, message: Message, what: Appointment) -> int:
    """The calendar has heard that a time was given back."""
    content = Content(events=(event_of(desk, what),))
    return _answer(desk, one, message, "SvarAvbestilling", content)


def changed(one: Appointment, **said: object) -> Appointment:
    """The next version of an appointment."""
    return replace(one, **{"version": one.version + 1, **said})  # type: ignore[arg-type]  # its own fields


def event_of(desk: Desk, one: Appointment) -> Event:
    """An appointment as it is told."""
    who = desk.settings.practitioner(one.her_id)
    event = Event(
        uid=one.uid,
        start=one.starts,
        end=one.ends,
        contact=str(one.her_id),
        related_to=one.asked,
        summary=f"Time hos {who.name}",
    )
    return with_state(event, one.state, desk.known)


def author(desk: Desk, her_id: int) -> tuple[Role, ...]:
    """Who has written."""
    if her_id == desk.settings.enterprise:
        return ()
    who = desk.professional(desk.settings.practitioner(her_id))
    return (Role(kind=coded("9057", "1", desk.known), professional=who),)


def file(path: str) -> tuple[Attachment, ...]:
    """A file to go with an answer."""
    if not path:
        return ()
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return (Attachment(content=data, mime_type=kind, description=Path(path).name),)


def _words(name: str, verb: str = "") -> Do:
    def do(desk: Desk, one: Kept, message: Message, deed: Deed) -> int:
        process = Process(one.process)
        content = Content(
            text=deed.text,
            kind=desk.code_for(process, name, verb),
            question=message.question,
            roles=author(desk, one.receiver),
            files=file(deed.file),
        )
        return _answer(desk, one, message, name, content)

    return do


def _confirm(desk: Desk, one: Kept, message: Message, deed: Deed) -> int:
    return confirm(desk, one, message, deed.text)


def _refuse_time(desk: Desk, one: Kept, message: Message, deed: Deed) -> int:
    return no_such_time(desk, one, message, deed.text or NO_TIME)


def _give(desk: Desk, one: Kept, message: Message, deed: Deed) -> int:
    """A time for somebody who asked in words; who has one already gets it moved."""
    her_id = desk.settings.practitioner(one.receiver).her_id
    starts, ends = _when(desk, her_id, deed.at)
    sent = desk.now()
    before = next(iter(calendar.of_conversation(desk.store, one.conversation)), None)
    if calendar.is_busy(desk.store, her_id, starts, ends, before.uid if before else ""):
        raise Refusal("There is another appointment then. See: epj calendar")
    new = Appointment(
        uid=str(uuid4()),
        asked="",
        her_id=her_id,
        patient=one.patient,
        starts=starts,
        ends=ends,
        state=BOOKED,
        version=0,
        conversation=one.conversation,
        message=one.n,
        told="",
    )
    made = changed(before or new, starts=starts, ends=ends, told=sent.isoformat())
    calendar.put(desk.store, made)
    content = Content(
        text=deed.text, events=(event_of(desk, made),), roles=author(desk, one.receiver)
    )
    return _answer(desk, one, message, "SvarOnske", content, sent)


def _refuse_wish(desk: Desk, one: Kept, message: Message, deed: Deed) -> int:
    """No: as a time that is cancelled, for an answer without a time is only words. The time itself
    never was. Who has a time keeps it, and is told in words.
    """
    text = deed.text or NO_TIME
    if calendar.of_conversation(desk.store, one.conversation):
        return _answer(desk, one, message, "SvarOnske", Content(text=text))
    start = desk.now().replace(microsecond=0)
    never = Event(
        uid=str(uuid4()),
        start=start,
        end=start + timedelta(minutes=MINUTES),
        contact=str(one.receiver),
    )
    content = Content(text=text, events=(with_state(never, CANCELLED, desk.known),))
    return _answer(desk, one, message, "SvarOnske", content)


VERBS: Mapping[tuple[Process, str], Do] = {
    (Process.ECONSULTATION, "answer"): _words("Svar"),
    (Process.ECONSULTATION, "ask"): _words("Foresporsel"),
    (Process.ECONSULTATION, "decline"): _words("Svar", "decline"),
    (Process.ECONSULTATION, "refuse"): _words("Svar", "decline"),
    (Process.ECONSULTATION, "refer"): _words("Svar", "refer"),
    (Process.ENQUIRY, "answer"): _words("Svar"),
    (Process.ENQUIRY, "ask"): _words("Foresporsel"),
    (Process.ENQUIRY, "close"): _words("Svar", "close"),
    (Process.RENEWAL, "answer"): _words("Svar"),
    (Process.RENEWAL, "renew"): _words("Svar", "renew"),
    (Process.RENEWAL, "decline"): _words("Svar", "decline"),
    (Process.RENEWAL, "refuse"): _words("Svar", "decline"),
    (Process.RENEWAL, "refer"): _words("Svar", "call-in"),
    (Process.WISH, "answer"): _words("SvarOnske"),
    (Process.WISH, "give"): _give,
    (Process.WISH, "decline"): _refuse_wish,
    (Process.WISH, "refuse"): _refuse_wish,
    (Process.BOOKING, "confirm"): _confirm,
    (Process.BOOKING, "decline"): _refuse_time,
    (Process.BOOKING, "refuse"): _refuse_time,
}


def _answer(
    desk: Desk,
    one: Kept,
    message: Message,
    name: str,
    content: Content,
    sent: datetime | None = None,
) -> int:
    heading: Envelope = answering(message.header, id=str(uuid4()), sent=sent or desk.now())
    made = compose(desk.function(Process(one.process), name), heading, content, desk.known)
    return outbox.write_down(desk, made, receiver=one.sender, answers=one.n)


def _when(desk: Desk, her_id: int, said: str) -> tuple[datetime, datetime]:
    """From when until when: the first that is free, or a time; as long as the free time there."""
    free = calendar.offered(desk.store, (her_id,), None, None, desk.now())
    if said in ("", FIRST):
        if not free:
            raise Refusal("There is no free time. See: epj calendar free")
        return free[0].starts, free[0].ends
    starts = calendar.moment(said)
    if starts <= datetime.now(UTC):
        raise Refusal(f"{said} is past.")
    ends = next((one.ends for one in free if one.starts == starts), None)
    return starts, ends or starts + timedelta(minutes=MINUTES)


def _do(desk: Desk, task: int, message: int, written: str) -> None:
    what = deed_of(written)
    try:
        with desk.store.change() as change:
            change.execute("DELETE FROM tasks WHERE id = ?", (task,))
            made = say(desk, message, what)
    except Refusal as refusal:
        with desk.store.change() as change:
            change.execute("DELETE FROM tasks WHERE id = ?", (task,))
        desk.say(f"in {message}  the script's {what.do} came to nothing: {refusal}")
    else:
        desk.say(f"in {message}  the script says {what.do}: out {made}")
