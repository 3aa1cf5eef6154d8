"""Moving, cancelling, meeting another way, and noting who came."""

from datetime import time, timedelta
from uuid import UUID

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, BookingRules, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations import queries as matters
from dialog.conversations import tariff
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState
from dialog.people.policy import Profession
from dialog.working_days import oslo_day
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    recorded,
    view,
    wished,
    workday,
)


def matter(cast: Cast, conversation_id: UUID) -> Conversation:
    with rows.seeing(practice=cast.lund.practice_id):
        return Conversation.objects.get(id=conversation_id)


def on_top_of(cast: Cast, one: Appointment) -> Appointment:
    return actions.give_time(
        by=cast.siri,
        patient=patient_uuid(cast.anne),
        practitioner=clinician(cast.lund),
        starts=one.period.lower,
        minutes=10,
        overbook_because="Haster",
    )


def marked(cast: Cast, one: Appointment) -> bool:
    return view(cast.siri, one.conversation_id).overbooked


class TestMove:
    def test_a_patient_moves_in_one_step(self, cast: Cast) -> None:
        made, other = booked(cast.kari), free(cast.kari)[4]

        actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=other.id)

        found = view(cast.kari, made.conversation_id)
        assert (found.starts, found.version) == (other.starts, 2)
        assert made.slot_id in {one.id for one in free(cast.per)}
        assert other.id not in {one.id for one in free(cast.per)}
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentMoved"

    def test_the_old_time_is_kept_when_the_new_one_is_taken(self, cast: Cast) -> None:
        made = booked(cast.kari)
        taken = booked(cast.per)

        with pytest.raises(SlotTaken):
            actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=taken.slot_id)

        found = view(cast.kari, made.conversation_id)
        assert (found.slot_id, found.version) == (made.slot_id, 1)

    def test_one_still_meets_by_phone(self, cast: Cast) -> None:
        slots = free(cast.kari)
        made = actions.book_slot(by=cast.kari, slot_id=slots[0].id, meeting=MeetingType.PHONE)

        actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=slots[4].id)

        assert view(cast.kari, made.conversation_id).meeting == MeetingType.PHONE

    def test_the_last_free_moment_follows(self, cast: Cast) -> None:
        made, other = booked(cast.kari), free(cast.kari)[-1]

        actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=other.id)

        found = view(cast.kari, made.conversation_id)
        assert found.free_until > made.free_until

    def test_a_patient_moves_only_while_it_is_free_to_cancel(self, cast: Cast) -> None:
        made, other = booked(cast.kari), free(cast.kari)[-1]

        with (
            time_machine.travel(made.free_until + A_MINUTE, tick=False),
            pytest.raises(WrongState),
        ):
            actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=other.id)

    def test_a_patient_chooses_among_free_times_only(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(NotFound):
            actions.move(
                by=cast.kari,
                conversation_id=made.conversation_id,
                practitioner=clinician(cast.lund),
                starts=at(time(15, 30)),
            )

    def test_the_office_moves_to_any_time(self, cast: Cast) -> None:
        made = booked(cast.kari)

        actions.move(
            by=cast.siri,
            conversation_id=made.conversation_id,
            starts=at(time(15, 30)),
            text="Legen er forsinket",
        )

        found = view(cast.kari, made.conversation_id)
        assert (found.starts, found.minutes, found.slot_id) == (at(time(15, 30)), 20, None)
        assert made.slot_id in {one.id for one in free(cast.per)}

    def test_the_office_does_not_move_onto_another_by_accident(self, cast: Cast) -> None:
        made, taken = booked(cast.kari), booked(cast.per)

        with pytest.raises(SlotTaken):
            actions.move(by=cast.siri, conversation_id=made.conversation_id, slot_id=taken.slot_id)

    def test_a_little_later_is_no_clash_with_itself(self, cast: Cast) -> None:
        made = booked(cast.kari)

        actions.move(
            by=cast.siri,
            conversation_id=made.conversation_id,
            starts=made.period.lower + timedelta(minutes=5),
        )

        assert not marked(cast, made)

    def test_moving_away_clears_the_mark_on_the_one_left(self, cast: Cast) -> None:
        made = booked(cast.kari)
        extra = on_top_of(cast, made)

        actions.move(
            by=cast.kari, conversation_id=made.conversation_id, slot_id=free(cast.kari)[5].id
        )

        assert not marked(cast, extra)

    def test_moving_the_extra_one_makes_it_ordinary(self, cast: Cast) -> None:
        extra = on_top_of(cast, booked(cast.kari))

        actions.move(
            by=cast.siri, conversation_id=extra.conversation_id, slot_id=free(cast.kari)[5].id
        )

        assert not marked(cast, extra)

    def test_a_wish_has_nothing_to_move(self, cast: Cast) -> None:
        made = wished(cast.kari)

        with pytest.raises(WrongState):
            actions.move(
                by=cast.siri, conversation_id=made.conversation_id, slot_id=free(cast.kari)[0].id
            )

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_a_stranger_moves_nothing(self, cast: Cast, who: str) -> None:
        made, other = booked(cast.kari), free(cast.kari)[4]

        with pytest.raises(NotFound):
            actions.move(
                by=getattr(cast, who), conversation_id=made.conversation_id, slot_id=other.id
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


class TestMovedByTheOffice:
    def test_to_a_time_too_late_to_cancel_it_is_free_to_cancel(self, cast: Cast) -> None:
        made, soon = booked(cast.kari, free(cast.kari, day=workday(6))[0]), at(time(15, 30))

        with time_machine.travel(soon - timedelta(hours=7), tick=False):
            actions.move(by=cast.siri, conversation_id=made.conversation_id, starts=soon)
            found = view(cast.kari, made.conversation_id)

        assert (found.late, found.late_fee) == (False, 0)


class TestConvert:
    def test_one_meets_by_phone_at_the_same_time(self, cast: Cast) -> None:
        made = booked(cast.kari)

        actions.convert(
            by=cast.lund,
            conversation_id=made.conversation_id,
            meeting=MeetingType.PHONE,
            text="Vi tar det på telefon",
        )

        found = view(cast.kari, made.conversation_id)
        assert (found.meeting, found.starts, found.version) == (
            MeetingType.PHONE, made.period.lower, 2,
        )  # fmt: skip
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentConverted"

    def test_the_words_are_new_to_the_patient_until_they_are_opened(self, cast: Cast) -> None:
        made = booked(cast.kari)
        actions.convert(
            by=cast.lund,
            conversation_id=made.conversation_id,
            meeting=MeetingType.PHONE,
            text="Vi tar det på telefon",
        )
        with rows.seeing(patient=cast.kari.patient_id):
            assert [one.id for one in matters.my_matters(cast.kari, unread_only=True)] == [
                made.conversation_id
            ]

        conversations.read(by=cast.kari, conversation_id=made.conversation_id)

        with rows.seeing(practice=cast.lund.practice_id):
            assert not matters.thread(cast.lund, made.conversation_id).recallable

    def test_not_in_a_way_the_time_is_not_for(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.convert(
                by=cast.lund, conversation_id=made.conversation_id, meeting=MeetingType.WOUND
            )

    def test_not_by_the_patient_or_a_stranger(self, cast: Cast) -> None:
        made = booked(cast.kari)

        for who, refusal in ((cast.kari, WrongState), (cast.per, NotFound), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.convert(
                    by=who, conversation_id=made.conversation_id, meeting=MeetingType.PHONE
                )


class TestMarkAttended:
    def test_it_is_over_with_it(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower, tick=False):
            actions.mark_attended(by=cast.siri, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.FULFILLED
        assert matter(cast, made.conversation_id).status == Status.CLOSED
        assert recorded(cast.siri, made.conversation_id)[-1] == "AppointmentFulfilled"

    def test_words_nobody_has_answered_are_not_closed_away(self, cast: Cast) -> None:
        made = booked(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Hvor?")

        with time_machine.travel(made.period.lower, tick=False):
            actions.mark_attended(by=cast.siri, conversation_id=made.conversation_id)

        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE

    def test_not_before_it_begins(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(WrongState):
            actions.mark_attended(by=cast.siri, conversation_id=made.conversation_id)

    def test_not_by_the_patient_or_a_stranger(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower, tick=False):
            for who, refusal in ((cast.kari, WrongState), (cast.berg, NotFound)):
                with pytest.raises(refusal):
                    actions.mark_attended(by=who, conversation_id=made.conversation_id)


class TestMarkAbsent:
    def test_the_time_is_the_practices_again(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower + A_MINUTE, tick=False):
            actions.mark_absent(by=cast.siri, conversation_id=made.conversation_id)
            extra = actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.per),
                practitioner=clinician(cast.lund),
                starts=made.period.lower + timedelta(minutes=5),
                minutes=10,
            )

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.NOSHOW
        assert not extra.overbooked
        assert "AppointmentMissed" in recorded(cast.siri, made.conversation_id)

    def test_a_mistake_is_mended(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower, tick=False):
            actions.mark_absent(by=cast.siri, conversation_id=made.conversation_id)
            actions.mark_attended(by=cast.siri, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.FULFILLED

    def test_not_by_the_patient_or_a_stranger(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower, tick=False):
            for who, refusal in ((cast.kari, WrongState), (cast.berg, NotFound)):
                with pytest.raises(refusal):
                    actions.mark_absent(by=who, conversation_id=made.conversation_id)


def test_the_lab_takes_what_the_lab_does(cast: Cast) -> None:
    slot = free(cast.kari, doctor="Laboratoriet")[0]

    made = actions.book_slot(by=cast.kari, slot_id=slot.id)

    assert made.meeting == MeetingType.BLOOD_SAMPLE
    assert clinician(cast.siri, Profession.LAB) == slot.practitioner_uuid


class TestEndings:
    def test_the_matter_of_an_appointment_is_not_closed_under_it(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(WrongState):
            conversations.close(by=cast.siri, conversation_id=made.conversation_id)

        assert actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

    def test_nor_is_a_wish_taken_back_or_sent_on_under_it(self, cast: Cast) -> None:
        made = wished(cast.kari)

        with pytest.raises(WrongState):
            conversations.withdraw(by=cast.kari, conversation_id=made.conversation_id)
        with pytest.raises(WrongState):
            conversations.redirect(
                by=cast.siri, conversation_id=made.conversation_id, to=Kind.ENQUIRY
            )

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.PROPOSED
