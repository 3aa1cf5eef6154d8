"""What each message asks for, and what is done at once: the calendar answers, the rest is laid in
the inbox until a person or a script answers it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from dialog.interop.messages import Event, Message
from dialog.interop.names import Process
from dialog.interop.processes import Function
from epj import answers, calendar, kept
from epj.calendar import CANCELLED, PENDING, Appointment
from epj.desk import Desk
from epj.kept import Kept
from epj.scripts import Rule

OTHER = "X99"
NO_SUCH_TIME = "Timen finnes ikke i timeboken."
GONE = "Timen er dessverre ikke ledig lenger."


class No(Exception):
    """It is right and we will not; ``code`` of list 8221 and words go in the receipt."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that was understood, as it is kept, and the script's rule for it."""

    kept: Kept
    message: Message
    function: Function
    rule: Rule | None

    @property
    def event(self) -> Event | None:
        """The time it is about."""
        times = self.message.calendar
        return times.events[0] if times and times.events else None


Act = Callable[[Desk, Asked], str]


def lie(desk: Desk, asked: Asked) -> str:
    """It lies in the inbox until it is answered, if it was not taken back before it came."""
    if _called_off(desk, asked):
        return "was taken back already"
    kept.note(desk.store, asked.kept.n, awaits=1)
    return "lies in the inbox"


def take_back(desk: Desk, asked: Asked) -> str:
    """A wish that is taken back: nothing awaits an answer, and a time that was given is free."""
    _call_off(desk, asked)
    for one in calendar.of_conversation(desk.store, asked.kept.conversation):
        _cancel(desk, one)
    return "taken back"


def reserve(desk: Desk, asked: Asked) -> str:
    """A time that was chosen: had or not, says the calendar; or a person or a script later."""
    event = asked.event
    if (
        event is None
        or not isinstance(event.start, datetime)
        or not isinstance(event.end, datetime)
    ):
        raise No("T99", "En time har klokkeslett.")
    if _called_off(desk, asked):
        return "was cancelled before it came"
    uid, owner = event.uid.casefold(), _owner(desk, asked, event)
    slot = calendar.slot_asked(desk.store, uid, owner, event.start, desk.now())
    insists = asked.rule is not None and asked.rule.deed.do == "confirm"
    if slot is None and not insists:
        answers.no_such_time(desk, asked.kept, asked.message, GONE)
        return "the time is not free: refused"
    made = calendar.put(
        desk.store,
        Appointment(
            uid=str(uuid4()),
            asked=uid,
            her_id=slot.her_id if slot else owner,
            patient=asked.kept.patient,
            starts=slot.starts if slot else event.start,
            ends=slot.ends if slot else event.end,
            state=PENDING,
            version=1,
            conversation=asked.kept.conversation,
            message=asked.kept.n,
            told="",
        ),
    )
    kept.note(desk.store, asked.kept.n, awaits=1)
    if desk.settings.by_hand or (asked.rule is not None and asked.rule.deed.do):
        return "the time is kept, and awaits a yes or a no"
    answers.confirm(desk, kept.number(desk.store, asked.kept.n), asked.message)
    return f"booked as {made.uid[:8]}"


def cancel(desk: Desk, asked: Asked) -> str:
    """The patient gives a time back: it is free at once."""
    one = _meant(desk, asked)
    if one is None:
        if asked.message.header.conversation and not _is_known(desk, asked):
            _call_off(desk, asked)
            return "cancelled before the booking came"
        raise No(OTHER, NO_SUCH_TIME)
    if one.patient != asked.kept.patient:
        raise No(OTHER, NO_SUCH_TIME)
    if one.state != CANCELLED:
        one = _cancel(desk, one)
    if asked.function.process is Process.CANCELLING:
        answers.cancelled(desk, asked.kept, asked.message, one)
    return "cancelled, the time is free"


ACTS: Mapping[tuple[Process, str], Act] = {
    (Process.ECONSULTATION, "Foresporsel"): lie,
    (Process.ECONSULTATION, "Svar"): lie,
    (Process.ENQUIRY, "Foresporsel"): lie,
    (Process.ENQUIRY, "Svar"): lie,
    (Process.RENEWAL, "Foresporsel"): lie,
    (Process.WISH, "OnskeReserver"): lie,
    (Process.WISH, "OnskeEndring"): lie,
    (Process.WISH, "OnskeAvbestill"): take_back,
    (Process.BOOKING, "ReserverAvtale"): reserve,
    (Process.BOOKING, "AvbestillAvtale"): cancel,
    (Process.CANCELLING, "AvbestillAvtale"): cancel,
}


def _cancel(desk: Desk, one: Appointment) -> Appointment:
    if one.message is not None:
        kept.note(desk.store, one.message, awaits=0)
    return calendar.put(desk.store, answers.changed(one, state=CANCELLED))


def _meant(desk: Desk, asked: Asked) -> Appointment | None:
    """Which appointment: by its own id, by that of the time that was asked for, or by the talk."""
    uid = asked.event.uid.casefold() if asked.event else ""
    found = calendar.appointment(desk.store, uid)
    if found is None:
        found = calendar.asked_for(desk.store, uid, asked.kept.patient)
    if found is None and asked.message.header.conversation:
        found = next(iter(calendar.of_conversation(desk.store, asked.kept.conversation)), None)
    return found


def _owner(desk: Desk, asked: Asked, event: Event) -> int:
    said = int(event.contact) if event.contact.isdigit() else asked.kept.receiver
    return said if said in desk.settings.her_ids else asked.kept.receiver


def _is_known(desk: Desk, asked: Asked) -> bool:
    return (
        kept.first(
            desk.store,
            "conversation = ? AND n != ? AND state != 'kept'",
            asked.kept.conversation,
            asked.kept.n,
        )
        is not None
    )


def _call_off(desk: Desk, asked: Asked) -> None:
    """Nothing that was sent before this counts any more in its conversation."""
    with desk.store.change() as change:
        change.execute(
            "INSERT OR REPLACE INTO called_off VALUES (?, ?)",
            (asked.kept.conversation, asked.kept.sent),
        )
        change.execute(
            "UPDATE messages SET awaits = 0 WHERE conversation = ?", (asked.kept.conversation,)
        )


def _called_off(desk: Desk, asked: Asked) -> bool:
    found = desk.store.connection.execute(
        "SELECT sent FROM called_off WHERE conversation = ?", (asked.kept.conversation,)
    ).fetchone()
    return found is not None and datetime.fromisoformat(found["sent"]) > datetime.fromisoformat(
        asked.kept.sent
    )
