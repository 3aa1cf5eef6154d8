"""Keeping a timebook and publishing what it says, again and again."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, chores, queries
from dialog.appointments.calendar_file import BrokenCalendar
from dialog.appointments.models import AppointmentType, Slot
from dialog.appointments.policy import BookingRules, MeetingType
from dialog.demo.cast import Cast
from dialog.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    SlotsOverlap,
    WrongState,
)
from dialog.ledger.models import Entry
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.working_days import OSLO, oslo_day
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    seen,
    workday,
)

RULES = BookingRules(most_open=3)


def lund(cast: Cast) -> Any:
    return clinician(cast.lund)


def published(cast: Cast, day: date) -> list[str]:
    found = seen(cast.siri, lambda: queries.day_view(cast.siri, lund(cast), day))
    return [
        one.starts.astimezone(OSLO).strftime("%H:%M")
        for one in found.entries
        if one.kind == queries.EntryKind.FREE
    ]


def facts(cast: Cast) -> list[str]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def ordinary(cast: Cast) -> Any:
    return seen(cast.siri, lambda: queries.types_for(cast.siri))[0].uuid


def calendar(*starts: str, minutes: int = 60) -> bytes:
    events = [
        line
        for number, one in enumerate(starts)
        for line in (
            "BEGIN:VEVENT", f"UID:{number}", f"DTSTART:{one}", f"DURATION:PT{minutes}M",
            "SUMMARY:Tannlege", "END:VEVENT",
        )
    ]  # fmt: skip
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//NO", *events, "END:VCALENDAR", ""]
    return "\r\n".join(lines).encode()


class TestPublishSlots:
    def test_doing_it_again_changes_nothing(self, cast: Cast) -> None:
        before = free(cast.kari)

        again = actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert (again.added, again.withdrawn) == (0, 0)
        assert free(cast.kari) == before

    def test_a_taken_time_is_never_touched(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        made = booked(cast.kari, slot)

        actions.add_absence(by=cast.lund, practitioner=lund(cast), first=workday())

        with rows.seeing(practice=cast.lund.practice_id):
            assert Slot.objects.get(id=made.slot_id).withdrawn_at is None
        collisions = seen(cast.siri, lambda: queries.collisions(cast.siri, lund(cast)))
        assert [one.conversation_id for one in collisions] == [made.conversation_id]

    def test_hours_may_change_while_a_time_is_going_on(self, cast: Cast) -> None:
        day = workday()
        running = free(cast.kari, day=day)[0]
        hours = next(
            one
            for one in seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast))).hours
            if one.weekday == day.weekday() and one.starts == running.starts.astimezone(OSLO).time()
        )

        with time_machine.travel(running.starts + timedelta(minutes=2), tick=False):
            actions.remove_weekly_hours(by=cast.lund, hours_uuid=hours.uuid)
            later = (running.starts + timedelta(minutes=5)).astimezone(OSLO).time()
            actions.add_extra_hours(
                by=cast.lund,
                practitioner=lund(cast),
                day=day,
                starts=later,
                ends=time(later.hour + 1, later.minute),
                type_uuid=ordinary(cast),
            )
            there = published(cast, day)

        assert later.strftime("%H:%M") not in there
        assert running.ends.astimezone(OSLO).strftime("%H:%M") not in there

    def test_the_relay_publishes_the_day_that_comes(self, cast: Cast, as_role: Any) -> None:
        tomorrow = workday(1)

        with time_machine.travel(at(time(7), tomorrow), tick=False):
            with as_role("dialog_relay"):
                chores.top_up()
            days = seen(cast.kari, lambda: queries.free_slots(cast.kari))

        assert days[-1].day >= tomorrow + timedelta(days=56 - 3)

    def test_only_once_a_day(self, cast: Cast, as_role: Any) -> None:
        with as_role("dialog_relay"):
            chores.top_up()
            before = facts(cast)
            chores.top_up()

        assert facts(cast) == before

    def test_the_release_hour_hides_times_until_then(self, cast: Cast) -> None:
        slots = free(cast.kari)
        actions.set_rules(
            by=cast.lund,
            practitioner=lund(cast),
            rules=BookingRules(release_days=2, release_clock=time(8)),
        )
        day = oslo_day(slots[0].starts)
        opens = at(time(8), day - timedelta(days=2))

        with time_machine.travel(opens - timedelta(seconds=1), tick=False):
            assert slots[0].id not in {one.id for one in free(cast.kari, day=day)}
        with time_machine.travel(opens, tick=False):
            assert slots[0].id in {one.id for one in free(cast.kari, day=day)}

    def test_times_for_the_same_day_are_shown_that_morning(self, cast: Cast) -> None:
        day = workday(2)
        acute = at(time(14, 20), day)

        with time_machine.travel(at(time(7, 59), day), tick=False):
            assert acute not in {one.starts for one in free(cast.kari, day=day)}
        with time_machine.travel(at(time(8), day), tick=False):
            assert acute in {one.starts for one in free(cast.kari, day=day)}

    def test_a_closing_day_has_no_times(self, cast: Cast) -> None:
        day = workday(3)
        people_actions.set_closing_days(by=cast.siri, days=frozenset({day}))

        actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert published(cast, day) == []

    def test_somebody_else_does_not_publish_for_the_doctor(self, cast: Cast) -> None:
        for who, refusal in (
            (cast.siri, NotAllowed),
            (cast.nina, NotAllowed),
            (cast.berg, NotFound),
            (cast.kari, NotFound),
        ):
            with pytest.raises(refusal):
                actions.publish_slots(by=who, practitioner=lund(cast))

    def test_the_office_publishes_for_the_lab(self, cast: Cast) -> None:
        lab = clinician(cast.siri, Profession.LAB)

        assert actions.publish_slots(by=cast.siri, practitioner=lab).added == 0


class TestSetRules:
    def test_they_hold_at_once(self, cast: Cast) -> None:
        actions.set_rules(
            by=cast.lund,
            practitioner=lund(cast),
            rules=BookingRules(lead_minutes=0, horizon_days=7),
        )

        days = {oslo_day(one.starts) for one in free(cast.kari, day=people.today())}
        assert max(days) <= people.today() + timedelta(days=7)

    def test_it_is_written_down(self, cast: Cast) -> None:
        actions.set_rules(by=cast.lund, practitioner=lund(cast), rules=RULES)

        assert facts(cast)[-1] == "TimebookChanged"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"horizon_days": 0}, "horizon_days"),
            ({"horizon_days": 367}, "horizon_days"),
            ({"release_days": 1}, "release_clock"),
            ({"cancel_hours": 24, "cancel_working_days": 1}, "cancel_hours"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.set_rules(by=cast.lund, practitioner=lund(cast), rules=BookingRules(**change))

        assert refused.value.field == field

    @pytest.mark.parametrize("who", ["siri", "nina"])
    def test_the_doctor_decides_alone(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.set_rules(by=getattr(cast, who), practitioner=lund(cast), rules=RULES)

    def test_a_stranger_finds_no_timebook(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.set_rules(by=cast.berg, practitioner=lund(cast), rules=RULES)


class TestAddWeeklyHours:
    def add(self, cast: Cast, **change: Any) -> actions.Published:
        said = {
            "practitioner": lund(cast),
            "type_uuid": ordinary(cast),
            "weekdays": [workday().weekday()],
            "starts": time(16),
            "ends": time(17),
        }
        return actions.add_weekly_hours(by=change.pop("by", cast.lund), **{**said, **change})

    def test_the_times_are_there_at_once(self, cast: Cast) -> None:
        made = self.add(cast)

        assert made.added >= 7 * 3
        assert published(cast, workday())[-3:] == ["16:00", "16:20", "16:40"]

    def test_hours_on_top_of_others_are_refused(self, cast: Cast) -> None:
        with pytest.raises(SlotsOverlap):
            self.add(cast, starts=time(9, 30), ends=time(10, 30))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"weekdays": []}, "weekdays"),
            ({"weekdays": [5]}, "weekdays"),
            ({"ends": time(16, 10)}, "ends"),
            ({"until": date(2020, 1, 1)}, "until"),
            ({"release_days": 0}, "release_clock"),
            ({"type_uuid": uuid4()}, "type_uuid"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            self.add(cast, **change)

        assert refused.value.field == field

    def test_a_doctor_has_no_lab_times(self, cast: Cast) -> None:
        types = seen(cast.siri, lambda: queries.types_for(cast.siri, profession=Profession.LAB))

        with pytest.raises(InvalidInput):
            self.add(cast, type_uuid=types[0].uuid)

    def test_a_stranger_adds_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                self.add(cast, by=who)


class TestRemoveWeeklyHours:
    def hours(self, cast: Cast) -> list[Any]:
        return list(seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast))).hours)

    def test_the_free_times_go_and_the_taken_ones_stay(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        made = booked(cast.kari, slot)
        gone = next(
            one for one in self.hours(cast)
            if one.weekday == workday().weekday() and one.starts == time(9)
        )  # fmt: skip

        actions.remove_weekly_hours(by=cast.lund, hours_uuid=gone.uuid)

        assert "09:20" not in published(cast, workday())
        with rows.seeing(practice=cast.lund.practice_id):
            assert Slot.objects.get(id=made.slot_id).withdrawn_at is None

    def test_from_a_later_day_they_stay_until_then(self, cast: Cast) -> None:
        gone = next(one for one in self.hours(cast) if one.weekday == workday().weekday())

        actions.remove_weekly_hours(
            by=cast.lund, hours_uuid=gone.uuid, from_day=workday() + timedelta(days=1)
        )

        assert "09:20" in published(cast, workday())
        assert "09:20" not in published(cast, workday() + timedelta(days=7))

    def test_a_stranger_removes_nothing(self, cast: Cast) -> None:
        gone = self.hours(cast)[0]

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_weekly_hours(by=who, hours_uuid=gone.uuid)


class TestAddAbsence:
    def test_nobody_is_met_those_days(self, cast: Cast) -> None:
        actions.add_absence(
            by=cast.lund, practitioner=lund(cast), first=workday(3), last=workday(4), note="Kurs"
        )

        assert (published(cast, workday(3)), published(cast, workday(4))) == ([], [])
        assert published(cast, workday(5))

    def test_or_only_those_hours(self, cast: Cast) -> None:
        actions.add_absence(
            by=cast.lund, practitioner=lund(cast), first=workday(3), starts=time(9), ends=time(10)
        )

        assert published(cast, workday(3))[0] == "10:00"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"last": date(2020, 1, 1)}, "last"),
            ({"starts": time(9)}, "ends"),
            ({"starts": time(9), "ends": time(8)}, "ends"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.add_absence(
                by=cast.lund, practitioner=lund(cast), **{"first": workday(), **change}
            )

        assert refused.value.field == field

    def test_a_stranger_is_not_away_for_the_doctor(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.add_absence(by=who, practitioner=lund(cast), first=workday())


class TestAddExtraHours:
    def saturday(self) -> date:
        return people.today() + timedelta(days=(5 - people.today().weekday()) % 7 + 7)

    def test_a_saturday_can_have_times(self, cast: Cast) -> None:
        actions.add_extra_hours(
            by=cast.lund,
            practitioner=lund(cast),
            day=self.saturday(),
            starts=time(10),
            ends=time(11),
            type_uuid=ordinary(cast),
        )

        assert published(cast, self.saturday()) == ["10:00", "10:20", "10:40"]

    def test_not_a_day_that_has_been(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.add_extra_hours(
                by=cast.lund,
                practitioner=lund(cast),
                day=people.today() - timedelta(days=1),
                starts=time(10),
                ends=time(11),
                type_uuid=ordinary(cast),
            )

        assert refused.value.field == "day"

    def test_a_stranger_adds_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.add_extra_hours(
                    by=who,
                    practitioner=lund(cast),
                    day=self.saturday(),
                    starts=time(10),
                    ends=time(11),
                    type_uuid=ordinary(cast),
                )


class TestRemoveException:
    def away(self, cast: Cast) -> Any:
        actions.add_absence(by=cast.lund, practitioner=lund(cast), first=workday())
        book = seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast)))
        return book.exceptions[0].uuid

    def test_the_day_is_as_the_others_again(self, cast: Cast) -> None:
        gone = self.away(cast)

        actions.remove_exception(by=cast.lund, exception_uuid=gone)

        assert published(cast, workday())

    def test_a_stranger_changes_nothing(self, cast: Cast) -> None:
        gone = self.away(cast)

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_exception(by=who, exception_uuid=gone)


class TestWithdrawSlot:
    def test_it_is_no_longer_free_and_does_not_come_back_by_itself(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)
        actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert slot.starts not in {one.starts for one in free(cast.kari)}
        assert "SlotWithdrawn" in facts(cast)

    def test_one_that_is_taken_is_moved_or_cancelled_instead(self, cast: Cast) -> None:
        made = booked(cast.kari)

        with pytest.raises(WrongState):
            actions.withdraw_slot(by=cast.siri, slot_id=made.slot_id)

    def test_not_by_a_stranger_or_a_patient(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]

        for who in (cast.berg, cast.kari, cast.per):
            with pytest.raises(NotFound):
                actions.withdraw_slot(by=who, slot_id=slot.id)


class TestRestoreSlot:
    def test_it_is_free_again(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)

        actions.restore_slot(by=cast.siri, slot_id=slot.id)

        assert slot.id in {one.id for one in free(cast.kari)}

    def test_one_that_was_never_withdrawn_is_left(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            actions.restore_slot(by=cast.siri, slot_id=free(cast.kari)[0].id)

    def test_not_over_another(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)
        with rows.seeing(practice=cast.lund.practice_id):
            old = Slot.objects.get(id=slot.id)
            Slot.objects.create(
                practice_id=old.practice_id, schedule_id=old.schedule_id, type_id=old.type_id,
                period=old.period,
            )  # fmt: skip

        with pytest.raises(SlotsOverlap):
            actions.restore_slot(by=cast.siri, slot_id=slot.id)

    def test_not_by_a_stranger(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        actions.withdraw_slot(by=cast.siri, slot_id=slot.id)

        with pytest.raises(NotFound):
            actions.restore_slot(by=cast.berg, slot_id=slot.id)


class TestSaveType:
    def test_a_doctor_names_a_new_kind_of_time(self, cast: Cast) -> None:
        made = actions.save_type(
            by=cast.lund, name="Lang time", meetings=[MeetingType.IN_PERSON], minutes=40
        )

        types = seen(cast.siri, lambda: queries.types_for(cast.siri))
        assert made.uuid in {one.uuid for one in types}

    def test_an_old_one_gets_a_new_length_for_times_to_come(self, cast: Cast) -> None:
        actions.save_type(
            by=cast.lund,
            type_uuid=ordinary(cast),
            name="Vanlig time",
            meetings=[MeetingType.IN_PERSON],
            minutes=30,
        )

        actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert published(cast, workday())[:2] == ["09:00", "09:30"]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"name": " "}, "name"),
            ({"meetings": []}, "meetings"),
            ({"minutes": 0}, "minutes"),
            ({"minutes": 241}, "minutes"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(
        self, cast: Cast, change: dict[str, Any], field: str
    ) -> None:
        said: dict[str, Any] = {"name": "Time", "meetings": [MeetingType.PHONE], "minutes": 10}

        with pytest.raises(InvalidInput) as refused:
            actions.save_type(by=cast.lund, **{**said, **change})

        assert refused.value.field == field

    def test_the_office_decides_over_the_lab_but_not_the_doctor(self, cast: Cast) -> None:
        said: dict[str, Any] = {"name": "Time", "meetings": [MeetingType.INR], "minutes": 10}

        assert actions.save_type(by=cast.siri, profession=Profession.LAB, **said)
        with pytest.raises(NotAllowed):
            actions.save_type(by=cast.siri, **said)

    def test_another_offices_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.save_type(
                by=cast.berg,
                type_uuid=ordinary(cast),
                name="Time",
                meetings=[MeetingType.PHONE],
                minutes=10,
            )


class TestRetireType:
    def test_its_free_times_go(self, cast: Cast) -> None:
        actions.retire_type(by=cast.lund, type_uuid=ordinary(cast))

        assert {one.type.name for one in free(cast.kari)} == {"Telefontime"}
        with rows.seeing(practice=cast.lund.practice_id):
            assert AppointmentType.objects.filter(active=False).count() == 1

    def test_a_stranger_retires_nothing(self, cast: Cast) -> None:
        kind = ordinary(cast)

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.retire_type(by=who, type_uuid=kind)


class TestImportCalendar:
    def load(self, cast: Cast, data: bytes, **change: Any) -> Any:
        return actions.import_calendar(
            by=change.pop("by", cast.lund),
            practitioner=lund(cast),
            name="min.ics",
            data=data,
            **change,
        )

    def nine(self) -> str:
        return at(time(9)).strftime("%Y%m%dT%H%M%SZ")

    def test_busy_times_are_not_free(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        assert published(cast, workday())[0] == "10:00"

    def test_what_is_booked_stays_and_is_listed(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[0])

        self.load(cast, calendar(self.nine()))

        collisions = seen(cast.siri, lambda: queries.collisions(cast.siri, lund(cast)))
        assert [one.conversation_id for one in collisions] == [made.conversation_id]

    def test_the_preview_says_what_it_would_do_and_does_nothing(self, cast: Cast) -> None:
        made = booked(cast.kari, free(cast.kari)[0])
        before = published(cast, workday())

        preview = seen(
            cast.lund,
            lambda: queries.preview_calendar(cast.lund, lund(cast), calendar(self.nine())),
        )

        assert len(preview.periods) == 1
        assert len(preview.blocked) == 3
        assert [one.conversation_id for one in preview.collisions] == [made.conversation_id]
        assert published(cast, workday()) == before

    def test_a_broken_file_changes_nothing_and_says_which_line(self, cast: Cast) -> None:
        before = published(cast, workday())
        broken = calendar(self.nine()).replace(b"DURATION:PT60M", b"DURATION:hele dagen")

        with pytest.raises(BrokenCalendar) as refused:
            self.load(cast, broken)

        assert refused.value.line == 7
        assert published(cast, workday()) == before
        assert not seen(cast.lund, lambda: queries.timebook(cast.lund, lund(cast))).imports

    def test_a_new_file_replaces_the_old(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        self.load(cast, calendar(at(time(10)).strftime("%Y%m%dT%H%M%SZ")))

        assert published(cast, workday())[:2] == ["09:00", "09:20"]

    def test_or_comes_beside_it(self, cast: Cast) -> None:
        self.load(cast, calendar(self.nine()))

        self.load(cast, calendar(at(time(10)).strftime("%Y%m%dT%H%M%SZ")), replace=False)

        assert published(cast, workday())[0] == "11:00"

    def test_a_stranger_imports_nothing(self, cast: Cast) -> None:
        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                self.load(cast, calendar(self.nine()), by=who)


class TestRemoveImport:
    def test_the_times_are_free_again(self, cast: Cast) -> None:
        made = TestImportCalendar().load(cast, calendar(at(time(9)).strftime("%Y%m%dT%H%M%SZ")))

        actions.remove_import(by=cast.lund, import_id=made.id)

        assert published(cast, workday())[0] == "09:00"

    def test_a_stranger_removes_nothing(self, cast: Cast) -> None:
        made = TestImportCalendar().load(cast, calendar(at(time(9)).strftime("%Y%m%dT%H%M%SZ")))

        for who, refusal in ((cast.siri, NotAllowed), (cast.berg, NotFound)):
            with pytest.raises(refusal):
                actions.remove_import(by=who, import_id=made.id)
