"""Somebody at the office whom patients do not book themselves: a locum, a doctor in training."""

from collections.abc import Callable
from datetime import date, time

import pytest

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import queries as conversations
from dialog.demo.cast import Cast
from dialog.errors import NotFound, SlotTaken, WrongState
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.identity_number import synthetic
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    seen,
    view,
    wished,
)


@pytest.fixture
def keep_out(cast: Cast) -> Callable[..., None]:
    def keep(*, bookable: bool = False, specialist: bool = True) -> None:
        with rows.seeing(practice=cast.siri.practice_id):
            lund = people.clinician_for(cast.siri, clinician(cast.siri))
        people_actions.change_practitioner(
            by=cast.siri,
            practitioner_id=lund.id,
            name=lund.name,
            specialist=specialist,
            bookable=bookable,
        )

    return keep


Keep = Callable[..., None]


def offered(cast: Cast) -> set[str]:
    days = seen(cast.kari, lambda: queries.free_slots(cast.kari))
    return {slot.practitioner_name for day in days for slot in day.slots}


class TestForThePatient:
    def test_the_times_are_not_shown_from_that_moment(self, cast: Cast, keep_out: Keep) -> None:
        assert "Ingrid Lund" in offered(cast)

        keep_out()

        assert offered(cast) == {"Nina Vik", "Laboratoriet"}

    def test_and_are_shown_again_when_it_is_undone(self, cast: Cast, keep_out: Keep) -> None:
        keep_out()
        keep_out(bookable=True)

        assert "Ingrid Lund" in offered(cast)

    def test_a_time_on_an_open_page_is_refused_with_what_to_do(
        self, cast: Cast, keep_out: Keep
    ) -> None:
        slot = free(cast.kari)[0]
        keep_out()

        with pytest.raises(WrongState) as refusal:
            actions.book_slot(by=cast.kari, slot_id=slot.id)

        assert "be om en time med egne ord" in str(refusal.value.sentence)

    def test_the_page_of_a_time_says_the_same(self, cast: Cast, keep_out: Keep) -> None:
        slot = free(cast.kari)[0]
        keep_out()

        with pytest.raises(SlotTaken) as refusal:
            seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id))

        assert "velge time hos denne personen selv" in str(refusal.value.sentence)

    def test_another_offices_time_is_still_not_found(self, cast: Cast, keep_out: Keep) -> None:
        slot = free(cast.kari)[0]
        keep_out()

        with pytest.raises(NotFound):
            actions.book_slot(by=cast.bjarne, slot_id=slot.id)

    def test_what_is_booked_stands_and_can_be_cancelled(self, cast: Cast, keep_out: Keep) -> None:
        mine = booked(cast.kari)
        keep_out()

        assert view(cast.kari, mine.conversation_id).status is AppointmentStatus.BOOKED
        actions.cancel(by=cast.kari, conversation_id=mine.conversation_id)
        assert view(cast.kari, mine.conversation_id).status is AppointmentStatus.CANCELLED

    def test_one_cannot_move_to_such_a_time(self, cast: Cast, keep_out: Keep) -> None:
        mine, other = booked(cast.kari), free(cast.kari)[-1]
        keep_out()

        with pytest.raises(WrongState):
            actions.move(by=cast.kari, conversation_id=mine.conversation_id, slot_id=other.id)


class TestForTheOffice:
    def test_a_published_time_is_given_as_before(self, cast: Cast, keep_out: Keep) -> None:
        slot, asked = free(cast.kari)[0], wished(cast.kari)
        keep_out()

        actions.give_time(by=cast.siri, conversation_id=asked.conversation_id, slot_id=slot.id)

        given = view(cast.kari, asked.conversation_id)
        assert given.status is AppointmentStatus.BOOKED and given.starts == slot.starts

    def test_and_any_other_time_with_them(self, cast: Cast, keep_out: Keep) -> None:
        keep_out()

        given = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.kari),
            practitioner=clinician(cast.siri),
            starts=at(time(17)),
            text="Kontroll",
        )

        assert view(cast.kari, given.conversation_id).starts == at(time(17))

    def test_their_times_are_among_what_the_office_sees(self, cast: Cast, keep_out: Keep) -> None:
        asked = wished(cast.kari)
        keep_out()

        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            days = queries.office_slots(cast.siri)
            suggested = queries.suggestions(cast.siri, asked.conversation_id, most=200)
        assert "Ingrid Lund" in {slot.practitioner_name for day in days for slot in day.slots}
        assert suggested[0].practitioner_name != "Ingrid Lund"
        assert "Ingrid Lund" in {slot.practitioner_name for slot in suggested}


def test_a_specialist_kept_out_of_booking_still_answers_so_the_highest_price_stays(
    cast: Cast, keep_out: Keep
) -> None:
    def price() -> int:
        with rows.seeing(patient=cast.anne.patient_id):
            owner = people.list_of(cast.anne.patient)
            assert owner is not None and not owner.specialist
            return conversations.highest_price(people.the_patient(cast.anne), owner).amount

    before = price()
    keep_out()

    assert price() == before


def test_who_comes_can_be_kept_out_from_the_first_day(cast: Cast) -> None:
    account = people_actions.add_colleague(
        by=cast.lund,
        identity_number=synthetic(date(1980, 2, 3)),
        name="Vera Vikar",
        role=cast.lund.role,
        bookable=False,
    )

    with rows.seeing(practice=cast.lund.practice_id):
        (vera,) = [
            one for one in people.clinicians_of_practice(cast.lund) if one.account_id == account
        ]
    assert not vera.bookable and vera.profession is Profession.DOCTOR
