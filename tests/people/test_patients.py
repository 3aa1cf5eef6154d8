"""Knowing a person as a patient, and how they are told things."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError

from dialog import rows
from dialog.demo.cast import number
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger import queries as ledger
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Explanation, NotificationChoice
from dialog.people.policy import Language, LookReason, NotificationKind
from tests.people.on_lists import kinds, uuid_of

BORN = date(1992, 7, 8)
SAID = {
    "identity_number": synthetic(BORN),
    "given_name": "Rune",
    "family_name": "Holm",
    "born": BORN,
}


def seen(actor):
    with rows.seeing(account=actor.account_id, patient=actor.patient_id):
        return queries.the_patient(actor)


class TestRegisterPatient:
    def test_somebody_new_is_known_and_it_is_written_down(self, cast):
        patient = actions.register_patient(by=cast.siri, **SAID)

        assert patient.name == "Rune Holm"
        assert kinds(patient=patient.id) == ["PatientRegistered"]

    def test_somebody_known_stays_as_they_are(self, cast):
        known = SAID | {"identity_number": number("kari")}

        patient = actions.register_patient(by=cast.siri, **known)

        assert (patient.id, patient.name) == (cast.kari.patient_id, "Kari Nordmann")

    @pytest.mark.parametrize("who", ["kari", "nina"])
    def test_whoever_does_not_manage_an_office_may_not(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.register_patient(by=getattr(cast, who), **SAID)


class TestChangeContactDetails:
    def test_the_office_rings_the_new_number(self, cast):
        actions.change_contact_details(by=cast.kari, phone="41234567", email="")

        found = actions.look_up_patient(by=cast.siri, patient_uuid=uuid_of(cast.kari))
        assert found.phone == "41234567"

    def test_it_is_written_down_but_not_to_what(self, cast):
        actions.change_contact_details(by=cast.kari, phone="41234567", email="kari@eksempel.no")

        with rows.seeing(patient=cast.kari.patient_id):
            last = ledger.access_log(cast.kari)[0]
        assert (last.kind, last.details) == ("ContactDetailsChanged", {})

    def test_a_parent_changes_the_childs(self, cast):
        actions.change_contact_details(by=cast.kari_for_ola, phone="41234567", email="")

        assert seen(cast.kari_for_ola).phone == "41234567"
        assert seen(cast.kari).phone != "41234567"

    def test_the_office_does_not_change_them_for_the_patient(self, cast):
        with pytest.raises(NotFound):
            actions.change_contact_details(by=cast.siri, phone="41234567", email="")


class TestChooseNotification:
    def test_the_kind_is_off_until_it_is_on_again(self, cast):
        actions.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)

        with rows.seeing(patient=cast.kari.patient_id):
            wanted = queries.wanted_notifications(cast.kari.patient)
        assert [kind for kind, yes in wanted.items() if not yes] == [NotificationKind.MESSAGE]
        assert kinds(patient=cast.kari.patient_id)[-1] == "NotificationChosen"

    def test_the_office_does_not_choose(self, cast):
        with pytest.raises(NotFound):
            actions.choose_notification(by=cast.siri, kind=NotificationKind.MESSAGE, wanted=False)

    def test_nor_by_a_wrong_query(self, cast):
        actions.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)

        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            assert NotificationChoice.objects.update(wanted=True) == 0
            assert NotificationChoice.objects.all().delete() == (0, {})
            assert (
                queries.wanted_notifications(cast.kari.patient)[NotificationKind.MESSAGE] is False
            )


class TestChooseNotifications:
    def test_only_what_changed_is_written_down(self, cast):
        before = kinds(patient=cast.kari.patient_id).count("NotificationChosen")

        actions.choose_notifications(by=cast.kari, wanted={NotificationKind.REMINDER})

        with rows.seeing(patient=cast.kari.patient_id):
            wanted = queries.wanted_notifications(cast.kari.patient)
        assert [kind for kind, yes in wanted.items() if yes] == [NotificationKind.REMINDER]
        written = kinds(patient=cast.kari.patient_id).count("NotificationChosen") - before
        assert written == len(NotificationKind) - 1


class TestChooseLanguage:
    def test_a_patients_pages_and_sms_follow_it(self, cast):
        actions.choose_language(by=cast.kari, language=Language.NN)

        assert seen(cast.kari).language == Language.NN

    def test_acting_for_a_child_changes_ones_own_pages_and_not_the_childs_sms(self, cast):
        actions.choose_language(by=cast.kari_for_ola, language=Language.EN)

        assert seen(cast.kari_for_ola).language == Language.NB

    def test_nobody_elses_is_changed(self, cast):
        actions.choose_language(by=cast.kari, language=Language.NN)

        assert seen(cast.per).language == Language.NB


class TestSetCeilingCard:
    def test_it_is_known_until_its_day(self, cast):
        until = queries.today() + timedelta(days=100)

        actions.set_ceiling_card(by=cast.siri, patient_id=cast.kari.patient, until=until)

        assert seen(cast.kari).ceiling_card_until == until
        assert kinds(patient=cast.kari.patient_id)[-1] == "CeilingCardSet"

    def test_another_offices_patient_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.set_ceiling_card(
                by=cast.berg, patient_id=cast.kari.patient, until=queries.today()
            )

    def test_nor_is_one_who_has_left(self, cast):
        actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)

        with pytest.raises(NotFound):
            actions.set_ceiling_card(
                by=cast.siri, patient_id=cast.kari.patient, until=queries.today()
            )

    def test_the_patient_does_not_give_it_to_themselves(self, cast):
        with pytest.raises(NotAllowed):
            actions.set_ceiling_card(
                by=cast.kari, patient_id=cast.kari.patient, until=queries.today()
            )


class TestLookUpPatient:
    def test_the_look_is_on_the_patients_log(self, cast):
        actions.look_up_patient(by=cast.siri, patient_uuid=uuid_of(cast.kari))

        with rows.seeing(patient=cast.kari.patient_id):
            last = ledger.access_log(cast.kari)[0]
        assert (last.kind, last.account_id) == ("PatientLookedUp", cast.siri.account_id)

    @pytest.mark.parametrize("who", ["berg", "per", "kari"])
    def test_a_stranger_does_not_find_the_page(self, cast, who):
        with pytest.raises(NotFound):
            actions.look_up_patient(by=getattr(cast, who), patient_uuid=uuid_of(cast.kari))


class TestExplainLook:
    def test_the_code_is_a_fact_and_the_words_are_the_patients_to_read(self, cast):
        actions.explain_look(
            by=cast.siri,
            patient_uuid=uuid_of(cast.kari),
            reason=LookReason.OTHER,
            words=" Apoteket ringte. ",
        )

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            fact = ledger.access_log(cast.kari)[0]
            said = queries.said_of_looks(cast.kari, [UUID(fact.details["explanation_id"])])
        assert (fact.kind, fact.details["reason"]) == ("LookExplained", "other")
        assert list(said.values()) == ["Apoteket ringte."]

    def test_words_belong_to_another_reason_only(self, cast):
        actions.explain_look(
            by=cast.siri, patient_uuid=uuid_of(cast.kari), reason=LookReason.CALL, words="Hei"
        )

        with rows.seeing(practice=cast.siri.practice_id):
            assert Explanation.objects.get().words == ""

    @pytest.mark.parametrize("words", ["", "  ", "x" * 301])
    def test_another_reason_is_said_in_a_few_words(self, cast, words):
        with pytest.raises(InvalidInput):
            actions.explain_look(
                by=cast.siri,
                patient_uuid=uuid_of(cast.kari),
                reason=LookReason.OTHER,
                words=words,
            )

    @pytest.mark.parametrize(("who", "no"), [("berg", NotFound), ("per", NotAllowed)])
    def test_a_stranger_and_a_patient_explain_nothing(self, cast, who, no):
        with pytest.raises(no):
            actions.explain_look(
                by=getattr(cast, who), patient_uuid=uuid_of(cast.kari), reason=LookReason.CALL
            )

    def test_whoever_acts_for_the_patient_does_not_read_the_words_even_by_a_wrong_query(self, cast):
        actions.explain_look(
            by=cast.siri,
            patient_uuid=uuid_of(cast.kari_for_ola),
            reason=LookReason.OTHER,
            words="Skolen ringte.",
        )

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari_for_ola.patient_id):
            assert list(Explanation.objects.all()) == []

    @pytest.mark.parametrize("change", [{"reason": "mistake"}, {"patient_id": 1}])
    def test_what_was_said_is_never_changed(self, cast, change):
        actions.explain_look(by=cast.siri, patient_uuid=uuid_of(cast.kari), reason=LookReason.CALL)

        with (
            pytest.raises(ProgrammingError),
            rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id),
        ):
            Explanation.objects.update(**change)

    @pytest.mark.parametrize("wrong", [{"account": "nina"}, {"patient": "bjarne"}])
    def test_nobody_explains_in_anothers_name_or_about_a_stranger(self, cast, wrong):
        who = {"account": "siri", "patient": "kari"} | wrong
        said = {
            "practice_id": cast.siri.practice_id,
            "account_id": getattr(cast, who["account"]).account_id,
            "patient_id": getattr(cast, who["patient"]).patient_id,
            "reason": LookReason.CALL,
        }

        with (
            pytest.raises(ProgrammingError),
            rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id),
        ):
            Explanation.objects.create(**said)
