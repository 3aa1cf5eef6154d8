"""Leaving everywhere, and shutting one's own access until one proves anew who one is."""

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.cast import number
from dialog.errors import NotAllowed
from dialog.ledger.models import Entry
from dialog.people import actions, queries


def facts_about(by):
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return list(Entry.objects.order_by("-id").values_list("kind", "patient_id")[:2])


def acts(by):
    with rows.seeing(account=by.account_id):
        return queries.patient_actor(by.account)


class TestSignOutEverywhere:
    def test_it_is_written_down(self, cast):
        actions.sign_out_everywhere(by=cast.kari)

        assert facts_about(cast.kari)[0] == ("SignedOutEverywhere", cast.kari.patient_id)


class TestLockAccess:
    def test_nobody_acts_as_her_from_the_next_request(self, cast):
        actions.lock_access(by=cast.kari)

        assert acts(cast.kari) is None
        assert facts_about(cast.kari)[0] == ("AccessLocked", cast.kari.patient_id)

    def test_it_is_her_own_access_also_when_she_acts_for_her_son(self, cast):
        actions.lock_access(by=cast.kari_for_ola)

        assert acts(cast.kari) is None
        assert facts_about(cast.kari)[0] == ("AccessLocked", cast.kari.patient_id)

    def test_others_are_not_touched(self, cast):
        actions.lock_access(by=cast.kari)

        assert acts(cast.per) == cast.per

    def test_the_first_time_counts(self, cast):
        actions.lock_access(by=cast.kari)
        with rows.at_the_door():
            first = queries.account_at_the_door(number("kari")).locked_at

        actions.lock_access(by=cast.kari)

        with rows.at_the_door():
            assert queries.account_at_the_door(number("kari")).locked_at == first

    def test_an_office_locks_nobody(self, cast):
        with pytest.raises(NotAllowed):
            actions.lock_access(by=cast.siri)


class TestUnlockAccess:
    def test_she_comes_in_again(self, cast):
        actions.lock_access(by=cast.kari)

        actions.unlock_access(by=PLATFORM, account_id=cast.kari.account)

        assert acts(cast.kari) == cast.kari
        assert facts_about(cast.kari)[0] == ("AccessUnlocked", cast.kari.patient_id)

    def test_what_is_open_is_not_opened(self, cast):
        actions.unlock_access(by=PLATFORM, account_id=cast.kari.account)

        assert "AccessUnlocked" not in dict(facts_about(cast.kari))

    def test_only_the_door_opens(self, cast):
        with pytest.raises(NotAllowed):
            actions.unlock_access(by=cast.per, account_id=cast.kari.account)
