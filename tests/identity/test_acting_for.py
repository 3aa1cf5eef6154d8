"""Choosing whom to act for, and what happens when that is over."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from dialog import rows
from dialog.conversations.models import Conversation
from dialog.demo.who import number
from dialog.people import actions
from dialog.people.models import Proxy
from dialog.people.policy import ProxyKind
from dialog.people.ports import Responsible
from tests.doors import post
from tests.people.on_lists import uuid_of

CHOOSE, HOME, ASK = reverse("identity:act_for"), reverse("portal:home"), reverse("portal:enquiry")
WORDS = "Kan vi få en ny time til vaksine for Ola i neste uke?"


def chosen(client, patient):
    return post(client, CHOOSE, person=str(uuid_of(patient)))


class TestChoosing:
    def test_the_page_asks_the_register_and_shows_the_child(self, cast, register, as_kari):
        page = as_kari.get(CHOOSE).content.decode()

        assert "Ola Nordmann" in page
        assert chosen(as_kari, cast.kari_for_ola).headers["Location"] == HOME
        assert "Ola Nordmann" in as_kari.get(HOME).content.decode()

    def test_when_the_register_is_away_nobody_begins_and_the_page_says_what_to_do(
        self, cast, register, as_kari
    ):
        register.away = True

        page = as_kari.get(CHOOSE)
        refused = chosen(as_kari, cast.kari_for_ola)

        assert page.status_code == 200
        assert refused.status_code == 409
        for one in (page, refused):
            words = one.content.decode()
            assert "Vi får ikke svar fra Folkeregisteret" in words
            assert "Ring legekontoret" in words or "ring legekontoret" in words
            assert "Ola Nordmann" not in words
        assert chosen(as_kari, cast.kari).headers["Location"] == HOME

    def test_who_may_not_is_told_why(self, cast, register, as_kari):
        register.change("ola", parents=(Responsible(number=number("kari"), at_home=False),))

        page = as_kari.get(CHOOSE).content.decode()

        assert "Disse kan du ikke handle for nå" in page
        assert "bor på samme adresse" in page

    def test_a_stranger_is_not_found(self, cast, register, as_per):
        assert chosen(as_per, cast.kari_for_ola).status_code == 404


class TestWhenItIsOver:
    def test_what_was_meant_for_another_is_not_sent_as_oneself(self, cast, as_per):
        proxy = actions.grant_proxy(
            by=cast.kari,
            patient_id=cast.kari.patient,
            account_id=cast.per.account,
            kind=ProxyKind.MANDATE,
        )
        chosen(as_per, cast.kari)
        actions.revoke_proxy(by=cast.kari, proxy_uuid=proxy.uuid)

        stopped = post(as_per, ASK, text=WORDS, topic="practical")

        assert stopped.status_code == 403
        page = stopped.content.decode()
        assert "ikke handle for den du hadde valgt" in page
        assert "vaksine for Ola" in page
        for who in (cast.kari, cast.per):
            with rows.seeing(patient=who.patient):
                assert not Conversation.objects.exists()
        assert as_per.get(HOME).status_code == 200

    def test_a_page_is_not_shown_as_oneself_without_a_word_either(self, cast, register, as_kari):
        as_kari.get(CHOOSE)
        chosen(as_kari, cast.kari_for_ola)
        with rows.seeing(patient=cast.kari_for_ola.patient):
            Proxy.objects.update(confirmed_at=timezone.now() - timedelta(days=2))

        assert as_kari.get(HOME).status_code == 403
        assert as_kari.get(HOME).status_code == 200
