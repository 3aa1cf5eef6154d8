"""A parent lets a child of thirteen to fifteen use the service by itself (R21, R22)."""

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from dialog import rows
from dialog.actor import Area
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Feature
from dialog.errors import NotFound, ServiceOff, WrongState
from dialog.people import actions, queries
from dialog.people.models import OwnAccess
from tests.doors import post, signed_in
from tests.people.on_lists import enquiry, kinds, list_of, mother_of, uuid_of, young_patient

PAGE, CHOOSE = reverse("portal:settings"), reverse("portal:own_access")


def again(ung):
    """The young person at the next request."""
    with rows.seeing(account=ung.account_id):
        return queries.patient_actor(ung.account_id)


def choose(by, consented):
    actions.choose_own_access(by=by, consented=consented)


class TestChooseOwnAccess:
    def test_with_a_yes_everything_and_without_it_a_time(self, cast):
        ung = young_patient(cast, consented=False)
        with pytest.raises(ServiceOff):
            enquiry(ung)
        assert ung.areas == {Area.APPOINTMENT}

        choose(mother_of(cast, ung), True)

        assert enquiry(again(ung))
        assert kinds(patient=ung.patient).count("OwnAccessChosen") == 1

    def test_taken_back_it_stops_the_next_request_open_matters_included(self, cast):
        ung = young_patient(cast)
        asked = enquiry(ung)

        for _twice in range(2):
            choose(mother_of(cast, ung), False)

        later = again(ung)
        with rows.seeing(account=ung.account, patient=ung.patient):
            with pytest.raises(NotFound):
                conversations.conversation_for(later, asked.id)
            state = conversations.services_for(later, list_of(cast.lund))[Feature.ENQUIRY]
            assert (state.on, "En forelder må først si ja" in state.reason) == (False, True)
            assert OwnAccess.objects.get().withdrawn_by_id == cast.kari.account
        assert kinds(patient=ung.patient).count("OwnAccessChosen") == 2

    def test_before_thirteen_there_is_none(self, cast):
        child = young_patient(cast, years=12, consented=False)

        with pytest.raises(WrongState):
            choose(mother_of(cast, child), True)
        assert again(child).areas == set()

    def test_at_sixteen_nobody_is_asked(self, cast):
        assert young_patient(cast, years=16, consented=False).areas == set(Area)

    @pytest.mark.parametrize("who", ["kari", "siri", "lund"])
    def test_only_who_acts_for_the_child_decides(self, cast, who):
        with pytest.raises(NotFound):
            choose(getattr(cast, who), True)

    def test_and_not_the_child_itself(self, cast):
        ung = young_patient(cast, consented=False)
        with pytest.raises(NotFound):
            choose(ung, True)
        with (
            rows.seeing(account=ung.account, patient=ung.patient),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
        ):
            OwnAccess.objects.create(patient_id=ung.patient, given_by_id=ung.account)


class TestThePage:
    def test_a_parent_says_yes_and_takes_it_back(self, cast):
        ung = young_patient(cast, consented=False)
        mother_of(cast, ung)
        mother = signed_in(cast.kari, acting_for=uuid_of(ung))

        before = mother.get(PAGE).content.decode()
        said = post(mother, CHOOSE, consented="1")
        after = mother.get(said.headers["Location"]).content.decode()

        assert "kan ikke skrive selv nå" in before
        assert "kan bruke tjenesten selv nå" in after
        assert again(ung).areas == set(Area)
        post(mother, CHOOSE, consented="")
        assert again(ung).areas == {Area.APPOINTMENT}

    def test_nobody_else_is_asked(self, cast, as_kari, as_kari_for_ola):
        for client in (as_kari, as_kari_for_ola):
            assert "kunne bruke tjenesten selv" not in client.get(PAGE).content.decode()
        assert as_kari.get(CHOOSE).headers["Location"] == PAGE
        assert post(as_kari, CHOOSE, consented="1").status_code == 404
