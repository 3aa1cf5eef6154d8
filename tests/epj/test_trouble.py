"""What is wrong is refused with its code, or complained of on the bus, and nothing is lost."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from dialog.errors import PortError
from dialog.interop.messages import Person
from dialog.interop.names import Process
from dialog.interop.ports import Unreadable
from dialog.interop.writing import write
from epj import kept, patients
from epj.kept import State
from epj.refusal import Refusal, words_of
from tests.epj.numbers import KARI, LUND, OLA, PORTAL
from tests.epj.office import Office, said

ENQUIRY = Process.ENQUIRY.upper()


def codes(epj: Office) -> list[str]:
    return [error.value for receipt in epj.receipts() for error in receipt.errors]


def conditions(epj: Office) -> list[str]:
    return [one.fault.condition for one, _body in epj.wire.sent if one.fault]


def test_a_patient_without_a_number(epj: Office) -> None:
    asked = said(Process.ENQUIRY, "Foresporsel", text="Hei")
    xml = write(asked).replace(KARI.national_id.encode(), b"")
    epj.takes(xml, function=ENQUIRY)

    assert codes(epj) in (["E30"], ["T02"])
    assert epj.inbox() == []


def test_what_is_no_process_of_ours(epj: Office) -> None:
    asked = said(Process.ENQUIRY, "Foresporsel", text="Hei")
    xml = write(asked).replace(ENQUIRY.encode(), b"DIALOG_INNBYGGER_KOORDINATOR")
    epj.takes(xml, function="DIALOG_INNBYGGER_KOORDINATOR")

    assert codes(epj) == ["T10"]


@pytest.mark.parametrize(
    ("body", "condition"),
    [
        (b"tull", "transport:not-well-formed-xml"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "transport:not-well-formed-xml"),
    ],
)
def test_what_is_no_message(epj: Office, body: bytes, condition: str) -> None:
    epj.takes(body, function=ENQUIRY)

    assert conditions(epj) == [condition]
    (one,) = kept.every(epj.store, "direction = 'in'")
    assert one.wire.endswith(body)
    assert one.state == State.REFUSED


def test_what_cannot_be_opened(epj: Office) -> None:
    epj.is_delivered(b"tull", f"{LUND}_async", function=ENQUIRY, receiver=LUND)
    epj.work()

    assert conditions(epj) == ["transport:unsupported-message"]
    assert epj.wire.sent[-1][0].to == f"{PORTAL}_error"


def test_somebody_else_in_the_header(epj: Office) -> None:
    xml = write(said(Process.ENQUIRY, "Foresporsel", text="Hei"))
    epj.takes(xml.replace(str(PORTAL).encode(), b"8000099"), function=ENQUIRY)

    assert conditions(epj) == ["abuse:spoofing-attack"]


def test_another_subject_than_the_message(epj: Office) -> None:
    epj.takes(write(said(Process.ENQUIRY, "Foresporsel", text="Hei")), function="APPREC")

    assert conditions(epj) == ["transport:invalid-field-value"]


def test_without_the_fields_it_must_have_it_is_kept_and_complained_of(epj: Office) -> None:
    lacking = Unreadable(missing=("subject",), body=b"tull", queue=f"{LUND}_async", sender=PORTAL)

    epj.system.refuse(lacking)
    epj.work()

    (envelope, _body) = epj.wire.sent[-1]
    assert envelope.fault.condition == "transport:invalid-field-value"
    assert (envelope.fault.data, envelope.to) == (("subject",), f"{PORTAL}_error")
    assert [one.wire for one in kept.every(epj.store, "direction = 'in'")] == [b"tull"]


def test_an_error_that_comes_twice_is_noted_once(epj: Office) -> None:
    again = uuid4()
    for _times in range(2):
        epj.hears_fault("transport:internal-error", "nothing of ours", message_id=again)

    assert len(epj.store.connection.execute("SELECT 1 FROM faults").fetchall()) == 1


def test_a_fault_of_ours_keeps_the_message(epj: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(patients, "hear_of", lambda *_said: 1 / 0)
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
        assert epj.says() == []
    epj.store.connection.execute("UPDATE messages SET due = 0 WHERE state = 'kept'")
    epj.work()

    assert epj.inbox() == [1]
    assert len(epj.receipts()) == 1


def test_ten_faults_and_a_person_must_look(epj: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patients, "hear_of", lambda *_said: 1 / 0)
    epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
    for _times in range(10):
        epj.store.connection.execute("UPDATE messages SET due = 0 WHERE state = 'kept'")
        epj.work()

    (one,) = kept.every(epj.store, "direction = 'in'")
    assert (one.state, one.code, one.tries) == (State.PARKED, "ZeroDivisionError", 10)


def test_a_bus_that_is_away_is_told_without_the_platforms_languages() -> None:
    assert type(words_of(PortError())) is str
    assert words_of(PortError("HER-id 1 is not in the registry.")).endswith("registry.")


class TestPatients:
    def test_those_it_has_heard_of_are_known(self, epj: Office) -> None:
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")

        assert patients.meant(epj.store, "nordmann").number == KARI.national_id

    def test_only_those_on_the_list(
        self, make_office: Callable[..., Office], tmp_path: Path
    ) -> None:
        epj = make_office(only_listed=True)
        listed = tmp_path / "liste.csv"
        listed.write_text(f"{KARI.national_id};Kari;Nordmann\n")
        assert patients.read_list(epj.store, listed) == 1

        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei")
        epj.hears(Process.ENQUIRY, "Foresporsel", text="Hei", patient=OLA)

        assert codes(epj) == ["E35"]
        assert epj.inbox() == [1]

    def test_a_list_that_is_none(self, epj: Office, tmp_path: Path) -> None:
        path = tmp_path / "liste.csv"
        path.write_text("12345;Kari\n")

        with pytest.raises(Refusal, match="line 1"):
            patients.read_list(epj.store, path)

    def test_two_of_the_same_name_are_told_apart_by_number(self, epj: Office) -> None:
        patients.hear_of(epj.store, KARI)
        patients.hear_of(
            epj.store, Person(given="Ola", family="Nordmann", identities=OLA.identities)
        )

        with pytest.raises(Refusal, match="2 patients"):
            patients.meant(epj.store, "Nordmann")
        assert patients.meant(epj.store, OLA.national_id).given == "Ola"
