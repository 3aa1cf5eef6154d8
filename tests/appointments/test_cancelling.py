"""Cancelling: in time, too late, by either side, and what becomes of the other of two."""

import pytest
import time_machine

from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus, BookingRules
from dialog.conversations import tariff
from dialog.conversations.policy import Outcome
from dialog.demo.cast import Cast
from dialog.errors import NotFound, WrongState
from dialog.working_days import oslo_day
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    clinician,
    free,
    marked,
    matter,
    on_top_of,
    recorded,
    view,
    wished,
)


class TestCancel:
    def test_in_time_it_costs_nothing_and_the_time_is_free(self, cast: Cast) -> None:
        made = booked(cast.kari)

        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.cancelled_late, found.accepted_late_fee) == (
            AppointmentStatus.CANCELLED, False, None,
        )  # fmt: skip
        assert matter(cast, made.conversation_id).outcome == Outcome.WITHDRAWN
        assert made.slot_id in {one.id for one in free(cast.per)}
        assert recorded(cast.kari, made.conversation_id)[-2:] == [
            "ConversationClosed", "AppointmentCancelled",
        ]  # fmt: skip

    def test_at_the_last_free_moment_it_is_still_free(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.free_until, tick=False):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert not view(cast.kari, made.conversation_id).cancelled_late

    def test_too_late_the_fee_must_have_been_shown(self, cast: Cast) -> None:
        made = booked(cast.kari)

        for shown in (None, 1):
            with (
                time_machine.travel(made.free_until + A_MINUTE, tick=False),
                pytest.raises(WrongState),
            ):
                actions.cancel(
                    by=cast.kari, conversation_id=made.conversation_id, accepted_fee=shown
                )

    def test_too_late_it_can_be_cancelled_for_the_fee(self, cast: Cast) -> None:
        made = booked(cast.kari)
        fee = tariff.no_show_fee(oslo_day(made.period.lower), specialist=True).amount

        with time_machine.travel(made.free_until + A_MINUTE, tick=False):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id, accepted_fee=fee)

        found = view(cast.siri, made.conversation_id)
        assert (found.cancelled_late, found.accepted_late_fee) == (True, fee)

    def test_the_nurses_time_costs_nothing_however_late(self, cast: Cast) -> None:
        slot = free(cast.kari, doctor="Nina Vik")[0]
        made = booked(cast.kari, slot)

        with time_machine.travel(slot.starts - A_MINUTE, tick=False):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert view(cast.siri, made.conversation_id).accepted_late_fee is None

    def test_where_the_doctor_has_no_limit_it_is_never_late(self, cast: Cast) -> None:
        actions.set_rules(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            rules=BookingRules(cancel_working_days=None),
        )
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower - A_MINUTE, tick=False):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert not view(cast.kari, made.conversation_id).cancelled_late

    def test_what_has_begun_is_not_cancelled_by_the_patient(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with (
            time_machine.travel(made.period.lower, tick=False),
            pytest.raises(WrongState),
        ):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id, accepted_fee=304)

    def test_the_office_cancels_with_a_word_and_without_a_fee(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.free_until + A_MINUTE, tick=False):
            actions.cancel(by=cast.siri, conversation_id=made.conversation_id, text="Legen er syk")

        found = view(cast.kari, made.conversation_id)
        assert (found.cancelled_side, found.cancelled_late) == ("practice", False)
        assert matter(cast, made.conversation_id).outcome == Outcome.DECLINED

    @pytest.mark.parametrize("who", ["kari", "siri"])
    def test_a_wish_is_taken_off_the_table(self, cast: Cast, who: str) -> None:
        made = wished(cast.kari)

        actions.cancel(by=getattr(cast, who), conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED

    def test_twice_is_once(self, cast: Cast) -> None:
        made = booked(cast.kari)
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        with pytest.raises(WrongState):
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

    def test_cancelling_one_of_two_clears_the_mark_on_the_other(self, cast: Cast) -> None:
        made = booked(cast.kari)
        extra = on_top_of(cast, made)

        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert not marked(cast, extra)
        assert made.slot_id not in {one.id for one in free(cast.per)}

    def test_the_mark_stays_while_there_is_still_somebody_there(self, cast: Cast) -> None:
        made = booked(cast.kari)
        extra, third = on_top_of(cast, made), on_top_of(cast, made)

        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert marked(cast, extra)
        assert marked(cast, third)

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_a_stranger_cancels_nothing(self, cast: Cast, who: str) -> None:
        made = booked(cast.kari)

        with pytest.raises(NotFound):
            actions.cancel(by=getattr(cast, who), conversation_id=made.conversation_id)
