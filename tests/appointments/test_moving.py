"""Moving an appointment, and meeting another way."""

from datetime import time, timedelta

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions
from dialog.appointments.policy import MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations import queries as matters
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    marked,
    on_top_of,
    recorded,
    view,
    wished,
    workday,
)


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
