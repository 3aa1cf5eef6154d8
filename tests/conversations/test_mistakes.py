"""Mistakes put right, and files: who gets what was meant for another, and who opens what."""

import pytest
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, WrongState
from tests.conversations.pictures import half_and_half, written
from tests.people.on_lists import enquiry, kinds, uuid_of

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


class TestMisfile:
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
