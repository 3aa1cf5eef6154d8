"""What each side is shown of an appointment: in the list, by itself, and as a calendar file."""

from typing import Any

import icalendar
import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.people import actions as people_actions
from dialog.people import queries as people
from tests.appointments.people_and_times import (
    booked,
    free,
    patient_uuid,
    seen,
    view,
    wished,
)
from tests.counting import questions


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
