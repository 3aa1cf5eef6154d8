"""A patient asks for a time in words."""

from datetime import timedelta

import pytest

from dialog import rows
from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus, DayPart, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, ServiceOff
from dialog.people import actions as people_actions
from dialog.people import queries as people
from tests.appointments.people_and_times import (
    clinician,
    list_of_team,
    recorded,
    view,
    wished,
    workday,
)


class TestRequestAppointment:
    def test_the_practice_has_a_wish_to_answer(self, cast: Cast) -> None:
        made = actions.request_appointment(
            by=cast.kari,
            text="Kontroll av blodtrykket",
            meeting=MeetingType.PHONE,
            weekdays=[3, 1, 3],
            parts=[DayPart.MORNING],
            earliest=workday(2),
            latest=workday(9),
        )

        found = view(cast.siri, made.conversation_id)
        assert found.status == AppointmentStatus.PROPOSED
        assert found.starts is None
        assert (found.wish.weekdays, found.wish.parts) == ({1, 3}, {DayPart.MORNING})
        assert made.conversation.status == Status.WITH_PRACTICE

    def test_it_is_written_down(self, cast: Cast) -> None:
        made = wished(cast.kari)

        assert recorded(cast.kari, made.conversation_id) == [
            "ConversationStarted", "MessageSent", "AppointmentRequested",
        ]  # fmt: skip

    def test_it_must_say_what_for(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            wished(cast.kari, "  ")

        assert refused.value.field == "text"

    def test_days_that_have_been_are_no_wish(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.request_appointment(
                by=cast.kari, text="Time", latest=people.today() - timedelta(days=1)
            )

        assert refused.value.field == "latest"

    def test_a_day_no_week_has_is_no_wish(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput):
            actions.request_appointment(by=cast.kari, text="Time", weekdays=[7])

    def test_when_only_asking_is_offered_it_still_works(self, cast: Cast) -> None:
        (list_id,) = cast.lund.list_ids - {list_of_team(cast)}
        conversations.switch_service(
            by=cast.lund, list_id=list_id, feature=Feature.DIRECT_BOOKING, on=False
        )

        assert wished(cast.kari).status == AppointmentStatus.PROPOSED

    def test_not_when_the_service_is_off(self, cast: Cast) -> None:
        (list_id,) = cast.lund.list_ids - {list_of_team(cast)}
        conversations.switch_service(
            by=cast.lund, list_id=list_id, feature=Feature.APPOINTMENT, on=False
        )

        with pytest.raises(ServiceOff):
            wished(cast.kari)

    def test_another_offices_doctor_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.request_appointment(
                by=cast.kari, text="Time", practitioner=clinician(cast.berg)
            )

    @pytest.mark.parametrize("who", ["siri", "berg"])
    def test_the_office_does_not_ask_itself(self, cast: Cast, who: str) -> None:
        with pytest.raises(ServiceOff):
            wished(getattr(cast, who))

    def test_a_stranger_does_not_see_it(self, cast: Cast) -> None:
        made = wished(cast.kari)

        for who in (cast.per, cast.bjarne, cast.berg):
            with pytest.raises(NotFound):
                view(who, made.conversation_id)

    def test_somebody_on_no_list_is_told_to_ring(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id, scope="door"):
            somebody = people_actions.register_account(
                by=cast.lund, identity_number="41810100173", name="Anna Test"
            )
        assert somebody.id
        with rows.seeing(account=somebody.id):
            actor = people.patient_actor(somebody.id)

        assert actor is not None
        with pytest.raises((NotFound, ServiceOff)):
            wished(actor)
