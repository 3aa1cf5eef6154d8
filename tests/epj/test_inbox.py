"""What a patient writes lies in the inbox until somebody answers, and the answer is a message."""

import pytest

from dialog.interop.messages import Message, Receipt
from dialog.interop.names import Process
from dialog.interop.processes import Side, recognised
from epj import answers, kept
from epj.kept import State
from epj.refusal import Refusal
from epj.scripts import Deed
from tests.epj.numbers import HANSEN, KARI, KNOWN, LUND, PORTAL
from tests.epj.office import Office


def named(message: Message) -> str:
    found = recognised(message, KNOWN, Side.PRACTICE)
    assert found is not None
    assert message.note or message.question
    kind = (message.note or message.question).kind.value
    return f"{found.process.removeprefix('Dialog_Innbygger_')} {found.name} {kind}"


SERVICES = [
    (Process.ECONSULTATION, "Foresporsel"),
    (Process.ENQUIRY, "Foresporsel"),
    (Process.RENEWAL, "Foresporsel"),
    (Process.WISH, "OnskeReserver"),
]
# Each answer somebody can give, and what goes out.
SAID = [
    (Process.ECONSULTATION, "Foresporsel", "answer", "Ekonsultasjon Svar Svar"),
    (Process.ECONSULTATION, "Foresporsel", "ask", "Ekonsultasjon Foresporsel DI"),
    (Process.ECONSULTATION, "Foresporsel", "decline", "Ekonsultasjon Svar IkkeEgnet"),
    (Process.ECONSULTATION, "Foresporsel", "refer", "Ekonsultasjon Svar BestillTime"),
    (Process.ENQUIRY, "Foresporsel", "answer", "Ekontakt Svar Svar"),
    (Process.ENQUIRY, "Foresporsel", "close", "Ekontakt Svar SvarAvsluttet"),
    (Process.ENQUIRY, "Foresporsel", "ask", "Ekontakt Foresporsel DI"),
    (Process.RENEWAL, "Foresporsel", "renew", "Reseptfornyelse Svar 14"),
    (Process.RENEWAL, "Foresporsel", "answer", "Reseptfornyelse Svar Svar"),
    (Process.RENEWAL, "Foresporsel", "decline", "Reseptfornyelse Svar IkkeFornyet"),
    (Process.RENEWAL, "Foresporsel", "refuse", "Reseptfornyelse Svar IkkeFornyet"),
    (Process.RENEWAL, "Foresporsel", "refer", "Reseptfornyelse Svar BestillTime"),
    (Process.WISH, "OnskeReserver", "answer", "Timeonske SvarOnske SvarOnske"),
    (Process.WISH, "OnskeReserver", "refuse", "Timeonske SvarOnske SvarOnske"),
]


@pytest.mark.parametrize(("process", "name"), SERVICES)
def test_it_lies_there_and_a_receipt_goes_back(epj: Office, process: Process, name: str) -> None:
    asked = epj.hears(process, name, text="Hei")

    (receipt,) = epj.says()
    assert isinstance(receipt, Receipt)
    assert receipt.taken and receipt.original.id == asked.header.id
    assert epj.inbox() == [1]


@pytest.mark.parametrize(("process", "name", "verb", "sent"), SAID)
def test_an_answer_goes_out_in_the_same_conversation(
    epj: Office, process: Process, name: str, verb: str, sent: str
) -> None:
    asked = epj.hears(process, name, text="Hei")
    epj.says()

    answers.say(epj.desk, 1, Deed(do=verb, text="Svaret"))
    epj.work()

    (answer,) = epj.messages()
    assert named(answer) == sent
    assert answer.header.conversation == answer.header.parent == asked.header.id
    assert answer.header.sender.her_ids[1] == str(LUND)
    assert answer.header.patient.national_id == KARI.national_id
    assert (answer.note or answer.question).text.plain == "Svaret"
    assert epj.wire.sent[-1][0].receiver == PORTAL
    assert epj.inbox() == []


def test_the_question_is_repeated_in_the_answer(epj: Office) -> None:
    epj.hears(Process.ECONSULTATION, "Foresporsel", text="Er det farlig?")
    answers.say(epj.desk, 1, Deed(do="answer", text="Nei"))
    epj.work()

    (answer,) = epj.messages()
    assert answer.note.question.text.plain == "Er det farlig?"


def test_a_file_goes_with_an_answer(epj: Office) -> None:
    path = epj.folder / "råd.txt"
    path.write_text("Hvil")
    epj.hears(Process.ECONSULTATION, "Foresporsel", text="Hei")
    answers.say(epj.desk, 1, Deed(do="answer", text="Se vedlegget", file=str(path)))
    epj.work()

    (answer,) = epj.messages()
    (file,) = answer.attachments
    assert (file.content, file.mime_type, file.description) == (b"Hvil", "text/plain", "råd.txt")


@pytest.mark.parametrize("verb", ["give", "confirm", "renew"])
def test_what_no_function_says_cannot_be_said(epj: Office, verb: str) -> None:
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")

    with pytest.raises(Refusal, match="answer, ask, close"):
        answers.say(epj.desk, 1, Deed(do=verb))


def test_a_decision_is_made_once(epj: Office) -> None:
    epj.hears(Process.RENEWAL, "Foresporsel", text="Metoprolol")
    answers.say(epj.desk, 1, Deed(do="renew"))

    with pytest.raises(Refusal, match="answered already"):
        answers.say(epj.desk, 1, Deed(do="refuse", text="Nei"))
    assert len(list(kept.every(epj.store, "name = 'Svar'"))) == 1


def test_what_becomes_of_an_answer_is_known(epj: Office) -> None:
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    for text in ("Ja", "Nei"):
        answers.say(epj.desk, 1, Deed(do="answer", text=text))
    epj.work()
    first, second = epj.messages()

    epj.acknowledges(first)
    epj.acknowledges(second, "E35")

    states = [one.state for one in kept.every(epj.store, "name = 'Svar' ORDER BY n")]
    assert states == [State.RECEIVED, State.REJECTED]


def test_an_error_is_noted_on_the_message_it_is_about(epj: Office) -> None:
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    answers.say(epj.desk, 1, Deed(do="answer", text="Ja"))
    epj.work()
    bus_id = str(epj.wire.sent[-1][0].message_id)

    epj.hears_fault("transport:expired-certificate", bus_id)

    (sent,) = kept.every(epj.store, "name = 'Svar'")
    assert (sent.state, sent.code) == (State.COMPLAINED, "transport:expired-certificate")


def test_a_word_from_another_than_it_was_sent_to_changes_nothing(epj: Office) -> None:
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    answers.say(epj.desk, 1, Deed(do="answer", text="Ja"))
    epj.work()
    bus_id = str(epj.wire.sent[-1][0].message_id)

    epj.hears_fault("transport:expired-certificate", bus_id, sender=HANSEN)

    (sent,) = kept.every(epj.store, "name = 'Svar'")
    assert sent.state == State.SENT


def test_a_wish_gets_a_time(epj: Office) -> None:
    (slot, *_others) = epj.offers()
    epj.hears(Process.WISH, "OnskeReserver", text="Kontroll")
    answers.say(epj.desk, 1, Deed(do="give", at="first"))
    epj.work()

    (answer,) = epj.messages()
    (event,) = answer.calendar.events
    assert (event.start, event.contact) == (slot.starts, str(LUND))
    assert event.uid != slot.uid
    assert event.property(KNOWN.state_property) == "CONFIRMED"
    (one,) = epj.appointments()
    assert (one.uid, one.patient) == (event.uid, KARI.national_id)


def test_a_wish_for_another_time_moves_the_one_that_was_given(epj: Office) -> None:
    slots = epj.offers()
    first = epj.hears(Process.WISH, "OnskeReserver", text="Kontroll")
    answers.say(epj.desk, 1, Deed(do="give", at="first"))
    epj.work()
    (given,) = epj.messages()
    epj.hears(Process.WISH, "OnskeEndring", text="Senere", answers=first)
    (n,) = epj.inbox()
    answers.say(epj.desk, n, Deed(do="give", at=slots[2].starts.isoformat()))
    epj.work()

    (moved,) = epj.messages()
    assert moved.calendar.events[0].uid == given.calendar.events[0].uid
    (one,) = epj.appointments()
    assert (one.starts, one.version) == (slots[2].starts, 2)


def test_a_wish_that_is_taken_back_gives_its_time_back(epj: Office) -> None:
    epj.offers()
    first = epj.hears(Process.WISH, "OnskeReserver", text="Kontroll")
    answers.say(epj.desk, 1, Deed(do="give", at="first"))
    epj.hears(Process.WISH, "OnskeAvbestill", answers=first)

    assert [one.state for one in epj.appointments()] == ["cancelled"]
