"""Tasks that draw near, that are missed, and the office's list of how they stand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import time, timedelta

import pytest
import time_machine

from dialog import rows
from dialog.conversations import actions, chores, queries
from dialog.conversations.deadlines import TaskState
from dialog.conversations.models import Conversation, FollowUp
from dialog.conversations.policy import FollowUpReason
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput
from dialog.people import queries as people
from dialog.working_days import local
from tests.conversations.tasked import done, given, items, task
from tests.people.on_lists import kinds

AsRole = Callable[[str], AbstractContextManager[None]]
Chore = Callable[[], None]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that stands at nine on the coming Monday until it is moved."""
    ahead = 7 - people.today().weekday()
    with time_machine.travel(
        local(people.today() + timedelta(days=ahead), time(9)), tick=False
    ) as it:
        yield it


@pytest.fixture
def remind(as_role: AsRole) -> Chore:
    """Let the relay do its chore."""

    def do() -> None:
        with as_role("dialog_relay"):
            chores.remind_of_tasks()

    return do


class TestRemindOfTask:
    def reminders(self, cast: Cast) -> int:
        return kinds(patient=cast.kari.patient_id).count("TaskReminded")

    def test_three_days_before_and_on_the_day_however_often_the_chore_is_done(
        self, cast: Cast, clock: time_machine.Traveller, remind: Chore
    ) -> None:
        given(cast, days=10)
        counts = []
        for hours in (7 * 24, 2, 24, 48):
            clock.shift(timedelta(hours=hours))
            remind()
            remind()
            counts.append(self.reminders(cast))

        assert counts == [0, 1, 1, 2]

    def test_not_of_what_is_done(
        self, cast: Cast, clock: time_machine.Traveller, remind: Chore
    ) -> None:
        done(cast, given(cast, days=3))
        clock.shift(timedelta(days=3, hours=2))

        remind()

        assert self.reminders(cast) == 0

    def test_not_of_what_is_closed_or_taken_back(
        self, cast: Cast, clock: time_machine.Traveller, remind: Chore
    ) -> None:
        closed, recalled = given(cast, days=5), given(cast, days=5)
        actions.close(by=cast.siri, conversation_id=closed.id)
        message = actions.read(by=cast.siri, conversation_id=recalled.id).messages[0]
        actions.recall(by=cast.siri, conversation_id=recalled.id, message_id=message.id)
        clock.shift(timedelta(days=9))

        remind()

        assert self.reminders(cast) == 0 and items(cast) == []
        assert task(cast, recalled).taken_back


class TestMissTask:
    @pytest.fixture
    def missed(self, cast: Cast, clock: time_machine.Traveller, remind: Chore) -> Conversation:
        asked = given(cast, days=1)
        clock.shift(timedelta(days=2))
        remind()
        return asked

    def test_whoever_asked_gets_an_item_once(
        self, cast: Cast, missed: Conversation, remind: Chore
    ) -> None:
        remind()

        (item,) = items(cast)
        assert (item.reason, item.owner_name) == (FollowUpReason.NOT_DONE, "Siri Dahl")
        assert item.conversation_id == missed.id
        assert kinds(patient=cast.kari.patient_id).count("TaskMissed") == 1
        assert task(cast, missed).state is TaskState.LATE

    def test_it_is_not_let_go_without_saying_what_was_done(
        self, cast: Cast, missed: Conversation
    ) -> None:
        (item,) = items(cast)

        with pytest.raises(InvalidInput):
            actions.finish_follow_up(by=cast.siri, follow_up_id=item.id, how=" ")

    def test_done_late_the_item_is_over_and_says_so(self, cast: Cast, missed: Conversation) -> None:
        done(cast, missed)

        assert items(cast) == []
        (kept,) = actions.read(by=cast.siri, conversation_id=missed.id).follow_ups
        assert kept.done_how == "Pasienten har gjort det." and kept.done_at is not None

    def test_another_day_ends_the_item_and_can_be_missed_again(
        self, cast: Cast, missed: Conversation, clock: time_machine.Traveller, remind: Chore
    ) -> None:
        later = people.today() + timedelta(days=1)
        actions.move_task(by=cast.siri, conversation_id=missed.id, due_on=later)
        assert items(cast) == []

        clock.shift(timedelta(days=3))
        remind()

        assert [one.reason for one in items(cast)] == [FollowUpReason.NOT_DONE]

    def test_the_patient_never_sees_the_offices_item(
        self, cast: Cast, missed: Conversation
    ) -> None:
        done(cast, missed)

        with rows.seeing(patient=cast.kari.patient_id):
            assert not FollowUp.objects.exists()


class TestTheOfficesList:
    def test_each_is_in_the_list_of_how_it_stands(
        self, cast: Cast, clock: time_machine.Traveller
    ) -> None:
        late, ready, waiting = given(cast, days=1), given(cast), given(cast, days=30)
        done(cast, ready)
        clock.shift(timedelta(days=2))

        with rows.seeing(practice=cast.siri.practice_id):
            found = {
                state: [one.conversation_id for one in queries.tasks(cast.siri, state)]
                for state in (TaskState.LATE, TaskState.OPEN, TaskState.DONE)
            }
        assert found == {
            TaskState.LATE: [late.id],
            TaskState.OPEN: [waiting.id],
            TaskState.DONE: [ready.id],
        }

    def test_another_office_and_the_patient_see_no_such_list(self, cast: Cast) -> None:
        given(cast)

        for who in (cast.berg, cast.kari):
            with rows.seeing(practice=who.practice_id, patient=who.patient_id):
                assert queries.tasks(who, TaskState.OPEN) == []
