"""How a wish is answered: times given and proposed, and what the patient says to them."""

from datetime import time, timedelta
from uuid import UUID

import pytest
import time_machine

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions, chores, queries
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, DayPart, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotTaken, WrongState
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    recorded,
    seen,
    view,
    wished,
    workday,
)


def matter(cast: Cast, conversation_id: UUID) -> Conversation:
    with rows.seeing(practice=cast.lund.practice_id):
        return Conversation.objects.get(id=conversation_id)


def offered(cast: Cast) -> Appointment:
    wish = wished(cast.kari)
    return actions.propose_time(
        by=cast.siri, conversation_id=wish.conversation_id, slot_id=free(cast.kari)[0].id
    )


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


def calendar(starts: str) -> bytes:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//NO", "BEGIN:VEVENT", "UID:1",
        f"DTSTART:{starts}", "DURATION:PT1H", "SUMMARY:Opptatt", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()


class TestProposeTime:
    def test_the_time_is_kept_until_the_patient_answers(self, cast: Cast) -> None:
        made = offered(cast)

        found = view(cast.kari, made.conversation_id)
        assert found.status == AppointmentStatus.OFFERED
        assert found.offered_until is not None
        assert made.slot_id not in {one.id for one in free(cast.per)}
        assert matter(cast, made.conversation_id).status == Status.WITH_PATIENT
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentOffered"

    def test_the_office_may_change_its_mind(self, cast: Cast) -> None:
        made, other = offered(cast), free(cast.kari)[3]

        actions.propose_time(by=cast.siri, conversation_id=made.conversation_id, slot_id=other.id)

        assert view(cast.kari, made.conversation_id).starts == other.starts
        assert made.slot_id in {one.id for one in free(cast.per)}

    def test_the_office_begins_with_a_proposal(self, cast: Cast) -> None:
        made = actions.propose_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            slot_id=free(cast.kari)[0].id,
            meeting=MeetingType.PHONE,
            text="Passer det?",
        )

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.meeting) == (AppointmentStatus.OFFERED, MeetingType.PHONE)

    def test_a_booked_time_is_not_proposed_again(self, cast: Cast) -> None:
        made, other = booked(cast.kari), free(cast.kari)[3]

        with pytest.raises(WrongState):
            actions.propose_time(
                by=cast.siri, conversation_id=made.conversation_id, slot_id=other.id
            )

    def test_a_stranger_proposes_nothing(self, cast: Cast) -> None:
        wish, slot = wished(cast.kari), free(cast.kari)[0]

        with pytest.raises(NotFound):
            actions.propose_time(
                by=cast.berg, conversation_id=wish.conversation_id, slot_id=slot.id
            )


class TestAcceptProposal:
    def test_the_time_is_booked(self, cast: Cast) -> None:
        made = offered(cast)

        actions.accept_proposal(by=cast.kari, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED
        assert matter(cast, made.conversation_id).status == Status.RESTING
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentBooked"

    def test_also_after_a_question_which_still_waits(self, cast: Cast) -> None:
        made = offered(cast)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Parkering?")

        actions.accept_proposal(by=cast.kari, conversation_id=made.conversation_id)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE

    def test_not_after_it_has_run_out(self, cast: Cast) -> None:
        made = offered(cast)

        with (
            time_machine.travel(made.offered_until + A_MINUTE, tick=False),
            pytest.raises(WrongState),
        ):
            actions.accept_proposal(by=cast.kari, conversation_id=made.conversation_id)

    @pytest.mark.parametrize("who", ["per", "bjarne", "berg"])
    def test_not_by_a_stranger(self, cast: Cast, who: str) -> None:
        made = offered(cast)

        with pytest.raises(NotFound):
            actions.accept_proposal(by=getattr(cast, who), conversation_id=made.conversation_id)

    def test_not_by_the_office_itself(self, cast: Cast) -> None:
        made = offered(cast)

        with pytest.raises(WrongState):
            actions.accept_proposal(by=cast.siri, conversation_id=made.conversation_id)


class TestAskForAnother:
    def test_the_wish_stands_and_the_time_is_free_again(self, cast: Cast) -> None:
        made = offered(cast)

        actions.ask_for_another(
            by=cast.kari,
            conversation_id=made.conversation_id,
            text="Kan ikke på formiddagen",
            parts=(DayPart.AFTERNOON,),
        )

        found = view(cast.siri, made.conversation_id)
        assert (found.status, found.starts) == (AppointmentStatus.PROPOSED, None)
        assert found.wish.parts == {DayPart.AFTERNOON}
        assert made.slot_id in {one.id for one in free(cast.per)}
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE
        assert recorded(cast.kari, made.conversation_id)[-1] == "AnotherTimeAsked"

    def test_not_once_it_is_booked(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(WrongState):
            actions.ask_for_another(by=cast.kari, conversation_id=made.conversation_id)

    def test_not_by_a_stranger(self, cast: Cast) -> None:
        made = offered(cast)

        with pytest.raises(NotFound):
            actions.ask_for_another(by=cast.per, conversation_id=made.conversation_id)


class TestDeclineProposal:
    def test_it_is_over_and_the_time_is_free_again(self, cast: Cast) -> None:
        made = offered(cast)

        actions.decline_proposal(by=cast.kari, conversation_id=made.conversation_id, text="Nei")

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED
        assert matter(cast, made.conversation_id).outcome == Outcome.WITHDRAWN
        assert made.slot_id in {one.id for one in free(cast.per)}
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentCancelled"

    def test_a_booked_time_is_cancelled_instead(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(WrongState):
            actions.decline_proposal(by=cast.kari, conversation_id=made.conversation_id)

    def test_not_by_a_stranger(self, cast: Cast) -> None:
        made = offered(cast)

        with pytest.raises(NotFound):
            actions.decline_proposal(by=cast.per, conversation_id=made.conversation_id)


class TestExpireOffer:
    def expire(self, cast: Cast, made: Appointment) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            actions.expire_offer(by=PLATFORM, conversation_id=made.conversation_id)

    def test_what_nobody_answered_runs_out(self, cast: Cast) -> None:
        made = offered(cast)

        with time_machine.travel(made.offered_until + A_MINUTE, tick=False):
            self.expire(cast, made)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED
        assert matter(cast, made.conversation_id).outcome == Outcome.EXPIRED
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentCancelled"

    def test_also_when_the_office_had_set_it_aside(self, cast: Cast) -> None:
        made = offered(cast)
        conversations.rest(by=cast.siri, conversation_id=made.conversation_id)

        with time_machine.travel(made.offered_until + A_MINUTE, tick=False):
            self.expire(cast, made)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED
        assert matter(cast, made.conversation_id).outcome == Outcome.EXPIRED

    def test_not_before_its_time(self, cast: Cast) -> None:
        made = offered(cast)

        self.expire(cast, made)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.OFFERED

    def test_a_question_keeps_the_wish_alive(self, cast: Cast) -> None:
        made = offered(cast)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Hvor?")

        with time_machine.travel(made.offered_until + A_MINUTE, tick=False):
            self.expire(cast, made)

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.PROPOSED
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE

    def test_the_relay_does_it_by_itself(self, cast: Cast, as_role: object) -> None:
        made = offered(cast)

        with (
            time_machine.travel(made.offered_until + A_MINUTE, tick=False),
            as_role("dialog_relay"),
        ):
            chores.expire_offers()

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED


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


def test_the_offer_lasts_until_it_is_about_to_begin(cast: Cast) -> None:
    starts = at(time(15, 30), workday(1))
    made = actions.propose_time(
        by=cast.siri,
        patient=patient_uuid(cast.kari),
        practitioner=clinician(cast.lund),
        starts=starts,
    )

    assert made.offered_until == starts - timedelta(hours=1)
