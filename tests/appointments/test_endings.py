"""How an appointment ends: who came and who did not, and what may not end under it."""

from datetime import timedelta

import pytest
import time_machine

from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.errors import NotFound, WrongState
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    clinician,
    matter,
    offered,
    patient_uuid,
    recorded,
    view,
    wished,
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


class TestSetAside:
    def test_what_is_written_about_a_time_rests(self, cast: Cast) -> None:
        made = booked(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Takk!")

        actions.set_aside(by=cast.siri, conversation_id=made.conversation_id)

        assert matter(cast, made.conversation_id).status == Status.RESTING
        assert matter(cast, made.conversation_id).due_at is None
        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED

    def test_also_after_a_time_nobody_came_to(self, cast: Cast) -> None:
        made = booked(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Jeg er syk.")

        with time_machine.travel(made.period.lower + A_MINUTE, tick=False):
            actions.mark_absent(by=cast.siri, conversation_id=made.conversation_id)
            actions.set_aside(by=cast.siri, conversation_id=made.conversation_id)

        assert matter(cast, made.conversation_id).status == Status.RESTING

    def test_a_wish_keeps_its_day_until_it_is_answered(self, cast: Cast) -> None:
        made = wished(cast.kari)
        promised = matter(cast, made.conversation_id).due_at

        with pytest.raises(WrongState, match="wrong-state") as refused:
            actions.set_aside(by=cast.siri, conversation_id=made.conversation_id)
        with pytest.raises(WrongState):
            conversations.rest(by=cast.siri, conversation_id=made.conversation_id)

        assert "venter på en time" in str(refused.value.sentence)
        assert promised is not None
        assert matter(cast, made.conversation_id).due_at == promised
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE

    def test_a_proposal_waits_for_the_patient(self, cast: Cast) -> None:
        made = offered(cast)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Hvor?")

        with pytest.raises(WrongState) as refused:
            actions.set_aside(by=cast.siri, conversation_id=made.conversation_id)

        assert "forslaget" in str(refused.value.sentence)
        assert matter(cast, made.conversation_id).status == Status.WITH_PRACTICE

    def test_not_when_the_patient_has_written_meanwhile(self, cast: Cast) -> None:
        made = booked(cast.kari)
        shown = matter(cast, made.conversation_id).version
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Hvor?")

        with pytest.raises(WrongState):
            actions.set_aside(by=cast.siri, conversation_id=made.conversation_id, seen=shown)

    def test_not_by_the_patient_or_a_stranger(self, cast: Cast) -> None:
        made = booked(cast.kari)

        for who, refusal in ((cast.kari, WrongState), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.set_aside(by=who, conversation_id=made.conversation_id)
