"""A message of ours for every function of every process; nobody in them is anybody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from dialog.interop.building import (
    Content,
    Envelope,
    acting,
    coded,
    compose,
    party,
    practitioner,
    with_state,
)
from dialog.interop.codes import tables
from dialog.interop.messages import (
    Attachment,
    Code,
    Event,
    Identity,
    Message,
    Person,
    Professional,
    Question,
    Role,
    Telecom,
    Text,
)
from dialog.interop.messages.people import her, national
from dialog.interop.processes import Events, Function, Part, Side, functions
from dialog.people.identity_number import synthetic

KNOWN = tables()
KARI = Person(family="Nordmann", given="Kari", identities=(national(synthetic(date(1985, 3, 14))),))
OLA = Person(family="Nordmann", given="Ola", identities=(national(synthetic(date(2018, 6, 2))),))
LUND = Professional(
    person=Person(
        family="Lund",
        given="Ingrid",
        identities=(
            Identity("9000001", Code(value="HPR", list="8116", text="HPR-nummer")),
            her("8000002", person=True),
        ),
        telecom=(Telecom("tel:22000000"),),
    ),
    kind=Code(value="LE", text="Lege"),
    role=coded("9034", "6", KNOWN),
)
PORTAL = party("Helsenorge", "8000010", "Innbyggerdialog", "8000011")
OFFICE = practitioner("Storgata legesenter", "8000001", LUND)
SLOT = Event(
    uid="1d4b6a0e-6f0e-4c39-9a53-52b4a1a6d0f1",
    start=datetime(2026, 5, 18, 7, 20, tzinfo=UTC),
    end=datetime(2026, 5, 18, 7, 40, tzinfo=UTC),
    contact="8000002",
    summary="Konsultasjon",
    description="Møt opp fem minutter før.\nTa med legemiddelliste.",
    categories=("Ordinær",),
)
BOOKED = with_state(
    replace(SLOT, uid="7e0c3c8b-8e39-4d6f-8f0a-40c7f3e0a9c2", related_to=SLOT.uid), "booked", KNOWN
)
LATER = replace(
    SLOT,
    uid="0b3a1a37-4b5e-4d4b-90ff-19d2a9b6a1e3",
    start=SLOT.end,
    end=datetime(2026, 5, 18, 8, 0, tzinfo=UTC),
)
PICTURE = Attachment(content=b"\x89PNG" * 30, mime_type="image/png", description="utslett.png")
WORDS = "Hei!\n\nJeg lurer på noe: er 38 > 37 °C farlig?\n– Kari & Ola «hilser»"


def envelope(function: Function) -> Envelope:
    ends = (PORTAL, OFFICE) if function.side is Side.PATIENT else (OFFICE, PORTAL)
    first = "11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1" if function.answers else ""
    return Envelope(
        id="5c1f7a52-2b0b-4f86-9c5e-0d6f0a8f8d11",
        sent=datetime(2026, 5, 15, 7, 20, tzinfo=UTC),
        sender=ends[0],
        receiver=ends[1],
        patient=KARI if function.about else None,
        parent=first,
        conversation=first,
    )


def content(function: Function, *, behalf: bool = False) -> Content:
    """Something of all that the function may carry."""
    carried = function.required | function.allowed
    return Content(
        text=WORDS,
        subject="" if function.queue == "sync" else "En ting til",
        events=_events(function),
        relation=acting(KARI, "FO", KNOWN) if behalf else None,
        professionals=(LUND,) if Part.PERSONNEL in carried else (),
        files=(PICTURE,) if Part.FILE in carried else (),
        start=date(2026, 5, 18) if function.name == "HentLedigeTimer" else None,
        end=date(2026, 5, 31) if function.name == "HentLedigeTimer" else None,
        extra=coded("8324", "AP", KNOWN) if ("7601", "RF") in function.kinds else None,
        question=_question() if function.answers and function.says == "note" else None,
        roles=(Role(kind=coded("9057", "1", KNOWN), professional=LUND),)
        if function.side is Side.PRACTICE
        else (),
    )


def built(function: Function, *, behalf: bool = False) -> Message:
    """A golden message of a function; on behalf of a child where ``behalf``."""
    said = envelope(function)
    if behalf:
        said = replace(said, patient=OLA)
    return compose(function, said, content(function, behalf=behalf), KNOWN)


def cases() -> Iterator[tuple[Function, bool]]:
    """Every function, and once more on behalf of a child where it may carry that."""
    for function in functions(KNOWN):
        yield function, False
        if Part.RELATION in function.allowed:
            yield function, True


def _events(function: Function) -> tuple[Event, ...]:
    if function.events is Events.NONE:
        return ()
    if function.name == "SvarLedigeTimer":
        return (SLOT, LATER)
    return (BOOKED if function.side is Side.PRACTICE else SLOT,)


def _question() -> Question:
    return Question(kind=coded("7601", "DI", KNOWN), subject="Emne", text=Text(plain=WORDS))
