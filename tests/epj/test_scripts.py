"""Scripts: what the record system does by itself, for tests and for showing."""

import os
from pathlib import Path

import pytest

from dialog.interop.names import Process
from epj import kept, scripts
from epj.kept import State
from epj.refusal import Refusal
from tests.epj.numbers import KNOWN
from tests.epj.office import Office, event


def follows(epj: Office, text: str) -> Office:
    """Let it follow a script from now on."""
    path = epj.folder / "script.toml"
    path.write_text(text)
    epj.script = scripts.read(path)
    epj.begin_again()
    return epj


def test_an_answer_in_words(epj: Office) -> None:
    follows(
        epj,
        """
        [[rule]]
        process = "Ekonsultasjon"
        contains = "kne"
        do = "refer"
        text = "Bestill time"
        [[rule]]
        process = "Ekonsultasjon"
        do = "answer"
        text = "Drikk te"
        """,
    )
    epj.hears(Process.ECONSULTATION, "Foresporsel", text="Vondt i KNEET")
    epj.hears(Process.ECONSULTATION, "Foresporsel", text="Hoste")
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hoste")

    said = [(one.note.kind.value, one.note.text.plain) for one in epj.messages()]
    assert said == [("BestillTime", "Bestill time"), ("Svar", "Drikk te")]
    (left,) = epj.inbox()
    assert kept.number(epj.store, left).process == Process.ENQUIRY


def test_after_a_while_and_also_after_a_power_cut(epj: Office) -> None:
    follows(epj, '[[rule]]\nprocess = "Reseptfornyelse"\ndo = "renew"\nafter = 3600.0')
    epj.hears(Process.RENEWAL, "Foresporsel", text="Metoprolol")
    assert epj.messages() == []

    epj.begin_again()
    epj.store.connection.execute("UPDATE tasks SET due = 0")
    epj.work()
    epj.work()

    assert [one.note.kind.value for one in epj.messages()] == ["14"]


def test_what_came_to_nothing_is_told_and_not_tried_for_ever(epj: Office) -> None:
    follows(epj, '[[rule]]\nprocess = "Timeonske"\ndo = "give"')
    epj.hears(Process.WISH, "OnskeReserver", text="Kontroll")

    assert any("no free time" in one for one in epj.happened)
    assert epj.inbox() == [1]
    assert epj.system.round() == 0


@pytest.mark.parametrize(("do", "many"), [("confirm", 1), ("refuse", 0), ("nothing", None)])
def test_bookings_as_the_script_says(epj: Office, do: str, many: int | None) -> None:
    (slot, *_others) = epj.offers()
    follows(epj, f'[[rule]]\nprocess = "Timereservasjon"\ndo = "{do}"')
    epj.hears(Process.BOOKING, "ReserverAvtale", events=(event(slot),))

    answers = epj.messages()
    if many is None:
        assert answers == [] and epj.inbox() == [1]
    else:
        assert [len(one.calendar.events) if one.calendar else 0 for one in answers] == [many]


def test_a_receipt_that_never_comes_or_says_no(epj: Office) -> None:
    follows(
        epj,
        """
        [[rule]]
        process = "Ekontakt"
        receipt = "no"
        times = 1
        [[rule]]
        process = "Reseptfornyelse"
        receipt = "E35"
        """,
    )
    asked = epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    assert epj.says() == [] and epj.inbox() == [1]
    epj.takes(asked)
    assert [one.taken for one in epj.receipts()] == [True]

    epj.hears(Process.RENEWAL, "Foresporsel", text="Metoprolol")
    (no,) = epj.receipts()
    assert [(one.value, one.text) for one in no.errors] == [("E35", KNOWN.text("8221", "E35"))]
    assert epj.inbox() == [1]


def test_what_comes_again_is_done_again_where_the_script_says_so(epj: Office) -> None:
    (slot, *_others) = epj.offers()
    follows(epj, '[[rule]]\nprocess = "Timereservasjon"\ndo = "confirm"\nagain = true')
    asked = epj.hears(Process.BOOKING, "ReserverAvtale", events=(event(slot),))
    epj.takes(asked)

    assert len({one.calendar.events[0].uid for one in epj.messages()}) == 2


def test_a_share_fails_and_nothing_is_lost(epj: Office) -> None:
    follows(epj, "seed = 3\n[fail]\nhandling = 0.5\nsending = 0.5")
    for at in range(20):
        epj.hears(Process.ENQUIRY, "Foresporsel", text=f"Nummer {at}")
    failed = sum("tried again" in one for one in epj.happened)
    for _times in range(40):
        epj.store.connection.execute("UPDATE messages SET due = 0 WHERE state IN ('kept', 'due')")
        epj.work()

    assert failed > 5
    assert len(epj.inbox()) == 20
    receipts = epj.receipts()
    assert len(receipts) == len({one.original.id for one in receipts}) == 20


def test_the_share_is_the_same_each_time(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_text("seed = 3\n[fail]\nhandling = 0.25")
    one, again = scripts.read(path), scripts.read(path)

    fails = [one.fails("handling", str(at), 0) for at in range(1000)]
    assert fails == [again.fails("handling", str(at), 0) for at in range(1000)]
    assert 200 < sum(fails) < 300


def test_it_dies_where_the_script_says_once(epj: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    died: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _who, order: died.append(order))
    follows(epj, '[[crash]]\nwhen = "kept"\nprocess = "Ekontakt"')

    for process in (Process.RENEWAL, Process.ENQUIRY, Process.ENQUIRY):
        epj.hears(process, "Foresporsel", text="Hei")

    assert died == [9]
    assert len(list(kept.every(epj.store, "state = ?", State.TAKEN))) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("regel = 1", "no such word"),
        ('[[rule]]\ndo = "sing"', "do is one of"),
        ('[[rule]]\nwhenever = "now"', "whenever"),
        ('[[rule]]\nafter = "soon"', "after is a number"),
        ("[[rule]]\nreceipt = true", "receipt is words"),
        ('[[crash]]\nwhen = "soon"', "when is one of"),
        ("[rule]\ndo = 1", r"\[\[rule\]\]"),
        ("x =", "cannot be read"),
        ("[fail]\nother = 1", "other"),
    ],
)
def test_a_script_that_is_none_is_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "script.toml"
    path.write_text(text)

    with pytest.raises(Refusal, match=says):
        scripts.read(path)
