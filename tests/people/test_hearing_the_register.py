"""What the population register says, and what it does to who acts for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.who import BORN, number
from dialog.errors import NotFound
from dialog.people import actions, queries
from dialog.people.models import Proxy, RegisterAnswer
from dialog.people.policy import ProxyKind, Stop, birthday
from dialog.people.ports import Responsible
from tests.people.on_lists import kinds, uuid_of

PER_TOO = (
    Responsible(number=number("kari"), at_home=True),
    Responsible(number=number("per"), at_home=False),
)


def hears(actor):
    with rows.seeing(account=actor.account_id, patient=actor.patient_id):
        return actions.hear_whom_to_act_for(by=actor)


def begins(actor):
    """Whom somebody may begin to act for."""
    with rows.seeing(account=actor.account_id):
        return [one.name for one in queries.represented_by(actor.account)[1:]]


def goes_on(actor, patient):
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id, acting_for=uuid_of(patient)) is not None


def not_now(actor):
    with rows.seeing(account=actor.account_id):
        return [(one.name, one.reason) for one in queries.not_now(actor.account)]


class TestHearWhomToActFor:
    def test_nobody_acts_for_anybody_before_the_register_has_said_so(self, cast, register):
        assert begins(cast.kari) == []
        assert not goes_on(cast.kari, cast.kari_for_ola)

        assert hears(cast.kari)

        assert begins(cast.kari) == ["Ola Nordmann"]
        assert goes_on(cast.kari, cast.kari_for_ola)

    def test_a_parent_nobody_has_registered_here_is_let_in(self, cast, register):
        register.change("ola", parents=PER_TOO)
        register.change("per", children=(number("ola"),))

        hears(cast.per)

        assert begins(cast.per) == ["Ola Nordmann"]
        assert kinds(patient=cast.kari_for_ola.patient_id)[-1] == "ProxyGranted"
        with rows.seeing(account=cast.per.account):
            right = Proxy.objects.get(account_id=cast.per.account)
        assert right.from_register
        assert right.period.upper == birthday(BORN["ola"], 16)

    def test_the_guardian_of_a_grown_up_is_let_in(self, cast, register):
        register.change("anne", guardians=(number("per"),))
        register.change("per", wards=(number("anne"),))

        hears(cast.per)

        assert begins(cast.per) == ["Anne Moe"]

    def test_nobody_the_register_does_not_know_of(self, cast, register):
        register.change("per", children=(number("ola"),))

        hears(cast.per)

        assert begins(cast.per) == []

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"ola": {"parents": ()}}, Stop.NOT_RESPONSIBLE),
            (
                {"ola": {"parents": (Responsible(number=number("kari"), at_home=False),)}},
                Stop.LIVES_ELSEWHERE,
            ),
            ({"ola": {"protected": True}}, Stop.REGISTER),
            ({"kari": {"protected": True}}, Stop.REGISTER),
            ({"ola": {"dead": True}}, Stop.REGISTER),
        ],
    )
    def test_what_changes_stops_the_next_request_and_says_why(
        self, cast, register, time_machine, changes, reason
    ):
        hears(cast.kari)
        for who, words in changes.items():
            register.change(who, **words)

        time_machine.move_to(timezone.now() + timedelta(minutes=61))
        hears(cast.kari)

        assert begins(cast.kari) == []
        assert not goes_on(cast.kari, cast.kari_for_ola)
        assert not_now(cast.kari) == [("Ola Nordmann", reason)]
        assert kinds(patient=cast.kari_for_ola.patient_id)[-1] == "ProxyStopped"
        with rows.seeing(patient=cast.kari_for_ola.patient):
            assert queries.those_who_act_for(cast.kari_for_ola.patient) == []

    def test_and_lets_go_when_it_changes_back(self, cast, register, time_machine):
        register.change("ola", protected=True)
        hears(cast.kari)
        register.change("ola", protected=False)
        time_machine.move_to(timezone.now() + timedelta(minutes=61))

        hears(cast.kari)

        assert begins(cast.kari) == ["Ola Nordmann"]
        assert not_now(cast.kari) == []

    def test_a_mandate_stops_where_an_address_is_protected(self, cast, register, time_machine):
        actions.grant_proxy(
            by=cast.kari,
            patient_id=cast.kari.patient,
            account_id=cast.per.account,
            kind=ProxyKind.MANDATE,
        )
        hears(cast.per)
        before = begins(cast.per)
        register.change("kari", protected=True)
        time_machine.move_to(timezone.now() + timedelta(minutes=61))

        hears(cast.per)

        assert (before, begins(cast.per)) == (["Kari Nordmann"], [])

    def test_what_an_office_registered_stands_where_the_register_knows_nobody(self, cast, register):
        del register.known[number("ola")]

        hears(cast.kari)

        assert begins(cast.kari) == ["Ola Nordmann"]

    def test_nor_where_it_knows_the_child_and_not_who_says_to_be_the_parent(self, cast, register):
        del register.known[number("kari")]
        register.change("ola", parents=PER_TOO[1:])

        hears(cast.kari)

        assert not_now(cast.kari) == [("Ola Nordmann", Stop.NOT_RESPONSIBLE)]

    def test_what_an_office_has_documented_of_a_guardian_stands(self, cast, register):
        actions.grant_proxy(
            by=cast.siri,
            patient_id=cast.anne.patient,
            account_id=cast.per.account,
            kind=ProxyKind.GUARDIAN,
        )

        hears(cast.per)

        assert begins(cast.per) == ["Anne Moe"]

    def test_a_protected_child_is_not_given_away_as_a_patient_here(self, cast, register):
        register.change("ola", parents=PER_TOO, protected=True)
        register.change("per", children=(number("ola"),))

        hears(cast.per)

        assert (begins(cast.per), not_now(cast.per)) == ([], [])

    def test_a_practice_asks_for_nobody(self, cast, register):
        with pytest.raises(NotFound):
            actions.hear_whom_to_act_for(by=cast.siri)

    def test_without_a_register_what_is_registered_here_counts(self, cast):
        assert hears(cast.kari)
        assert begins(cast.kari) == ["Ola Nordmann"]


class TestWhenItIsAway:
    def test_nobody_begins_and_nothing_is_guessed(self, cast, register):
        register.away = True

        assert not hears(cast.kari)

        assert begins(cast.kari) == []
        assert not goes_on(cast.kari, cast.kari_for_ola)

    def test_who_has_begun_goes_on_for_as_long_as_the_settings_say(
        self, cast, register, time_machine, settings
    ):
        hears(cast.kari)
        register.away, began = True, timezone.now()

        time_machine.move_to(began + timedelta(hours=2))
        assert not hears(cast.kari)
        assert begins(cast.kari) == []
        assert goes_on(cast.kari, cast.kari_for_ola)

        time_machine.move_to(began + settings.REGISTER_TO_GO_ON + timedelta(minutes=1))
        assert not goes_on(cast.kari, cast.kari_for_ola)

    def test_about_one_child_only_the_others_are_heard_of(self, cast, register):
        register.change("per", children=(number("ola"),), wards=(number("anne"),))
        register.change("anne", guardians=(number("per"),))
        register.change("ola", parents=PER_TOO)
        register.silent_about.add(number("ola"))

        assert not hears(cast.per)
        assert begins(cast.per) == ["Anne Moe"]


class TestAnswersAreKept:
    def test_it_is_not_asked_again_before_they_are_old(self, cast, register, time_machine):
        hears(cast.kari)
        asked = len(register.asked)

        hears(cast.kari)
        assert len(register.asked) == asked
        time_machine.move_to(timezone.now() + timedelta(minutes=61))
        hears(cast.kari)

        assert len(register.asked) == 2 * asked
        with rows.at_the_door():
            assert RegisterAnswer.objects.count() == asked

    def test_that_it_knows_nobody_is_an_answer_too(self, cast, register):
        register.known.clear()
        hears(cast.kari)
        asked = len(register.asked)

        hears(cast.kari)

        assert len(register.asked) == asked

    def test_nobody_but_the_door_reads_them(self, cast, register):
        hears(cast.kari)

        with rows.seeing(account=cast.kari.account, patient=cast.kari.patient):
            assert not RegisterAnswer.objects.exists()

    def test_a_kept_answer_grows_no_younger_by_being_used(self, cast, register, time_machine):
        began = timezone.now()
        hears(cast.kari)
        time_machine.move_to(began + timedelta(minutes=50))
        hears(cast.kari)

        time_machine.move_to(began + timedelta(minutes=70))

        assert begins(cast.kari) == []


class TestConfirmRight:
    def confirmed(self, cast, who="kari"):
        return actions.confirm_right(
            by=PLATFORM,
            patient_id=cast.kari_for_ola.patient,
            representative_id=getattr(cast, who).patient,
        )

    def test_what_is_kept_is_enough_and_is_kept_to(self, cast, register):
        hears(cast.kari)
        register.away = True
        assert self.confirmed(cast)

        register.away = False
        register.change("ola", protected=True)
        with rows.at_the_door():
            RegisterAnswer.objects.all().delete()

        assert not self.confirmed(cast)
        assert not goes_on(cast.kari, cast.kari_for_ola)

    def test_who_has_no_right_has_none_to_confirm(self, cast, register):
        assert not self.confirmed(cast, "per")
