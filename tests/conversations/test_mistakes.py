"""Mistakes put right, and files: who gets what was meant for another, and who opens what."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, chores, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, WrongState
from tests.conversations.pictures import half_and_half, written
from tests.people.on_lists import enquiry, kinds, uuid_of

AsRole = Callable[[str], AbstractContextManager[None]]
STRANGERS = ["per", "berg", "bjarne", "kari_for_ola"]


def seen(cast: Cast, conversation: Conversation, who: str = "siri") -> queries.Thread:
    actor = getattr(cast, who)
    with rows.seeing(
        account=actor.account_id, patient=actor.patient_id, practice=actor.practice_id
    ):
        return queries.thread(actor, conversation.id)


def last(cast: Cast) -> str:
    return str(kinds(patient=cast.kari.patient_id)[-1])


def important(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Ta blodtrykket før fredag.",
        important=True,
        remind_at=timezone.now(),
    )


def answered(cast: Cast, text: str = "Ja, klokka ti.") -> UUID:
    """A question from Kari, with an answer that she has not opened."""
    asked = enquiry(cast.kari)
    return actions.reply(by=cast.siri, conversation_id=asked.id, text=text).conversation_id


def take_back(cast: Cast, conversation_id: UUID, number: int = -1) -> None:
    with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
        message = queries.thread(cast.siri, conversation_id).messages[number]
    actions.recall(by=cast.siri, conversation_id=conversation_id, message_id=message.id)


def row(cast: Cast, conversation_id: UUID) -> Conversation:
    with rows.seeing(practice=cast.siri.practice_id):
        return Conversation.objects.get(id=conversation_id)


def reminded(conversation: Conversation) -> None:
    with rows.seeing(practice=conversation.practice_id):
        actions.remind_of_unread(conversation_id=conversation.id)


class TestRecall:
    def test_a_question_without_its_answer_waits_for_the_practice_again(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        asked_at = row(cast, conversation_id).started_at

        take_back(cast, conversation_id)

        now = row(cast, conversation_id)
        assert now.status == Status.WITH_PRACTICE
        assert now.due_at and now.due_at - asked_at < timedelta(days=14)
        with rows.seeing(practice=cast.siri.practice_id):
            assert conversation_id in [one.id for one in queries.inbox(cast.siri)[0]]

    def test_it_is_due_when_it_was_promised(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)
        promised = asked.due_at
        with time_machine.travel(timezone.now() + timedelta(days=7)):
            actions.reply(by=cast.siri, conversation_id=asked.id, text="Ja")

            take_back(cast, asked.id)

        assert row(cast, asked.id).due_at == promised

    def test_also_when_it_was_set_aside_after_the_answer(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        actions.rest(by=cast.siri, conversation_id=conversation_id)

        take_back(cast, conversation_id)

        assert row(cast, conversation_id).status == Status.WITH_PRACTICE

    def test_one_of_two_answers_leaves_the_other(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        actions.reply(by=cast.siri, conversation_id=conversation_id, text="Eller elleve.")

        take_back(cast, conversation_id)

        assert row(cast, conversation_id).status == Status.WITH_PATIENT

    def test_what_nobody_asked_for_stays_where_it_is(self, cast: Cast) -> None:
        wrote_first = important(cast)

        take_back(cast, wrote_first.id)

        now = row(cast, wrote_first.id)
        assert (now.status, now.remind_at) == (Status.WITH_PATIENT, None)

    def test_another_important_message_is_still_reminded_of(self, cast: Cast) -> None:
        wrote_first = important(cast)
        actions.reply(by=cast.siri, conversation_id=wrote_first.id, text="Og ta med listen.")

        take_back(cast, wrote_first.id)

        assert row(cast, wrote_first.id).remind_at is not None

    def test_nobody_need_write_a_letter_about_it(self, cast: Cast) -> None:
        wrote_first = important(cast)
        reminded(wrote_first)

        take_back(cast, wrote_first.id)

        assert [one.done_by for one in seen(cast, wrote_first).follow_ups] == [cast.siri.name]

    def test_not_when_it_has_been_opened(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        actions.read(by=cast.kari, conversation_id=conversation_id)

        with pytest.raises(WrongState):
            take_back(cast, conversation_id)

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        asked = enquiry(cast.kari)
        answer = actions.reply(by=cast.siri, conversation_id=asked.id, text="Ja")

        with pytest.raises(NotFound):
            actions.recall(by=getattr(cast, who), conversation_id=asked.id, message_id=answer.id)


class TestMisfile:
    def test_its_owner_and_what_was_to_be_done_go_along(self, cast: Cast) -> None:
        wrong = actions.start(
            by=cast.siri,
            kind=Kind.ENQUIRY,
            patient_id=cast.kari.patient,
            text="Ta blodtrykket.",
            important=True,
            remind_at=timezone.now(),
            owner_id=cast.siri.account_id,
        )
        reminded(wrong)

        right = actions.misfile(
            by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per)
        )

        assert right.owner_id == cast.siri.account_id
        assert row(cast, right.id).remind_at is not None
        assert [one.done_by for one in seen(cast, wrong).follow_ups] == [cast.siri.name]

    def test_the_right_patient_gets_it_and_the_wrong_one_a_plain_line(self, cast: Cast) -> None:
        wrong = important(cast)

        right = actions.misfile(
            by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per)
        )

        assert [one.text for one in seen(cast, right, "per").messages] == [
            "Ta blodtrykket før fredag."
        ]
        left = seen(cast, wrong, "kari")
        assert [(one.text, one.hidden) for one in left.messages] == [("", "misfiled")]
        assert left.status is Status.CLOSED

    def test_however_much_was_written_it_all_goes_along(self, cast: Cast) -> None:
        wrong, written = important(cast), ["Mer. " * 190, "Og mer. " * 120]
        for text in written:
            actions.reply(by=cast.siri, conversation_id=wrong.id, text=text)

        right = actions.misfile(
            by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per)
        )

        moved = [one.text for one in seen(cast, right, "per").messages]
        assert moved == ["Ta blodtrykket før fredag.", *written]
        assert {one.hidden for one in seen(cast, wrong).messages} == {"misfiled"}

    def test_both_records_say_so(self, cast: Cast) -> None:
        wrong = important(cast)

        actions.misfile(by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per))

        for patient in (cast.kari, cast.per):
            assert "ConversationMisfiled" in kinds(patient=patient.patient_id)

    def test_not_to_the_patient_it_was_for(self, cast: Cast) -> None:
        wrong = important(cast)

        with pytest.raises(WrongState):
            actions.misfile(
                by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.kari)
            )

    def test_a_patient_of_another_office_is_not_found(self, cast: Cast) -> None:
        wrong = important(cast)

        with pytest.raises(NotFound):
            actions.misfile(
                by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.bjarne)
            )

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        wrong = important(cast)

        with pytest.raises(NotFound):
            actions.misfile(
                by=cast.berg, conversation_id=wrong.id, right_patient=uuid_of(cast.bjarne)
            )


def kept(cast: Cast) -> queries.FileView:
    return actions.keep_file(by=cast.kari, name="albue.jpg", data=written(half_and_half(), "JPEG"))


class TestKeepFile:
    def test_a_message_carries_it(self, cast: Cast) -> None:
        file = kept(cast)

        conversation = enquiry(cast.kari, files=[file.id])

        assert [one.name for one in seen(cast, conversation).messages[0].files] == ["albue.jpg"]

    def test_nobody_elses_message_does(self, cast: Cast) -> None:
        file = kept(cast)

        with pytest.raises(NotFound):
            enquiry(cast.per, files=[file.id])

    def test_what_we_do_not_take_is_refused(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput):
            actions.keep_file(by=cast.kari, name="albue.jpg", data=b"hei")


class TestForgetUnsentFiles:
    def forget(self, as_role: AsRole, days: int) -> None:
        with time_machine.travel(timezone.now() + timedelta(days=days)), as_role("dialog_relay"):
            chores.forget_unsent_files()

    def parts(self, cast: Cast, file: queries.FileView) -> int:
        view, parts = actions.open_file(by=cast.kari, attachment_id=file.id)
        return view.size - len(b"".join(parts))

    def test_what_was_never_sent_is_forgotten_after_a_day(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        file = kept(cast)

        self.forget(as_role, days=0)
        assert self.parts(cast, file) == 0
        self.forget(as_role, days=2)

        with pytest.raises(NotFound):
            self.parts(cast, file)

    def test_what_was_sent_stays(self, cast: Cast, as_role: AsRole) -> None:
        file = kept(cast)
        enquiry(cast.kari, files=[file.id])

        self.forget(as_role, days=2)

        assert self.parts(cast, file) == 0


class TestOpenFile:
    def test_the_look_is_on_the_patients_log(self, cast: Cast) -> None:
        file = kept(cast)
        enquiry(cast.kari, files=[file.id])

        view, parts = actions.open_file(by=cast.siri, attachment_id=file.id)

        assert len(b"".join(parts)) == view.size
        assert last(cast) == "AttachmentRead"

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        file = kept(cast)
        enquiry(cast.kari, files=[file.id])

        with pytest.raises(NotFound):
            actions.open_file(by=getattr(cast, who), attachment_id=file.id)
