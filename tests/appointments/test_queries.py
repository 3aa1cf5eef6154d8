"""What the two sides are shown: free times, one's own, the nearest, and the calendar file."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus, BookingRules, MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Feature, Kind
from dialog.demo.cast import Cast
from dialog.errors import NotFound, ServiceOff, SlotTaken
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import OSLO
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    patient_uuid,
    seen,
    view,
    wished,
    workday,
)


def own_list(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient_id):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


def switch(cast: Cast, feature: Feature) -> None:
    conversations.switch_service(by=cast.lund, list_id=own_list(cast), feature=feature, on=False)


def questions(ask: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


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
        people_actions.set_closing_days(by=cast.siri, days=frozenset({friday}))
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

        found = seen(cast.kari, lambda: queries.nearest_alternatives(cast.kari, taken.id, most=4))

        assert [one.id for one in found] == [slots[n].id for n in (1, 2, 4, 5)]

    def test_a_time_that_never_was_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            seen(cast.kari, lambda: queries.nearest_alternatives(cast.kari, uuid4()))


class TestMyAppointments:
    def test_wishes_what_comes_and_what_was(self, cast: Cast) -> None:
        slots = free(cast.kari)
        wish = wished(cast.kari)
        later, sooner = booked(cast.kari, slots[3]), booked(cast.kari, slots[1])
        gone = booked(cast.kari, slots[0])
        actions.cancel(by=cast.kari, conversation_id=gone.conversation_id)

        mine = seen(cast.kari, lambda: queries.my_appointments(cast.kari))

        assert [one.id for one in mine.wishes] == [wish.id]
        assert [one.id for one in mine.coming] == [sooner.id, later.id]
        assert [one.id for one in mine.past] == [gone.id]

    def test_those_the_office_gave_are_there_too(self, cast: Cast) -> None:
        made = actions.give_time(
            by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
        )

        mine = seen(cast.kari, lambda: queries.my_appointments(cast.kari))

        assert [one.id for one in mine.coming] == [made.id]

    def test_what_has_been_is_past(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.upper, tick=False):
            mine = seen(cast.kari, lambda: queries.my_appointments(cast.kari))

        assert ([one.id for one in mine.past], mine.coming) == ([made.id], ())

    def test_nobody_sees_anybody_elses(self, cast: Cast) -> None:
        booked(cast.kari)

        for who in (cast.per, cast.kari_for_ola, cast.bjarne, cast.siri):
            mine = seen(who, lambda who=who: queries.my_appointments(who))
            assert (mine.wishes, mine.coming, mine.past) == ((), (), ())

    def test_what_a_young_person_has_reserved_a_parent_does_not_see(self, cast: Cast) -> None:
        hidden, shown = wished(cast.kari_for_ola), wished(cast.kari_for_ola)
        with rows.seeing(patient=cast.kari_for_ola.patient):
            Conversation.objects.filter(id=hidden.conversation_id).update(reserved=True)

        mine = seen(cast.kari_for_ola, lambda: queries.my_appointments(cast.kari_for_ola))

        assert [one.id for one in mine.wishes] == [shown.id]

    def test_as_many_questions_however_many(self, cast: Cast) -> None:
        with rows.seeing(patient=cast.kari.patient_id):
            none = questions(lambda: queries.my_appointments(cast.kari))
        for slot in free(cast.kari)[:3]:
            booked(cast.kari, slot)

        with rows.seeing(patient=cast.kari.patient_id):
            assert questions(lambda: queries.my_appointments(cast.kari)) == none


class TestAppointmentFor:
    @pytest.mark.parametrize("who", ["kari", "siri", "nina", "lund"])
    def test_both_sides_see_it(self, cast: Cast, who: str) -> None:
        made = booked(cast.kari)

        assert view(getattr(cast, who), made.conversation_id).id == made.id

    @pytest.mark.parametrize("who", ["per", "kari_for_ola", "bjarne", "berg"])
    def test_a_stranger_does_not(self, cast: Cast, who: str) -> None:
        made = booked(cast.kari)

        with pytest.raises(NotFound):
            view(getattr(cast, who), made.conversation_id)

    def test_a_matter_without_one_has_none(self, cast: Cast) -> None:
        plain = conversations.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei"
        )

        assert seen(cast.kari, lambda: queries.appointment_in(cast.kari, plain.id)) is None
        with pytest.raises(NotFound):
            view(cast.kari, plain.id)


class TestCalendarEntry:
    def entry(self, cast: Cast, conversation_id: Any) -> Any:
        data = seen(cast.kari, lambda: queries.calendar_entry(cast.kari, conversation_id))
        (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        return event

    def test_a_foreign_program_reads_the_time_and_nothing_of_health(self, cast: Cast) -> None:
        made = booked(cast.kari)

        event = self.entry(cast, made.conversation_id)

        assert event.decoded("dtstart") == made.period.lower
        assert event.decoded("dtend") == made.period.upper
        assert str(event["summary"]) == "Time"
        assert "Lund" not in event.to_ical().decode()

    def test_a_moved_time_is_the_same_entry_with_a_higher_number(self, cast: Cast) -> None:
        made = booked(cast.kari)
        before = self.entry(cast, made.conversation_id)
        actions.move(
            by=cast.kari, conversation_id=made.conversation_id, slot_id=free(cast.kari)[4].id
        )

        after = self.entry(cast, made.conversation_id)

        assert after["uid"] == before["uid"]
        assert int(after["sequence"]) > int(before["sequence"])

    def test_a_cancelled_one_says_so(self, cast: Cast) -> None:
        made = booked(cast.kari)
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        assert str(self.entry(cast, made.conversation_id)["status"]) == "CANCELLED"

    def test_a_wish_and_a_proposal_have_none(self, cast: Cast) -> None:
        wish = wished(cast.kari)
        offer = actions.propose_time(
            by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
        )

        for one in (wish, offer):
            with pytest.raises(NotFound):
                self.entry(cast, one.conversation_id)

    def test_a_stranger_has_none(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(NotFound):
            seen(cast.per, lambda: queries.calendar_entry(cast.per, made.conversation_id))


class TestCalendar:
    def test_a_day_has_what_is_taken_free_and_in_the_way_in_order(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[1])
        actions.add_absence(
            by=cast.lund,
            practitioner=clinician(cast.lund),
            first=workday(),
            starts=time(13),
            ends=time(14),
        )

        found = seen(
            cast.siri, lambda: queries.day_view(cast.siri, clinician(cast.lund), workday())
        )

        kinds = [str(one.kind) for one in found.entries]
        assert kinds[:3] == ["free", "appointment", "free"]
        assert kinds.count("away") == 1
        assert found.entries[1].conversation_id == made.conversation_id
        assert (found.taken, found.free) == (1, 9)

    def test_an_unplanned_weekend_is_left_out_of_the_week(self, cast: Cast) -> None:
        found = seen(
            cast.siri, lambda: queries.week_view(cast.siri, clinician(cast.lund), workday())
        )

        assert [one.day.weekday() for one in found] == [0, 1, 2, 3, 4]

    def test_a_holiday_is_closed(self, cast: Cast) -> None:
        found = seen(
            cast.siri,
            lambda: queries.day_view(cast.siri, clinician(cast.lund), date(2027, 5, 17)),
        )

        assert found.closed

    def test_a_stranger_finds_no_calendar(self, cast: Cast) -> None:
        for who in (cast.berg, cast.kari):
            with pytest.raises(NotFound):
                seen(who, lambda who=who: queries.day_view(who, clinician(cast.lund), workday()))

    def test_the_lab_has_one_too(self, cast: Cast) -> None:
        lab = clinician(cast.siri, Profession.LAB)

        assert seen(cast.siri, lambda: queries.day_view(cast.siri, lab, workday())).free


def test_after_a_change_of_gp_the_old_time_is_cancelled_or_kept_but_not_moved(cast: Cast) -> None:
    made = booked(cast.kari)
    with rows.seeing(practice=cast.berg.practice_id):
        (new,) = people.lists_of_practice(cast.berg)
    leave(cast)
    people_actions.assign_gp(by=cast.berg, patient_id=cast.kari.patient, list_id=new.list_id)
    elsewhere = free(cast.kari, doctor="Tor Berg")[0]

    with pytest.raises(NotFound):
        actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=elsewhere.id)

    actions.cancel(by=cast.kari, conversation_id=made.conversation_id)
    assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED


def leave(cast: Cast) -> None:
    people_actions.leave_list(by=cast.siri, patient_id=cast.kari.patient)
