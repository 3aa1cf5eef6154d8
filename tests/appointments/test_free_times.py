"""What a patient can choose among: free times, one of them, and the nearest."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.policy import BookingRules, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.errors import NotFound, ServiceOff, SlotTaken
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.working_days import OSLO
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    seen,
    workday,
)
from tests.counting import questions


def own_list(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient_id):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


def switch(cast: Cast, feature: Feature) -> None:
    conversations.switch_service(by=cast.lund, list_id=own_list(cast), feature=feature, on=False)


def near(cast: Cast, slot_id: UUID, most: int = 6) -> list[queries.FreeSlot]:
    return seen(
        cast.kari,
        lambda: queries.nearest_alternatives(cast.kari, queries.wanted_slot(slot_id), most=most),
    )


class TestFreeSlots:
    def test_they_come_by_day_and_in_order(self, cast: Cast) -> None:
        found = seen(cast.kari, lambda: queries.free_slots(cast.kari))

        days = [one.day for one in found]
        assert days == sorted(set(days))
        for one in found:
            starts = [slot.starts for slot in one.slots]
            assert starts == sorted(starts)
            assert {slot.starts.astimezone(OSLO).date() for slot in one.slots} == {one.day}

    def test_one_meets_the_doctor_of_ones_list_and_the_offices_nurse_and_lab(
        self, cast: Cast
    ) -> None:
        found = seen(cast.kari, lambda: queries.free_slots(cast.kari))

        names = {slot.practitioner_name for day in found for slot in day.slots}
        assert names == {"Ingrid Lund", "Nina Vik", "Laboratoriet"}

    def test_only_those_held_as_one_wishes(self, cast: Cast) -> None:
        found = seen(cast.kari, lambda: queries.free_slots(cast.kari, meeting=MeetingType.INR))

        assert {slot.practitioner_name for day in found for slot in day.slots} == {"Laboratoriet"}

    def test_only_the_days_one_looks_at(self, cast: Cast) -> None:
        first = workday(5)

        found = seen(cast.kari, lambda: queries.free_slots(cast.kari, first=first, days=1))

        assert [one.day for one in found] == [first]

    @pytest.mark.parametrize("feature", [Feature.APPOINTMENT, Feature.DIRECT_BOOKING])
    def test_where_one_can_only_ask_there_is_no_calendar_at_all(
        self, cast: Cast, feature: Feature
    ) -> None:
        switch(cast, feature)

        with pytest.raises(ServiceOff):
            seen(cast.kari, lambda: queries.free_slots(cast.kari))

    def test_what_only_the_office_gives_is_not_shown(self, cast: Cast) -> None:
        kind = free(cast.kari)[0].type
        actions.save_type(
            by=cast.lund,
            type_uuid=kind.uuid,
            name=kind.name,
            meetings=kind.meetings,
            minutes=kind.minutes,
            bookable=False,
        )

        assert {one.type.name for one in free(cast.kari)} == {"Telefontime"}
        office = seen(cast.siri, lambda: queries.office_slots(cast.siri))
        assert kind.name in {slot.type.name for day in office for slot in day.slots}

    def test_what_is_double_booked_hides_what_it_touches(self, cast: Cast) -> None:
        slots = free(cast.kari)
        booked(cast.per, slots[0])
        actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.anne),
            practitioner=slots[0].practitioner_uuid,
            starts=slots[0].starts + timedelta(minutes=10),
            minutes=20,
            overbook_because="Haster",
        )

        assert not {slots[0].id, slots[1].id} & {one.id for one in free(cast.kari)}

    def test_as_many_questions_however_many_times(self, cast: Cast) -> None:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            few = questions(lambda: queries.free_slots(cast.kari, first=workday(), days=1))
            many = questions(lambda: queries.free_slots(cast.kari))

        assert few == many <= 12

    def test_the_office_has_none_of_its_own_here(self, cast: Cast) -> None:
        with pytest.raises(ServiceOff):
            seen(cast.siri, lambda: queries.free_slots(cast.siri))


class TestBookingDoor:
    def test_both_ways_are_open(self, cast: Cast) -> None:
        door = seen(cast.kari, lambda: queries.booking_door(cast.kari))

        assert (door.asking, door.direct, door.owner.name) == (True, True, "Ingrid Lund")
        assert MeetingType.INR in door.meetings

    def test_only_asking(self, cast: Cast) -> None:
        switch(cast, Feature.DIRECT_BOOKING)

        door = seen(cast.kari, lambda: queries.booking_door(cast.kari))

        assert (door.asking, door.direct) == (True, False)

    def test_neither(self, cast: Cast) -> None:
        switch(cast, Feature.APPOINTMENT)

        door = seen(cast.kari, lambda: queries.booking_door(cast.kari))

        assert (door.asking, door.direct) == (False, False)


class TestSlotFor:
    def test_the_last_free_moment_and_the_fee_are_said_beforehand(self, cast: Cast) -> None:
        slot = free(cast.kari, day=workday(5))[0]

        found = seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id))

        assert found.free_until == at(slot.starts.astimezone(OSLO).time(), workday(4))
        assert found.late_fee == 304

    def test_over_the_weekend_and_a_closing_day_it_is_earlier(self, cast: Cast) -> None:
        day = next(workday(n) for n in range(4, 12) if workday(n).weekday() == 0)
        friday, thursday = day - timedelta(days=3), day - timedelta(days=4)
        people_actions.close_days(by=cast.siri, first=friday, last=friday)
        slot = free(cast.kari, day=day)[0]

        found = seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id))

        assert found.free_until == at(slot.starts.astimezone(OSLO).time(), thursday)

    def test_so_many_hours_before_where_the_doctor_says_so(self, cast: Cast) -> None:
        actions.set_rules(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            rules=BookingRules(cancel_hours=24, cancel_working_days=None),
        )
        slot = free(cast.kari)[0]

        found = seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id))

        assert found.free_until == slot.starts - timedelta(hours=24)

    def test_the_nurse_costs_nothing(self, cast: Cast) -> None:
        slot = free(cast.kari, doctor="Nina Vik")[0]

        assert seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id)).late_fee == 0

    def test_one_that_was_just_taken_says_so(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        booked(cast.per, slot)

        with pytest.raises(SlotTaken):
            seen(cast.kari, lambda: queries.slot_for(cast.kari, slot.id))

    def test_another_offices_or_nobodys_is_not_found(self, cast: Cast) -> None:
        elsewhere = free(cast.bjarne, doctor="Tor Berg")[0]

        for one in (elsewhere.id, uuid4()):
            with pytest.raises(NotFound):
                seen(cast.kari, lambda one=one: queries.slot_for(cast.kari, one))


class TestNearestAlternatives:
    def test_the_neighbours_of_the_same_kind_come_first(self, cast: Cast) -> None:
        slots = [one for one in free(cast.kari) if one.type.name == "Vanlig time"]
        taken = slots[3]
        booked(cast.per, taken)

        found = near(cast, taken.id, most=4)

        assert [one.id for one in found] == [slots[n].id for n in (1, 2, 4, 5)]

    def test_where_there_are_too_few_near_by_the_whole_calendar_is_offered(
        self, cast: Cast
    ) -> None:
        taken = free(cast.kari)[0]
        booked(cast.per, taken)
        days = seen(cast.kari, lambda: queries.free_slots(cast.kari))
        left = [one.id for day in days for one in day.slots]

        found = near(cast, taken.id, most=999)

        assert sorted(one.id for one in found) == sorted(left)
        assert [one.starts for one in found] == sorted(one.starts for one in found)

    def test_nothing_is_offered_where_times_cannot_be_picked(self, cast: Cast) -> None:
        taken = free(cast.kari)[0]
        switch(cast, Feature.DIRECT_BOOKING)

        assert near(cast, taken.id) == []

    def test_a_time_that_never_was_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            near(cast, uuid4())
