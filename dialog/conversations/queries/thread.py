"""A conversation, ready to show to one of its sides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.conversations import texts
from dialog.conversations.arrivals import Arrival, arrival
from dialog.conversations.models import Attachment, Conversation, Message
from dialog.conversations.policy import (
    Kind,
    Outcome,
    Status,
    Topic,
    Verb,
    by_name,
    may_answer,
    may_withdraw,
    patient_may_write,
    policy_of,
    possible,
)
from dialog.conversations.queries.doors import conversation_for, kept_from_the_young, visible
from dialog.conversations.queries.follow_ups import FollowUpView, follow_ups_in
from dialog.conversations.queries.hanging import (
    NoteView,
    continued_by,
    hanging,
    notes_in,
    others_reading,
)
from dialog.conversations.queries.rights import (
    CorrectionView,
    ErasedView,
    RequestView,
    corrections_in,
    erased,
    requests_in,
)
from dialog.conversations.queries.tasks import TaskView, task_in
from dialog.people import queries as people
from dialog.people.policy import Channel
from dialog.statements import ask, columns, made


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file in a message, or kept for one."""

    id: UUID
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as this reader sees it; ``hidden`` says why a taken-back one shows no words, and
    in an erased conversation the text says that it is erased.
    """

    id: UUID
    side: Side
    author_name: str
    author_role: str
    mine: bool
    text: str
    sent_at: datetime
    files: tuple[FileView, ...]
    hidden: str
    recallable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Everything one side may see of a conversation, and what it may do."""

    id: UUID
    kind: Kind
    status: Status
    outcome: Outcome | None
    topic: Topic
    version: int
    patient: people.Person
    owner: people.ListOwner
    on_owners_list: bool
    responsible_account_id: int | None
    responsible_name: str
    responsible_role: str
    started_side: Side
    started_at: datetime
    changed_at: datetime
    opened_at: datetime | None
    patient_opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    reply_allowed: bool
    important: bool
    urgent: bool
    reserved: bool
    continues_id: UUID | None
    continued_by: tuple[tuple[UUID, Kind], ...]
    redirected_to: Kind | None
    messages: tuple[MessageView, ...]
    notes: tuple[NoteView, ...]
    follow_ups: tuple[FollowUpView, ...]
    others_reading: tuple[tuple[str, datetime], ...]
    verbs: frozenset[Verb]
    may_write: bool
    may_withdraw: bool
    longest: int
    attachments_allowed: bool
    task: TaskView | None = None
    arrival: Arrival | None = None
    requests: tuple[RequestView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    erased: ErasedView | None = None

    @property
    def may_ask(self) -> bool:
        """Whether one may ask that something is corrected or erased: one thing at a time."""
        open_to_a_doctor = self.erased is None and not by_name(self.kind)
        return open_to_a_doctor and all(one.decision for one in self.requests)

    @property
    def recallable(self) -> frozenset[UUID]:
        """The messages this reader can still take back."""
        return frozenset(one.id for one in self.messages if one.recallable)


def file_view(attachment: Attachment) -> FileView:
    """A file row as people see it."""
    return FileView(
        id=attachment.id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
    )


MESSAGES = f"""
SELECT {columns(Message, "m")} FROM conversations_message AS m
WHERE m.conversation_id = %s ORDER BY m.sent_at, m.id
"""  # noqa: S608 - our own columns
FILES = f"""
SELECT {columns(Attachment, "a")} FROM conversations_attachment AS a
WHERE a.message_id IN (SELECT m.id FROM conversations_message AS m WHERE m.conversation_id = %s)
ORDER BY a.created_at, a.id
"""  # noqa: S608 - our own columns


def thread(by: Actor, conversation_id: UUID) -> Thread:
    """The whole conversation; the same number of queries however long it is."""
    return thread_of(by, conversation_for(by, conversation_id))


def thread_of(by: Actor, conversation: Conversation) -> Thread:
    """A conversation already found, as this actor may see it."""
    service = policy_of(conversation.kind)
    office_side, hangs = by.side is Side.PRACTICE, hanging(by, conversation)
    patient, owner, on_it = people.about(by, conversation.patient_id, conversation.patient_list_id)
    messages = _messages(by, conversation, with_files=hangs.files)
    return Thread(
        id=conversation.id,
        kind=Kind(conversation.kind),
        status=Status(conversation.status),
        outcome=Outcome(conversation.outcome) if conversation.outcome else None,
        topic=Topic(conversation.topic),
        version=conversation.version,
        patient=patient,
        owner=owner,
        on_owners_list=on_it,
        responsible_account_id=conversation.owner_id,
        responsible_name=_name_of(conversation.owner_id),
        responsible_role=conversation.owner_role,
        started_side=Side(conversation.started_side),
        started_at=conversation.started_at,
        changed_at=conversation.changed_at,
        opened_at=conversation.opened_at,
        patient_opened_at=conversation.patient_opened_at,
        due_at=conversation.due_at,
        closed_at=conversation.closed_at,
        reply_allowed=conversation.reply_allowed,
        important=conversation.important,
        urgent=conversation.urgent,
        reserved=conversation.reserved,
        continues_id=_continues(by, conversation),
        continued_by=continued_by(by, conversation) if hangs.after else (),
        redirected_to=Kind(conversation.redirected_to) if conversation.redirected_to else None,
        messages=messages,
        notes=notes_in(conversation) if hangs.notes else (),
        follow_ups=follow_ups_in(conversation) if hangs.follow_ups else (),
        others_reading=others_reading(by, conversation) if hangs.readers else (),
        verbs=frozenset(
            verb for verb in Verb if possible(conversation.kind, conversation.status, verb, by)
        ),
        may_write=office_side
        or (
            not owner.office.closed
            and patient_may_write(
                conversation.kind, conversation.status, reply_allowed=conversation.reply_allowed
            )
        ),
        may_withdraw=by.side is Side.PATIENT
        and Verb.WITHDRAW not in service.own_endings
        and may_withdraw(conversation.status, opened=conversation.opened_at is not None),
        longest=service.longest,
        task=task_in(conversation) if hangs.task and not conversation.erased_at else None,
        attachments_allowed=service.attachments and not hangs.no_files,
        arrival=_arrival(conversation, owner, messages),
        requests=requests_in(by, conversation) if hangs.rights else (),
        corrections=corrections_in(conversation) if hangs.rights else (),
        erased=erased(conversation),
    )


def _arrival(
    conversation: Conversation, owner: people.ListOwner, messages: tuple[MessageView, ...]
) -> Arrival | None:
    """How far the newest of the patient's has come; None where the practice works here."""
    if not conversation.elsewhere or owner.office.channel != Channel.MESSAGES:
        return None
    sent = [one.sent_at for one in messages if one.side is Side.PATIENT]
    if conversation.started_side == Side.PATIENT:
        sent.append(conversation.started_at)
    if not sent:
        return None
    return arrival(
        sent=max(sent),
        arrived=conversation.arrived_at,
        not_taken=conversation.not_taken_at,
        now=timezone.now(),
    )


def _messages(
    by: Actor, conversation: Conversation, *, with_files: bool
) -> tuple[MessageView, ...]:
    gone = conversation.erased_at is not None
    files: dict[UUID | None, list[FileView]] = {}
    for row in ask(FILES, conversation.id) if with_files and not gone else ():
        file = made(Attachment, row)
        files.setdefault(file.message_id, []).append(file_view(file))
    views = []
    for one in (made(Message, row) for row in ask(MESSAGES, conversation.id)):
        if kept_from_the_young(by, one.author_role):
            continue
        mine = one.side == by.side
        views.append(
            MessageView(
                id=one.id,
                side=Side(one.side),
                author_name=one.author_name,
                author_role=one.author_role,
                mine=mine,
                text="" if one.hidden_at else str(texts.ERASED) if gone else one.text,
                sent_at=one.sent_at,
                files=() if one.hidden_at else tuple(files.get(one.id, ())),
                hidden=one.hidden_because,
                recallable=recallable(by, conversation, one),
            )
        )
    return tuple(views)


def recallable(by: Actor, conversation: Conversation, message: Message) -> bool:
    """Whether a message can be taken back: one's own side's, not opened by the other since; at the
    practice by those who could answer instead.
    """
    if by.side is Side.PRACTICE and not may_answer(conversation.kind, by):
        return False
    seen = (
        conversation.patient_opened_at
        if by.side is Side.PRACTICE
        else conversation.practice_seen_at
    )
    unopened = seen is None or seen < message.sent_at
    return message.side == by.side and message.hidden_at is None and unopened


def _name_of(account_id: int | None) -> str:
    # A reader on the other side may not see the account of somebody who has left.
    return people.names_of([account_id]).get(account_id, "") if account_id is not None else ""


def _continues(by: Actor, conversation: Conversation) -> UUID | None:
    """What it goes on from, where this reader may see that: a former GP's record is not the new
    one's.
    """
    if conversation.continues_id is None:
        return None
    before = Conversation.objects.filter(visible(by), id=conversation.continues_id)
    return before.values_list("id", flat=True).first()
