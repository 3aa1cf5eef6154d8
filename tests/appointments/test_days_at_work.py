"""Nobody is given a time with somebody on a day when they do not work here."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, chores, queries, texts
from dialog.appointments.models import Slot
from dialog.appointments.policy import AppointmentStatus, MeetingType
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.people.queries import today
from dialog.working_days import add_working_days, oslo_day
from tests.appointments.ninas_days import NINA, change, days
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
from tests.people.at_work import MONA, put
from tests.people.on_lists import kinds

A_DAY = timedelta(days=1)


def after(cast: Cast, day: date) -> Any:
    return next(one for one in free(cast.kari, doctor=NINA) if oslo_day(one.starts) > day)


class TestChangeDays:
    def test_nothing_is_free_after_the_last_day_and_all_else_is(
        self, cast: Cast, last: date
    ) -> None:
        before = days(cast)

        left = change(cast, last)

        assert days(cast) == {one for one in before if one <= last} != before
        assert left == 0
        assert kinds(practice=cast.lund.practice)[-2:] == ["MemberDaysChanged", "SlotsPublished"]

    def test_other_timebooks_are_as_they_were(self, cast: Cast, last: date) -> None:
        before = free(cast.kari)

        change(cast, last)

        assert free(cast.kari) == before

    def test_a_longer_time_here_publishes_what_the_timebook_says(
        self, cast: Cast, last: date
    ) -> None:
        before = [one.starts for one in free(cast.kari, doctor=NINA)]
        change(cast, last)

        change(cast, None)

        assert [one.starts for one in free(cast.kari, doctor=NINA)] == before

    def test_nor_does_the_next_morning_publish_any(self, cast: Cast, last: date) -> None:
        change(cast, last)
        kept = days(cast)

        with time_machine.travel(at(time(5), today() + A_DAY), tick=False):
            chores.top_up()

        assert days(cast) == kept

    def test_a_time_taken_before_stands_and_somebody_is_told(self, cast: Cast, last: date) -> None:
        made = booked(cast.kari, after(cast, last))

        left = change(cast, last)

        (left_behind,) = seen(cast.siri, lambda: queries.left_behind(cast.siri))  # type: ignore[misc]  # what it asks for
        nina = clinician(cast.siri, Profession.NURSE)
        collisions = seen(cast.siri, lambda: queries.collisions(cast.siri, nina))
        assert left == left_behind.many == 1
        assert (left_behind.whose.name, left_behind.first) == (NINA, oslo_day(made.period.lower))
        assert [one.conversation_id for one in collisions] == [made.conversation_id]  # type: ignore[attr-defined]  # a list
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)
        assert seen(cast.siri, lambda: queries.left_behind(cast.siri)) == []
        assert oslo_day(made.period.lower) not in days(cast)

    def test_a_time_that_is_still_on_a_page_is_not_taken(self, cast: Cast, last: date) -> None:
        slot, mine = after(cast, last), booked(cast.kari)
        change(cast, last)

        with pytest.raises(WrongState):
            actions.book_slot(by=cast.per, slot_id=slot.id)
        with pytest.raises(WrongState):
            actions.move(by=cast.kari, conversation_id=mine.conversation_id, slot_id=slot.id)

    def test_nor_given_proposed_or_moved_to_by_the_office(self, cast: Cast, last: date) -> None:
        slot, mine = after(cast, last), booked(cast.kari)
        wish = wished(cast.per).conversation_id
        change(cast, last)
        ways: tuple[Callable[..., object], ...] = (
            lambda **time: actions.give_time(by=cast.siri, conversation_id=wish, **time),
            lambda **time: actions.propose_time(by=cast.siri, conversation_id=wish, **time),
            lambda **time: actions.move(by=cast.siri, conversation_id=mine.conversation_id, **time),
        )

        for way in ways:
            for place in (
                {"slot_id": slot.id},
                {"practitioner": slot.practitioner_uuid, "starts": slot.starts, "minutes": 15},
            ):
                with pytest.raises(InvalidInput) as refusal:
                    way(**place)
                assert refusal.value.field == "starts"

    def test_the_last_day_itself_is_theirs(self, cast: Cast, last: date) -> None:
        change(cast, last)

        given = actions.give_time(
            by=cast.siri,
            patient=patient_uuid(cast.per),
            practitioner=clinician(cast.siri, Profession.NURSE),
            starts=at(time(14), last),
            minutes=15,
        )

        assert oslo_day(given.period.lower) == last

    def test_nothing_is_put_out_by_hand_either(self, cast: Cast, last: date) -> None:
        slot = after(cast, last)
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)
        change(cast, last)

        with pytest.raises(WrongState):
            actions.restore_slot(by=cast.siri, slot_id=slot.id)
        with pytest.raises(InvalidInput) as refusal:
            actions.add_extra_hours(
                by=cast.siri,
                practitioner=slot.practitioner_uuid,
                day=oslo_day(slot.starts),
                starts=time(14),
                ends=time(15),
                type_uuid=slot.type.uuid,
            )
        assert refusal.value.field == "day"

    def test_the_calendar_and_the_timebook_say_so(self, cast: Cast, last: date) -> None:
        change(cast, last)
        nina, day = clinician(cast.siri, Profession.NURSE), add_working_days(last, 1)

        def shown() -> tuple[Any, Any]:
            return queries.day_view(cast.siri, nina, day), queries.timebook(cast.siri, nina)

        on, book = seen(cast.siri, shown)  # type: ignore[misc]  # what it asks for

        assert [one.kind for one in on.entries] == ["not-at-work"]
        assert (book.first, book.last) == (None, last)

    def test_a_time_that_was_proposed_before_is_not_accepted_after(
        self, cast: Cast, last: date
    ) -> None:
        wish, slot = wished(cast.kari).conversation_id, after(cast, last)
        actions.propose_time(by=cast.siri, conversation_id=wish, slot_id=slot.id)
        assert change(cast, last) == 1

        with pytest.raises(WrongState) as refusal:
            actions.accept_proposal(by=cast.kari, conversation_id=wish)
        assert refusal.value.sentence == texts.NO_LONGER_AT_WORK
        actions.ask_for_another(by=cast.kari, conversation_id=wish)

        assert view(cast.kari, wish).status == AppointmentStatus.PROPOSED

    def test_only_who_manages_the_office_does_it(self, cast: Cast, last: date) -> None:
        before = days(cast)
        for who, refusal in ((cast.kari, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.change_days(by=who, account_id=cast.nina.account, last=last)

        assert days(cast) == before

    def test_somebody_without_a_timebook_has_nothing_to_take_back(
        self, cast: Cast, last: date
    ) -> None:
        assert actions.change_days(by=cast.lund, account_id=cast.siri.account, last=last) == 0


class TestRemoveMember:
    def test_nothing_is_free_with_them_from_now_and_what_is_taken_is_found(
        self, cast: Cast
    ) -> None:
        made = booked(cast.kari, free(cast.kari, doctor=NINA)[0])

        left = actions.remove_member(by=cast.lund, account_id=cast.nina.account)

        with rows.seeing(practice=cast.lund.practice_id):
            shown = Slot.objects.filter(
                schedule__practitioner_id=made.practitioner_id, withdrawn_at__isnull=True
            )
            assert not shown.filter(starts__gt=at(time(0), today() + A_DAY)).exists()
        assert left == 1

    def test_their_calendar_is_there_as_long_as_somebody_has_a_time_in_it(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari, doctor=NINA)[0])
        actions.remove_member(by=cast.lund, account_id=cast.nina.account)

        def calendars() -> set[str]:
            return {one.name for one in seen(cast.siri, lambda: queries.calendars(cast.siri))}  # type: ignore[attr-defined]  # a list

        assert NINA in calendars()
        actions.cancel(by=cast.siri, conversation_id=made.conversation_id)
        assert NINA not in calendars()


class TestAddColleague:
    def test_whoever_comes_back_has_times_on_the_days_they_are_here(self, cast: Cast) -> None:
        mona = actions.add_colleague(
            by=cast.lund,
            identity_number=MONA,
            name="Mona Lie",
            role=cast.nina.role,
            timebook=True,
        )
        mine = self.timebook(cast, mona)
        kind = actions.save_type(
            by=cast.siri,
            name="Besøk",
            meetings=[MeetingType.INJECTION],
            minutes=30,
            profession=Profession.NURSE,
        )
        actions.add_weekly_hours(
            by=cast.siri,
            practitioner=mine,
            type_uuid=kind.uuid,
            weekdays=range(5),
            starts=time(12),
            ends=time(12, 30),
        )
        actions.remove_member(by=cast.lund, account_id=mona)
        put(cast.lund, mona, today() - 9 * A_DAY, today() - 4 * A_DAY)
        first = add_working_days(today(), 4)

        actions.add_colleague(
            by=cast.lund,
            identity_number=MONA,
            name="Mona Lie",
            role=cast.nina.role,
            since=first,
            last=first,
            timebook=True,
        )

        times = free(cast.kari, doctor="Mona Lie", day=today())
        assert [oslo_day(one.starts) for one in times] == [first]

    def timebook(self, cast: Cast, account_id: int) -> Any:
        with rows.seeing(practice=cast.lund.practice_id):
            found = people.clinicians_of_practice(cast.lund)
        return next(one.uuid for one in found if one.account_id == account_id)
