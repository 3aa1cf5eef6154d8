"""How many items wait in each lane."""

from importlib import import_module

import pytest

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Lane
from dialog.demo.cast import Cast
from dialog.statements import answers


def ask(cast: Cast, who: str = "kari", kind: Kind = Kind.ENQUIRY) -> Conversation:
    by = getattr(cast, who)
    return actions.start(by=by, kind=kind, patient_id=by.patient, text="Hei")


SEEN = {Lane.ENQUIRY: 2, Lane.APPOINTMENT: 1}


class TestLaneCounts:
    def test_each_lane_counts_what_waits_in_it(self, cast: Cast) -> None:
        ask(cast)
        ask(cast, "per")
        ask(cast, kind=Kind.APPOINTMENT)
        ask(cast, kind=Kind.ECONSULTATION)
        actions.rest(by=cast.siri, conversation_id=ask(cast).id)

        with rows.seeing(practice=cast.siri.practice):
            secretary, doctor, stranger = answers(
                *(queries.lane_counts(one) for one in (cast.siri, cast.lund, cast.berg))
            )

        assert secretary == {**dict.fromkeys(Lane, 0), **SEEN, Lane.ALL: 3}
        assert doctor == {**dict.fromkeys(Lane, 0), **SEEN, Lane.ECONSULTATION: 1, Lane.ALL: 4}
        assert stranger == dict.fromkeys(Lane, 0)

    def test_nobody_counts_further_than_anybody_reads(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # The query of that name hides its module.
        module = import_module("dialog.conversations.queries.inbox")
        monkeypatch.setattr(module, "COUNTED", 2)
        for _number in range(3):
            ask(cast)

        with rows.seeing(practice=cast.siri.practice):
            assert queries.lane_counts(cast.siri).answer()[Lane.ENQUIRY] == 2
