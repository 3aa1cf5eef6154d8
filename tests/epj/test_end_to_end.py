"""Processes over a broker with TLS and passwords: a portal's side, and the record system's."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dialog.interop.messages import Message
from dialog.interop.names import Process
from epj import system
from epj.development import FOLDER, SETTINGS_FILE
from tests.buses import soon
from tests.epj.numbers import KARI, KNOWN, LUND
from tests.epj.office import tomorrow
from tests.epj.portal_side import PortalSide
from tests.epj.running import Ends, ends

__all__ = ["ends"]
STATE = KNOWN.state_property


@pytest.fixture(scope="module")
def portal(ends: Ends) -> Iterator[PortalSide]:
    made = PortalSide(ends.data / FOLDER / SETTINGS_FILE)
    yield made
    made.close()


def state(message: Message) -> str:
    return message.calendar.events[0].property(STATE)


@pytest.mark.parametrize(
    ("process", "answer", "kind"),
    [
        (Process.ECONSULTATION, ("answer", "{n}", "Hvil"), "Svar"),
        (Process.ECONSULTATION, ("answer", "{n}", "Når?", "--ask"), "DI"),
        (Process.ENQUIRY, ("answer", "{n}", "Klokka ni", "--close"), "SvarAvsluttet"),
        (Process.RENEWAL, ("renew", "{n}"), "14"),
    ],
)
def test_a_patient_writes_and_the_office_answers(
    ends: Ends, portal: PortalSide, process: Process, answer: tuple[str, ...], kind: str
) -> None:
    words = f"Spørsmål {kind} om {process}"
    asked = portal.asks(process, "Foresporsel", text=words)

    assert portal.receipt(asked).taken
    n = ends.number(words)
    assert words in ends.do("show", n)
    ends.do(*(one.format(n=n) for one in answer))

    answered = portal.answer(asked)
    assert (answered.note or answered.question).kind.value == kind
    assert soon(lambda: "Sent, receipt not here yet: 0" in ends.do("status"))


def test_a_wish_for_a_time(ends: Ends, portal: PortalSide) -> None:
    asked = portal.asks(Process.WISH, "OnskeReserver", text="Ønsker kontroll")
    at = f"{tomorrow(9)}T10:00"
    ends.do("give", ends.number("Ønsker kontroll"), "Velkommen", "--at", at)

    given = portal.answer(asked)
    assert given.note.text.plain == "Velkommen"
    assert state(given) == "CONFIRMED"
    assert f"{tomorrow(9)} 10:00–10:20  booked" in ends.do("calendar")


def test_a_time_is_found_booked_and_given_back(ends: Ends, portal: PortalSide) -> None:
    day = tomorrow(3)
    ends.do("calendar", "free", "--from", f"{day}T08:00", "--to", f"{day}T09:00")
    free = portal.waits_for(Process.BOOKING, "HentLedigeTimer", start=day, end=day)
    (first, *others) = free.calendar.events
    assert (first.contact, len(others)) == (str(LUND), 2)

    asked = portal.asks(Process.BOOKING, "ReserverAvtale", events=(first,))
    yes = portal.answer(asked)
    (booked,) = yes.calendar.events
    assert (booked.related_to, state(yes)) == (first.uid, "CONFIRMED")
    again = portal.asks(Process.BOOKING, "ReserverAvtale", events=(first,))
    assert portal.answer(again).calendar is None

    back = portal.asks(
        Process.BOOKING,
        "AvbestillAvtale",
        events=(replace(first, uid=booked.uid),),
        answers=asked,
    )
    assert portal.receipt(back).taken
    free = portal.waits_for(Process.BOOKING, "HentLedigeTimer", start=day, end=day)
    assert first in free.calendar.events


def test_the_calendar_tells_each_change(ends: Ends, portal: PortalSide) -> None:
    portal.receipt(portal.asks(Process.ENQUIRY, "Foresporsel", text="Så dere kjenner meg"))
    day = tomorrow(6)
    printed = ends.do("calendar", "book", KARI.family, "--at", f"{day}T12:00")
    uid = printed.split()[0]
    made = portal.news(Process.APPOINTMENTS)
    ends.do("calendar", "move", uid, "--at", f"{day}T13:00")
    moved = portal.news(Process.APPOINTMENTS)
    portal.asks(Process.CANCELLING, "AvbestillAvtale", events=(moved.calendar.events[0],))
    cancelled = portal.news(Process.CANCELLING)

    assert {one.calendar.events[0].uid[:8] for one in (made, moved, cancelled)} == {uid}
    assert [state(one) for one in (made, moved, cancelled)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_the_office_writes_first(ends: Ends, portal: PortalSide) -> None:
    portal.receipt(portal.asks(Process.ENQUIRY, "Foresporsel", text="Så dere kjenner meg"))
    ends.do("write", KARI.national_id, "Ta en blodprøve", "--e-consultation")

    message = portal.first(
        Message,
        lambda one: one.question is not None and one.question.text.plain == "Ta en blodprøve",
    )
    assert message.header.type.value == Process.ECONSULTATION.upper()


def test_practitioners_and_tests_both_ways(ends: Ends, portal: PortalSide) -> None:
    answer = portal.waits_for(Process.PRACTITIONERS, "Hent")
    assert answer.note.roles[0].professional.her_id == str(LUND)
    portal.waits_for(Process.TEST, "Foresporsel", text="Hei")
    assert re.search(r"8000001 answered in \d+ ms", ends.do("test"))


def test_nobody_hears_anything_wrong(ends: Ends, portal: PortalSide) -> None:
    assert portal.faults == []
    assert "!" not in ends.do("status")


def test_killed_wherever_it_stood_it_loses_nothing_and_does_nothing_twice(
    ends: Ends, portal: PortalSide, tmp_path: Path
) -> None:
    script = tmp_path / "script.toml"
    script.write_text(
        '[[rule]]\nprocess = "Ekontakt"\ncontains = "Nummer"\ndo = "answer"\ntext = "Ja"\n'
        + "".join(f'[[crash]]\nwhen = "{when}"\n' for when in ("kept", "handled", "sent"))
    )
    ends.stop()
    asked = [portal.asks(Process.ENQUIRY, "Foresporsel", text=f"Nummer {at}") for at in range(5)]
    for _death in range(3):
        ends.start(script, dies=True)
        ends.has_ended()
    ends.start(script)

    for one in asked:
        assert portal.answer(one).note.text.plain == "Ja"
    assert soon(lambda: "receipt not here yet: 0" in ends.do("status"))
    wanted = {one.header.id for one in asked}
    answers = {
        one.header.id
        for one in portal.heard
        if isinstance(one, Message) and one.header.conversation in wanted
    }
    assert len(answers) == 5


def test_without_a_broker_it_keeps_what_it_says(ends: Ends, portal: PortalSide) -> None:
    asked = portal.asks(Process.ENQUIRY, "Foresporsel", text="Før det ble mørkt")
    n = ends.number("Før det ble mørkt")
    assert portal.receipt(asked).taken
    ends.broker.kill()
    ends.do("answer", n, "Er du der?")
    assert "Waiting to be sent:         1" in ends.do("status")
    ends.broker.start()

    assert portal.answer(asked).note.text.plain == "Er du der?"


def test_two_do_not_run_at_once(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "alone", partial(system.alone, patience=0.1))
    assert ends.process and ends.process.poll() is None  # else this one would run, and never end
    assert "running already" in ends.do("run", refused=True)
