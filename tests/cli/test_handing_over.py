"""Everything an office has, in a folder; and nothing of another's."""

import hashlib
import json
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from dialog import rows
from dialog.cli import closing, folders, handing_over
from dialog.cli.surroundings import Refusal
from dialog.content import Owner
from dialog.content.keys import key_of
from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind
from dialog.conversations.rights import Why
from dialog.demo.cast import Cast, number
from dialog.econsultations import actions as econsultations
from dialog.econsultations.policy import TemplateKind
from dialog.econsultations.queries import templates
from dialog.errors import NotAllowed, WrongState
from dialog.people import queries as people
from tests.appointments.people_and_times import booked
from tests.content.scene import raw
from tests.conversations.pictures import half_and_half, written
from tests.conversations.rights import ANSWER, answered, erased, pay, seen
from tests.econsultations import asked as econsultation
from tests.house import the_house
from tests.people.on_lists import kinds
from tests.renewals import prescribed

AsRole = Callable[[str], AbstractContextManager[None]]
STORGATA = "Storgata legesenter"
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


def test_a_command_knows_what_each_service_prints_though_no_page_was_asked_for() -> None:
    script = """
import django; django.setup()
from dialog.cli import handing_over
from dialog.workspace.panels import PANELS
print(*sorted(PANELS._by_kind))
"""

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=the_house.ROOT,
    )

    assert done.stdout.split() == sorted(Kind)


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
    command(as_role, "hand-over", to=root)
    return root


def command(as_role: AsRole, what: str, **more: object) -> int:
    """``digital-dialog office``, as its owner runs it."""
    with as_role("dialog_owner"):
        return closing.run(Namespace(what=what, name=STORGATA, **more))


def erase(as_role: AsRole, root: Path) -> int:
    try:
        return command(as_role, "erase", list=root / folders.LIST)
    finally:
        pay(as_role)


@pytest.fixture
def closed(handed_over: Path, as_role: AsRole) -> Path:
    """It has closed, after all was handed over."""
    command(as_role, "close", on=people.today())
    return handed_over


class TestHandOver:
    def test_every_file_is_in_the_list_with_its_checksum(self, handed_over: Path) -> None:
        lines = (handed_over / folders.LIST).read_text().splitlines()
        told = {name: digest for digest, _two, name in (line.partition("  ") for line in lines)}
        there = {
            str(path.relative_to(handed_over)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in handed_over.rglob("*")
            if path.is_file() and path.name != folders.LIST
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
            folders.Folder(tmp_path)

    def test_nobody_at_an_office_does_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.hand_over(
                by=cast.lund,
                practice_id=cast.lund.practice,
                matters=[],
                digest="",
                as_of=timezone.now(),
            )


class TestEraseWhatWasHandedOver:
    def test_all_of_it_goes_but_what_is_not_in_the_journal(
        self, cast: Cast, as_role: AsRole, closed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert erase(as_role, closed) == 1

        assert "1 matters are not" in capsys.readouterr().out
        with rows.seeing(practice=cast.lund.practice):
            left = queries.not_erased(cast.lund.practice)
        assert [seen(cast.kari, one).kind for one in left] == ["econsultation"]
        owners = raw("SELECT owner FROM content_datakey WHERE owner LIKE 'conversation %%'")
        assert (f"conversation {left[0]}",) in owners
        (gone, *_rest) = raw(
            "SELECT conversation_id FROM conversations_erasure WHERE why <> 'decided'"
        )
        assert seen(cast.kari, gone[0]).erased.why is Why.OFFICE_CLOSED  # type: ignore[union-attr]

    def test_not_before_it_has_closed(self, as_role: AsRole, handed_over: Path) -> None:
        with pytest.raises(Refusal, match="has not closed"):
            erase(as_role, handed_over)

    def test_not_when_a_file_is_not_as_it_was(self, as_role: AsRole, closed: Path) -> None:
        one = next(closed.rglob("matter.pdf"))
        one.write_bytes(b"")

        with pytest.raises(Refusal, match="1 files are not as they were"):
            erase(as_role, closed)

    def test_not_by_another_list(self, as_role: AsRole, closed: Path) -> None:
        (closed / folders.LIST).write_text("")

        with pytest.raises(Refusal, match="not the list of what was handed over"):
            erase(as_role, closed)

    def test_not_when_something_has_been_said_since(
        self, cast: Cast, as_role: AsRole, closed: Path
    ) -> None:
        with rows.seeing(practice=cast.lund.practice):
            one = queries.not_erased(cast.lund.practice)[0]
        actions.add_note(by=cast.lund, conversation_id=one, text="Enda noe.")

        with pytest.raises(Refusal, match="hand over again"):
            erase(as_role, closed)

    def test_what_was_open_takes_no_words_and_gets_no_key_again(
        self, cast: Cast, as_role: AsRole, closed: Path
    ) -> None:
        erase(as_role, closed)
        ((gone,),) = raw(
            "SELECT c.id FROM conversations_conversation AS c "
            "WHERE c.kind = 'renewal' AND c.erased_at IS NOT NULL"
        )

        with pytest.raises(WrongState):
            actions.reply(by=cast.lund, conversation_id=gone, text="Hei")
        owner = Owner.of_conversation(gone, lambda: cast.lund.practice_id)
        with (
            rows.seeing(practice=cast.lund.practice),
            pytest.raises(Exception, match="gets no key again"),
            transaction.atomic(),
        ):
            key_of(owner)


class TestEraseTheRest:
    """Dr Berg's office: one matter, a template, and nothing that must be in the journal."""

    @pytest.fixture
    def closed(self, cast: Cast, as_role: AsRole, tmp_path: Path, monkeypatch: Any) -> Path:
        monkeypatch.setattr(handing_over, "BEGIN", "SELECT 1")
        monkeypatch.setattr(sys.modules[__name__], "STORGATA", "Fjordgløtt legekontor")
        data = written(half_and_half(), "PNG")
        file = actions.keep_file(by=cast.bjarne, name="utslett.png", data=data).id
        whose = cast.bjarne.patient
        actions.start(
            by=cast.bjarne, kind="enquiry", patient_id=whose, text=ELSEWHERE, files=[file]
        )
        self.save(cast)
        command(as_role, "hand-over", to=tmp_path / "over")
        command(as_role, "close", on=people.today())
        return tmp_path / "over"

    def save(self, cast: Cast) -> None:
        econsultations.save_template(
            by=cast.berg, kind=TemplateKind.ANSWER, title="Ro", text="Ta det med ro.", own=False
        )

    def test_its_own_words_go_when_the_matters_have_gone(
        self, cast: Cast, as_role: AsRole, closed: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first, second, third = (erase(as_role, closed) for _time in range(3))

        said = capsys.readouterr().out
        assert (first, second, third) == (1, 0, 0)
        assert "do this again in a minute" in said and "its keys are destroyed" in said
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice):
            assert {one.text for one in templates(cast.berg, TemplateKind.ANSWER)} == {""}
        keys = raw("SELECT wrapped FROM content_wrappingkey WHERE owner LIKE 'practice %%'")
        assert b"" in [bytes(one) for (one,) in keys]
        assert "Ta det med ro." in (closed / "tables/econsultations_template.ndjson").read_text()

    def test_not_when_they_are_not_what_was_handed_over(
        self, cast: Cast, as_role: AsRole, closed: Path
    ) -> None:
        self.save(cast)

        with pytest.raises(Refusal, match=r"econsultations_template.ndjson has changed"):
            erase(as_role, closed)
