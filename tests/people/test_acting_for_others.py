"""What somebody who acts for another sees and does, and when that is over."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialog import rows
from dialog.actor import PLATFORM, Area
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Feature, Kind
from dialog.errors import InvalidInput, NotFound, ServiceOff
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Proxy
from dialog.people.policy import ProxyKind
from dialog.renewals import queries as renewals
from tests.people.on_lists import enquiry, list_of, mother_of, uuid_of, young_patient

OSLO = ZoneInfo("Europe/Oslo")


def given(cast, *areas, kind=ProxyKind.MANDATE):
    return actions.grant_proxy(
        by=cast.kari,
        patient_id=cast.kari.patient,
        account_id=cast.per.account,
        kind=kind,
        areas=areas,
    )


def acting(actor, patient):
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id, acting_for=uuid_of(patient))


def seen(by, ask):
    with rows.seeing(account=by.account_id, patient=by.patient_id):
        return ask()


class TestAreas:
    def test_a_mandate_for_prescriptions_opens_nothing_else(self, cast):
        hidden = enquiry(cast.kari)
        given(cast, Area.RENEWAL)
        per = acting(cast.per, cast.kari)

        assert per.areas == {Area.RENEWAL}
        assert seen(per, lambda: conversation_queries.my_matters(per)) == []
        with pytest.raises(NotFound):
            seen(per, lambda: conversation_queries.conversation_for(per, hidden.id))
        with pytest.raises(ServiceOff):
            enquiry(per)
        assert hidden.id in seen(per, lambda: conversation_queries.hidden_from(per))

    def test_nor_does_one_for_enquiries_show_prescriptions(self, cast):
        given(cast, Area.ENQUIRY)
        per = acting(cast.per, cast.kari)

        assert seen(cast.kari, lambda: renewals.offers(cast.kari))
        assert seen(per, lambda: renewals.offers(per)) == []
        assert enquiry(per).kind == Kind.ENQUIRY

    def test_the_page_shows_the_rest_as_closed_and_says_why(self, cast):
        given(cast, Area.ENQUIRY)
        per = acting(cast.per, cast.kari)

        states = seen(per, lambda: conversation_queries.services_for(per, list_of(cast.lund)))

        assert states[Feature.ENQUIRY].on
        assert not states[Feature.RENEWAL].on
        assert "ringe legekontoret" in states[Feature.RENEWAL].reason

    def test_a_mandate_for_nothing_is_refused_at_its_field(self, cast):
        with pytest.raises(InvalidInput) as refusal:
            given(cast)

        assert refusal.value.field == "areas"

    def test_parents_of_older_children_have_what_the_settings_say(self, cast, settings):
        settings.PARENTS_OF_OLDER_CHILDREN = frozenset({Area.APPOINTMENT})
        ung = young_patient(cast, years=14)

        assert acting(cast.kari, ung).areas == {Area.APPOINTMENT}
        assert acting(cast.kari, cast.kari_for_ola).areas == set(Area)


class TestAges:
    def test_a_parents_right_ends_at_midnight_in_norway_open_threads_included(
        self, cast, time_machine
    ):
        thread = enquiry(cast.kari_for_ola)
        ola = seen(cast.kari_for_ola, lambda: queries.the_patient(cast.kari_for_ola))
        sixteen = datetime(ola.born.year + 16, ola.born.month, ola.born.day, tzinfo=OSLO)

        time_machine.move_to(sixteen.astimezone(UTC) - timedelta(seconds=1))
        kari = acting(cast.kari, cast.kari_for_ola)
        assert seen(kari, lambda: conversation_queries.conversation_for(kari, thread.id))
        time_machine.move_to(sixteen.astimezone(UTC))

        assert acting(cast.kari, cast.kari_for_ola) is None
        with rows.seeing(account=cast.kari.account):
            assert [one.name for one in queries.represented_by(cast.kari.account)] == [
                cast.kari.name
            ]

    def test_and_the_row_says_so_itself(self, cast):
        actions.grant_proxy(
            by=cast.siri,
            patient_id=cast.kari_for_ola.patient,
            account_id=cast.per.account,
            kind=ProxyKind.PARENT,
        )

        with rows.seeing(account=cast.per.account):
            born = queries.represented_by(cast.per.account)[-1].born
            upper = Proxy.objects.get(account_id=cast.per.account).period.upper
        assert (upper.year - born.year, upper.month, upper.day) == (16, born.month, born.day)

    def test_nobody_under_eighteen_is_given_a_mandate(self, cast):
        day = queries.today()
        number = synthetic(day.replace(year=day.year - 17, day=1), 3)
        young = actions.register_account(by=PLATFORM, identity_number=number, name="Ung Voksen")

        with pytest.raises(InvalidInput) as refusal:
            actions.grant_proxy(
                by=cast.kari,
                patient_id=cast.kari.patient,
                account_id=young.id,
                kind=ProxyKind.MANDATE,
            )

        assert "18 år" in str(refusal.value.sentence)

    def test_nor_somebody_who_is_not_there(self, cast):
        with pytest.raises(InvalidInput):
            actions.grant_proxy(
                by=cast.kari, patient_id=cast.kari.patient, account_id=0, kind=ProxyKind.MANDATE
            )


class TestTheYoung:
    def test_what_a_parent_wrote_a_young_person_does_not_see(self, cast):
        ung = young_patient(cast)
        parent = mother_of(cast, ung)
        written = enquiry(parent)
        offices = conversations.start(
            by=cast.siri, kind=Kind.ENQUIRY, patient_id=ung.patient, text="Kom innom."
        )
        conversations.reply(by=parent, conversation_id=offices.id, text="Vi tar det hjemme.")

        mine = seen(ung, lambda: conversation_queries.my_matters(ung))
        thread = seen(ung, lambda: conversation_queries.thread(ung, offices.id))

        assert [one.id for one in mine] == [offices.id]
        assert [one.text for one in thread.messages] == ["Kom innom."]
        assert seen(ung, lambda: conversation_queries.hidden_from(ung)) == [written.id]
