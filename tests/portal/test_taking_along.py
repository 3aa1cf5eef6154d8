"""The pages on which a patient with a new GP takes along what is open (R191)."""

import re
from html import unescape

from django.urls import reverse
from django.utils.html import strip_tags

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.policy import Status
from dialog.people import actions as people
from tests.appointments.people_and_times import booked, free, wished
from tests.doors import post
from tests.econsultations.asked import asked
from tests.people.on_lists import asked as asked_to_change
from tests.people.on_lists import enquiry
from tests.renewals.prescribed import ask, lines, prescribe


def changes_gp(cast):
    wish = asked_to_change(cast)
    people.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)


def text_of(page):
    return " ".join(unescape(strip_tags(page)).split())


def address(one):
    return reverse("portal:take_along", args=[one])


def page(client, url):
    return client.get(url).content.decode()


def gp_page(client):
    return text_of(page(client, reverse("portal:gp")))


def status(cast, conversation_id):
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.thread(cast.kari, conversation_id).status


class TestTheList:
    def test_before_the_yes_it_says_what_becomes_of_each(self, as_kari, cast):
        booked(cast.kari)
        ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        wish = asked_to_change(cast)

        said = text_of(page(as_kari, reverse("portal:gp_change", args=[wish.uuid])))

        assert "står. Du møter der, eller avbestiller den." in said
        assert "Resepten avgjøres der. Du kan heller be den nye fastlegen om det samme." in said

    def test_a_time_that_is_taken_is_kept_or_cancelled(self, as_kari, cast):
        one = booked(cast.kari)
        changes_gp(cast)

        said = page(as_kari, reverse("portal:gp"))

        assert reverse("portal:cancel", args=[one.conversation_id]) in said
        assert f"fra={one.conversation_id}" not in said

    def test_a_wish_or_a_proposal_is_asked_for_at_the_new_office(self, as_kari, cast):
        one = wished(cast.kari)
        proposal = appointments.propose_time(
            by=cast.siri,
            conversation_id=wished(cast.kari, "Noe annet").conversation_id,
            slot_id=free(cast.kari)[0].id,
        )
        changes_gp(cast)

        said = page(as_kari, reverse("portal:gp"))

        assert f"/time?fra={one.conversation_id}" in said
        assert f"/time?fra={proposal.conversation_id}" in said
        assert "Du har fått et forslag til time. Svar på det innen" in text_of(said)

    def test_an_econsultation_the_old_gp_has_begun_on_is_finished_there(self, as_kari, cast):
        one = asked(cast.kari)
        conversations.read(by=cast.lund, conversation_id=one.id)
        changes_gp(cast)

        assert "Legen har begynt på den og gjør den ferdig." in gp_page(as_kari)

    def test_one_nobody_has_opened_costs_nothing_there(self, as_kari, cast):
        asked(cast.kari)
        changes_gp(cast)

        assert "Tar du den med, koster den ingenting der." in gp_page(as_kari)


class TestTakeAlong:
    def test_the_words_of_an_enquiry_are_there_and_it_ends_at_the_old_office(self, as_kari, cast):
        old = enquiry(cast.kari)
        changes_gp(cast)

        said = page(as_kari, address(old.id))
        answer = post(as_kari, address(old.id), topic="other", text="Når åpner dere?")

        assert "Når åpner dere?" in said
        assert "Når du sender, avsluttes saken hos Ingrid Lund." in text_of(said)
        assert answer.status_code == 302
        assert status(cast, old.id) is Status.CLOSED

    def test_a_begun_econsultation_goes_on_there_and_a_new_one_has_its_own_price(
        self, as_kari, cast
    ):
        old = asked(cast.kari)
        conversations.read(by=cast.lund, conversation_id=old.id)
        changes_gp(cast)

        said = text_of(page(as_kari, address(old.id)))

        assert "Ingrid Lund gjør ferdig den du sendte dit, og du betaler for den" in said
        assert status(cast, old.id) is Status.WITH_PRACTICE

    def test_the_lines_of_a_renewal_are_seen_before_they_are_sent(self, as_kari, cast):
        old = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        changes_gp(cast)

        said = text_of(page(as_kari, address(old)))
        answer = post(as_kari, address(old))

        assert "Be Tor Berg om å fornye?" in said
        assert "Når du sender, avsluttes saken hos Ingrid Lund." in said
        new = answer.headers["Location"].rsplit("/", 1)[1]
        assert [one.title for one in lines(cast.berg, new)] == ["Metoprolol"]
        assert status(cast, old) is Status.CLOSED

    def test_a_wish_for_a_time_keeps_its_words_and_days(self, as_kari, cast):
        old = appointments.request_appointment(by=cast.kari, text="Kontroll", weekdays=[1])
        changes_gp(cast)
        wish = f"{reverse('portal:wish')}?fra={old.conversation_id}"

        said = page(as_kari, wish)
        post(as_kari, wish, text="Kontroll", weekdays=["1"], fra=str(old.conversation_id))

        assert "avsluttes saken om time hos Ingrid Lund" in text_of(said)
        assert re.search(r'name="weekdays" value="1"[^>]* checked', said)
        assert status(cast, old.conversation_id) is Status.CLOSED

    def test_what_is_done_leads_to_the_matter_itself(self, as_kari, cast):
        old = enquiry(cast.kari)

        answer = as_kari.get(address(old.id))

        assert answer.headers["Location"] == reverse("portal:thread", args=[old.id])

    def test_a_stranger_finds_nothing(self, as_per, cast):
        old = enquiry(cast.kari)
        changes_gp(cast)

        assert as_per.get(address(old.id)).status_code == 404
        assert post(as_per, address(old.id), topic="other", text="Hei").status_code == 404
