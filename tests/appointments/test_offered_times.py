"""Free times from a record system: here they are as they are there."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions, queries
from dialog.appointments.models import AppointmentType, Slot
from dialog.appointments.policy import MeetingType, Withdrawn
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, SlotsOverlap, WrongState
from dialog.people.policy import Profession
from tests.appointments.elsewhere import (
    IN_PERSON,
    a_time,
    confirming,
    morning,
    offer,
    shown,
)
from tests.appointments.lunds_timebook import facts
from tests.appointments.people_and_times import at, booked, clinician, free, seen, workday

PHONE = frozenset({MeetingType.PHONE})
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


def slot_of(cast: Cast, key: UUID) -> Slot:
    with rows.seeing(practice=cast.lund.practice_id):
        return Slot.objects.select_related("type").get(id=key)


def types(cast: Cast) -> int:
    with rows.seeing(practice=cast.lund.practice_id):
        return AppointmentType.objects.count()


class TestOfferTimes:
    def test_what_is_free_there_is_free_here_under_the_same_id(self, cast: Cast) -> None:
        times = morning()

        confirming(cast, times)

        assert [(one.id, one.starts, one.ends) for one in free(cast.kari)] == [
            (one.id, one.starts, one.ends) for one in times
        ]

    def test_the_same_again_changes_nothing_and_is_not_written_down(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        before = facts(cast)

        result = offer(cast, times)

        assert (result.added, result.withdrawn, facts(cast)) == (0, 0, before)

    def test_what_is_no_longer_free_there_goes(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)

        result = offer(cast, times[2:])

        assert (result.added, result.withdrawn) == (0, 2)
        assert [one.id for one in free(cast.kari)] == [one.id for one in times[2:]]
        assert slot_of(cast, times[0].id).withdrawn_because == Withdrawn.ELSEWHERE

    def test_what_comes_back_is_there_again(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        offer(cast, [])

        assert offer(cast, times).added == 6
        assert len(free(cast.kari)) == 6

    def test_two_that_changed_places_do(self, cast: Cast) -> None:
        first, second = a_time(time(9)), a_time(time(9, 20), name="Lang time")
        confirming(cast, [first, second])

        offer(cast, [a_time(time(9), id=second.id), a_time(time(9, 20), id=first.id)])

        found = shown(cast)
        assert found[second.id].starts == first.starts
        assert found[first.id].starts == second.starts
        assert found[second.id].type.name == "Vanlig time"

    def test_what_somebody_has_stays_whatever_is_said(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        booked(cast.kari, free(cast.kari)[0])

        offer(cast, [a_time(time(9, 10)), a_time(time(10, 20), id=times[0].id)])

        assert shown(cast).keys() == {times[0].id}
        assert shown(cast)[times[0].id].starts == times[0].starts

    def test_what_the_office_took_back_by_hand_stays_so(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        actions.withdraw_slot(by=cast.siri, slot_id=times[0].id)

        offer(cast, times)

        assert times[0].id not in shown(cast)

    def test_days_that_were_not_asked_about_are_left_alone(self, cast: Cast) -> None:
        confirming(cast)
        day = workday(6)

        actions.offer_times(
            by=cast.siri,
            practitioner=clinician(cast.lund),
            times=[],
            first=at(time(0), day),
            until=at(time(23), day),
        )

        assert len(free(cast.kari)) == 6

    def test_the_id_of_another_offices_time_is_refused_and_nothing_changes(
        self, cast: Cast
    ) -> None:
        confirming(cast)
        with rows.seeing(practice=cast.berg.practice_id):
            theirs = Slot.objects.first()

        with pytest.raises(InvalidInput):
            offer(cast, [a_time(time(13)), a_time(time(14), id=theirs.id)])

        assert len(free(cast.kari)) == 6
        with rows.seeing(practice=cast.berg.practice_id):
            assert Slot.objects.get(id=theirs.id).period == theirs.period

    def test_the_id_of_a_colleagues_time_is_refused(self, cast: Cast) -> None:
        confirming(cast)
        first = at(time(0))
        nurses = clinician(cast.lund, Profession.NURSE)
        hers = a_time(time(9), name="Blodprøve", meetings=frozenset({MeetingType.BLOOD_SAMPLE}))
        actions.offer_times(
            by=cast.siri, practitioner=nurses, times=[hers], first=first, until=first + 24 * HOUR
        )

        with pytest.raises(InvalidInput):
            offer(cast, [a_time(time(14), id=hers.id)])

    def test_one_under_another_that_lies_there_is_refused(self, cast: Cast) -> None:
        times = morning()
        confirming(cast, times)
        first = at(time(9, 10))

        with pytest.raises(SlotsOverlap):
            actions.offer_times(
                by=cast.siri,
                practitioner=clinician(cast.lund),
                times=[a_time(time(9, 10))],
                first=first,
                until=first + timedelta(minutes=5),
            )

        assert len(free(cast.kari)) == 6

    def test_a_type_is_found_by_its_name_or_made(self, cast: Cast) -> None:
        confirming(cast, [a_time(time(9), name="Reisevaksine", meetings=PHONE, minutes=35)])
        many = types(cast)

        offer(cast, [a_time(time(9), name=" reisevaksine ", meetings=PHONE), a_time(time(10))])

        (vaccine, ordinary) = free(cast.kari)
        assert (vaccine.type.name, vaccine.type.minutes, vaccine.type.meetings) == (
            "Reisevaksine", 35, PHONE,
        )  # fmt: skip
        assert ordinary.type.meetings == IN_PERSON
        assert types(cast) == many + 1

    def test_a_type_the_office_has_stopped_using_is_not_made_again(self, cast: Cast) -> None:
        times = [a_time(time(9), name="Reisevaksine")]
        confirming(cast, times)
        made = free(cast.kari)[0].type
        actions.retire_type(by=cast.lund, type_uuid=made.uuid)
        many = types(cast)

        offer(cast, times)

        assert (free(cast.kari), types(cast)) == ([], many)

    def test_a_timebook_is_made_where_there_is_none(self, cast: Cast, as_role: Any) -> None:
        actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)
        with as_role("postgres"):
            without_timebooks(cast)

        offer(cast, morning())

        book = seen(cast.siri, lambda: queries.timebook(cast.siri, clinician(cast.lund)))
        assert (book.confirmed_elsewhere, len(free(cast.kari))) == (True, 6)

    def test_a_timebook_that_is_kept_here_takes_none(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            offer(cast, morning())

    def test_only_the_office_itself_says_what_is_free(self, cast: Cast) -> None:
        confirming(cast)
        first = at(time(0))

        for stranger in (cast.kari, cast.berg, PLATFORM):
            with pytest.raises(NotFound):
                actions.offer_times(
                    by=stranger,
                    practitioner=clinician(cast.lund),
                    times=[],
                    first=first,
                    until=first + HOUR,
                )


def without_timebooks(cast: Cast) -> None:
    tables = (
        "slot",
        "weeklyhours",
        "scheduleexception",
        "busyperiod",
        "calendarimport",
        "schedule",
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"DELETE FROM appointments_{table} WHERE practice_id = %s",  # noqa: S608 - ours
                [cast.lund.practice],
            )
