"""What a patient is to do by a day: given, done, put off, reminded of, and missed."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import PLATFORM, Actor, Role, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about, must_be_fresh
from dialog.conversations.actions.follow_ups import let_be, make_follow_up
from dialog.conversations.actions.news import touch
from dialog.conversations.actions.turns import reply, take_turn
from dialog.conversations.deadlines import (
    FURTHEST,
    LONGEST_TASK,
    WITH_DEADLINE,
    next_reminder,
)
from dialog.conversations.events import TaskDone, TaskGiven, TaskMissed, TaskMoved, TaskReminded
from dialog.conversations.models import Conversation, Task
from dialog.conversations.policy import (
    FollowUpReason,
    Status,
    Topic,
    Verb,
    in_turn,
    may_answer,
)
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action, seeing


def must_be_doable(topic: Topic, task: str, due_on: date | None) -> None:
    """Refuse a task without a day or a day without a task; some topics take both (R157)."""
    if due_on is None:
        if task.strip() or topic in WITH_DEADLINE:
            raise InvalidInput(_("Velg en frist for pasienten."), field="due_on")
        return
    if not task.strip():
        raise InvalidInput(_("Skriv hva pasienten skal gjøre."), field="task")
    if len(task) > LONGEST_TASK:
        raise InvalidInput(field="task")
    _must_be_ahead(due_on)


def _must_be_ahead(due_on: date) -> None:
    today = people.today()
    if due_on < today:
        raise InvalidInput(_("Velg en dag som ikke har vært."), field="due_on")
    if due_on > today + FURTHEST:
        raise InvalidInput(_("Velg en dag innen ett år."), field="due_on")


def give_task(by: Actor, conversation: Conversation, what: str, due_on: date) -> None:
    """Ask the patient to do something by a day, in a conversation just begun; a service's own
    use.
    """
    now = timezone.now()
    Task.objects.create(
        conversation=conversation,
        practice_id=conversation.practice_id,
        what=what.strip(),
        due_on=due_on,
        given_at=now,
        remind_at=next_reminder(due_on, now),
    )
    record(by, TaskGiven(**about(conversation)))


@action
def finish_task(
    *, by: Actor, conversation_id: UUID, text: str = "", files: Iterable[UUID] = ()
) -> None:
    """Say that it is done, with words and files where the office takes an answer."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PATIENT:
        raise NotAllowed
    task = _waiting(conversation)
    files = list(files)
    if text.strip() or files:
        reply(by=by, conversation_id=conversation_id, text=text, files=files)
        conversation.refresh_from_db()
    elif in_turn(conversation.status, Verb.REST, by):
        take_turn(by, conversation, Verb.REST)
    else:
        touch(conversation)
    task.done_at, task.done_by_id, task.remind_at = timezone.now(), by.account, None
    task.save(update_fields=["done_at", "done_by", "remind_at"])
    record(by, TaskDone(**about(conversation)))
    if task.missed_at is not None:
        # The office's own item, which the patient never sees, is over with what it was about.
        with seeing(practice=conversation.practice_id):
            let_be(by, conversation, FollowUpReason.NOT_DONE, _("Pasienten har gjort det."))


def _waiting(conversation: Conversation) -> Task:
    task = Task.objects.select_for_update().filter(conversation=conversation).first()
    if task is None:
        raise NotFound
    if conversation.status == Status.CLOSED or task.called_off_at or task.done_at:
        raise WrongState
    return task


@action
def move_task(*, by: Actor, conversation_id: UUID, due_on: date, seen: int | None = None) -> None:
    """Give the patient another day; reminders begin again."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE or not may_answer(conversation.kind, by):
        raise NotAllowed
    must_be_fresh(conversation, seen)
    task = _waiting(conversation)
    _must_be_ahead(due_on)
    task.due_on, task.missed_at = due_on, None
    task.remind_at = next_reminder(due_on, timezone.now())
    task.save(update_fields=["due_on", "missed_at", "remind_at"])
    touch(conversation)
    record(by, TaskMoved(**about(conversation)))
    let_be(by, conversation, FollowUpReason.NOT_DONE, _("Pasienten har fått ny frist."))


def call_off_task(conversation: Conversation) -> None:
    """Let a task be when what asked for it is taken back; a lower room's own use."""
    Task.objects.filter(
        conversation=conversation, done_at__isnull=True, called_off_at__isnull=True
    ).update(called_off_at=timezone.now(), remind_at=None)


def carry_task(by: Actor, wrong: Conversation, right: Conversation) -> None:
    """Ask the right patient what was asked of the wrong one, who need not do it."""
    task = Task.objects.filter(conversation=wrong, called_off_at__isnull=True).first()
    if task is not None:
        call_off_task(wrong)
        give_task(by, right, task.what, max(task.due_on, people.today()))


@action
def remind_of_task(*, conversation_id: UUID, by: Actor = PLATFORM) -> None:
    """Remind the patient of what is to be done soon, and know when to remind again."""
    conversation = Conversation.objects.select_for_update().filter(id=conversation_id).first()
    task = Task.objects.select_for_update().filter(conversation_id=conversation_id).first()
    now = timezone.now()
    if conversation is None or task is None or task.remind_at is None or task.remind_at > now:
        return
    task.remind_at = None
    if conversation.status != Status.CLOSED:
        task.remind_at = next_reminder(task.due_on, now)
        record(by, TaskReminded(**about(conversation)))
    task.save(update_fields=["remind_at"])


@action
def miss_task(*, conversation_id: UUID, by: Actor = PLATFORM) -> None:
    """Tell both sides that the day has passed: the patient is reminded, the office gets an item
    with an owner.
    """
    conversation = Conversation.objects.select_for_update().filter(id=conversation_id).first()
    task = Task.objects.select_for_update().filter(conversation_id=conversation_id).first()
    if conversation is None or task is None or task.missed_at is not None:
        return
    if task.done_at or task.called_off_at or task.due_on >= people.today():
        return
    task.missed_at, task.remind_at = timezone.now(), None
    task.save(update_fields=["missed_at", "remind_at"])
    if conversation.status == Status.CLOSED:
        return
    record(by, TaskMissed(**about(conversation)))
    make_follow_up(
        by=by,
        conversation_id=conversation.id,
        what=task.what,
        due_at=task.missed_at,
        owner_id=conversation.owner_id,
        owner_role=Role(conversation.owner_role),
        reason=FollowUpReason.NOT_DONE,
    )
