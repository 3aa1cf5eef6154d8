"""What becomes of looks that were unlike the usual when their office closes."""

from pathlib import Path

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters import database_roles as roles
from dialog.cli import handing_over
from dialog.content import destroy_all_of_practice
from dialog.errors import NotAllowed
from dialog.oversight import actions, chores
from dialog.people import actions as people
from dialog.people.queries import today
from tests.oversight.looked import flags, raised


@pytest.fixture
def waits(cast):
    """Nobody has judged it."""
    return raised(cast.siri, cast.kari.patient_id)


class TestForgetOfErasedOffice:
    def close(self, cast):
        with rows.seeing(practice=cast.lund.practice):
            people.close_practice(by=PLATFORM, practice_id=cast.lund.practice, on=today())

    def left(self, cast, as_role):
        with as_role(roles.RELAY):
            chores.forget_erased_offices()
        return [one.id for one in flags(cast.lund)]

    def test_it_goes_when_the_offices_keys_are_destroyed(self, cast, waits, as_role):
        raised(cast.berg, cast.bjarne.patient_id)
        self.close(cast)
        before = self.left(cast, as_role)
        with as_role(roles.OWNER), rows.seeing(scope="setup"):
            destroy_all_of_practice(cast.lund.practice)

        assert (before, self.left(cast, as_role)) == ([waits], [])
        assert len(flags(cast.berg)) == 1

    def test_not_while_the_office_has_its_keys(self, cast, waits):
        with pytest.raises(NotAllowed):
            actions.forget_of_erased_office(by=PLATFORM, practice_id=cast.lund.practice)

    def test_nobody_at_an_office_does_it(self, cast):
        with pytest.raises(NotAllowed):
            actions.forget_of_erased_office(by=cast.lund, practice_id=cast.lund.practice)


def test_it_is_handed_over_with_its_words(cast, waits, as_role, tmp_path: Path, monkeypatch):
    # The test's own transaction has begun, and cannot begin as another kind.
    monkeypatch.setattr(handing_over, "BEGIN", "SELECT 1")
    actions.ask_about_look(by=cast.lund, unusual_look_id=waits, question="Hva gjaldt det?")

    with as_role(roles.OWNER):
        handing_over.hand_over(cast.lund.practice, tmp_path / "over")

    kept = (tmp_path / "over/tables/oversight_unusuallook.ndjson").read_text()
    assert str(waits) in kept and "Hva gjaldt det?" in kept
