"""The log is followed in order, each entry once, by one relay at a time."""

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from dialog.adapters import database_roles as roles
from dialog.adapters.memory_seals import MemorySealHeads, MemorySealKeys
from dialog.cli.relay import CHORES
from dialog.demo.cast import find
from dialog.ledger.sealer import Sealer
from dialog.oversight import chores
from dialog.oversight.models import UnusualLook
from dialog.statements import ask, tell
from tests.database import SERVER, connected_to
from tests.oversight.looked import NIGHT, Following, flags, without_matter
from tests.oversight.searched import at_work

STATEMENTS = (
    "DELETE FROM oversight_unusuallook",
    "UPDATE oversight_unusuallook SET signs = '{night}'",
    "UPDATE oversight_followed SET seal = 0",
    "DELETE FROM oversight_workday",
)


@pytest.fixture
def follow(db, as_role):
    return Following(as_role)


def refused(statement):
    with pytest.raises(ProgrammingError), transaction.atomic():
        tell(statement)


class TestInOrder:
    def test_the_relay_does_it_minute_by_minute(self, cast, follow, as_role):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow.seal()
        with as_role(roles.RELAY):
            chores.follow_up_the_log()

        assert len(flags(cast.lund)) == 1
        assert {chores.follow_up_the_log, chores.forget_what_was_unusual} <= set(CHORES)

    def test_each_entry_is_gone_through_once(self, cast, follow):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")

        times = follow(), follow(), follow()

        # What following writes itself is sealed and passed too.
        assert times == (1, 1, 0)
        assert [one.looks for one in flags(cast.lund)] == [1]

    def test_one_relay_at_a_time_follows(self, server, own_database):
        by = find()
        without_matter(by.siri, by.kari.patient_id, NIGHT, reason="other")
        held = psycopg.connect(SERVER.url(database=own_database))
        sealer = Sealer(MemorySealKeys(), MemorySealHeads())
        with connected_to(own_database, roles.RELAY), held as other:
            while sealer.turn():
                pass
            other.execute("SELECT 1 FROM oversight_followed FOR UPDATE")
            meanwhile = chores.follow_on()
            other.rollback()
            after = chores.follow_on()
            raised = [one.looks for one in flags(by.lund)]

        assert (meanwhile, after, raised) == (False, True, [1])

    def test_what_fails_is_gone_through_again(self, cast, follow, monkeypatch):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        with monkeypatch.context() as broken:
            broken.setattr("dialog.oversight.actions.notice", lambda **_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                follow()

        follow()

        assert [one.looks for one in flags(cast.lund)] == [1]

    def test_the_place_moves_to_the_last_seal_and_what_is_before_it_is_left(
        self, cast, follow, as_role
    ):
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow.seal()
        with as_role("postgres"):
            tell("UPDATE oversight_followed SET seal = (SELECT max(number) FROM ledger_seal)")
        without_matter(cast.nina, cast.kari.patient_id, NIGHT, reason="other")
        follow()

        with as_role("postgres"):
            ((place, last),) = ask(
                "SELECT seal, (SELECT max(number) FROM ledger_seal) FROM oversight_followed"
            )
        assert [one.account_id for one in flags(cast.lund)] == [cast.nina.account_id]
        assert place == last > 1

    def test_the_web_server_neither_raises_nor_moves(self, cast):
        with at_work(cast.lund):
            assert UnusualLook.objects.count() == 0
            for statement in STATEMENTS:
                refused(statement)
