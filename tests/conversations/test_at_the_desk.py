"""What the office does with a matter: notes, promises and endings."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation, FollowUp
from dialog.conversations.policy import FollowUpReason, Kind, Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from tests.people.on_lists import enquiry, kinds

STRANGERS = ["per", "berg", "bjarne", "kari_for_ola"]


def seen(cast: Cast, conversation: Conversation, who: str = "siri") -> queries.Thread:
    actor = getattr(cast, who)
    with rows.seeing(
        account=actor.account_id, patient=actor.patient_id, practice=actor.practice_id
    ):
        return queries.thread(actor, conversation.id)


def last(cast: Cast) -> str:
    return str(kinds(patient=cast.kari.patient_id)[-1])


class TestAddNote:
    def test_colleagues_read_it_and_the_patient_does_not(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        actions.add_note(by=cast.siri, conversation_id=conversation.id, text="Ring i dag")

        assert [one.text for one in seen(cast, conversation, "lund").notes] == ["Ring i dag"]
        assert seen(cast, conversation, "kari").notes == ()
        assert last(cast) == "NoteAdded"

    def test_it_says_something(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(InvalidInput):
            actions.add_note(by=cast.siri, conversation_id=conversation.id, text="  ")

    def test_the_patient_leaves_none(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotAllowed):
            actions.add_note(by=cast.kari, conversation_id=conversation.id, text="Hei")

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.add_note(by=getattr(cast, who), conversation_id=conversation.id, text="Hei")


class TestClose:
    def test_it_is_over_for_both(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        actions.close(by=cast.siri, conversation_id=conversation.id)

        ended = seen(cast, conversation, "kari")
        assert (ended.status, ended.outcome, ended.may_write) == (
            Status.CLOSED,
            Outcome.ANSWERED,
            False,
        )
        assert last(cast) == "ConversationClosed"

    def test_and_stays_over(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)
        actions.close(by=cast.siri, conversation_id=conversation.id)

        with pytest.raises(WrongState):
            actions.reply(by=cast.kari, conversation_id=conversation.id, text="Hei?")

    def test_not_when_somebody_answered_meanwhile(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)
        actions.reply(by=cast.lund, conversation_id=conversation.id, text="Klokka åtte.")

        with pytest.raises(WrongState):
            actions.close(by=cast.siri, conversation_id=conversation.id, seen=1)

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.close(by=getattr(cast, who), conversation_id=conversation.id)


class TestRest:
    def test_nobody_waits_and_either_side_wakes_it(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        actions.rest(by=cast.siri, conversation_id=conversation.id)
        resting = seen(cast, conversation)
        actions.reply(by=cast.kari, conversation_id=conversation.id, text="En ting til")

        assert (resting.status, resting.due_at) == (Status.RESTING, None)
        assert seen(cast, conversation).status is Status.WITH_PRACTICE

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.rest(by=getattr(cast, who), conversation_id=conversation.id)


class TestRedirect:
    def test_it_ends_here_and_says_where_to_go_on(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        actions.redirect(
            by=cast.siri, conversation_id=conversation.id, to=Kind.ECONSULTATION, text="Spør legen"
        )

        ended = seen(cast, conversation, "kari")
        assert (ended.outcome, ended.redirected_to) == (Outcome.REDIRECTED, Kind.ECONSULTATION)
        assert ended.messages[-1].text == "Spør legen"
        assert last(cast) == "ConversationRedirected"

    def test_not_to_where_it_is(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(InvalidInput):
            actions.redirect(by=cast.siri, conversation_id=conversation.id, to=Kind.ENQUIRY)

    @pytest.mark.parametrize("who", STRANGERS)
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.redirect(
                by=getattr(cast, who), conversation_id=conversation.id, to=Kind.ECONSULTATION
            )


def promised(cast: Cast, conversation: Conversation, **more: object) -> FollowUp:
    return actions.make_follow_up(
        by=cast.siri,
        conversation_id=conversation.id,
        what="Ring Kari",
        due_at=timezone.now() + timedelta(days=2),
        **more,
    )


def waiting(cast: Cast) -> list[UUID]:
    with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
        return [one.id for one in queries.follow_ups(cast.siri)]


class TestMakeFollowUp:
    def test_it_waits_at_the_office(self, cast: Cast) -> None:
        follow_up = promised(cast, enquiry(cast.kari))

        assert follow_up.id in waiting(cast)
        assert last(cast) == "FollowUpMade"

    def test_the_patient_makes_none(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotAllowed):
            actions.make_follow_up(
                by=cast.kari, conversation_id=conversation.id, what="", due_at=timezone.now()
            )

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        conversation = enquiry(cast.kari)

        with pytest.raises(NotFound):
            actions.make_follow_up(
                by=cast.berg, conversation_id=conversation.id, what="", due_at=timezone.now()
            )


class TestFinishFollowUp:
    def test_it_no_longer_waits(self, cast: Cast) -> None:
        follow_up = promised(cast, enquiry(cast.kari))

        actions.finish_follow_up(by=cast.siri, follow_up_id=follow_up.id, how="Ringte")

        assert waiting(cast) == []
        assert last(cast) == "FollowUpDone"

    def test_once(self, cast: Cast) -> None:
        follow_up = promised(cast, enquiry(cast.kari))
        actions.finish_follow_up(by=cast.siri, follow_up_id=follow_up.id, how="Ringte")

        with pytest.raises(WrongState):
            actions.finish_follow_up(by=cast.lund, follow_up_id=follow_up.id, how="Ringte")

    def test_what_nobody_has_read_is_not_let_go_without_saying_how(self, cast: Cast) -> None:
        follow_up = promised(cast, enquiry(cast.kari), reason=FollowUpReason.NOT_READ)

        with pytest.raises(InvalidInput) as refusal:
            actions.finish_follow_up(by=cast.siri, follow_up_id=follow_up.id, how=" ")

        assert refusal.value.field == "how"

    @pytest.mark.parametrize("who", ["berg", "kari"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        follow_up = promised(cast, enquiry(cast.kari))

        with pytest.raises(NotFound):
            actions.finish_follow_up(by=getattr(cast, who), follow_up_id=follow_up.id, how="Ringte")


def important(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Ta blodtrykket før fredag.",
        important=True,
        remind_at=timezone.now(),
    )


class TestRemindOfUnread:
    def test_the_sender_gets_an_item_and_the_patient_is_told_once(self, cast: Cast) -> None:
        conversation = important(cast)

        with rows.seeing(practice=cast.siri.practice_id):
            made = [actions.remind_of_unread(conversation_id=conversation.id) for _ in range(2)]

        assert made[0] is not None
        assert (made[0].reason, made[0].owner_id) == ("not-read", cast.siri.account_id)
        assert made[1] is None
        assert kinds(patient=cast.kari.patient_id).count("UnreadReminded") == 1

    def test_what_has_been_opened_is_left_alone(self, cast: Cast) -> None:
        conversation = important(cast)
        actions.read(by=cast.kari, conversation_id=conversation.id)

        with rows.seeing(practice=cast.siri.practice_id):
            assert actions.remind_of_unread(conversation_id=conversation.id) is None
