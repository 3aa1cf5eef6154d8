"""A new office asks, the patient answers, and the old GP sees nothing new (R191)."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as matters
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import number
from dialog.errors import NotFound, WrongState
from dialog.people import actions, queries
from dialog.people.models import GpAssignment, GpChange
from tests.people.on_lists import asked, enquiry, kinds, list_of


class TestAnswerGpChange:
    def test_with_a_yes_the_new_list_begins_and_the_old_one_ends(self, cast):
        wish = asked(cast)

        actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).list_id == list_of(cast.berg)
            assert not queries.gp_wishes(cast.kari)

    def test_with_a_no_nothing_changes(self, cast):
        wish = asked(cast)

        actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=False)

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).list_id == list_of(cast.lund)

    def test_it_is_written_down_for_both_offices(self, cast):
        wish = asked(cast)

        actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)

        assert kinds(practice=cast.lund.practice_id)[-1] == "GpUnassigned"
        assert kinds(practice=cast.berg.practice_id)[-3:] == [
            "GpChangeAsked",
            "GpChangeAnswered",
            "GpAssigned",
        ]

    def test_an_answer_is_given_once(self, cast):
        wish = asked(cast)
        actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=False)

        with pytest.raises(WrongState):
            actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)

    @pytest.mark.parametrize("who", ["per", "bjarne", "kari_for_ola", "berg", "lund"])
    def test_nobody_else_can_answer(self, cast, who):
        wish = asked(cast)

        with pytest.raises(NotFound):
            actions.answer_gp_change(by=getattr(cast, who), change_uuid=wish.uuid, yes=True)

    def test_a_parent_answers_for_the_child(self, cast):
        actions.take_on(
            by=cast.berg,
            list_id=list_of(cast.berg),
            identity_number=number("ola"),
            given_name="Ola",
            family_name="Nordmann",
        )
        with rows.seeing(patient=cast.kari_for_ola.patient_id):
            wish = queries.gp_wishes(cast.kari_for_ola)[0]

        actions.answer_gp_change(by=cast.kari_for_ola, change_uuid=wish.uuid, yes=True)

        with rows.seeing(patient=cast.kari_for_ola.patient_id):
            assert queries.list_of(cast.kari_for_ola.patient).list_id == list_of(cast.berg)


class TestTakeBackGpChange:
    def test_the_patient_is_no_longer_asked(self, cast):
        wish = asked(cast)

        actions.take_back_gp_change(by=cast.berg, change_uuid=wish.uuid)

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.gp_wishes(cast.kari) == []

    def test_another_offices_question_is_not_found(self, cast):
        wish = asked(cast)

        with pytest.raises(NotFound):
            actions.take_back_gp_change(by=cast.siri, change_uuid=wish.uuid)


class TestAfterTheChange:
    """Each side is asked with no filter at all: what is left out, the database has left out."""

    @pytest.fixture
    def changed(self, cast):
        old = enquiry(cast.kari)
        wish = asked(cast)
        actions.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)
        return old

    def seen_by(self, actor, model):
        with rows.seeing(account=actor.account_id, practice=actor.practice_id):
            return set(model.objects.values_list("id", flat=True))

    def test_the_old_office_sees_nothing_new(self, cast, changed):
        new = enquiry(cast.kari)

        assert self.seen_by(cast.lund, Conversation) == {changed.id}
        assert self.seen_by(cast.berg, Conversation) == {new.id}
        messages = self.seen_by(cast.lund, Message) & self.seen_by(cast.berg, Message)
        assert messages == set()

    def test_the_old_office_keeps_its_own_record(self, cast, changed):
        with rows.seeing(practice=cast.lund.practice_id):
            thread = matters.thread(cast.lund, changed.id)

        assert [one.text for one in thread.messages] == ["Når åpner dere?"]
        assert thread.patient.name == "Kari Nordmann"

    def test_the_old_office_is_not_told_the_new_number(self, cast, changed):
        actions.change_contact_details(by=cast.kari, phone="91234567", email="ny@example.org")

        told = conversations.read(by=cast.lund, conversation_id=changed.id).patient

        assert (told.phone, told.email) == ("", "")
        assert conversations.read(by=cast.kari, conversation_id=changed.id).patient.phone
        ours = conversations.read(by=cast.berg, conversation_id=enquiry(cast.kari).id)
        assert ours.patient.phone == "91234567"

    def test_the_new_office_does_not_see_the_old_record(self, cast, changed):
        with pytest.raises(NotFound):
            conversations.read(by=cast.berg, conversation_id=changed.id)

    def test_the_old_office_cannot_begin_anything_new(self, cast, changed):
        with pytest.raises(NotFound):
            conversations.start(
                by=cast.siri, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei"
            )

    def test_what_is_taken_along_ends_at_the_old_office_and_goes_on_at_the_new(self, cast, changed):
        text, _files = carried(cast.kari, changed)

        new = enquiry(cast.kari, continues_id=changed.id)

        with rows.seeing(patient=cast.kari.patient_id):
            old = matters.thread(cast.kari, changed.id)
        assert text == "Når åpner dere?"
        assert (old.status, new.practice_id) == (Status.CLOSED, cast.berg.practice_id)

    def test_the_new_office_is_not_told_what_it_goes_on_from(self, cast, changed):
        new = enquiry(cast.kari, continues_id=changed.id)

        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            assert matters.thread(cast.berg, new.id).continues_id is None
        with rows.seeing(patient=cast.kari.patient_id):
            assert matters.thread(cast.kari, new.id).continues_id == changed.id

    def test_what_the_patient_leaves_is_listed_until_it_is_done(self, cast, changed):
        with rows.seeing(patient=cast.kari.patient_id):
            before = matters.open_elsewhere(cast.kari)
        conversations.close(by=cast.siri, conversation_id=changed.id)
        with rows.seeing(patient=cast.kari.patient_id):
            after = matters.open_elsewhere(cast.kari)

        assert [(one.id, one.with_whom, one.goes_along) for one in before] == [
            (changed.id, "Ingrid Lund", True)
        ]
        assert after == []


def carried(by, conversation):
    with rows.seeing(patient=by.patient_id):
        return matters.text_to_carry(by, conversation.id)


class TestTheDatabaseItself:
    """What no program of ours does, tried all the same, as the web server's own role."""

    def refused(self, make):
        said = r"row-level security|permission denied"
        with pytest.raises(ProgrammingError, match=said), transaction.atomic():
            make()

    def stay(self, cast, **change):
        return GpAssignment(
            **{
                "patient_id": cast.kari.patient_id,
                "patient_list_id": list_of(cast.berg),
                "practice_id": cast.berg.practice_id,
                "period": (queries.today(), None),
            }
            | change
        )

    def test_no_practice_takes_another_practices_patient(self, cast):
        with rows.seeing(practice=cast.berg.practice_id):
            self.refused(self.stay(cast).save)

    def test_not_even_for_a_day_long_ago(self, cast):
        long_ago = (date(2001, 1, 1), date(2001, 1, 2))

        with rows.seeing(practice=cast.berg.practice_id):
            self.refused(self.stay(cast, period=long_ago).save)

    def test_no_practice_puts_anybody_on_another_practices_list(self, cast):
        with rows.seeing(practice=cast.berg.practice_id):
            self.refused(self.stay(cast, patient_list_id=list_of(cast.lund)).save)

    def test_no_patient_moves_without_having_been_asked(self, cast):
        with rows.seeing(patient=cast.kari.patient_id):
            self.refused(self.stay(cast).save)

    def test_no_stay_becomes_another_persons(self, cast):
        with rows.seeing(practice=cast.berg.practice_id):
            own = GpAssignment.objects.filter(patient_id=cast.bjarne.patient_id)
            self.refused(lambda: own.update(patient_id=cast.kari.patient_id))

    def test_no_practice_says_yes_for_the_patient(self, cast):
        wish = asked(cast)
        said = {"answer": "yes", "answered_by_id": cast.berg.account_id}

        with rows.seeing(practice=cast.berg.practice_id):
            mine = GpChange.objects.filter(uuid=wish.uuid)
            self.refused(lambda: mine.update(**said, answered_at=wish.asked_at))

    def test_no_practice_turns_a_yes_into_another_patients(self, cast):
        wish = asked(cast)

        with rows.seeing(practice=cast.berg.practice_id):
            mine = GpChange.objects.filter(uuid=wish.uuid)
            self.refused(lambda: mine.update(patient_id=cast.per.patient_id))
