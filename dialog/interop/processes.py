"""Which function of which process a message is, and whether it is a proper one: all from data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dialog.interop.codes import NoCodes, Tables
from dialog.interop.messages import (
    Attachment,
    Calendar,
    Code,
    Event,
    Message,
    Personnel,
    Prescription,
    Relation,
)
from dialog.interop.messages.message import Body
from dialog.interop.names import BY_TYPE, Process
from dialog.people.identity_number import NotAnIdentityNumber, parse

NO_ID, WRONG_ID, NOT_SUPPORTED, OTHERWISE = "E30", "E31", "T10", "T99"  # list 8221


class Side(StrEnum):
    """Who sends: the portal for a patient, or a practice's record system."""

    PATIENT = "patient"
    PRACTICE = "practice"


class Queue(StrEnum):
    """Whether somebody waits for the answer."""

    SYNC = "sync"
    ASYNC = "async"


class Says(StrEnum):
    """Whether the dialog asks or answers."""

    QUESTION = "question"
    NOTE = "note"


class Part(StrEnum):
    """What may come with the dialog."""

    CALENDAR = "calendar"
    RELATION = "relation"
    PERSONNEL = "personnel"
    PRESCRIPTION = "prescription"
    FILE = "file"


class Events(StrEnum):
    """How many events the calendar holds."""

    NONE = "none"
    ONE = "one"
    SOME = "some"
    ANY = "any"


PARTS: Mapping[Part, type[Body]] = {
    Part.CALENDAR: Calendar,
    Part.RELATION: Relation,
    Part.PERSONNEL: Personnel,
    Part.PRESCRIPTION: Prescription,
    Part.FILE: Attachment,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One thing a side can say in a process, and what a message that says it carries.

    ``kinds`` are lists and codes of TypeForesp or TemaKodet, the first is what we write;
    ``dialog`` and ``receipt`` are versions, and ``receipt`` is empty where none is sent, as when
    somebody waits for the answer; ``about`` tells whether it is about a patient; ``answers`` are
    the functions it answers.
    """

    process: Process
    side: Side
    name: str
    title: str
    says: Says
    queue: Queue
    kinds: tuple[tuple[str, str], ...]
    required: frozenset[Part]
    allowed: frozenset[Part]
    events: Events
    answers: tuple[str, ...]
    dialog: str
    receipt: str
    about: bool
    verified: bool

    @property
    def type(self) -> str:
        """The message type, and the subject on the bus."""
        return self.process.upper()


@dataclass(frozen=True, slots=True)
class Improper:
    """Why a message is no proper one of its function, with a code of list 8221."""

    code: str
    sentence: str


@cache
def functions(known: Tables) -> tuple[Function, ...]:
    """Every function of every process we take part in."""
    return tuple(
        _function(Process(name), Side(side), function, table, row)
        for name, table in known.functions.items()
        for side in Side
        for function, row in _rows(table.get(side)).items()
    )


def function(known: Tables, process: Process, side: Side, name: str) -> Function:
    """The function of that name."""
    wanted = (process, side, name)
    return next(
        one for one in functions(known) if (one.process, one.side, one.name) == wanted
    )  # fmt: skip


def recognised(
    message: Message, known: Tables, side: Side | None = None, queue: Queue | None = None
) -> Function | None:
    """Which function a message is, where only one can be meant."""
    found = candidates(message, known, side, queue)
    return found[0] if len({one.name for one in found}) == 1 else None


def candidates(
    message: Message, known: Tables, side: Side | None = None, queue: Queue | None = None
) -> tuple[Function, ...]:
    """Every function a message may be; ``side`` sent it and ``queue`` brought it, if one knows.

    By its kind; where that is not in our tables, by what comes with it and whether it answers.
    """
    process = BY_TYPE.get(message.header.type.value)
    kind = _kind(message)
    says = Says.NOTE if message.note else Says.QUESTION
    fits = tuple(
        one
        for one in functions(known)
        if one.process is process
        and one.says is says
        and side in (None, one.side)
        and queue in (None, one.queue)
    )
    named = tuple(one for one in fits if kind and (kind.list, kind.value) in one.kinds)
    return named or _by_what_it_carries(message, fits)


def _by_what_it_carries(message: Message, fits: tuple[Function, ...]) -> tuple[Function, ...]:
    carrying = tuple(one for one in fits if not _carries_otherwise(message, one))
    answering = bool(message.header.parent)
    alike = tuple(one for one in carrying if bool(one.answers) == answering)
    return alike or carrying


def improper(message: Message, function: Function) -> tuple[Improper, ...]:
    """Everything that keeps a message from being a proper one of this function."""
    return tuple(_improper(message, function))


def state_of(event: Event, known: Tables) -> str:
    """What has become of an appointment: booked, pending or cancelled; nothing if not said."""
    return known.states.get(event.property(known.state_property), "")


def _improper(message: Message, function: Function) -> Iterator[Improper]:
    dialog = message.dialog
    if dialog is None:
        yield Improper(OTHERWISE, "There is no Dialogmelding in it.")
        return
    if dialog.version != function.dialog:
        sentence = f"The process uses Dialogmelding {function.dialog}."
        yield Improper(NOT_SUPPORTED, sentence)
    if (message.note if function.says is Says.NOTE else message.question) is None:
        element = "Notat" if function.says is Says.NOTE else "Foresporsel"
        yield Improper(OTHERWISE, f"{function.name} is a {element}.")
    if function.about:
        yield from _patient(message)
    yield from _carries_otherwise(message, function)


def _patient(message: Message) -> Iterator[Improper]:
    number = message.header.patient.national_id if message.header.patient else ""
    if not number:
        yield Improper(NO_ID, "The patient must be known by identity number or D-number.")
        return
    try:
        parse(number)
    except NotAnIdentityNumber:
        yield Improper(WRONG_ID, "The patient's identity number is not one that can be.")


def _carries_otherwise(message: Message, function: Function) -> list[Improper]:
    carried = {part for part, kind in PARTS.items() if message.bodies(kind)}
    missing = sorted(function.required - carried)
    extra = sorted(carried - function.required - function.allowed)
    events = message.calendar.events if message.calendar else ()
    found = [Improper(OTHERWISE, f"{function.name} must have: {one}.") for one in missing]
    found += [Improper(OTHERWISE, f"{function.name} may not have: {one}.") for one in extra]
    if function.events is Events.ONE and len(events) > 1:
        found.append(Improper(OTHERWISE, f"{function.name} is about one time."))
    if function.events in (Events.ONE, Events.SOME) and message.calendar and not events:
        found.append(Improper(OTHERWISE, f"{function.name} must say a time."))
    return found


def _kind(message: Message) -> Code | None:
    said = message.note or message.question
    return said.kind if said else None


def _rows(table: object) -> Mapping[str, Mapping[str, object]]:
    return table if isinstance(table, dict) else {}


def _function(
    process: Process, side: Side, name: str, table: Mapping[str, object], row: Mapping[str, object]
) -> Function:
    try:
        queue = Queue(str(row.get("queue", Queue.ASYNC)))
        return Function(
            process=process,
            side=side,
            name=name,
            title=str(row["title"]),
            says=Says(str(row["says"])),
            queue=queue,
            kinds=tuple(_pair(one) for one in _words(row["kinds"])),
            required=frozenset(Part(one) for one in _words(row.get("required", []))),
            allowed=frozenset(Part(one) for one in _words(row.get("allowed", []))),
            events=Events(str(row.get("events", Events.NONE))),
            answers=tuple(_words(row.get("answers", []))),
            dialog=str(table["dialog"]),
            receipt=str(table["receipt"]) if queue is Queue.ASYNC else "",
            about={**table, **row}["about_patient"] is True,
            verified={**table, **row}.get("verified") is True,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise NoCodes(f"functions.toml: {process}, {side}, {name}: {error}") from error


def _words(said: object) -> list[str]:
    if not isinstance(said, list):
        raise TypeError("a list of words is expected")
    return [str(one) for one in said]


def _pair(said: str) -> tuple[str, str]:
    number, _colon, value = said.partition(":")
    if not value:
        raise ValueError(f"{said!r}: write list:code")
    return number, value
