"""The office gives a time: for a wish, without one, on top of another; and which are suggested."""

from datetime import time, timedelta

import pytest
import time_machine

from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus, DayPart
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    matter,
    patient_uuid,
    recorded,
    seen,
    view,
    wished,
    workday,
)


def calendar(starts: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//NO", "BEGIN:VEVENT", "UID:1",
        f"DTSTART:{starts}", "DURATION:PT1H", "SUMMARY:Opptatt", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


class TestGiveTime:
    def test_a_wish_is_answered_with_a_published_time(self, cast: Cast) -> None:
        wish, slot = wished(cast.kari), free(cast.kari)[0]

        actions.give_time(
            by=cast.siri, conversation_id=wish.conversation_id, slot_id=slot.id, text="Velkommen"
        )

        found = view(cast.kari, wish.conversation_id)
        assert (found.status, found.starts) == (AppointmentStatus.BOOKED, slot.starts)
        assert matter(cast, wish.conversation_id).status == Status.RESTING
        assert recorded(cast.kari, wish.conversation_id)[-2:] == [
            "MessageSent", "AppointmentBooked",
        ]  # fmt: skip
        assert slot.id not in {one.id for one in free(cast.per)}

    def test_the_office_begins_with_a_time_of_its_own_choosing(self, cast: Cast) -> None:
        made = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            practitioner=clinician(cast.lund),
            starts=at(time(15, 30)),
            minutes=45,
            text="Kontroll",
        )

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.minutes, found.slot_id) == (
            AppointmentStatus.BOOKED, 45, None,
        )  # fmt: skip

    def test_a_taken_time_takes_a_reason(self, cast: Cast) -> None:
        taken = booked(cast.per)

        with pytest.raises(SlotTaken):
            actions.give_time(by=cast.siri, patient=patient_uuid(cast.kari), slot_id=taken.slot_id)

    def test_what_the_office_gives_too_late_to_cancel_is_free_to_cancel(self, cast: Cast) -> None:
        starts = at(time(15, 30))
        with time_machine.travel(starts - timedelta(hours=7), tick=False):
            made = actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.kari),
                practitioner=clinician(cast.lund),
                starts=starts,
            )
            found = view(cast.kari, made.conversation_id)
            actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert (found.late, found.late_fee) == (False, 0)

    def test_with_a_reason_it_is_double_booked(self, cast: Cast) -> None:
        taken = booked(cast.per)

        made = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            slot_id=taken.slot_id,
            overbook_because="Må ses i dag",
        )

        assert view(cast.siri, made.conversation_id).overbooked
        assert not view(cast.kari, made.conversation_id).overbooked
        assert made.slot_id is None

    def test_a_reason_without_anything_there_is_an_ordinary_time(self, cast: Cast) -> None:
        made = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            slot_id=free(cast.kari)[0].id,
            overbook_because="I tilfelle",
        )

        assert not made.overbooked

    def test_two_answers_at_once_is_one_answer(self, cast: Cast) -> None:
        wish, slots = wished(cast.kari), free(cast.kari)
        actions.give_time(by=cast.siri, conversation_id=wish.conversation_id, slot_id=slots[0].id)

        with pytest.raises(WrongState):
            actions.give_time(
                by=cast.nina, conversation_id=wish.conversation_id, slot_id=slots[1].id
            )

    def test_what_was_answered_meanwhile_is_not_answered_over(self, cast: Cast) -> None:
        wish = wished(cast.kari)
        before = matter(cast, wish.conversation_id).version
        conversations.reply(by=cast.nina, conversation_id=wish.conversation_id, text="Når?")

        with pytest.raises(WrongState):
            actions.give_time(
                by=cast.siri,
                conversation_id=wish.conversation_id,
                slot_id=free(cast.kari)[0].id,
                seen=before,
            )

    def test_a_time_that_has_been_is_no_time(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.kari),
                practitioner=clinician(cast.lund),
                starts=at(time(9), workday(-1)),
            )

        assert refused.value.field == "starts"

    @pytest.mark.parametrize("minutes", [-5, 241])
    def test_a_time_has_a_sensible_length(self, cast: Cast, minutes: int) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.kari),
                practitioner=clinician(cast.lund),
                starts=at(time(15, 30)),
                minutes=minutes,
            )

        assert refused.value.field == "minutes"

    def test_a_withdrawn_time_can_still_be_given(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)

        made = actions.give_time(by=cast.siri, patient=patient_uuid(cast.kari), slot_id=slot.id)

        assert (made.slot_id, made.period.lower) == (None, slot.starts)

    def test_when_the_calendar_says_busy_it_takes_a_reason(self, cast: Cast) -> None:
        starts = at(time(15, 30))
        actions.import_calendar(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            name="jobb.ics",
            data=calendar(starts.strftime("%Y%m%dT%H%M%SZ")),
        )

        with pytest.raises(SlotTaken):
            actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.kari),
                practitioner=clinician(cast.lund),
                starts=starts,
            )

    @pytest.mark.parametrize("who", ["berg", "kari", "per", "bjarne"])
    def test_a_stranger_and_a_patient_give_nothing(self, cast: Cast, who: str) -> None:
        wish, slot = wished(cast.kari), free(cast.kari)[0]

        with pytest.raises(NotFound):
            actions.give_time(
                by=getattr(cast, who), conversation_id=wish.conversation_id, slot_id=slot.id
            )

    def test_another_offices_time_and_patient_are_not_found(self, cast: Cast) -> None:
        elsewhere = free(cast.bjarne, doctor="Tor Berg")[0]

        for chosen in (
            {"patient": patient_uuid(cast.kari), "slot_id": elsewhere.id},
            {"patient": patient_uuid(cast.bjarne), "slot_id": free(cast.kari)[0].id},
            {
                "patient": patient_uuid(cast.kari),
                "practitioner": clinician(cast.berg),
                "starts": at(time(15, 30)),
            },
        ):
            with pytest.raises(NotFound):
                actions.give_time(by=cast.siri, **chosen)


class TestSuggestions:
    def test_times_like_the_wish_come_first(self, cast: Cast) -> None:
        tuesday_afternoon = actions.request_appointment(
            by=cast.kari, text="Time", weekdays=[1], parts=[DayPart.AFTERNOON]
        )

        found = seen(
            cast.siri, lambda: queries.suggestions(cast.siri, tuesday_afternoon.conversation_id)
        )

        assert found
        assert {one.starts.weekday() for one in found} == {1}
        assert all(one.starts.hour >= 11 for one in found)

    def test_at_most_two_on_a_day(self, cast: Cast) -> None:
        wish = wished(cast.kari)

        found = seen(cast.siri, lambda: queries.suggestions(cast.siri, wish.conversation_id))

        days = [one.starts.date() for one in found]
        assert len(days) == 6
        assert max(days.count(day) for day in days) == 2

    def test_a_stranger_gets_none(self, cast: Cast) -> None:
        wish = wished(cast.kari)

        for who in (cast.berg, cast.kari, cast.per):
            with pytest.raises(NotFound):
                seen(who, lambda who=who: queries.suggestions(who, wish.conversation_id))
