"""Asking that something is corrected or erased, and what a doctor decides (R224)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import Role
from dialog.conversations import actions, queries
from dialog.conversations.policy import FollowUpReason
from dialog.conversations.rights import Decision, Wish, may_decide
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from tests.conversations.rights import ANSWER, BECAUSE, WHY, answered, ask, decide, seen
from tests.people.on_lists import enquiry, kinds

STRANGERS = ["per", "berg", "bjarne", "kari_for_ola"]
RIGHT = "Prøven viser ingen allergi."


def promises(cast: Cast) -> list[queries.FollowUpRow]:
    with rows.seeing(practice=cast.lund.practice_id):
        found = queries.follow_ups(cast.lund)
    return [one for one in found if one.reason is FollowUpReason.RIGHTS]


def answer_in(cast: Cast, conversation_id: UUID) -> UUID:
    return next(one.id for one in seen(cast.lund, conversation_id).messages if one.text == ANSWER)


class TestAskForRight:
    def test_it_waits_with_the_lists_doctor_for_a_month(self, cast: Cast) -> None:
        conversation_id = answered(cast)

        ask(cast.kari, conversation_id)

        (promise,) = promises(cast)
        assert promise.owner_name == cast.lund.name
        assert timedelta(days=29) < promise.due_at - timezone.now() <= timedelta(days=30)
        (waiting,) = seen(cast.lund, conversation_id).requests
        assert (waiting.words, waiting.decision, waiting.by_patient) == (WHY, None, True)
        assert "RightAsked" in kinds(patient=cast.kari.patient_id)

    @pytest.mark.parametrize("who", STRANGERS)
    def test_nobody_asks_in_a_matter_that_is_not_theirs(self, cast: Cast, who: str) -> None:
        conversation_id = answered(cast)

        with pytest.raises(NotFound):
            ask(getattr(cast, who), conversation_id)

    def test_it_says_in_words_what_is_wrong(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        for words in (" ", "x" * 2001):
            with pytest.raises(InvalidInput) as refused:
                actions.ask_for_right(
                    by=cast.kari, conversation_id=conversation_id, wish=Wish.CORRECT, words=words
                )
            assert refused.value.field == "words"

    def test_one_at_a_time(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)

        with pytest.raises(WrongState) as refused:
            ask(cast.siri, conversation_id)

        assert "alt bedt om" in str(refused.value.sentence)
        assert len(promises(cast)) == 1

    def test_what_the_office_asks_itself_is_its_own_until_it_is_decided(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.siri, conversation_id)
        assert seen(cast.kari, conversation_id).requests == ()

        decide(cast.lund, conversation_id, Decision.CORRECTED, correction=RIGHT)

        (told,) = seen(cast.kari, conversation_id).requests
        assert (told.by_patient, told.reason) == (False, BECAUSE)

    def test_it_is_not_finished_as_any_other_promise(self, cast: Cast) -> None:
        ask(cast.kari, answered(cast))
        (promise,) = promises(cast)

        with pytest.raises(WrongState):
            actions.finish_follow_up(by=cast.lund, follow_up_id=promise.id, how="Ringte")


class TestDecideRight:
    def test_a_correction_stands_beside_what_was_wrong(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)
        wrong = answer_in(cast, conversation_id)

        decide(cast.lund, conversation_id, Decision.CORRECTED, correction=RIGHT, message_id=wrong)

        thread = seen(cast.kari, conversation_id)
        assert [one.text for one in thread.messages if one.id == wrong] == [ANSWER]
        assert [(one.message_id, one.text) for one in thread.corrections] == [(wrong, RIGHT)]
        (told,) = thread.requests
        assert (told.decision, told.reason) == (Decision.CORRECTED, BECAUSE)
        assert promises(cast) == []
        with rows.seeing(patient=cast.kari.patient_id):
            assert [one.id for one in queries.my_matters(cast.kari, unread_only=True)] == [
                conversation_id
            ]

    def test_a_second_correction_leaves_the_first(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        for text in (RIGHT, "Prøven var fra mars."):
            ask(cast.siri, conversation_id)
            decide(cast.lund, conversation_id, Decision.CORRECTED, correction=text)

        kept = [one.text for one in seen(cast.kari, conversation_id).corrections]
        assert kept == [RIGHT, "Prøven var fra mars."]

    def test_no_has_a_reason_too(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)
        with pytest.raises(InvalidInput) as refused:
            decide(cast.lund, conversation_id, Decision.DECLINED, reason=" ")
        assert refused.value.field == "reason"

        decide(cast.lund, conversation_id, Decision.DECLINED)

        (told,) = seen(cast.kari, conversation_id).requests
        assert (told.decision, told.reason) == (Decision.DECLINED, BECAUSE)
        assert kinds(patient=cast.kari.patient_id)[-1] == "RightDecided"

    def test_a_correction_has_words(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)

        with pytest.raises(InvalidInput) as refused:
            decide(cast.lund, conversation_id, Decision.CORRECTED)

        assert refused.value.field == "correction"

    def test_a_message_of_another_matter_is_not_found(self, cast: Cast) -> None:
        conversation_id, other = answered(cast), answered(cast)
        ask(cast.kari, conversation_id)
        elsewhere = answer_in(cast, other)

        with pytest.raises(NotFound):
            decide(
                cast.lund,
                conversation_id,
                Decision.CORRECTED,
                correction=RIGHT,
                message_id=elsewhere,
            )

    def test_only_a_doctor_decides(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)

        for other in (cast.siri, cast.nina, cast.kari):
            with pytest.raises(NotAllowed):
                decide(other, conversation_id, Decision.DECLINED)
        for stranger in (cast.berg, cast.per):
            with pytest.raises(NotFound):
                decide(stranger, conversation_id, Decision.DECLINED)
        assert may_decide(cast.lund)
        assert cast.lund.role is Role.PRACTITIONER

    def test_what_is_decided_is_decided_once(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id)
        decide(cast.lund, conversation_id, Decision.DECLINED)

        with pytest.raises(WrongState):
            decide(cast.lund, conversation_id, Decision.ERASED)

    def test_nothing_is_erased_while_something_is_left_to_do(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)
        actions.make_follow_up(
            by=cast.siri, conversation_id=asked.id, what="Ring", due_at=timezone.now()
        )
        ask(cast.kari, asked.id, Wish.ERASE)

        with pytest.raises(InvalidInput) as refused:
            decide(cast.lund, asked.id, Decision.ERASED)

        assert refused.value.field == "decision"
        assert "Avslutt saken" in str(refused.value.sentence)
        assert "Fullfør oppfølgingen" in str(refused.value.sentence)
        assert seen(cast.kari, asked.id).erased is None
