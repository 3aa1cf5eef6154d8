"""What is taken where the record system decides: kept, then a yes, a no, or no answer."""

from datetime import time, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus as S
from dialog.appointments.policy import BookingRules, MeetingType, Step
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState
from tests.appointments.elsewhere import a_time, confirming, reserved, row
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    clinician,
    free,
    matter,
    recorded,
    seen,
    view,
    wished,
)


def later(one: Appointment, minutes: int = 60) -> DateTimeTZRange:
    shift = timedelta(minutes=minutes)
    return DateTimeTZRange(one.period.lower + shift, one.period.upper + shift)


class TestReserve:
    def test_the_time_is_kept_and_is_not_booked(self, cast: Cast) -> None:
        made = reserved(cast)

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.unconfirmed) == (S.PENDING, True)
        assert made.slot_id not in {one.id for one in free(cast.per)}
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE
        assert matter(cast, made.conversation_id).due_at is not None

    def test_it_is_written_down_as_reserved(self, cast: Cast) -> None:
        made = reserved(cast)

        assert recorded(cast.kari, made.conversation_id) == [
            "ConversationStarted", "MessageSent", "AppointmentReserved",
        ]  # fmt: skip

    def test_nobody_else_can_have_it_meanwhile(self, cast: Cast) -> None:
        confirming(cast)
        slot = free(cast.kari)[0]
        booked(cast.kari, slot)

        with pytest.raises(SlotTaken):
            booked(cast.per, slot)

    def test_it_is_no_appointment_for_ones_calendar(self, cast: Cast) -> None:
        made = reserved(cast)

        with pytest.raises(NotFound):
            seen(cast.kari, lambda: queries.calendar_entry(cast.kari, made.conversation_id))

    def test_the_patient_can_take_it_back_for_nothing_and_cannot_move_it(self, cast: Cast) -> None:
        made = reserved(cast)
        found = view(cast.kari, made.conversation_id)
        assert found.steps == {Step.CANCEL}

        with time_machine.travel(made.free_until + A_MINUTE, tick=False):
            assert view(cast.kari, made.conversation_id).late is False
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        ended = view(cast.kari, made.conversation_id)
        assert (ended.status, ended.cancelled_late, ended.accepted_late_fee) == (
            S.CANCELLED, False, None,
        )  # fmt: skip
        assert made.slot_id in {one.id for one in free(cast.per)}

    def test_it_cannot_be_set_aside(self, cast: Cast) -> None:
        made = reserved(cast)

        with pytest.raises(WrongState, match="wrong-state"):
            actions.set_aside(by=cast.siri, conversation_id=made.conversation_id)


class TestConfirm:
    def test_it_is_booked_and_nobody_waits(self, cast: Cast) -> None:
        made = reserved(cast)

        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.starts, found.unconfirmed) == (
            S.BOOKED, made.period.lower, False,
        )  # fmt: skip
        assert matter(cast, made.conversation_id).status == Status.RESTING
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentBooked"

    def test_the_calendar_has_it_then(self, cast: Cast) -> None:
        made = reserved(cast)

        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        entry = seen(cast.kari, lambda: queries.calendar_entry(cast.kari, made.conversation_id))
        assert b"BEGIN:VEVENT" in entry

    def test_another_time_than_the_one_taken_is_the_one_that_holds(self, cast: Cast) -> None:
        made = reserved(cast)
        period = later(made, 300)

        actions.confirm(by=cast.siri, conversation_id=made.conversation_id, period=period)

        found = view(cast.kari, made.conversation_id)
        assert (found.starts, found.slot_id) == (period.lower, None)
        assert made.slot_id in {one.id for one in free(cast.per)}

    def test_another_time_that_somebody_has_is_refused(self, cast: Cast) -> None:
        made = reserved(cast)
        others = booked(cast.per, free(cast.per)[1])

        with pytest.raises(SlotTaken):
            actions.confirm(
                by=cast.siri, conversation_id=made.conversation_id, period=others.period
            )

        assert row(cast, made).status == S.PENDING

    @pytest.mark.parametrize("minutes", [0, 241])
    def test_a_senseless_time_is_refused(self, cast: Cast, minutes: int) -> None:
        made = reserved(cast)
        starts = made.period.lower
        period = DateTimeTZRange(starts, starts + timedelta(minutes=minutes))

        with pytest.raises(InvalidInput):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id, period=period)

    def test_another_time_that_has_been_is_refused(self, cast: Cast) -> None:
        made = reserved(cast)

        with pytest.raises(InvalidInput):
            actions.confirm(
                by=cast.siri,
                conversation_id=made.conversation_id,
                period=later(made, -60 * 24 * 30),
            )

    def test_how_one_meets_may_be_another_way_that_the_type_has(self, cast: Cast) -> None:
        confirming(
            cast,
            [a_time(time(9), meetings=frozenset({MeetingType.IN_PERSON, MeetingType.PHONE}))],
        )
        made = booked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.confirm(
                by=cast.siri, conversation_id=made.conversation_id, meeting=MeetingType.WOUND
            )
        actions.confirm(
            by=cast.siri, conversation_id=made.conversation_id, meeting=MeetingType.PHONE
        )

        assert view(cast.kari, made.conversation_id).meeting is MeetingType.PHONE

    def test_the_same_yes_again_changes_nothing(self, cast: Cast) -> None:
        made = reserved(cast)
        for _ in range(2):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        assert recorded(cast.kari, made.conversation_id).count("AppointmentBooked") == 1
        assert row(cast, made).version == 2

    def test_a_yes_to_another_time_once_it_is_booked_is_no_move(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        with pytest.raises(WrongState):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id, period=later(made))

    def test_a_yes_after_the_patient_took_it_back_is_too_late(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        with pytest.raises(WrongState):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

    def test_what_was_never_asked_for_is_not_confirmed(self, cast: Cast) -> None:
        for one in (booked(cast.kari), wished(cast.per)):
            with pytest.raises(WrongState):
                actions.confirm(by=cast.siri, conversation_id=one.conversation_id)

    def test_neither_patients_nor_another_office_say_yes(self, cast: Cast) -> None:
        made = reserved(cast)

        for stranger in (cast.kari, cast.per, cast.berg):
            with pytest.raises(NotFound):
                actions.confirm(by=stranger, conversation_id=made.conversation_id)
        actions.confirm(by=cast.lund, conversation_id=made.conversation_id)

    def test_words_nobody_has_answered_still_wait(self, cast: Cast) -> None:
        made = reserved(cast)
        conversations.reply(
            by=cast.kari, conversation_id=made.conversation_id, text="Må jeg faste?"
        )

        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        found = matter(cast, made.conversation_id)
        assert found.status == Status.WITH_PRACTICE
        assert view(cast.kari, made.conversation_id).status is S.BOOKED

    def test_whoever_has_read_them_and_says_yes_lets_it_rest(self, cast: Cast) -> None:
        made = reserved(cast)
        conversations.reply(
            by=cast.kari, conversation_id=made.conversation_id, text="Må jeg faste?"
        )
        version = matter(cast, made.conversation_id).version

        with pytest.raises(WrongState):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id, seen=version - 1)
        actions.confirm(
            by=cast.siri,
            conversation_id=made.conversation_id,
            text="Nei, spis som vanlig.",
            seen=version,
        )

        assert matter(cast, made.conversation_id).status == Status.RESTING
        assert "MessageSent" in recorded(cast.kari, made.conversation_id)[3:]

    def test_an_answer_after_the_last_free_moment_keeps_it_free(self, cast: Cast) -> None:
        made = reserved(cast)

        with time_machine.travel(made.free_until + A_MINUTE, tick=False):
            actions.confirm(by=cast.siri, conversation_id=made.conversation_id)
            assert view(cast.kari, made.conversation_id).late is False

    def test_a_time_that_was_too_late_when_it_was_taken_costs_as_it_said(self, cast: Cast) -> None:
        confirming(cast)
        slot = free(cast.kari)[0]
        actions.set_rules(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            rules=BookingRules(cancel_hours=24 * 60, cancel_working_days=None),
        )
        made = booked(cast.kari, slot)

        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).late is True

    def test_a_booked_one_there_is_not_moved_by_the_patient(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).steps == {Step.CANCEL}
        with pytest.raises(WrongState):
            actions.move(
                by=cast.kari, conversation_id=made.conversation_id, slot_id=free(cast.kari)[0].id
            )

    def test_one_from_before_is_not_moved_to_what_must_be_asked_for(self, cast: Cast) -> None:
        made = booked(cast.kari)
        confirming(cast, [a_time(time(15))])

        with pytest.raises(WrongState):
            actions.move(
                by=cast.kari, conversation_id=made.conversation_id, slot_id=free(cast.kari)[0].id
            )

        assert view(cast.kari, made.conversation_id).starts == made.period.lower
