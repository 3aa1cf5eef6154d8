"""Starting a conversation: whose it is, what it goes on from, and its first words."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from dialog import content
from dialog.actor import Actor, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about
from dialog.conversations.actions.turns import added, due, must_fit, said, take_turn
from dialog.conversations.events import ConversationStarted
from dialog.conversations.models import Conversation
from dialog.conversations.policy import (
    Kind,
    Outcome,
    Status,
    Topic,
    Verb,
    may_take_along,
    policy_of,
    room,
)
from dialog.conversations.switches import wanted
from dialog.errors import AlreadyGoneOn, NotAllowed, NotFound, TooMany, constraints
from dialog.ledger.actions import record
from dialog.ledger.events import Event
from dialog.people import queries as people
from dialog.people.policy import Channel
from dialog.rows import action
from dialog.statements import ask_one, keep

A_DAY = timedelta(hours=24)
# Whatever has been begun since has also been changed since, which is what there is an index of.
BEGUN = """
SELECT count(*) FROM (SELECT 1 FROM conversations_conversation
    WHERE patient_id = %s AND changed_at > %s AND started_at > %s AND kind = %s
        AND started_side = 'patient' LIMIT %s) AS lately
"""


@action
def start(
    *,
    by: Actor,
    kind: Kind,
    patient_id: int,
    text: str = "",
    topic: Topic = Topic.NONE,
    files: Iterable[UUID] = (),
    status: Status | None = None,
    reply_allowed: bool = True,
    important: bool = False,
    remind_at: datetime | None = None,
    continues_id: UUID | None = None,
    owner_id: int | None = None,
    reserved: bool = False,
    longest: int = 0,
    offered_by: people.ListOwner | None = None,
    written_first: bool = False,
    also: Iterable[type[Event]] = (),
) -> Conversation:
    """Open a matter between a patient and the practice whose list they are on today (R3).

    ``offered_by`` is that list, from a service that has just seen that it offers this; ``also`` is
    what else has happened by it, written down after it; ``written_first`` by the practice, which
    reaches only those who can be reached here (R9). ``longest`` is for what the practice must be
    able to say at more length than the service has room for.
    """
    if by.side is Side.PATIENT and patient_id != by.patient_id:
        raise NotFound
    owner = offered_by or people.list_of(patient_id)
    if owner is None or (by.side is Side.PRACTICE and owner.office.id != by.practice_id):
        raise queries.on_no_list(patient_id) if by.side is Side.PATIENT else NotFound()
    service = policy_of(kind)
    if by.side is Side.PATIENT:
        files = list(files)
        _must_be_let_begin(by, kind, owner.list_id, offered=offered_by is not None, files=files)
    elif not service.practice_may_start:
        raise NotAllowed
    elif written_first:
        people.must_be_reachable(patient_id)
    if continues_id is not None:
        # What goes on from something hidden is hidden too, else it would show that there was it.
        reserved = _go_on_from(by, continues_id, owner.list_id).reserved or reserved
    must_fit(longest or _room(by, service.longest, text, continues_id), text)
    now = timezone.now()
    opening = status or _opening_status(by, reply_allowed)
    conversation = Conversation(
        kind=kind,
        status=opening,
        topic=topic,
        practice_id=owner.office.id,
        patient_list_id=owner.list_id,
        patient_id=patient_id,
        started_side=by.side,
        started_by_id=by.account_id,
        started_at=now,
        changed_at=now,
        owner_id=owner_id,
        owner_role=service.owner,
        due_at=due(kind, owner.list_id, owner.office.id, now)
        if opening is Status.WITH_PRACTICE
        else None,
        reply_allowed=reply_allowed,
        important=important,
        reserved=reserved,
        remind_at=remind_at or (queries.remind_at(by) if important else None),
        continues_id=continues_id,
        elsewhere=service.told_elsewhere and owner.office.channel == Channel.MESSAGES,
        patient_opened_at=now if by.side is Side.PATIENT else None,
        opened_at=now if by.side is Side.PRACTICE and by.account_id else None,
        opened_by_id=by.account_id if by.side is Side.PRACTICE else None,
        practice_seen_at=now if by.side is Side.PRACTICE else None,
    )
    with constraints(conversation_goes_on_once_where_it_costs=AlreadyGoneOn):
        keep(conversation)
    if text:
        content.begin(content.Owner.of_conversation(conversation.id, lambda: owner.office.id))
    facts: list[Event] = [ConversationStarted(service=kind, side=by.side, **about(conversation))]
    if text or files:
        facts.append(said(conversation, added(by, conversation, text, files), opening=True))
    facts += [one(**about(conversation)) for one in also]
    record(by, *facts)
    return conversation


def _must_be_let_begin(
    by: Actor, kind: Kind, list_id: int, *, offered: bool, files: Sequence[UUID]
) -> None:
    """What a patient's side meets; ``offered``: the service has just been seen to be on."""
    people.must_be_digital(by)
    queries.must_be_within_reach(by, kind)
    if not offered:
        queries.must_offer(list_id, *wanted(kind, young=by.young))
    _must_not_be_too_many(by.patient, kind)
    if files:
        queries.must_take_files(list_id, kind)


def _must_not_be_too_many(patient_id: int, kind: Kind) -> None:
    """What a patient may begin in a day is bounded for each service, whoever acts for them."""
    most, since = settings.NEW_MATTERS_A_DAY, timezone.now() - A_DAY
    found = ask_one(BEGUN, patient_id, since, since, kind, most)
    if found is not None and found[0] >= most:
        raise TooMany


def _go_on_from(by: Actor, before_id: UUID, list_id: int) -> Conversation:
    """What a patient takes along to a new GP ends at the old one, as taken back (R191)."""
    before = queries.conversation_for(by, before_id, lock=True)
    elsewhere = by.side is Side.PATIENT and before.patient_list_id != list_id
    along = may_take_along(before.kind, before.status, opened=before.opened_at is not None)
    if elsewhere and along and not policy_of(before.kind).own_endings:
        take_turn(by, before, Verb.TAKE_ALONG, outcome=Outcome.WITHDRAWN)
    return before


def _opening_status(by: Actor, reply_allowed: bool) -> Status:
    if by.side is Side.PATIENT:
        return Status.WITH_PRACTICE
    return Status.WITH_PATIENT if reply_allowed else Status.RESTING


def _room(by: Actor, longest: int, text: str, before_id: UUID | None) -> int:
    """What came before is read only when it decides."""
    if before_id is None or len(text) <= longest:
        return longest
    return room(longest, len(queries.text_to_carry(by, before_id)[0]))
