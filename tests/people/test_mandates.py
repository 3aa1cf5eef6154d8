"""Giving somebody a mandate by number and name, and what the two then read of it."""

from datetime import timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM, Area
from dialog.demo.who import number
from dialog.errors import InvalidInput, NotFound
from dialog.people import actions, queries, texts
from dialog.people.identity import identity_hash
from dialog.people.identity_number import synthetic
from dialog.people.models import Account
from dialog.people.policy import ProxyKind
from tests.people.on_lists import kinds, young_patient


def give(by, who="per", family="Hansen", **more):
    said = {"identity_number": number(who), "family_name": family, "areas": [Area.RENEWAL]}
    return actions.give_mandate(by=by, **said | more)


def mine(actor):
    with rows.seeing(account=actor.account_id, patient=actor.patient_id):
        return queries.mandates(actor)


class TestGiveMandate:
    def test_it_counts_at_once_and_in_what_it_names(self, cast):
        last = queries.today() + timedelta(days=6)
        give(cast.kari, last=last)

        (given,), (received,) = mine(cast.kari).given, mine(cast.per).received
        assert (given.name, received.name) == ("Per Hansen", "Kari Nordmann")
        assert (given.areas, given.last, given.over) == ((Area.RENEWAL,), last, False)
        assert kinds(patient=cast.kari.patient_id)[-1] == "ProxyGranted"

    @pytest.mark.parametrize("family", ["hansen", " HANSEN ", "Hansen"])
    def test_the_name_may_be_written_as_people_write(self, cast, family):
        assert give(cast.kari, family=family).kind == ProxyKind.MANDATE

    @pytest.mark.parametrize("family", ["Hanssen", "Per", "Per Hansen", "", "  "])
    def test_number_and_name_go_together(self, cast, family):
        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari, family=family)

        assert (refusal.value.sentence, refusal.value.field) == (
            texts.NOBODY_SUCH,
            "identity_number",
        )

    def test_who_is_not_known_here_reads_the_same(self, cast):
        nobody = synthetic(queries.today().replace(year=1960, day=1), 4)

        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari, identity_number=nobody)

        assert refusal.value.sentence == texts.NOBODY_SUCH

    def test_one_digit_wrong_is_said_at_its_field(self, cast):
        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari, identity_number=number("per")[:-1])

        assert refusal.value.field == "identity_number"

    def test_not_to_oneself_and_not_twice(self, cast):
        with pytest.raises(InvalidInput, match="invalid") as refusal:
            give(cast.kari, who="kari", family="Nordmann")
        assert refusal.value.sentence == texts.NOT_ONESELF
        give(cast.kari)
        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari)
        assert refusal.value.sentence == texts.HAS_ONE

    def test_not_by_who_acts_for_another_nor_by_the_office(self, cast):
        for by in (cast.kari_for_ola, cast.siri):
            with pytest.raises(NotFound):
                give(by)

    def test_not_before_sixteen(self, cast):
        with pytest.raises(InvalidInput) as refusal:
            give(young_patient(cast, years=15))

        assert refusal.value.sentence == texts.TOO_YOUNG_TO_GIVE

    def test_ended_and_given_anew_is_a_change(self, cast):
        first = give(cast.kari)
        actions.revoke_proxy(by=cast.kari, proxy_uuid=first.uuid)

        give(cast.kari, areas=[Area.ENQUIRY])

        assert mine(cast.kari).given[0].areas == (Area.ENQUIRY,)


class TestWithARegister:
    def test_somebody_new_is_known_by_the_registers_name(self, cast, register):
        new = synthetic(queries.today().replace(year=1960, day=1), 4)
        register.change("per", number=new, given="Nils", family="Ny")
        register.known[new] = register.known.pop(number("per"))

        give(cast.kari, identity_number=new, family="Ny")

        with rows.at_the_door():
            assert Account.objects.get(identity_hash=identity_hash(new)).name == "Nils Ny"

    def test_nobody_with_a_protected_address_gives(self, cast, register):
        register.change("kari", protected=True)

        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari)

        assert refusal.value.sentence == texts.NOT_HERE

    @pytest.mark.parametrize("about", [{"protected": True}, {"dead": True}])
    @pytest.mark.parametrize("family", ["Hansen", "Hanssen"])
    def test_of_a_typed_number_it_cannot_be_read_that_the_address_is_protected(
        self, cast, register, about, family
    ):
        register.change("per", **about)
        nobody = synthetic(queries.today().replace(year=1960, day=1), 4)

        said = []
        for whose in (number("per"), nobody):
            with pytest.raises(InvalidInput) as refusal:
                give(cast.kari, identity_number=whose, family=family)
            said.append((refusal.value.sentence, refusal.value.field))

        assert said == [(texts.NOBODY_SUCH, "identity_number")] * 2

    def test_while_it_is_away_none_are_given(self, cast, register):
        register.away = True

        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari)

        assert refusal.value.sentence == texts.REGISTER_IS_SILENT


class TestMandates:
    def test_what_has_ended_is_kept_and_comes_last(self, cast):
        week = timedelta(days=7)
        old = actions.grant_proxy(
            by=cast.kari,
            patient_id=cast.kari.patient,
            account_id=cast.per.account,
            kind=ProxyKind.MANDATE,
            since=queries.today() - week,
        )
        actions.revoke_proxy(by=cast.per, proxy_uuid=old.uuid)
        give(cast.kari)

        assert [one.over for one in mine(cast.kari).given] == [False, True]
        assert [one.may_end for one in mine(cast.per).received] == [True, False]

    def test_a_child_does_not_end_its_parents_right(self, cast):
        account = actions.register_account(
            by=PLATFORM, identity_number=number("ola"), name="Ola Nordmann"
        )
        with rows.seeing(account=account.id):
            ola = queries.patient_actor(account.id)
        (parents,) = mine(ola).given

        with pytest.raises(NotFound):
            actions.revoke_proxy(by=ola, proxy_uuid=parents.uuid)
        assert not parents.may_end

    def test_nobody_elses_is_found(self, cast):
        one = give(cast.kari)

        with rows.seeing(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id):
            assert queries.mandates(cast.bjarne).given == ()
            with pytest.raises(NotFound):
                queries.mandate(cast.bjarne, one.uuid)
        with pytest.raises(NotFound):
            queries.mandates(cast.kari_for_ola)
