"""The calendar: free times and appointments, each with an id and a version of its own.

A free time is offered as long as it is open, lies ahead and no appointment lies over it; so giving
an appointment up gives its time back, and nothing has to remember that.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from epj.refusal import Refusal
from epj.store import Store

OSLO = ZoneInfo("Europe/Oslo")
BOOKED, PENDING, CANCELLED = "booked", "pending", "cancelled"
MOST = 2000  # free times in one answer
_OVER = "her_id = ? AND state != 'cancelled' AND starts < ? AND ends > ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A free time of a practitioner."""

    uid: str
    her_id: int
    starts: datetime
    ends: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A time somebody has, or has asked for. ``asked`` is the id of the time they asked for;
    ``message`` the number of the message that asked; ``told`` when we last said anything of it.
    """

    uid: str
    asked: str
    her_id: int
    patient: str
    starts: datetime
    ends: datetime
    state: str
    version: int
    conversation: str
    message: int | None
    told: str


def open_times(
    store: Store, *, her_id: int, begins: datetime, ends: datetime, minutes: int
) -> list[Slot]:
    """Free times one after another; those that would lie over another are left out."""
    made, start, length = [], begins, timedelta(minutes=minutes)
    with store.change() as change:
        while start + length <= ends:
            if not _is_taken(store, her_id, start, start + length):
                slot = Slot(
                    uid=str(uuid4()), her_id=her_id, starts=start, ends=start + length, version=1
                )
                change.execute(
                    "INSERT INTO slots (uid, her_id, starts, ends) VALUES (?, ?, ?, ?)",
                    (slot.uid, her_id, _text(slot.starts), _text(slot.ends)),
                )
                made.append(slot)
            start += length
    return made


def close_time(store: Store, uid: str) -> None:
    """Offer a free time no more."""
    with store.change() as change:
        change.execute("UPDATE slots SET is_open = 0, version = version + 1 WHERE uid = ?", (uid,))


def offered(
    store: Store, her_ids: tuple[int, ...], first: date | None, last: date | None, now: datetime
) -> list[Slot]:
    """The free times of these practitioners between two days; of the next 30 days if not said."""
    begins = datetime.combine(first, datetime.min.time(), OSLO) if first else now
    ends = (
        datetime.combine(last, datetime.min.time(), OSLO) + timedelta(days=1)
        if last
        else max(begins, now) + timedelta(days=30)
    )
    marks = ", ".join("?" for _one in her_ids)
    rows = store.connection.execute(
        f"SELECT * FROM slots AS s WHERE is_open AND her_id IN ({marks}) "  # noqa: S608 - marks only
        "AND starts >= ? AND starts < ? AND NOT EXISTS (SELECT 1 FROM appointments AS a "
        "WHERE a.her_id = s.her_id AND a.state != 'cancelled' "
        "AND a.starts < s.ends AND a.ends > s.starts) ORDER BY starts, her_id LIMIT ?",
        (*her_ids, _text(max(begins, now)), _text(ends), MOST),
    )
    return [_slot(row) for row in rows]


def slot_asked(store: Store, uid: str, her_id: int, starts: datetime, now: datetime) -> Slot | None:
    """The free time somebody asks for, if it can be had: by its id, else by whose and when."""
    row = store.connection.execute(
        "SELECT * FROM slots WHERE is_open AND starts > ? AND "
        "(uid = ? OR (her_id = ? AND starts = ?)) ORDER BY uid != ?",
        (_text(now), uid, her_id, _text(starts), uid),
    ).fetchone()
    if row is None:
        return None
    slot = _slot(row)
    moved = slot.starts != starts
    return None if moved or is_busy(store, slot.her_id, slot.starts, slot.ends) else slot


def is_busy(store: Store, her_id: int, starts: datetime, ends: datetime, but: str = "") -> bool:
    """Whether the practitioner has an appointment then, another than ``but``."""
    rows = store.connection.execute(
        f"SELECT uid FROM appointments WHERE {_OVER}",  # noqa: S608 - a constant
        (her_id, _text(ends), _text(starts)),
    )
    return any(row["uid"] != but for row in rows)


def put(store: Store, made: Appointment) -> Appointment:
    """Write down an appointment, new or changed."""
    with store.change() as change:
        change.execute(
            "INSERT OR REPLACE INTO appointments (uid, asked, her_id, patient, starts, ends, "
            "state, version, conversation, message, told) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                made.uid,
                made.asked,
                made.her_id,
                made.patient,
                _text(made.starts),
                _text(made.ends),
                made.state,
                made.version,
                made.conversation,
                made.message,
                made.told,
            ),
        )
    return made


def appointment(store: Store, uid: str) -> Appointment | None:
    """The appointment of that id."""
    return next(_appointments(store, "uid = ?", uid), None)


def meant(store: Store, words: str) -> Appointment:
    """The appointment somebody means: its id, or enough of its beginning."""
    plain = words.casefold()
    found = list(_appointments(store, "substr(uid, 1, ?) = ?", len(plain), plain))
    if len(found) == 1:
        return found[0]
    raise Refusal(
        f"{len(found) or 'No'} appointments begin with {words}. See: epj calendar"
        if plain
        else "Say which appointment. See: epj calendar"
    )


def asked_by(store: Store, message: int) -> Appointment | None:
    """The appointment a message asked for."""
    return next(_appointments(store, "message = ?", message), None)


def of_conversation(store: Store, conversation: str) -> list[Appointment]:
    """The appointments of a conversation that are not cancelled."""
    return list(_appointments(store, "conversation = ? AND state != 'cancelled'", conversation))


def asked_for(store: Store, uid: str, patient: str) -> Appointment | None:
    """What a patient has by the id of the time they asked for, the newest first."""
    return next(
        _appointments(store, "asked = ? AND patient = ? ORDER BY rowid DESC", uid, patient), None
    )


def between(store: Store, begins: datetime, ends: datetime) -> list[Appointment]:
    """All appointments in a stretch of time, cancelled ones too."""
    where = "starts < ? AND ends > ? ORDER BY starts, her_id"
    return list(_appointments(store, where, _text(ends), _text(begins)))


def moment(words: str) -> datetime:
    """A time as a person writes it, 2026-05-18T09:20; without a zone it is in Norway."""
    try:
        said = datetime.fromisoformat(words)
    except ValueError:
        raise Refusal(f"{words} is no time. Write it as 2026-05-18T09:20.") from None
    return (said if said.tzinfo else said.replace(tzinfo=OSLO)).astimezone(UTC)


def _is_taken(store: Store, her_id: int, starts: datetime, ends: datetime) -> bool:
    over = store.connection.execute(
        "SELECT 1 FROM slots WHERE is_open AND her_id = ? AND starts < ? AND ends > ?",
        (her_id, _text(ends), _text(starts)),
    ).fetchone()
    return over is not None or is_busy(store, her_id, starts, ends)


def _appointments(store: Store, where: str, *values: object) -> Iterator[Appointment]:
    rows = store.connection.execute(
        f"SELECT * FROM appointments WHERE {where}",  # noqa: S608 - the conditions are ours
        values,
    ).fetchall()
    for row in rows:
        said = dict(row)
        said |= {name: datetime.fromisoformat(row[name]) for name in ("starts", "ends")}
        yield Appointment(**said)


def _slot(row: sqlite3.Row) -> Slot:
    return Slot(
        uid=row["uid"],
        her_id=row["her_id"],
        starts=datetime.fromisoformat(row["starts"]),
        ends=datetime.fromisoformat(row["ends"]),
        version=row["version"],
    )


def _text(said: datetime) -> str:
    """In universal time and whole seconds, so that texts are in the order of times."""
    return said.astimezone(UTC).isoformat(timespec="seconds")
