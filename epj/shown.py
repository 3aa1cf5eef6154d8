"""The inbox, a message, the calendar and the state of things, as lines on a terminal."""

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from dialog.interop.messages import Message
from dialog.interop.names import APPREC
from dialog.interop.processes import Side, recognised
from dialog.interop.reading import Refused, read
from dialog.interop.showing import Shown
from epj import calendar, kept, patients
from epj.calendar import OSLO
from epj.desk import Desk, short, words_of
from epj.kept import Kept, State

WIDTH = 60
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f]")
TROUBLES = {
    State.UNANSWERED: "without a receipt",
    State.REJECTED: "rejected by the receiver",
    State.COMPLAINED: "not opened or believed by the receiver",
    State.PARKED: "laid aside",
}


def inbox(desk: Desk, *, everything: bool) -> Iterator[str]:
    """What awaits an answer, or all that came, a line each."""
    where = "process != '' AND direction = 'in'"
    if not everything:
        where += " AND awaits"
    found = list(kept.every(desk.store, f"{where} ORDER BY sent, n"))
    for one in found:
        yield _line(desk, one)
    if not found:
        yield "Nothing came yet." if everything else "Nothing awaits an answer."


def message(desk: Desk, n: int) -> Iterator[str]:
    """A message with what became of it, and what was answered."""
    one = kept.number(desk.store, n)
    answered = f", to message {one.answers}" if one.answers else ""
    code = f" ({one.code})" if one.code else ""
    yield f"{n}: {one.direction}, {one.state}{code}{answered}"
    yield ""
    if one.content:
        yield from _content(desk, one)
    else:
        yield f"{len(one.wire)} bytes that could not be opened."
    for other in kept.every(desk.store, "answers = ? AND function != ? ORDER BY n", n, APPREC):
        yield f"→ {other.n}: {other.name}, {other.state}"
    for fault in desk.store.connection.execute("SELECT * FROM faults WHERE message = ?", (n,)):
        yield f"! {fault['condition']}: {fault['description']}"


def days(desk: Desk, begins: datetime, ends: datetime) -> Iterator[str]:
    """Appointments and free times, in the order of time."""
    rows = [
        (one.starts, _appointment(desk, one)) for one in calendar.between(desk.store, begins, ends)
    ]
    last = ends.astimezone(OSLO).date() - timedelta(days=1)
    first = begins.astimezone(OSLO).date()
    for slot in calendar.offered(desk.store, desk.settings.her_ids, first, last, desk.now()):
        who = desk.settings.practitioner(slot.her_id).name
        rows.append((slot.starts, f"{_period(slot.starts, slot.ends)}  free       {who}"))
    yield from (line for _starts, line in sorted(rows))
    if not rows:
        yield "Nothing in the calendar. Offer times with: epj calendar free --from … --to …"


def status(desk: Desk) -> Iterator[str]:
    """What waits, what went wrong, and what the bus complained of."""
    counts = dict(
        desk.store.connection.execute(
            "SELECT direction || ' ' || state, count(*) FROM messages GROUP BY 1"
        ).fetchall()
    )
    waiting = kept.every(desk.store, "awaits AND direction = 'in'")
    yield f"Awaiting an answer from us: {len(list(waiting))}"
    yield f"Came and not handled yet:   {counts.get(f'in {State.KEPT}', 0)}"
    yield f"Waiting to be sent:         {counts.get(f'out {State.DUE}', 0)}"
    yield f"Sent, receipt not here yet: {counts.get(f'out {State.SENT}', 0)}"
    yield f"Received over there:        {counts.get(f'out {State.RECEIVED}', 0)}"
    for state, words in TROUBLES.items():
        for one in kept.every(desk.store, "state = ? ORDER BY n", state):
            code = f" ({one.code})" if one.code else ""
            yield f"! {one.direction} {one.n}  {short(one.process)} {one.name}: {words}{code}"
    for fault in desk.store.connection.execute("SELECT * FROM faults ORDER BY id"):
        about = f", about {fault['message']}" if fault["message"] else ""
        when = datetime.fromtimestamp(fault["at"], OSLO)
        yield f"! {when:%d.%m. %H:%M}  {fault['sender']} says {fault['condition']}{about}"


def harmless(line: str) -> str:
    """A line without what would steer a terminal: it may hold the words of anybody."""
    return _STEERING.sub("", line)


def said(words: str) -> str:
    """What happened, with the time."""
    return f"{time.strftime('%H:%M:%S')}  {words}"


def _line(desk: Desk, one: Kept) -> str:
    found = _read(desk, one)
    words = " ".join(words_of(found).split()) if found else ""
    title = _title(desk, one, found)
    patient = patients.known(desk.store, one.patient)
    when = datetime.fromisoformat(one.sent).astimezone(OSLO) if one.sent else None
    return "  ".join(
        (
            f"{one.n:>5}",
            f"{when:%d.%m. %H:%M}" if when else " " * 12,
            f"{patient.name if patient else '':<24}",
            f"{title:<26}",
            f"{'awaits' if one.awaits else one.state:<9}",
            words[:WIDTH],
        )
    ).rstrip()


def _title(desk: Desk, one: Kept, found: Message | None) -> str:
    function = recognised(found, desk.known, Side.PATIENT) if found else None
    return function.title if function else short(one.process)


def _read(desk: Desk, one: Kept) -> Message | None:
    if not one.content:
        return None
    try:
        found = read(one.content, desk.known)
    except Refused:
        return None
    return found if isinstance(found, Message) else None


def _content(desk: Desk, one: Kept) -> Iterator[str]:
    try:
        found = read(one.content, desk.known)
    except Refused as refused:
        yield f"{refused.code}: {refused.sentence}"
    else:
        yield from Shown(desk.known, full=True).lines(found)


def _appointment(desk: Desk, one: calendar.Appointment) -> str:
    patient = patients.known(desk.store, one.patient)
    who = desk.settings.practitioner(one.her_id).name
    name = patient.name if patient else one.patient
    version = f"{one.uid[:8]} v{one.version}"
    return f"{_period(one.starts, one.ends)}  {one.state:<10} {who}  {name}  {version}"


def _period(starts: datetime, ends: datetime) -> str:
    first, last = starts.astimezone(OSLO), ends.astimezone(OSLO)
    return f"{first:%Y-%m-%d %H:%M}–{last:%H:%M}"
