"""A time is proposed, and the patient accepts, declines, asks for another or says nothing."""

from datetime import time, timedelta

import pytest
import time_machine

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions, chores
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, DayPart, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import NotFound, WrongState
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    matter,
    offered,
    patient_uuid,
    recorded,
    view,
    wished,
    workday,
)


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


def test_the_offer_lasts_until_it_is_about_to_begin(cast: Cast) -> None:
    starts = at(time(15, 30), workday(1))
    made = actions.propose_time(
        by=cast.siri,
        patient=patient_uuid(cast.kari),
        practitioner=clinician(cast.lund),
        starts=starts,
    )

    assert made.offered_until == starts - timedelta(hours=1)
