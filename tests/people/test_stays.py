"""Whose list a patient is on: coming, moving and leaving."""

from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as matters
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff, WrongState
from dialog.ledger.models import Entry
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Patient
from tests.people.on_lists import asked, enquiry, kinds, list_of, team_list, uuid_of

BORN = date(1992, 7, 8)
SAID = {"identity_number": synthetic(BORN), "given_name": "Rune", "family_name": "Holm"}


class TestTakeOn:
    def test_somebody_new_is_on_the_list_at_once(self, cast):
        taken = actions.take_on(by=cast.siri, list_id=list_of(cast.lund), **SAID)

        with rows.seeing(practice=cast.siri.practice_id):
            assert queries.list_of(taken.patient_id).list_id == list_of(cast.lund)
        assert not taken.asked

    def test_it_is_written_down(self, cast):
        taken = actions.take_on(by=cast.siri, list_id=list_of(cast.lund), **SAID)

        assert kinds(patient=taken.patient_id) == ["PatientRegistered", "GpAssigned"]

    def test_the_birth_date_is_the_numbers(self, cast):
        taken = actions.take_on(by=cast.siri, list_id=list_of(cast.lund), **SAID)

        with rows.seeing(patient=taken.patient_id):
            assert queries.patient_by_id(taken.patient_id).born == BORN

    def test_somebody_elses_patient_is_asked_and_stays_where_they_are(self, cast):
        wish = asked(cast)

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).list_id == list_of(cast.lund)
        assert wish.to.list_id == list_of(cast.berg)

    def test_before_the_yes_the_new_office_sees_nothing_of_the_patient(self, cast):
        asked(cast)

        with rows.seeing(practice=cast.berg.practice_id):
            assert not Patient.objects.filter(id=cast.kari.patient_id).exists()
        with pytest.raises(NotFound):
            actions.look_up_patient(by=cast.berg, patient_uuid=uuid_of(cast.kari))

    def test_asking_twice_is_told(self, cast):
        asked(cast)

        with pytest.raises(WrongState):
            asked(cast)

    @pytest.mark.parametrize("wrong", ["", "1234", SAID["identity_number"][:-1] + "x"])
    def test_a_number_that_is_nobodys_is_refused_at_its_field(self, cast, wrong):
        with pytest.raises(InvalidInput) as refusal:
            actions.take_on(
                by=cast.siri, list_id=list_of(cast.lund), **SAID | {"identity_number": wrong}
            )

        assert refusal.value.field == "identity_number"

    def test_another_offices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.take_on(by=cast.berg, list_id=list_of(cast.lund), **SAID)

    @pytest.mark.parametrize("who", ["nina", "kari"])
    def test_whoever_does_not_manage_the_office_may_not(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.take_on(by=getattr(cast, who), list_id=list_of(cast.lund), **SAID)


class TestAssignGp:
    def test_a_patient_moves_between_lists_here(self, cast):
        actions.assign_gp(by=cast.siri, patient_id=cast.kari.patient, list_id=team_list(cast))

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).list_id == team_list(cast)

    def test_the_same_list_again_changes_nothing(self, cast):
        before = kinds(patient=cast.kari.patient_id)

        actions.assign_gp(by=cast.siri, patient_id=cast.kari.patient, list_id=list_of(cast.lund))

        assert kinds(patient=cast.kari.patient_id) == before

    def test_new_matters_go_to_the_new_list_and_old_ones_stay(self, cast):
        old = enquiry(cast.kari)
        actions.assign_gp(by=cast.siri, patient_id=cast.kari.patient, list_id=team_list(cast))
        new = enquiry(cast.kari)

        assert old.patient_list_id == list_of(cast.lund)
        assert new.patient_list_id == team_list(cast)

    def test_somebody_elses_patient_must_be_asked(self, cast):
        with pytest.raises(WrongState):
            actions.assign_gp(
                by=cast.berg, patient_id=cast.kari.patient, list_id=list_of(cast.berg)
            )

    def test_another_offices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.assign_gp(
                by=cast.siri, patient_id=cast.kari.patient, list_id=list_of(cast.berg)
            )

    def test_a_patient_does_not_choose_a_list_alone(self, cast):
        with pytest.raises(NotAllowed):
            actions.assign_gp(
                by=cast.kari, patient_id=cast.kari.patient, list_id=list_of(cast.berg)
            )


class TestLeaveList:
    def test_whoever_has_left_can_begin_nothing_new(self, cast):
        actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)

        with pytest.raises(ServiceOff):
            enquiry(cast.kari)

    def test_what_is_open_can_be_finished(self, cast):
        conversation = enquiry(cast.kari)
        actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)

        conversations.reply(by=cast.siri, conversation_id=conversation.id, text="Klokka åtte.")

        with rows.seeing(patient=cast.kari.patient_id):
            assert len(matters.thread(cast.kari, conversation.id).messages) == 2

    def test_the_old_office_is_told_nothing_new_about_them(self, cast):
        actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)
        actions.change_contact_details(by=cast.kari, phone="99999999", email="")

        found = actions.look_up_patient(by=cast.siri, patient_uuid=uuid_of(cast.kari))

        assert (found.name, found.phone) == ("Kari Nordmann", "")

    def test_it_is_written_down_when(self, cast):
        day = queries.today() + timedelta(days=10)

        actions.leave_list(by=cast.siri, patient_id=cast.kari.patient, day=day)

        with rows.seeing(patient=cast.kari.patient_id):
            entry = Entry.objects.filter(kind="GpUnassigned").latest("id")
            assert entry.details["until"] == day.isoformat()
            assert queries.list_of(cast.kari.patient) is not None

    def test_another_offices_patient_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.leave_list(by=cast.berg, patient_id=cast.kari.patient)

    def test_a_nurse_may_not(self, cast):
        with pytest.raises(NotAllowed):
            actions.leave_list(by=cast.nina, patient_id=cast.kari.patient)
