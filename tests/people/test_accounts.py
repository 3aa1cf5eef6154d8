"""Who may sign in, and who may act for whom."""

from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.cast import number
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Proxy
from dialog.people.policy import ProxyKind
from tests.people.on_lists import kinds, uuid_of


class TestRegisterAccount:
    def test_somebody_known_as_a_patient_finds_themselves(self, cast):
        account = actions.register_account(
            by=PLATFORM, identity_number=number("ola"), name="Ola Nordmann"
        )

        with rows.seeing(account=account.id):
            actor = queries.patient_actor(account.id)
        assert actor.patient_id == cast.kari_for_ola.patient_id

    def test_somebody_who_can_sign_in_already_stays_as_they_are(self, cast):
        account = actions.register_account(
            by=PLATFORM, identity_number=number("kari"), name="En Annen"
        )

        assert (account.id, account.name) == (cast.kari.account_id, "Kari Nordmann")

    def test_the_number_itself_is_nowhere_to_look_for(self, cast):
        one = synthetic(date(1970, 1, 1))

        account = actions.register_account(by=PLATFORM, identity_number=one, name="Ny")

        assert one.encode() not in bytes(account.identity_hash)


def give(by, to, **more):
    said = {"patient_id": by.patient, "account_id": to.account_id, "kind": ProxyKind.MANDATE}
    return actions.grant_proxy(by=by, **said | more)


def acts_for(actor, patient):
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id, acting_for=uuid_of(patient))


class TestGrantProxy:
    def test_the_other_may_act_from_now(self, cast):
        give(cast.kari, cast.per)

        assert acts_for(cast.per, cast.kari).patient_id == cast.kari.patient_id
        assert kinds(patient=cast.kari.patient_id)[-1] == "ProxyGranted"

    def test_and_not_when_the_time_is_out(self, cast, time_machine):
        until = queries.today() + timedelta(days=3)
        give(cast.kari, cast.per, until=until)

        time_machine.move_to(until)

        assert acts_for(cast.per, cast.kari) is None

    def test_nobody_gives_what_is_anothers(self, cast):
        with pytest.raises(NotFound):
            give(cast.per, cast.bjarne, patient_id=cast.kari.patient)

    def test_who_acts_for_another_does_not_pass_it_on(self, cast):
        with pytest.raises(NotFound):
            give(cast.kari_for_ola, cast.per)

    def test_nobody_makes_themselves_a_parent(self, cast):
        with pytest.raises(NotAllowed):
            give(cast.kari, cast.per, kind=ProxyKind.PARENT)

    def test_nobody_gives_to_themselves(self, cast):
        with pytest.raises(InvalidInput):
            give(cast.kari, cast.kari)

    def test_the_office_registers_a_childs_other_parent(self, cast):
        give(cast.siri, cast.per, patient_id=cast.kari_for_ola.patient, kind=ProxyKind.PARENT)

        assert acts_for(cast.per, cast.kari_for_ola).patient_id == cast.kari_for_ola.patient_id

    def test_but_not_the_parent_of_a_grown_up(self, cast):
        with pytest.raises(InvalidInput):
            give(cast.siri, cast.per, patient_id=cast.kari.patient, kind=ProxyKind.PARENT)

    def test_another_offices_patient_is_not_found(self, cast):
        with pytest.raises(NotFound):
            give(cast.berg, cast.per, patient_id=cast.kari.patient, kind=ProxyKind.GUARDIAN)

    def test_a_nurse_registers_nobody(self, cast):
        with pytest.raises(NotAllowed):
            give(cast.nina, cast.per, patient_id=cast.kari.patient, kind=ProxyKind.GUARDIAN)

    def test_twice_at_once_is_refused(self, cast):
        give(cast.kari, cast.per)

        with pytest.raises(InvalidInput):
            give(cast.kari, cast.per)

    def test_an_end_before_the_beginning_is_refused_at_its_field(self, cast):
        with pytest.raises(InvalidInput) as refusal:
            give(cast.kari, cast.per, until=queries.today())

        assert refusal.value.field == "until"


class TestRevokeProxy:
    @pytest.mark.parametrize("who", ["kari", "per"])
    def test_either_side_ends_it_from_the_next_question(self, cast, who):
        proxy = give(cast.kari, cast.per)

        actions.revoke_proxy(by=getattr(cast, who), proxy_uuid=proxy.uuid)

        assert acts_for(cast.per, cast.kari) is None
        assert kinds(patient=cast.kari.patient_id)[-1] == "ProxyRevoked"

    def test_one_that_has_lasted_is_kept_with_its_end(self, cast):
        proxy = give(cast.kari, cast.per, since=queries.today() - timedelta(days=9))

        actions.revoke_proxy(by=cast.kari, proxy_uuid=proxy.uuid)

        with rows.seeing(patient=cast.kari.patient_id):
            assert Proxy.objects.get(uuid=proxy.uuid).period.upper == queries.today()

    @pytest.mark.parametrize("who", ["bjarne", "siri", "berg"])
    def test_nobody_else_finds_it(self, cast, who):
        proxy = give(cast.kari, cast.per)

        with pytest.raises(NotFound):
            actions.revoke_proxy(by=getattr(cast, who), proxy_uuid=proxy.uuid)

    def test_nor_does_another_who_acts_for_the_same_patient(self, cast):
        of_the_other_parent = give(
            cast.siri,
            cast.per,
            patient_id=cast.kari_for_ola.patient,
            kind=ProxyKind.PARENT,
        )

        with pytest.raises(NotFound):
            actions.revoke_proxy(by=cast.kari_for_ola, proxy_uuid=of_the_other_parent.uuid)
        assert acts_for(cast.per, cast.kari_for_ola) is not None


class TestSignIn:
    @pytest.mark.parametrize("who", ["kari", "siri"])
    def test_it_is_written_down(self, cast, who):
        actor = getattr(cast, who)

        actions.sign_in(by=actor)

        assert kinds(account=actor.account_id)[-1] == "SignedIn"


class TestSignOut:
    @pytest.mark.parametrize("who", ["kari", "siri"])
    def test_it_is_written_down(self, cast, who):
        actor = getattr(cast, who)

        actions.sign_out(by=actor)

        assert kinds(account=actor.account_id)[-1] == "SignedOut"
