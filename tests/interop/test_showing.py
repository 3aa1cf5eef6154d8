"""A message as a person reads it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dialog.interop.building import receipt_for, with_state
from dialog.interop.messages import (
    Attachment,
    Calendar,
    Document,
    Event,
    Kept,
    Message,
    Persons,
    Prescription,
    Question,
    Text,
)
from dialog.interop.names import Process
from dialog.interop.processes import Function, Side, function
from dialog.interop.reading import read
from dialog.interop.showing import Shown
from dialog.people.identity_number import synthetic
from tests.interop.built import KARI, KNOWN, LUND, SLOT, built, cases
from tests.interop.messages import changed

KARIS = synthetic(date(1985, 3, 14))
ASKS = function(KNOWN, Process.ECONSULTATION, Side.PATIENT, "Foresporsel")


def shown(message: Message, *, full: bool = False) -> list[str]:
    return list(Shown(KNOWN, full=full).lines(message))


def with_body(body: object) -> Message:
    return replace(built(ASKS), documents=(Document(bodies=(body,)),))


@pytest.mark.parametrize(("function", "behalf"), list(cases()))
def test_every_message_says_what_it_is_and_hides_the_number(
    function: Function, behalf: bool
) -> None:
    lines = shown(built(function, behalf=behalf))

    assert lines[0].partition(": ")[2] in (function.title, function.title.split()[0])
    assert KARIS not in "\n".join(lines)


def test_who_to_whom_about_whom_and_when() -> None:
    lines = shown(built(ASKS, behalf=True))

    assert lines[0] == "Dialog med innbygger - eKonsultasjon: Spørsmål"
    assert "Fra:          Helsenorge (HER-id 8000010), Innbyggerdialog (HER-id 8000011)" in lines
    assert (
        "Til:          Storgata legesenter (HER-id 8000001), Ingrid Lund (HER-id 8000002)" in lines
    )
    assert "Sendt:        15.05.2026 kl. 09:20" in lines
    assert f"Handler for pasienten: Kari Nordmann, {KARIS[:6]} *****, Foreldreansvar (FO)" in lines
    assert "  Jeg lurer på noe: er 38 > 37 °C farlig?" in lines
    assert "Vedlegg:      utslett.png, image/png, 120 byte" in lines


def test_the_whole_number_is_shown_to_who_asks() -> None:
    assert f"Gjelder:      Kari Nordmann, {KARIS}" in shown(built(ASKS), full=True)


def test_times_are_in_norway() -> None:
    free = function(KNOWN, Process.BOOKING, Side.PRACTICE, "SvarLedigeTimer")
    lines = shown(built(free))

    assert "  18.05.2026 kl. 09:20–09:40  Konsultasjon, Ordinær" in lines
    assert "Behandler:    Ingrid Lund (HPR 9000001)" in lines
    assert "Svarer på:" in lines


def test_a_whole_day_ends_on_its_day_and_a_long_one_on_another() -> None:
    day = Event(uid="a", contact="8", start=date(2026, 5, 17), end=date(2026, 5, 18))
    night = replace(SLOT, end=datetime(2026, 5, 19, 6, 0, tzinfo=UTC))
    calendar = Calendar(events=(day, with_state(night, "cancelled", KNOWN)))

    lines = shown(with_body(calendar))

    assert "  17.05.2026" in lines
    assert "  18.05.2026 kl. 09:20 – 19.05.2026 kl. 08:00  Konsultasjon, Ordinær, avlyst" in lines


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (Persons((KARI,)), f"Person:       Kari Nordmann, {KARIS[:6]} *****"),
        (Kept("urn:x", "Hva", "<Hva/>"), "Annet innhold: Hva (urn:x)"),
        (Attachment(content=b"a" * 2_500_000), "Vedlegg:      uten navn, 2,5 MB"),
        (Attachment(content=b"a" * 2500, description="a.pdf"), "Vedlegg:      a.pdf, 2 kB"),
        (Attachment(reference="https://x.no/a"), "Vedlegg:      uten navn, https://x.no/a"),
        (
            Prescription("", ("Ventoline", "Paracet"), "2026-05-01", "2027-05-01"),
            "Resept:       Ventoline, Paracet (2026-05-01 – 2027-05-01)",
        ),
    ],
)
def test_what_came_with_it(body: object, line: str) -> None:
    assert line in shown(with_body(body))


def test_a_receipt_is_told_in_words() -> None:
    sent = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)
    header = built(ASKS).header
    receipt = receipt_for(header, id="k", sent=sent, known=KNOWN, errors=["E35"])

    lines = list(Shown(KNOWN).lines(receipt))

    assert lines[0] == "Applikasjonskvittering: Avvist (2)"
    assert "Feil:         Pasienten er ukjent hos mottakeren (E35)" in lines
    assert any(LUND.person.name in line for line in lines)


def test_what_was_taken_knowingly_is_named() -> None:
    found = read(changed("09:20:00+02:00", "09:20:00"))

    assert isinstance(found, Message)
    assert shown(found)[-1] == "Tatt likevel: time-without-zone, her-id-on-one-level"


def test_nothing_steers_the_terminal() -> None:
    asked = built(ASKS).question
    assert isinstance(asked, Question)
    dialog = replace(built(ASKS).dialog, questions=(replace(asked, text=Text(plain="a\x9b2Jb")),))

    assert "  a2Jb" in shown(with_body(dialog))
