"""Each message once: however often and in whatever order it comes, and whenever the power goes."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.interop.messages import Message, Receipt
from dialog.interop.names import Process
from dialog.interop.ports import Envelope
from epj import answers, kept, outbox
from epj.kept import State
from epj.scripts import Deed
from tests.epj.office import Office, another_body, event, said

CASES = settings(max_examples=20)


@contextmanager
def office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        made = Office(Path(folder))
        try:
            yield made
        finally:
            made.store.close()


def test_the_same_again_gets_the_same_receipt_again(epj: Office) -> None:
    asked = epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    epj.takes(asked)

    first, second = epj.receipts()
    assert first == second
    assert epj.inbox() == [1]


def test_another_body_under_its_id_is_refused(epj: Office) -> None:
    asked = epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    epj.takes(another_body(asked))
    epj.takes(asked)

    codes = [[one.value for one in receipt.errors] for receipt in epj.receipts()]
    assert codes == [[], ["E10"], []]
    assert epj.inbox() == [1]


def test_a_refusal_is_repeated_too(epj: Office) -> None:
    asked = said(Process.BOOKING, "AvbestillAvtale", events=(event(epj.offers()[0]),))
    for _times in range(2):
        epj.takes(asked)

    first, second = epj.receipts()
    assert first == second and not first.taken


@CASES
@given(st.lists(st.integers(0, 3), min_size=4, max_size=10))
def test_no_patient_is_answered_or_booked_twice(order: list[int]) -> None:
    with office() as epj:
        slots = epj.offers()
        said_once = [
            said(Process.ENQUIRY, "Foresporsel", text="Hei"),
            said(Process.RENEWAL, "Foresporsel", text="Metoprolol"),
            said(Process.BOOKING, "ReserverAvtale", events=(event(slots[0]),)),
            said(Process.BOOKING, "ReserverAvtale", events=(event(slots[0]),)),
        ]
        for at in order:
            epj.takes(said_once[at])

        heard = set(order)
        assert len(epj.inbox()) == len(heard & {0, 1})
        assert len(epj.appointments()) == min(1, len(heard & {2, 3}))
        out = epj.says()
        receipts = {one.original.id: one.id for one in out if isinstance(one, Receipt)}
        every = {(one.original.id, one.id) for one in out if isinstance(one, Receipt)}
        assert every == set(receipts.items()) and len(receipts) == len(heard)
        assert len([one for one in out if isinstance(one, Message)]) == len(heard & {2, 3})


@CASES
@given(st.permutations(range(4)), st.integers(0, 4))
def test_the_last_word_wins_in_any_order(order: list[int], again_at: int) -> None:
    with office() as epj:
        now = epj.desk.now()
        (slot, *_rest) = epj.offers()
        booked = said(Process.BOOKING, "ReserverAvtale", events=(event(slot),), sent=now)
        wished = said(Process.WISH, "OnskeReserver", text="Kontroll", sent=now)
        later = now + timedelta(minutes=1)
        words = [
            booked,
            said(
                Process.BOOKING,
                "AvbestillAvtale",
                events=(event(slot),),
                answers=booked,
                sent=later,
            ),
            wished,
            said(Process.WISH, "OnskeAvbestill", answers=wished, sent=later),
        ]
        for count, at in enumerate(order):
            if count == again_at:
                epj.begin_again()
            epj.takes(words[at])

        assert epj.inbox() == []
        assert {one.state for one in epj.appointments()} <= {"cancelled"}
        assert all(one.taken for one in epj.receipts())


class PowerCut(BaseException):
    """Nothing after this happens, and nothing that was not committed has."""


class Mortal:
    """A connection that lives for so many writes, and then does nothing any more."""

    def __init__(self, real: sqlite3.Connection, writes: int) -> None:
        self.real, self.left = real, writes

    @property
    def in_transaction(self) -> bool:
        return self.real.in_transaction

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if statement.startswith(("INSERT", "UPDATE", "DELETE", "COMMIT")):
            self.left -= 1
        if self.left < 0:
            raise PowerCut
        return self.real.execute(statement, values)


@contextmanager
def _cut_after(epj: Office, writes: int) -> Iterator[None]:
    """Let the process die before its next write, or commit, after so many."""
    real = epj.store.connection
    epj.store._here.connection = Mortal(real, writes)
    with suppress(PowerCut):
        yield
    if real.in_transaction:
        real.execute("ROLLBACK")
    epj.begin_again()


@settings(max_examples=40)
@given(st.integers(0, 45))
def test_the_power_may_go_at_any_moment(writes: int) -> None:
    with office() as epj:
        slots = epj.offers()
        asked = [
            said(Process.BOOKING, "ReserverAvtale", events=(event(slots[0]),)),
            said(Process.ENQUIRY, "Foresporsel", text="Hei"),
        ]
        with _cut_after(epj, writes):
            _hear_and_answer(epj, asked)
        # The bus was told of nothing, and gives everything again.
        _hear_and_answer(epj, asked)

        assert len(epj.appointments()) == 1 and epj.inbox() == []
        out = epj.says()
        assert len({one.header.id for one in out if isinstance(one, Message)}) == 2
        receipts = {(one.original.id, one.id) for one in out if isinstance(one, Receipt)}
        assert len(receipts) == 2
        assert not list(kept.waiting(epj.store)) and not list(kept.to_send(epj.store))


def _hear_and_answer(epj: Office, asked: list[Message]) -> None:
    for one in asked:
        epj.takes(one)
    for n in epj.inbox():
        answers.say(epj.desk, n, Deed(do="answer", text="Hei"))
    epj.work()


def test_a_bus_that_is_away_gets_everything_once_in_order(epj: Office) -> None:
    epj.wire.away = 3
    for text in ("Først", "Så", "Til slutt"):
        epj.hears(Process.ENQUIRY, "Foresporsel", text=text)
    for _times in range(4):
        epj.store.connection.execute("UPDATE messages SET due = NULL WHERE state = 'due'")
        epj.work()

    asked = [one.message_id for one in kept.every(epj.store, "direction = 'in' ORDER BY n")]
    assert [one.original.id for one in epj.receipts()] == asked


def test_an_answer_that_waits_is_not_overtaken_by_the_next_in_its_conversation(epj: Office) -> None:
    for text in ("Om øret", "Om øyet"):
        epj.hears(Process.ENQUIRY, "Foresporsel", text=text)
    first, other = epj.inbox()
    epj.says()
    epj.wire.away = 1
    answers.say(epj.desk, first, Deed(do="answer", text="Først"))
    epj.work()
    answers.say(epj.desk, first, Deed(do="answer", text="Så"))
    answers.say(epj.desk, other, Deed(do="answer", text="Imens"))
    epj.work()
    meanwhile = [one.note.text.plain for one in epj.messages() if one.note and one.note.text]
    epj.store.connection.execute("UPDATE messages SET due = NULL WHERE state = 'due'")
    epj.work()

    after = [one.note.text.plain for one in epj.messages() if one.note and one.note.text]
    assert (meanwhile, after) == (["Imens"], ["Først", "Så"])


def test_what_cannot_be_sent_does_not_stand_in_the_way(
    epj: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = epj.wire.send

    def breaks(envelope: Envelope, body: bytes) -> None:
        if envelope.fault is not None:
            raise KeyError("something nobody thought of")
        send(envelope, body)

    monkeypatch.setattr(epj.wire, "send", breaks)
    epj.takes(b"tull", function=Process.ENQUIRY.upper())
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")

    assert [one.taken for one in epj.receipts()] == [True]
    for _times in range(10):
        epj.store.connection.execute("UPDATE messages SET due = 0 WHERE state = 'due'")
        epj.work()
    (left,) = kept.every(epj.store, "direction = 'out' AND name = 'ERROR'")
    assert left.state == State.PARKED


def test_without_a_receipt_it_is_sent_again_and_then_told(epj: Office) -> None:
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    answers.say(epj.desk, 1, Deed(do="answer", text="Ja"))
    epj.work()
    for _times in range(4):
        epj.store.connection.execute("UPDATE messages SET due = 0 WHERE state = 'sent'")
        outbox.ask_after_receipts(epj.desk)
        epj.work()

    sent = epj.messages()
    assert len(sent) == 3 and len({one.header.id for one in sent}) == 1
    (one,) = kept.every(epj.store, "name = 'Svar'")
    assert one.state == State.UNANSWERED


def test_a_store_that_cannot_keep_gives_it_back_to_the_bus(
    epj: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_said: object, **_more: object) -> int:
        raise sqlite3.OperationalError

    monkeypatch.setattr(kept, "keep", full)

    assert epj.takes(said(Process.ENQUIRY, "Foresporsel", text="Hei")) == "released"
