"""What the office asks a patient to do by a day: when it is late, and when to remind."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dialog.conversations.policy import Topic
from dialog.working_days import local

LONGEST_TASK = 150
FURTHEST = timedelta(days=366)
REMINDED_AT = time(10)
# Days before the deadline, first to last; a reminder is not for what was read this very day.
REMINDERS = (3, 0)
JUST_GIVEN = timedelta(hours=12)

# What the office writes about these has a day by which the patient has done something.
WITH_DEADLINE = frozenset({Topic.TASK, Topic.FORM})
# Information is never answered and a question always can be; of the rest the writer decides.
ANSWERED: Mapping[Topic, bool] = {Topic.INFORMATION: False, Topic.QUESTION: True}


class TaskState(StrEnum):
    """How a task stands."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    CALLED_OFF = "called-off"


def state_of(*, due_on: date, today: date, done: bool, over: bool) -> TaskState:
    """How a task stands today; ``over`` says that nobody need do it any more."""
    if done:
        return TaskState.DONE
    if over:
        return TaskState.CALLED_OFF
    return TaskState.LATE if due_on < today else TaskState.OPEN


def next_reminder(due_on: date, after: datetime) -> datetime | None:
    """When to remind next of what is due that day; none when it is too late, or too soon after."""
    moments = (local(due_on - timedelta(days=before), REMINDED_AT) for before in REMINDERS)
    return next((one for one in moments if one - after >= JUST_GIVEN), None)
