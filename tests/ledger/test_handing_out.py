"""That the log was handed out is a fact, and the operator's alone."""

from datetime import date

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed
from dialog.ledger import actions
from dialog.ledger.models import Entry
from dialog.ledger.orders import Authority, Order, OrderedFor


def order(cast: Cast) -> Order:
    return Order(
        by=Authority.COURT,
        purpose=OrderedFor.CIVIL_CASE,
        case_number="26/1",
        since=date(2026, 1, 1),
        patient_id=cast.kari.patient,
    )


class TestHandOut:
    def test_to_whom_for_what_and_how_much_is_written_down(self, cast: Cast) -> None:
        with rows.seeing(patient=cast.kari.patient):
            actions.hand_out(by=PLATFORM, order=order(cast), lines=7, digest="ab")

            entry = Entry.objects.order_by("-id")[0]

        assert (entry.kind, entry.patient_id) == ("LogHandedOut", cast.kari.patient)
        assert entry.details == {
            "ordered_by": "court",
            "ordered_for": "civil-case",
            "case_number": "26/1",
            "since": "2026-01-01",
            "until": None,
            "lines": 7,
            "digest": "ab",
            "worker_account_id": None,
        }

    def test_nobody_else_does_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.hand_out(by=cast.lund, order=order(cast), lines=7, digest="ab")
