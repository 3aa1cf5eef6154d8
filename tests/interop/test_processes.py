"""Every function of every process: what it carries, how it is known, and what keeps it from it."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.interop.building import (
    Content,
    NotProper,
    answering,
    compose,
    receipt_for,
    with_state,
)
from dialog.interop.codes import NoCodes, tables
from dialog.interop.judging import judge
from dialog.interop.messages import Calendar, Code, Message, Person, Receipt, Relation
from dialog.interop.messages.people import national
from dialog.interop.names import Process
from dialog.interop.processes import (
    Events,
    Function,
    Part,
    Queue,
    Side,
    candidates,
    function,
    functions,
    improper,
    recognised,
    state_of,
)
from dialog.interop.reading import Refused, read
from dialog.interop.writing import write
from tests.interop import strategies
from tests.interop.built import KARI, KNOWN, OFFICE, PORTAL, SLOT, built, cases, content, envelope

CASES = list(cases())
IDS = [f"{one.process.rpartition('_')[2]}-{one.side}-{one.name}-{behalf}" for one, behalf in CASES]
RESERVE = function(KNOWN, Process.BOOKING, Side.PATIENT, "ReserverAvtale")
FREE = function(KNOWN, Process.BOOKING, Side.PATIENT, "HentLedigeTimer")
RENEW = function(KNOWN, Process.RENEWAL, Side.PATIENT, "Foresporsel")


def codes(message: Message, function: Function) -> list[str]:
    return [one.code for one in improper(message, function)]


class TestEveryFunction:
    @pytest.mark.parametrize(("function", "behalf"), CASES, ids=IDS)
    def test_what_we_write_is_right_and_known_again(self, function: Function, behalf: bool) -> None:
        message = built(function, behalf=behalf)
        data = write(message)
        found = read(data)

        assert judge(data).errors == ()
        assert found == message and found.tolerated == ()
        assert recognised(found, KNOWN, function.side) == function
        assert improper(found, function) == ()
        assert bool(found.bodies(Relation)) == behalf

    def test_the_published_processes_are_all_here(self) -> None:
        assert {one.process for one in functions(KNOWN)} == set(Process)

    def test_every_kind_has_its_words(self) -> None:
        kinds = {kind for one in functions(KNOWN) for kind in one.kinds}

        assert [kind for kind in kinds if not KNOWN.text(*kind)] == []

    def test_somebody_waits_for_times_practitioners_and_tests(self) -> None:
        waiting = {one.name for one in functions(KNOWN) if one.queue is Queue.SYNC}

        assert waiting == {"HentLedigeTimer", "SvarLedigeTimer", "Hent", "Svar", "Foresporsel"}
        assert RESERVE.queue is Queue.ASYNC
        assert not any(one.receipt for one in functions(KNOWN) if one.queue is Queue.SYNC)

    @given(st.sampled_from(CASES), st.data())
    def test_whatever_is_said_in_it_is_known_again(
        self, case: tuple[Function, bool], data: st.DataObject
    ) -> None:
        function, _behalf = case
        event = strategies.events()
        number = 1 if function.events in (Events.ONE, Events.SOME) else 0
        may = Part.CALENDAR in function.required | function.allowed
        said = Content(
            text=data.draw(strategies.lines),
            subject=data.draw(strategies.words),
            about=data.draw(strategies.words),
            events=tuple(data.draw(st.lists(event, min_size=number, max_size=1))) if may else (),
        )
        message = compose(function, envelope(function), said, KNOWN)
        found = read(write(message))

        assert found == message
        assert isinstance(found, Message) and recognised(found, KNOWN, function.side) == function


class TestWhichItIs:
    def test_who_sent_it_tells_two_of_the_same_name_apart(self) -> None:
        asks = function(KNOWN, Process.ECONSULTATION, Side.PRACTICE, "Foresporsel")

        assert recognised(built(asks), KNOWN, Side.PRACTICE) == asks
        assert recognised(built(RENEW), KNOWN) == RENEW

    def test_an_unknown_kind_is_known_by_what_it_carries_if_only_one_fits(self) -> None:
        cancelling = function(KNOWN, Process.CANCELLING, Side.PATIENT, "AvbestillAvtale")
        messages = [_of_another_kind(built(one)) for one in (cancelling, RESERVE, FREE)]

        found = [recognised(one, KNOWN, Side.PATIENT) for one in messages]

        assert found == [cancelling, None, FREE]

    def test_the_queue_and_the_conversation_tell_answers_of_an_unknown_kind_apart(self) -> None:
        free, answer, told = (
            function(KNOWN, Process.BOOKING, Side.PRACTICE, name)
            for name in ("SvarLedigeTimer", "SvarAvtaleReservasjon", "Avtale")
        )
        messages = [(one, _of_another_kind(built(one))) for one in (free, answer, told)]

        found = [recognised(said, KNOWN, Side.PRACTICE, one.queue) for one, said in messages]

        assert found == [free, answer, told]

    def test_where_several_may_be_meant_they_are_named(self) -> None:
        message = _of_another_kind(built(RESERVE))

        found = candidates(message, KNOWN, Side.PATIENT, Queue.ASYNC)

        assert [one.name for one in found] == ["ReserverAvtale", "AvbestillAvtale"]

    def test_a_message_of_no_process_of_ours_is_none(self) -> None:
        message = built(RENEW)
        other = replace(message, header=replace(message.header, type=Code(value="DIALOG_NOTAT")))

        assert recognised(other, KNOWN) is None

    def test_an_operators_code_stands_instead_of_ours(self, tmp_path) -> None:
        (tmp_path / "functions.toml").write_text(
            '[Dialog_Innbygger_Timereservasjon.patient.ReserverAvtale]\nkinds = ["7601:RT"]\n'
        )
        theirs = tables(tmp_path)

        found = function(theirs, Process.BOOKING, Side.PATIENT, "ReserverAvtale")
        message = compose(found, envelope(found), content(found), theirs)

        assert message.question is not None and message.question.kind.value == "RT"
        assert recognised(message, theirs) == found and recognised(message, KNOWN) is None
        assert found.required == RESERVE.required

    def test_a_table_that_makes_no_sense_is_told(self, tmp_path) -> None:
        (tmp_path / "functions.toml").write_text(
            '[Dialog_Innbygger_Timereservasjon.patient.ReserverAvtale]\nkinds = ["RT"]\n'
        )

        with pytest.raises(NoCodes, match="ReserverAvtale"):
            functions(tables(tmp_path))


class TestWhatKeepsItFromIt:
    def test_a_patient_is_known_by_number(self) -> None:
        whole = built(RESERVE)
        wrong = Person(given="Kari", identities=(national("1" * 11),))
        patients = [None, Person(given="Kari"), wrong, KARI]

        found = [
            codes(replace(whole, header=replace(whole.header, patient=one)), RESERVE)
            for one in patients
        ]

        assert found == [["E30"], ["E30"], ["E31"], []]

    def test_it_carries_what_it_must_and_nothing_it_may_not(self) -> None:
        whole = built(RESERVE)
        without = replace(whole, documents=whole.documents[:1])
        empty = replace(whole, documents=(whole.documents[0], _with(Calendar())))
        twice = replace(whole, documents=(whole.documents[0], _with(Calendar(events=(SLOT, SLOT)))))

        found = [codes(one, RESERVE) for one in (without, empty, twice)]

        assert found == [["T99"], ["T99"], ["T99"]]
        assert codes(whole, FREE) == ["T99"]

    def test_an_answer_is_no_question(self) -> None:
        answer = function(KNOWN, Process.RENEWAL, Side.PRACTICE, "Svar")

        assert codes(built(answer), RENEW) == ["T99"]

    def test_the_dialog_has_the_version_of_the_process(self) -> None:
        whole = built(RENEW)
        older = replace(whole.dialog, version="1.0")

        assert codes(replace(whole, documents=(_with(older),)), RENEW) == ["T10"]
        assert codes(replace(whole, documents=()), RENEW) == ["T99"]

    def test_what_is_not_proper_is_never_put_together(self) -> None:
        with pytest.raises(NotProper, match="must have: calendar"):
            compose(RESERVE, envelope(RESERVE), Content(text="Hei"), KNOWN)
        with pytest.raises(NotProper, match="not of the kind"):
            compose(RENEW, envelope(RENEW), Content(kind="BA"), KNOWN)


class TestAnswers:
    SENT = datetime(2026, 5, 15, 8, 0, tzinfo=UTC)

    def test_an_answer_goes_back_in_the_same_conversation(self) -> None:
        first = built(RENEW).header
        back = answering(first, id="b", sent=self.SENT)
        again = answering(replace(first, conversation="x", parent="y"), id="c", sent=self.SENT)

        assert (back.sender, back.receiver, back.patient) == (OFFICE, PORTAL, KARI)
        assert (back.parent, back.conversation) == (first.id, first.id)
        assert (again.parent, again.conversation) == (first.id, "x")

    @pytest.mark.parametrize(("errors", "status"), [((), "1"), (("E35", "T99"), "2")])
    def test_a_receipt_says_what_became_of_it(self, errors: tuple[str, ...], status: str) -> None:
        header = built(RENEW).header
        receipt = receipt_for(header, id="k", sent=self.SENT, known=KNOWN, errors=errors)

        found = read(write(receipt))

        assert found == receipt and isinstance(found, Receipt)
        assert judge(write(receipt)).errors == ()
        assert (found.status.value, found.taken) == (status, not errors)
        assert tuple(one.value for one in found.errors) == errors
        assert all(one.text for one in (found.status, *found.errors))
        assert (found.original.id, found.original.sent) == (header.id, header.sent)
        assert found.sender.her_ids == ("8000001", "8000002")
        assert found.receiver.her_ids == ("8000010", "8000011")

    def test_a_receipt_repeats_the_time_as_it_was_written(self) -> None:
        header = replace(built(RENEW).header, sent_as="2026-05-15T09:20:00")

        receipt = receipt_for(header, id="k", sent=self.SENT, known=KNOWN)

        assert b"<IssueDate>2026-05-15T09:20:00</IssueDate>" in write(receipt)

    @pytest.mark.parametrize(
        "time", ["20260515T0920", "2026-05-15 09:20+02:00", "2026-05-15T09:20:00+02:00:30", "i går"]
    )
    def test_a_receipt_does_not_repeat_a_time_it_was_refused_for(self, time: str) -> None:
        right = write(built(RENEW))
        wrong = re.sub(b"<GenDate>[^<]*<", f"<GenDate>{time}<".encode(), right, count=1)
        with pytest.raises(Refused) as refused:
            read(wrong)
        header = refused.value.header
        if header is None:
            assert time == "i går"  # the bus is told instead: nothing can be made of it
            return

        receipt = receipt_for(header, id="k", sent=self.SENT, known=KNOWN, errors=["T02"])

        assert judge(write(receipt)).errors == ()

    def test_a_receipt_has_the_version_that_is_asked_for(self) -> None:
        header = built(RENEW).header

        older = receipt_for(header, id="k", sent=self.SENT, known=KNOWN, version="1.0")

        assert b"v1.0 2004-11-21" in write(older) and judge(write(older)).errors == ()

    def test_a_time_says_what_has_become_of_it(self) -> None:
        states = [state_of(with_state(SLOT, one, KNOWN), KNOWN) for one in ("booked", "cancelled")]

        assert states == ["booked", "cancelled"] and state_of(SLOT, KNOWN) == ""


def _with(body: object):
    return replace(built(RENEW).documents[0], bodies=(body,))


def _of_another_kind(message: Message) -> Message:
    dialog = message.dialog
    questions, notes = (
        tuple(replace(one, kind=Code(value="??", list="7601")) for one in said)
        for said in (dialog.questions, dialog.notes)
    )
    dialog = replace(dialog, questions=questions, notes=notes)
    return replace(message, documents=(_with(dialog), *message.documents[1:]))
