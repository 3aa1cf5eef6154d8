"""Marking that the note is in the record system, and what waits for it."""

import pytest

from dialog import rows
from dialog.demo.cast import Cast
from dialog.econsultations import actions, queries
from dialog.errors import NotAllowed, NotFound, WrongState
from tests.econsultations.asked import CARD, asked, seen


class TestMarkJournaled:
    def test_who_and_when_is_kept(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        actions.mark_journaled(by=cast.lund, conversation_id=conversation.id)

        view = seen(cast.lund, conversation)
        assert view.journaled_by == "Ingrid Lund"
        assert view.journaled_at is not None

    def test_what_is_not_in_the_journal_is_a_list_until_it_is(self, cast: Cast) -> None:
        conversation, pers, withdrawn = asked(cast.kari), asked(cast.per), asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)
        actions.decline(by=cast.lund, conversation_id=pers.id, reason="Kom innom.")
        actions.withdraw(by=cast.kari, conversation_id=withdrawn.id)

        actions.mark_journaled(by=cast.lund, conversation_id=conversation.id)

        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            waiting = queries.not_journaled(cast.lund)
        assert [one.conversation_id for one in waiting] == [pers.id]

    def test_not_before_it_is_over_and_not_twice(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(WrongState):
            actions.mark_journaled(by=cast.lund, conversation_id=conversation.id)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)
        actions.mark_journaled(by=cast.lund, conversation_id=conversation.id)
        with pytest.raises(WrongState):
            actions.mark_journaled(by=cast.lund, conversation_id=conversation.id)

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [
            ("siri", NotFound),
            ("nina", NotFound),
            ("berg", NotFound),
            ("per", NotFound),
            ("kari", NotAllowed),
        ],
    )
    def test_only_by_those_who_see_it_at_the_practice(
        self, cast: Cast, who: str, refusal: type[Exception]
    ) -> None:
        conversation = asked(cast.kari)
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        with pytest.raises(refusal):
            actions.mark_journaled(by=getattr(cast, who), conversation_id=conversation.id)
