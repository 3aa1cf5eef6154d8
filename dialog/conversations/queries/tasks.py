"""What patients have been asked to do: one thing in its conversation, and all at an office."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.conversations.deadlines import TaskState, state_of
from dialog.conversations.models import Conversation, Task
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries.doors import visible
from dialog.people import queries as people

MOST = 200
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """What is to be done, by which day, and how it stands; ``taken_back`` with what asked for
    it.
    """

    what: str
    due_on: date
    state: TaskState
    given_at: datetime
    done_at: datetime | None
    done_by: str
    taken_back: bool

    @property
    def waits(self) -> bool:
        """Whether the patient is still to do it, in time or not."""
        return self.state in (TaskState.OPEN, TaskState.LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task as one line of the office's list."""

    conversation_id: UUID
    kind: Kind
    patient_name: str
    patient_born: date
    owner_name: str
    owner_role: str
    due_on: date
    state: TaskState
    done_at: datetime | None


def task_in(conversation: Conversation) -> TaskView | None:
    """The task of a conversation already found."""
    found = Task.objects.filter(conversation_id=conversation.pk).select_related("done_by").first()
    if found is None:
        return None
    return TaskView(
        what=found.what,
        due_on=found.due_on,
        state=_state(found, Status(conversation.status)),
        given_at=found.given_at,
        done_at=found.done_at,
        done_by=found.done_by.name if found.done_by else "",
        taken_back=found.called_off_at is not None,
    )


def task_waits(by: Actor, conversation_id: UUID) -> bool:
    """Whether a conversation's task is still to be done."""
    tasks = _waiting(Task.objects.filter(conversation_id=conversation_id))
    return tasks.filter(conversation__in=Conversation.objects.filter(visible(by))).exists()


def _state(one: Task, status: Status) -> TaskState:
    return state_of(
        due_on=one.due_on,
        today=people.today(),
        done=one.done_at is not None,
        over=one.called_off_at is not None or status is Status.CLOSED,
    )


def _waiting(tasks: "QuerySet[Task]") -> "QuerySet[Task]":
    undone = tasks.filter(done_at__isnull=True, called_off_at__isnull=True)
    return undone.exclude(conversation__status=Status.CLOSED)


def tasks(by: Actor, state: TaskState) -> list[TaskRow]:
    """What the office's patients are to do, soonest first; what was done in the last month, last
    first.
    """
    if by.side is not Side.PRACTICE:
        return []
    seen = Conversation.objects.filter(visible(by)).values("id")
    here = Task.objects.filter(practice_id=by.practice, conversation_id__in=seen)
    found = _of_state(here, state).select_related("conversation__patient", "conversation__owner")
    return [_row(one) for one in found[:MOST]]


def _of_state(here: "QuerySet[Task]", state: TaskState) -> "QuerySet[Task]":
    if state is TaskState.DONE:
        return here.filter(done_at__gte=timezone.now() - LATELY).order_by("-done_at")
    today = people.today()
    late = Q(due_on__lt=today) if state is TaskState.LATE else Q(due_on__gte=today)
    return _waiting(here).filter(late).order_by("due_on", "given_at")


def _row(one: Task) -> TaskRow:
    about = one.conversation
    return TaskRow(
        conversation_id=about.pk,
        kind=Kind(about.kind),
        patient_name=about.patient.name,
        patient_born=about.patient.born,
        owner_name=about.owner.name if about.owner else "",
        owner_role=about.owner_role,
        due_on=one.due_on,
        state=_state(one, Status(about.status)),
        done_at=one.done_at,
    )
