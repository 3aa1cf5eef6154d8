"""Publishing what a timebook says, again and again; times taken back and put out again."""

from datetime import time, timedelta
from typing import Any

import pytest
import time_machine

from dialog import rows
from dialog.appointments import actions, chores, queries
from dialog.appointments.models import Appointment, Slot
from dialog.appointments.policy import BookingRules
from dialog.demo.cast import Cast
from dialog.demo.cast_timebooks import DAYS_AHEAD
from dialog.errors import (
    NotAllowed,
    NotFound,
    SlotsOverlap,
    WrongState,
)
from dialog.people import actions as people_actions
from dialog.people.policy import Profession
from dialog.working_days import OSLO, oslo_day
from tests.appointments.lunds_timebook import facts, lund, ordinary, published
from tests.appointments.people_and_times import (
    at,
    booked,
    clinician,
    free,
    seen,
    workday,
)


class TestPublishSlots:
    def test_doing_it_again_changes_nothing(self, cast: Cast) -> None:
        before = free(cast.kari)

        again = actions.publish_slots(by=cast.lund, practitioner=lund(cast))

        assert (again.added, again.withdrawn) == (0, 0)
        assert free(cast.kari) == before

    def test_a_taken_time_is_kept_and_free_to_nobody_afterwards(self, cast: Cast) -> None:
        slot = free(cast.kari)[0]
        made = booked(cast.kari, slot)

        actions.add_absence(by=cast.lund, practitioner=lund(cast), first=workday())

        with rows.seeing(practice=cast.lund.practice_id):
            kept = Appointment.objects.get(id=made.id)
        assert (kept.status, kept.period) == ("booked", made.period)
        collisions = seen(cast.siri, lambda: queries.collisions(cast.siri, lund(cast)))
        assert [one.conversation_id for one in collisions] == [made.conversation_id]
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)
        assert slot.starts not in [one.starts for one in free(cast.kari)]

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

        assert days[-1].day >= tomorrow + timedelta(days=DAYS_AHEAD - 3)

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
        people_actions.close_days(by=cast.siri, first=day, last=day)

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
