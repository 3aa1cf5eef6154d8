"""A patient takes a free time."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment, Schedule, Slot
from dialog.appointments.policy import AppointmentStatus, BookingRules, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Feature, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, ServiceOff, SlotTaken, WrongState
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    clinician,
    free,
    list_of_team,
    patient_uuid,
    recorded,
    seen,
    view,
    workday,
)


def rules(cast: Cast, **change: object) -> None:
    actions.set_rules(
        by=cast.lund,
        practitioner=clinician(cast.lund),
        rules=BookingRules(**{"most_open": None, **change}),
    )


def conversations_of(cast: Cast) -> int:
    with rows.seeing(practice=cast.lund.practice_id):
        return Conversation.objects.count()


class TestBookSlot:
    def test_the_patient_has_the_time_and_nobody_waits_for_anybody(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        made = booked(cast.kari, slot)

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.starts, found.slot_id) == (
            AppointmentStatus.BOOKED, slot.starts, slot.id,
        )  # fmt: skip
        assert made.conversation.status == Status.RESTING

    def test_it_is_written_down_with_the_words(self, cast: Cast) -> None:
        made = booked(cast.kari)

        assert recorded(cast.kari, made.conversation_id) == [
            "ConversationStarted", "MessageSent", "AppointmentBooked",
        ]  # fmt: skip

    def test_the_time_is_no_longer_free(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        booked(cast.kari, slot)

        assert slot.id not in {one.id for one in free(cast.per)}

    def test_the_second_patient_is_told_and_leaves_no_trace(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        booked(cast.kari, slot)
        before = conversations_of(cast)

        with pytest.raises(SlotTaken):
            booked(cast.per, slot)

        assert conversations_of(cast) == before

    def test_a_time_under_a_longer_appointment_is_taken_too(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.per),
            practitioner=slot.practitioner_uuid,
            starts=slot.starts - A_MINUTE,
            minutes=5,
        )

        with pytest.raises(SlotTaken):
            booked(cast.kari, slot)

    def test_a_time_under_one_that_was_double_booked_is_taken_too(self, cast: Cast) -> None:
        slots = free(cast.kari)
        booked(cast.per, slots[0])
        actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.anne),
            practitioner=slots[0].practitioner_uuid,
            starts=slots[0].starts + timedelta(minutes=10),
            minutes=20,
            overbook_because="Haster",
        )

        with pytest.raises(SlotTaken):
            booked(cast.kari, slots[1])

    def test_one_meets_as_wished_where_the_time_allows_it(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        made = actions.book_slot(by=cast.kari, slot_id=slot.id, meeting=MeetingType.VIDEO)

        assert made.meeting == MeetingType.VIDEO

    def test_one_cannot_meet_in_a_way_the_time_is_not_for(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        with pytest.raises(InvalidInput) as refused:
            actions.book_slot(by=cast.kari, slot_id=slot.id, meeting=MeetingType.INR)

        assert refused.value.field == "meeting"

    def test_for_somebody_one_acts_for(self, cast: Cast) -> None:
        made = booked(cast.kari_for_ola)

        assert made.patient_id == cast.kari_for_ola.patient_id

    @pytest.mark.parametrize("who", ["bjarne", "berg", "siri", "lund"])
    def test_a_stranger_or_the_office_takes_no_time_here(self, cast: Cast, who: str) -> None:
        slot = free(cast.kari)[0]

        with pytest.raises((NotFound, ServiceOff)):
            actions.book_slot(by=getattr(cast, who), slot_id=slot.id)

    def test_a_time_that_is_not_there_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.book_slot(by=cast.kari, slot_id=uuid4())

    @pytest.mark.parametrize("feature", [Feature.APPOINTMENT, Feature.DIRECT_BOOKING])
    def test_both_switches_must_be_on(self, cast: Cast, feature: Feature) -> None:
        slot = free(cast.kari)[0]
        (list_id,) = cast.lund.list_ids - {list_of_team(cast)}
        conversations.switch_service(by=cast.lund, list_id=list_id, feature=feature, on=False)

        with pytest.raises(ServiceOff):
            booked(cast.kari, slot)

    def test_a_withdrawn_time_is_gone(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)

        with pytest.raises(WrongState):
            booked(cast.kari, slot)

    def test_a_time_too_soon_is_not_taken_here(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        with (
            time_machine.travel(slot.starts - timedelta(minutes=59), tick=False),
            pytest.raises(WrongState),
        ):
            booked(cast.kari, slot)

    def test_a_time_just_outside_the_lead_time_is(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        with time_machine.travel(slot.starts - timedelta(minutes=60), tick=False):
            made = booked(cast.kari, slot)

        assert made.slot_id == slot.id

    def test_a_time_beyond_the_horizon_is_not_taken_here(self, cast: Cast) -> None:
        slot = free(cast.kari, day=workday(10))[0]
        with rows.seeing(practice=cast.lund.practice_id):
            Schedule.objects.filter(practitioner_id=slot.practitioner_id).update(horizon_days=7)

        with pytest.raises(WrongState):
            booked(cast.kari, slot)

    def test_a_time_not_released_yet_is_not_taken_here(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        with rows.seeing(practice=cast.lund.practice_id):
            Slot.objects.filter(id=slot.id).update(released_at=slot.starts - timedelta(hours=2))

        with pytest.raises(WrongState):
            booked(cast.kari, slot)

    def test_as_many_as_the_doctor_allows_and_not_one_more(self, cast: Cast) -> None:
        rules(cast, most_open=2)
        slots = free(cast.kari)
        booked(cast.kari, slots[0])
        booked(cast.kari, slots[1])

        with pytest.raises(WrongState):
            booked(cast.kari, slots[2])

        assert booked(cast.per, slots[2]).slot_id == slots[2].id

    def test_one_that_is_cancelled_makes_room(self, cast: Cast) -> None:
        rules(cast, most_open=1)
        slots = free(cast.kari)
        first = booked(cast.kari, slots[0])
        actions.cancel(by=cast.kari, conversation_id=first.conversation_id)

        assert booked(cast.kari, slots[0]).status == AppointmentStatus.BOOKED

    def test_the_last_free_moment_is_kept_as_it_was_promised(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        promised = seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id).free_until)
        made = booked(cast.kari, slot)

        rules(cast, cancel_working_days=None, cancel_hours=1)

        assert view(cast.kari, made.conversation_id).free_until == promised

    def test_words_too_long_are_refused_at_the_field(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            booked(cast.kari, text="x" * 1001)

        assert refused.value.field == "text"


def test_nothing_is_left_of_an_appointment_that_was_refused(cast: Cast) -> None:
    slot = free(cast.kari)[0]
    booked(cast.kari, slot)

    with pytest.raises(SlotTaken):
        booked(cast.per, slot)

    with rows.seeing(practice=cast.lund.practice_id):
        assert Appointment.objects.count() == 1


def test_the_lab_takes_what_the_lab_does(cast: Cast) -> None:
    slot = free(cast.kari, doctor="Laboratoriet")[0]

    made = actions.book_slot(by=cast.kari, slot_id=slot.id)

    assert made.meeting == MeetingType.BLOOD_SAMPLE
    assert clinician(cast.siri, Profession.LAB) == slot.practitioner_uuid
