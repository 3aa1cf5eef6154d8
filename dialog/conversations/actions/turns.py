"""Reading, answering and ending: whose turn it is."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.conversations import queries, texts
from dialog.conversations.actions.about import about, must_be_fresh, must_be_readable
from dialog.conversations.actions.files import take_files
from dialog.conversations.actions.looks import write_down_look
from dialog.conversations.events import (
    ConversationClosed,
    MessageSent,
)
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import (
    SERVICES,
    Feature,
    Kind,
    Outcome,
    Status,
    Verb,
    may_withdraw,
    must_end_so,
    patient_may_write,
    policy_of,
    turn,
)
from dialog.errors import (
    InvalidInput,
    NotAllowed,
    WrongState,
)
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import change, keep
from dialog.working_days import answer_deadline


def due(kind: Kind, list_id: int, practice_id: int, since: datetime) -> datetime:
    """When the practice has promised an answer, in working days (R121)."""
    days = policy_of(kind).answer_days
    if kind in SERVICES:
        days = queries.service_state(list_id, Feature(kind)).answer_days
    return answer_deadline(since, days, people.closing_days(practice_id))


def must_fit(longest: int, text: str) -> None:
    """Refuse what is longer than there is room for; a lower room's own use."""
    if len(text) > longest:
        raise InvalidInput(field="text")


def say(by: Actor, conversation: Conversation, text: str, files: Iterable[UUID] = ()) -> Message:
    """Add words and files to a conversation already locked; a lower room's own use."""
    message = added(by, conversation, text, files)
    record(by, said(conversation, message))
    return message


def added(by: Actor, conversation: Conversation, text: str, files: Iterable[UUID]) -> Message:
    """A message of these words and files, kept; whoever asks writes it down."""
    must_be_readable(conversation)
    message = Message(
        conversation=conversation,
        side=by.side,
        author_id=by.account_id,
        author_role=by.role,
        author_name=by.name,
        text=text,
    )
    keep(message)
    take_files(by, message, files)
    return message


def said(conversation: Conversation, message: Message, *, opening: bool = False) -> MessageSent:
    """That it was sent, as a fact."""
    return MessageSent(
        message_id=message.id, side=Side(message.side), opening=opening, **about(conversation)
    )


def take_turn(
    by: Actor, conversation: Conversation, verb: Verb, *, outcome: Outcome | None = None
) -> None:
    """Move a locked conversation on: status, version, due date, end; a lower room's own use."""
    after = _moved(by, conversation, verb, outcome)
    change(conversation)
    if after is Status.CLOSED:
        record(by, ConversationClosed(outcome=conversation.outcome, **about(conversation)))


def _moved(
    by: Actor, conversation: Conversation, verb: Verb, outcome: Outcome | None = None
) -> Status:
    """What a conversation is after this, not written down yet."""
    after = turn(conversation.kind, conversation.status, verb, by)
    now = timezone.now()
    if after is Status.WITH_PRACTICE and conversation.status != Status.WITH_PRACTICE:
        conversation.due_at = due(
            Kind(conversation.kind), conversation.patient_list_id, conversation.practice_id, now
        )
    elif after in (Status.RESTING, Status.CLOSED):
        conversation.due_at = None
    conversation.status = after
    conversation.version += 1
    conversation.changed_at = now
    if by.side is Side.PATIENT:
        conversation.patient_opened_at = now
    elif by.side is Side.PRACTICE:
        conversation.practice_seen_at = now
    if after is Status.CLOSED:
        conversation.closed_at = now
        conversation.outcome = outcome or Outcome.ANSWERED
        conversation.remind_at = None
    return after


@action
def reply(
    *,
    by: Actor,
    conversation_id: UUID,
    text: str,
    files: Iterable[UUID] = (),
    seen: int | None = None,
) -> Message:
    """Answer in an open conversation; two at once is one answer and one who is told."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is Side.PRACTICE:
        must_be_fresh(conversation, seen)
    return reply_in(by, conversation, text, files)


def reply_in(
    by: Actor,
    conversation: Conversation,
    text: str,
    files: Iterable[UUID] = (),
    *,
    rest: bool = False,
) -> Message:
    """Answer in a conversation that has been found fresh and locked; with ``rest`` nobody is waited
    for after it. A room's own use.
    """
    service = policy_of(conversation.kind)
    if by.side is not Side.PRACTICE and not patient_may_write(
        conversation.kind, conversation.status, reply_allowed=conversation.reply_allowed
    ):
        raise WrongState
    if by.side is Side.PATIENT and people.list_by_id(conversation.patient_list_id).office.closed:
        raise WrongState(texts.OFFICE_CLOSED)
    must_fit(service.longest, text)
    if not (kept := list(files)) and not text.strip():
        raise InvalidInput(_("Skriv en melding, eller legg ved en fil."), field="text")
    if kept and by.side is Side.PATIENT:
        queries.must_take_files(conversation.patient_list_id, Kind(conversation.kind))
    _moved(by, conversation, Verb.REPLY)
    if rest:
        _moved(by, conversation, Verb.REST)
    change(conversation)
    return say(by, conversation, text, kept)


@action
def read(*, by: Actor, conversation_id: UUID) -> queries.Thread:
    """Open a conversation: what the reader sees is marked as read, and the look is on the
    patient's log.
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    now = timezone.now()
    changed = _mark_opened(by, conversation, now)
    if changed:
        change(conversation, *changed)
    write_down_look(by, conversation)
    return queries.thread_of(by, conversation)


def _mark_opened(by: Actor, conversation: Conversation, now: datetime) -> list[str]:
    if by.side is Side.PATIENT:
        seen = conversation.patient_opened_at
        if seen is not None and seen >= conversation.changed_at:
            return []
        conversation.patient_opened_at = now
        conversation.remind_at = None
        return ["patient_opened_at", "remind_at"]
    if by.side is not Side.PRACTICE:
        return []
    changed, seen = [], conversation.practice_seen_at
    if seen is None or seen < conversation.changed_at:
        conversation.practice_seen_at, changed = now, ["practice_seen_at"]
    if conversation.opened_at is None and by.account_id is not None:
        conversation.opened_at, conversation.opened_by_id = now, by.account_id
        changed += ["opened_at", "opened_by"]
    return changed


@action
def rest(*, by: Actor, conversation_id: UUID, seen: int | None = None) -> None:
    """Nobody need do more for now; either side can wake it again."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    must_be_fresh(conversation, seen)
    must_end_so(conversation.kind, Verb.REST)
    take_turn(by, conversation, Verb.REST)


@action
def close(
    *,
    by: Actor,
    conversation_id: UUID,
    outcome: Outcome = Outcome.ANSWERED,
    seen: int | None = None,
) -> None:
    """End a conversation for good; going on starts a new one that continues it."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    must_be_fresh(conversation, seen)
    must_end_so(conversation.kind, Verb.CLOSE)
    take_turn(by, conversation, Verb.CLOSE, outcome=outcome)


@action
def withdraw(*, by: Actor, conversation_id: UUID) -> None:
    """Take back what the practice has not opened yet; nothing is charged (R129)."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PATIENT:
        raise NotAllowed
    if not may_withdraw(conversation.status, opened=conversation.opened_at is not None):
        raise WrongState
    must_end_so(conversation.kind, Verb.WITHDRAW)
    take_turn(by, conversation, Verb.WITHDRAW, outcome=Outcome.WITHDRAWN)
