"""Asking the contact register, keeping its answer, and going by it for as long as it may."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.errors import PortError
from dialog.people import actions, chores, queries
from dialog.people.contact_register import Contacted
from dialog.people.models import RegisteredContact
from dialog.people.policy import Hindrance, Language, NotificationKind
from tests.people.on_lists import kinds

A_DAY = timedelta(days=1)


def hear(*actors, at_most=A_DAY):
    return actions.hear_contact([one.patient for one in actors], at_most=at_most)


def phone(actor, kind=NotificationKind.MESSAGE):
    return queries.contact(actor.patient).phone_for(kind)


class TestHearContact:
    def test_what_it_says_counts_from_now_on(self, cast, contacts):
        assert phone(cast.kari) == ("", Hindrance.NOT_HEARD)

        contacts.change("kari", phone="+4799900009", language="en")
        assert hear(cast.kari)

        assert phone(cast.kari) == ("+4799900009", None)
        assert queries.contact(cast.kari.patient).language == "en"

    def test_it_is_not_asked_again_before_it_is_old(self, cast, contacts, time_machine):
        hear(cast.kari, cast.per)
        assert not hear(cast.kari, cast.per)
        time_machine.move_to(timezone.now() + A_DAY + timedelta(minutes=1))

        assert hear(cast.kari)
        assert len(contacts.asked) == 3

    def test_away_what_was_heard_stands_and_nothing_is_guessed(self, cast, contacts, time_machine):
        hear(cast.kari)
        contacts.away = True
        time_machine.move_to(timezone.now() + 2 * A_DAY)

        with pytest.raises(PortError):
            hear(cast.kari, cast.per)

        assert phone(cast.kari)[1] is None
        assert phone(cast.per)[1] is Hindrance.NOT_HEARD

    def test_a_number_ages_though_nobody_asks(self, cast, contacts, time_machine):
        hear(cast.kari)
        time_machine.move_to(timezone.now() + timedelta(days=600))

        assert phone(cast.kari)[1] is Hindrance.OLD_CONTACT

    def test_a_language_we_do_not_speak_falls_back(self, cast, contacts):
        contacts.change("kari", language="se")
        hear(cast.kari)

        assert queries.contact(cast.kari.patient).language == "nb"

    def test_the_one_chosen_here_later_is_spoken(self, cast, contacts):
        contacts.change("kari", language="en")
        hear(cast.kari)
        actions.choose_language(by=cast.kari, language=Language.NN)

        assert queries.contact(cast.kari.patient).language == "nn"

    def test_without_a_register_nobody_is_asked(self, cast):
        assert not hear(cast.kari)
        assert phone(cast.kari)[1] is None

    def test_what_is_given_here_ages_until_somebody_stands_by_it(self, cast, time_machine):
        time_machine.move_to(timezone.now() + timedelta(days=600))
        before = phone(cast.kari)

        actions.change_contact_details(by=cast.kari, phone="99900000", email="")

        assert (before[1], phone(cast.kari)[1]) == (Hindrance.OLD_CONTACT, None)


class TestNoteContact:
    def test_a_change_is_a_fact_and_a_confirmation_is_none(self, cast, contacts):
        hear(cast.kari)
        contacts.change("kari", phone_confirmed_at=timezone.now())
        hear(cast.kari, at_most=timedelta())
        contacts.change("kari", reserved=True)
        hear(cast.kari, at_most=timedelta())

        assert kinds(patient=cast.kari.patient).count("ContactDetailsChanged") == 2
        assert phone(cast.kari)[1] is Hindrance.RESERVED

    def test_nobody_says_it_for_themselves(self, cast, contacts):
        hear(cast.kari)
        with rows.seeing(account=cast.kari.account, patient=cast.kari.patient):
            assert not RegisteredContact.objects.update(reserved=True)
            with pytest.raises(ProgrammingError), transaction.atomic():
                RegisteredContact.objects.create(
                    patient_id=cast.kari.patient,
                    heard_at=timezone.now(),
                    registered=True,
                    reserved=False,
                    may_be_told=True,
                )

    def test_another_office_reads_nothing_of_it(self, cast, contacts):
        hear(cast.kari)
        seen = []
        for one in (cast.siri, cast.berg):
            with rows.seeing(practice=one.practice_id, account=one.account):
                seen.append(RegisteredContact.objects.count())

        assert seen == [1, 0]

    def test_somebody_the_register_does_not_have(self, cast, contacts):
        actions.note_contact(by=PLATFORM, patient_id=cast.kari.patient, heard=Contacted())

        assert phone(cast.kari)[1] is Hindrance.NOT_REGISTERED


class TestTheRound:
    def test_all_are_asked_about_before_anybody_writes_to_them(self, cast, contacts):
        chores.ask_about_contact()
        chores.ask_about_contact()

        assert len(contacts.asked) == len(set(contacts.asked)) == 5

    def test_away_the_round_comes_again(self, cast, contacts):
        contacts.away = True
        chores.ask_about_contact()
        contacts.away = False
        chores.ask_about_contact()

        assert phone(cast.bjarne)[1] is None

    def test_without_a_register_there_is_none(self, cast):
        chores.ask_about_contact()
        with rows.at_the_door():
            assert not RegisteredContact.objects.exists()
