"""What the office has marked as urgent can be taken first."""

import pytest

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Order
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound, WrongState
from tests.people.on_lists import kinds


def ask(cast: Cast, who: str = "kari", kind: Kind = Kind.ENQUIRY) -> Conversation:
    by = getattr(cast, who)
    return actions.start(by=by, kind=kind, patient_id=by.patient, text="Hei")


def listed(by: Actor, order: Order) -> list[tuple[object, bool]]:
    with rows.seeing(practice=by.practice):
        found, _more = queries.inbox(by, order=order)
    return [(one.id, one.urgent) for one in found]


class TestFlag:
    def test_what_is_urgent_comes_first_where_one_asks_for_it(self, cast: Cast) -> None:
        first, second = ask(cast), ask(cast, "per")

        actions.flag(by=cast.siri, conversation_id=second.id, urgent=True)

        assert listed(cast.siri, Order.URGENT) == [(second.id, True), (first.id, False)]
        assert listed(cast.siri, Order.DUE) == [(first.id, False), (second.id, True)]

    def test_it_is_a_fact_and_saying_it_again_is_none(self, cast: Cast) -> None:
        asked = ask(cast)

        for urgent in (True, True, False, False):
            actions.flag(by=cast.siri, conversation_id=asked.id, urgent=urgent)

        assert listed(cast.siri, Order.URGENT) == [(asked.id, False)]
        assert kinds(patient=cast.kari.patient_id).count("ConversationFlagged") == 2

    def test_only_the_office_says_so(self, cast: Cast) -> None:
        asked = ask(cast)

        with pytest.raises(NotAllowed):
            actions.flag(by=cast.kari, conversation_id=asked.id, urgent=True)
        for stranger in (cast.berg, cast.per):
            with pytest.raises(NotFound):
                actions.flag(by=stranger, conversation_id=asked.id, urgent=True)

    def test_a_secretary_does_not_mark_what_only_a_doctor_sees(self, cast: Cast) -> None:
        asked = ask(cast, kind=Kind.ECONSULTATION)

        with pytest.raises(NotFound):
            actions.flag(by=cast.siri, conversation_id=asked.id, urgent=True)
        actions.flag(by=cast.lund, conversation_id=asked.id, urgent=True)

    def test_what_is_over_is_not_urgent(self, cast: Cast) -> None:
        asked = ask(cast)
        actions.close(by=cast.siri, conversation_id=asked.id)

        with pytest.raises(WrongState):
            actions.flag(by=cast.siri, conversation_id=asked.id, urgent=True)
