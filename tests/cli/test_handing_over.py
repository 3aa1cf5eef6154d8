"""Everything an office has, in a folder; and nothing of another's."""

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.apps import apps

from dialog import rows
from dialog.actor import PLATFORM
from dialog.cli import handing_over
from dialog.cli.surroundings import Refusal
from dialog.conversations import actions
from dialog.demo.cast import Cast, number
from dialog.errors import NotAllowed
from tests.appointments.people_and_times import booked
from tests.conversations.pictures import half_and_half, written
from tests.conversations.rights import ANSWER, answered, erased
from tests.econsultations import asked as econsultation
from tests.people.on_lists import kinds
from tests.renewals import prescribed

AsRole = Callable[[str], AbstractContextManager[None]]
ELSEWHERE = "Bare til Dr Berg: knurrebass"


def test_every_table_is_an_offices_or_is_left_out_for_a_reason() -> None:
    known = {f"{one._meta.app_label}.{one.__name__}" for one, _path in handing_over.of_an_office()}
    ours = {
        f"{config.label}.{model.__name__}"
        for config in apps.get_app_configs()
        if config.name.startswith("dialog.")
        for model in config.get_models()
    }

    assert ours - known - handing_over.LEFT_OUT.keys() == {"people.Patient"}
    assert handing_over.LEFT_OUT.keys() <= ours


@pytest.fixture
def handed_over(
    cast: Cast, as_role: AsRole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Dr Lund's office, with something of each kind; Dr Berg's has something too."""
    data = written(half_and_half(), "PNG")
    file = actions.keep_file(by=cast.kari, name="utslett.png", data=data).id
    about = answered(cast, files=[file])
    actions.add_note(by=cast.siri, conversation_id=about, text="Bare mellom oss.")
    erased(cast, as_role, answered(cast))
    econsultation.asked(cast.kari)
    prescribed.ask(cast.kari, prescribed.prescribe(cast, cast.kari, "Metoprolol"))
    booked(cast.kari)
    actions.start(by=cast.bjarne, kind="enquiry", patient_id=cast.bjarne.patient, text=ELSEWHERE)
    # The test's own transaction has begun, and cannot begin as another kind.
    monkeypatch.setattr(handing_over, "BEGIN", "SELECT 1")
    root = tmp_path / "over"
    with as_role("dialog_owner"):
        matters, digest = handing_over.hand_over(cast.lund.practice, root)
        with rows.seeing(practice=cast.lund.practice):
            actions.hand_over(
                by=PLATFORM, practice_id=cast.lund.practice, matters=matters, digest=digest
            )
    return root


class TestHandOver:
    def test_every_file_is_in_the_list_with_its_checksum(self, handed_over: Path) -> None:
        lines = (handed_over / handing_over.LIST).read_text().splitlines()
        told = {name: digest for digest, _two, name in (line.partition("  ") for line in lines)}
        there = {
            str(path.relative_to(handed_over)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in handed_over.rglob("*")
            if path.is_file() and path.name != handing_over.LIST
        }

        assert told == there
        assert len([name for name in there if name.endswith("matter.pdf")]) >= 5
        assert len([name for name in there if "/files/" in name]) == 1

    def test_the_words_are_there_to_be_read_by_a_machine(self, handed_over: Path) -> None:
        rows_of = (handed_over / "tables/conversations_message.ndjson").read_text().splitlines()
        notes = (handed_over / "tables/conversations_note.ndjson").read_text()
        patients = (handed_over / "tables/people_patient.ndjson").read_text()

        assert ANSWER in [json.loads(one)["text"] for one in rows_of]
        assert "Bare mellom oss." in notes
        assert number("kari") in patients

    def test_nothing_of_another_office_is(self, cast: Cast, handed_over: Path) -> None:
        everything = b"".join(path.read_bytes() for path in handed_over.rglob("*.ndjson"))

        assert ELSEWHERE.encode() not in everything
        assert number("bjarne").encode() not in everything

    def test_it_is_a_fact_and_on_each_patients_log(self, cast: Cast, handed_over: Path) -> None:
        assert "ConversationHandedOver" in kinds(patient=cast.kari.patient_id)
        assert "ConversationHandedOver" not in kinds(patient=cast.bjarne.patient_id)
        assert kinds(practice=cast.lund.practice)[-1] == "OfficeHandedOver"

    def test_a_folder_with_something_in_it_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("Min egen")

        with pytest.raises(Refusal, match="not empty"):
            handing_over.Folder(tmp_path)

    def test_nobody_at_an_office_does_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.hand_over(by=cast.lund, practice_id=cast.lund.practice, matters=[], digest="")
