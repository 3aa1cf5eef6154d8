"""A patient with a new GP asks there for the time they waited for at the old one's (R191)."""

import pytest

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.appointments.policy import AppointmentStatus, may_take_along
from dialog.conversations import queries as core
from dialog.conversations.policy import Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.people import actions as people
from tests.appointments.people_and_times import (
    booked,
    clinician,
    free,
    patient_uuid,
    recorded,
    view,
    wished,
)
from tests.people.on_lists import asked as asked_to_change


def changes_gp(cast: Cast) -> None:
    wish = asked_to_change(cast)
    people.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)


def proposed(cast: Cast) -> Appointment:
    return actions.propose_time(
        by=cast.siri,
        conversation_id=wished(cast.kari).conversation_id,
        slot_id=free(cast.kari)[0].id,
    )


def asked_again(by: Actor, before: Appointment) -> Appointment:
    return actions.request_appointment(
        by=by, text="Trenger en kontroll", continues_id=before.conversation_id
    )


def ending(by: Actor, one: Appointment) -> tuple[Status, Outcome | None]:
    with rows.seeing(patient=by.patient_id):
        thread = core.thread(by, one.conversation_id)
    return thread.status, thread.outcome


@pytest.mark.parametrize("status", AppointmentStatus)
def test_a_time_that_is_taken_stands_where_it_is(status: AppointmentStatus) -> None:
    without = {AppointmentStatus.PROPOSED, AppointmentStatus.OFFERED}

    assert may_take_along(status) is (status in without)


class TestAWish:
    def test_it_ends_at_the_old_office_and_is_asked_at_the_new(self, cast: Cast) -> None:
        old = wished(cast.kari)
        changes_gp(cast)

        new = asked_again(cast.kari, old)

        assert ending(cast.kari, old) == (Status.CLOSED, Outcome.WITHDRAWN)
        assert view(cast.kari, old.conversation_id).status is AppointmentStatus.CANCELLED
        assert view(cast.berg, new.conversation_id).status is AppointmentStatus.PROPOSED
        assert recorded(cast.siri, old.conversation_id)[-2:] == [
            "ConversationClosed", "AppointmentCancelled",
        ]  # fmt: skip

    def test_the_old_office_sees_nothing_of_the_new(self, cast: Cast) -> None:
        old = wished(cast.kari)
        changes_gp(cast)

        new = asked_again(cast.kari, old)

        with pytest.raises(NotFound):
            view(cast.siri, new.conversation_id)
        with rows.seeing(practice=cast.siri.practice_id, account=cast.siri.account_id):
            assert core.thread(cast.siri, old.conversation_id).continued_by == ()

    def test_a_free_time_taken_at_the_new_office_ends_it_too(self, cast: Cast) -> None:
        old = wished(cast.kari)
        changes_gp(cast)
        slot = free(cast.kari, doctor="Tor Berg")[0]

        actions.book_slot(by=cast.kari, slot_id=slot.id, continues_id=old.conversation_id)

        assert ending(cast.kari, old) == (Status.CLOSED, Outcome.WITHDRAWN)

    def test_with_the_same_gp_it_stands(self, cast: Cast) -> None:
        old = wished(cast.kari)

        asked_again(cast.kari, old)

        assert ending(cast.kari, old) == (Status.WITH_PRACTICE, None)

    def test_a_stranger_ends_nobodys(self, cast: Cast) -> None:
        old = wished(cast.kari)
        changes_gp(cast)

        with pytest.raises(NotFound):
            asked_again(cast.bjarne, old)

        assert ending(cast.kari, old) == (Status.WITH_PRACTICE, None)


class TestAProposal:
    def test_the_time_that_was_kept_is_free_for_others(self, cast: Cast) -> None:
        old = proposed(cast)
        changes_gp(cast)

        asked_again(cast.kari, old)

        kept = (old.period.lower, old.period.upper)
        assert kept in [(one.starts, one.ends) for one in free(cast.per)]
        assert ending(cast.kari, old) == (Status.CLOSED, Outcome.WITHDRAWN)

    def test_a_yes_after_the_change_is_still_a_yes(self, cast: Cast) -> None:
        old = proposed(cast)
        changes_gp(cast)

        actions.accept_proposal(by=cast.kari, conversation_id=old.conversation_id)

        assert view(cast.siri, old.conversation_id).status is AppointmentStatus.BOOKED


class TestATimeThatIsTaken:
    def test_it_stands_when_the_patient_asks_the_new_office_for_another(self, cast: Cast) -> None:
        old = booked(cast.kari)
        changes_gp(cast)

        asked_again(cast.kari, old)

        assert view(cast.siri, old.conversation_id).status is AppointmentStatus.BOOKED

    def test_the_patient_cancels_it_knowingly(self, cast: Cast) -> None:
        old = booked(cast.kari)
        changes_gp(cast)

        actions.cancel(by=cast.kari, conversation_id=old.conversation_id)

        assert view(cast.siri, old.conversation_id).status is AppointmentStatus.CANCELLED

    def test_the_old_office_gives_no_new_one(self, cast: Cast) -> None:
        changes_gp(cast)

        with pytest.raises(NotFound):
            actions.give_time(
                by=cast.siri,
                patient=patient_uuid(cast.kari),
                practitioner=clinician(cast.siri),
                slot_id=free(cast.per)[0].id,
            )
