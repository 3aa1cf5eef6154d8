"""A no from the record system, no answer at all, and who decides whether it is asked."""

from datetime import time
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions, chores, queries
from dialog.appointments.policy import AppointmentStatus as S
from dialog.conversations.policy import Outcome
from dialog.demo.cast import Cast
from dialog.errors import NotFound, WrongState
from dialog.ledger.models import Entry
from tests.appointments.elsewhere import a_time, confirming, morning, offer, reserved, row, shown
from tests.appointments.people_and_times import (
    A_MINUTE,
    booked,
    clinician,
    free,
    matter,
    recorded,
    seen,
    view,
)


class TestRefuse:
    def test_the_patient_is_told_why(self, cast: Cast) -> None:
        made = reserved(cast)

        actions.refuse(by=cast.siri, conversation_id=made.conversation_id, text="Legen er på kurs.")

        found = view(cast.kari, made.conversation_id)
        assert (found.status, found.status_name, found.unconfirmed) == (
            S.CANCELLED, "Fikk ikke timen", True,
        )  # fmt: skip
        assert matter(cast, made.conversation_id).outcome == Outcome.DECLINED
        assert recorded(cast.kari, made.conversation_id)[-3:] == [
            "MessageSent", "ConversationClosed", "AppointmentRefused",
        ]  # fmt: skip

    def test_the_time_is_offered_to_nobody_until_the_record_system_does(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        made = booked(cast.kari)
        actions.refuse(by=cast.siri, conversation_id=made.conversation_id)

        before = {one.id for one in free(cast.per)}
        offer(cast, times)

        assert made.slot_id not in before
        assert made.slot_id in {one.id for one in free(cast.per)}

    def test_the_same_no_again_changes_nothing(self, cast: Cast) -> None:
        made = reserved(cast)
        for _ in range(2):
            actions.refuse(by=cast.siri, conversation_id=made.conversation_id)

        assert recorded(cast.kari, made.conversation_id).count("AppointmentRefused") == 1

    def test_a_no_after_a_yes_is_a_cancelling_and_not_this(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        with pytest.raises(WrongState):
            actions.refuse(by=cast.siri, conversation_id=made.conversation_id)

    def test_what_waits_is_refused_and_not_cancelled_by_the_office(self, cast: Cast) -> None:
        made = reserved(cast)

        with pytest.raises(WrongState):
            actions.cancel(by=cast.siri, conversation_id=made.conversation_id)

    def test_a_no_after_the_patient_took_it_back_is_too_late(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        with pytest.raises(WrongState):
            actions.refuse(by=cast.siri, conversation_id=made.conversation_id)

    def test_neither_patients_nor_another_office_say_no(self, cast: Cast) -> None:
        made = reserved(cast)

        for stranger in (cast.kari, cast.per, cast.berg):
            with pytest.raises(NotFound):
                actions.refuse(by=stranger, conversation_id=made.conversation_id)

    def test_a_refused_one_is_no_appointment_for_ones_calendar(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.refuse(by=cast.siri, conversation_id=made.conversation_id)

        with pytest.raises(NotFound):
            seen(cast.kari, lambda: queries.calendar_entry(cast.kari, made.conversation_id))


class TestExpireUnanswered:
    def test_nobody_answered_by_the_time_it_begins(self, cast: Cast, as_role: Any) -> None:
        made = reserved(cast)

        with time_machine.travel(made.period.lower, tick=False):
            with as_role("dialog_relay"):
                chores.let_unanswered_go()
            found = view(cast.kari, made.conversation_id)

        assert (found.status, found.status_name) == (S.CANCELLED, "Ikke besvart i tide")
        assert matter(cast, made.conversation_id).outcome == Outcome.EXPIRED
        assert recorded(cast.kari, made.conversation_id)[-1] == "AppointmentUnanswered"

    def test_until_then_it_waits(self, cast: Cast, as_role: Any) -> None:
        made = reserved(cast)

        with (
            time_machine.travel(made.period.lower - A_MINUTE, tick=False),
            as_role("dialog_relay"),
        ):
            chores.let_unanswered_go()

        assert row(cast, made).status == S.PENDING

    def test_a_yes_that_came_first_stands(self, cast: Cast) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        with (
            time_machine.travel(made.period.lower, tick=False),
            rows.seeing(practice=cast.lund.practice_id),
        ):
            actions.expire_unanswered(by=PLATFORM, conversation_id=made.conversation_id)

        assert row(cast, made).status == S.BOOKED


class TestConfirmElsewhere:
    def test_what_the_timebooks_said_goes_and_what_is_taken_stands(self, cast: Cast) -> None:
        made = booked(cast.kari)
        assert free(cast.per)

        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)

        assert free(cast.per) == []
        assert view(cast.kari, made.conversation_id).status is S.BOOKED

    def test_how_many_went_is_a_fact_and_a_taken_one_is_not_among_them(self, cast: Cast) -> None:
        booked(cast.kari)
        published = len(shown(cast))

        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)

        with rows.seeing(practice=cast.lund.practice_id):
            facts = Entry.objects.filter(
                kind="SlotsPublished", details__practitioner_id=cast.lund.practitioner_id
            )
            told = facts.latest("id").details
        assert (told["added"], told["withdrawn"]) == (0, published - 1)

    def test_a_timebook_there_publishes_nothing_by_itself(self, cast: Cast) -> None:
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)

        result = actions.publish_slots(by=cast.lund, practitioner=clinician(cast.lund))

        assert (result.added, result.withdrawn, free(cast.per)) == (0, 0, [])

    def test_without_it_the_timebooks_decide_again(self, cast: Cast) -> None:
        before = {one.starts for one in free(cast.per)}
        confirming(cast, [a_time(time(6, 30))])

        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=False)

        assert {one.starts for one in free(cast.per)} == before
        assert booked(cast.per).status == S.BOOKED

    def test_the_same_again_changes_nothing(self, cast: Cast) -> None:
        confirming(cast)
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)

        assert len(free(cast.per)) == 6

    def test_another_office_is_as_it_was(self, cast: Cast) -> None:
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)

        book = seen(cast.berg, lambda: queries.timebook(cast.berg, clinician(cast.berg)))
        assert book.confirmed_elsewhere is False

    def test_only_the_platform_says_so(self, cast: Cast) -> None:
        for somebody in (cast.lund, cast.siri, cast.kari):
            with pytest.raises(Exception, match="not-allowed"):
                actions.confirm_elsewhere(by=somebody, practice_id=cast.lund.practice, on=True)

    def test_a_time_must_be_somebodys(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.confirm(by=cast.siri, conversation_id=uuid4())
