"""Preparing and deciding: who the office has chosen makes ready, a doctor signs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Kind, Outcome, Status, Verb
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.renewals.events import RenewalDecided, RenewalPrepared
from dialog.renewals.models import RenewalItem
from dialog.renewals.policy import (
    LONGEST_COMMENT,
    OPEN,
    REASONS,
    ItemStatus,
    ItemVerb,
    Reason,
    may_prepare,
    may_sign,
    turn,
)
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a doctor decides about one line, and what the patient is told when it is a no."""

    item_id: UUID
    verb: ItemVerb
    reason: Reason = Reason.NONE
    explanation: str = ""


@action
def prepare(*, by: Actor, conversation_id: UUID, item_ids: Sequence[UUID]) -> None:
    """Make lines ready for the doctor to sign."""
    if not may_prepare(by):
        raise NotAllowed
    conversation = _open_request(by, conversation_id)
    items = _lines(conversation, item_ids)
    now = timezone.now()
    for item in items:
        item.status = turn(ItemStatus(item.status), ItemVerb.PREPARE, by)
        item.prepared_by_id, item.prepared_at = by.account_id, now
        item.save(update_fields=["status", "prepared_by", "prepared_at"])
        record(by, RenewalPrepared(item_id=item.id, **conversations.about(conversation)))


@action
def decide(*, by: Actor, conversation_id: UUID, decisions: Sequence[Decision]) -> None:
    """Sign one line or several; the request closes itself with the last (R100)."""
    if not may_sign(by):
        raise NotAllowed
    conversation = _open_request(by, conversation_id)
    for decision in decisions:
        _must_explain(decision)
    by_id = {one.item_id: one for one in decisions}
    items = _lines(conversation, by_id)
    for item in items:
        _decide(by, item, by_id[item.id])
    everything = RenewalItem.objects.filter(conversation_id=conversation.id)
    left = everything.filter(status__in=OPEN).exists()
    if left:
        conversations.touch(conversation)
    else:
        conversations.take_turn(by, conversation, Verb.CLOSE, outcome=Outcome.ANSWERED)
    record(by, *_decided(conversation, items, last=not left))


def _open_request(by: Actor, conversation_id: UUID) -> "Conversation":
    conversation = conversation_queries.conversation_for(by, conversation_id, lock=True)
    if conversation.kind != Kind.RENEWAL:
        raise NotFound
    if conversation.status == Status.CLOSED:
        raise WrongState
    return conversation


def _lines(conversation: "Conversation", item_ids: Collection[UUID]) -> list[RenewalItem]:
    wanted = set(item_ids)
    if not wanted:
        raise InvalidInput(_("Velg minst én linje."), field="items")
    items = list(
        RenewalItem.objects.filter(conversation_id=conversation.id, id__in=wanted)
        .select_related("prescription")
        .order_by("place")
    )
    if len(items) != len(wanted):
        raise NotFound
    return items


def _must_explain(decision: Decision) -> None:
    if decision.reason not in REASONS.get(decision.verb, ()):
        raise InvalidInput(_("Velg en grunn."), field="reason")
    if decision.reason is Reason.OTHER and not decision.explanation.strip():
        raise InvalidInput(_("Skriv grunnen med egne ord."), field="explanation")
    if len(decision.explanation) > LONGEST_COMMENT:
        raise InvalidInput(_("Forklaringen er for lang. Kort den ned litt."), field="explanation")


def _decide(by: Actor, item: RenewalItem, decision: Decision) -> None:
    item.status = turn(ItemStatus(item.status), decision.verb, by)
    item.reason = decision.reason
    item.explanation = decision.explanation.strip()
    item.decided_by_id, item.decided_at = by.account_id, timezone.now()
    item.save(update_fields=["status", "reason", "explanation", "decided_by", "decided_at"])


def _decided(
    conversation: "Conversation", items: Sequence[RenewalItem], *, last: bool
) -> list[RenewalDecided]:
    return [
        RenewalDecided(
            item_id=item.id,
            status=item.status,
            last=last and item is items[-1],
            **conversations.about(conversation),
        )
        for item in items
    ]
