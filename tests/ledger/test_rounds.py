"""What is done for each of many: none is left out, whatever one of them does."""

from collections import Counter

import pytest

from dialog import rows
from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.ledger.rounds import Round, each


class TestRound:
    def test_everything_has_its_turn_though_nothing_is_ever_done(self, cast: Cast) -> None:
        for _number in range(5):
            actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")
        round_of_two, seen = Round(most=2), Counter[object]()

        with rows.seeing(practice=cast.siri.practice):
            for _turn in range(6):
                seen.update(round_of_two.part(Conversation.objects.all(), "id"))

        assert len(seen) == 5
        assert set(seen.values()) == {2}


class TestEach:
    def test_one_that_fails_keeps_no_other_waiting(self) -> None:
        done = []

        def act(one: int) -> None:
            if one == 2:
                raise ValueError("Kari Nordmann")
            done.append(one)

        each([(1,), (2,), (3,)], act)

        assert done == [1, 3]

    def test_what_failed_is_told_as_a_code_and_never_as_text(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        def act() -> None:
            raise ValueError("Kari Nordmann")

        each([()], act)

        assert "act: ValueError" in caplog.text
        assert "Kari" not in caplog.text
