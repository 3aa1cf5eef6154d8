"""Asking a new GP for what the one before has not decided (R191)."""

from typing import TYPE_CHECKING
from uuid import UUID

from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Kind, Outcome, Verb, may_take_along
from dialog.errors import NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.renewals import queries
from dialog.renewals.actions.asking import must_be_allowed, one_at_a_time
from dialog.renewals.events import RenewalRequested
from dialog.renewals.models import Renewal, RenewalItem
from dialog.renewals.policy import LONGEST_NAME
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@action
def take_along(*, by: Actor, conversation_id: UUID) -> "Conversation":
    """Ask the new GP for the lines nobody has decided, by name and as one commented on them; the
    old request ends, and nothing more is renewed there.
    """
    must_be_allowed(by)
    one_at_a_time(by)
    before = core.conversation_for(by, conversation_id, lock=True)
    if before.kind != Kind.RENEWAL:
        raise NotFound
    _must_be_elsewhere(by, before)
    asked = queries.request_for(by, conversation_id)
    if not asked.open_lines:
        raise WrongState
    conversation = conversations.start(
        by=by,
        kind=Kind.RENEWAL,
        patient_id=by.patient,
        continues_id=conversation_id,
        reserved=before.reserved,
    )
    Renewal.objects.create(conversation=conversation, pick_up=asked.pick_up)
    RenewalItem.objects.bulk_create(
        RenewalItem(
            conversation=conversation,
            place=place,
            words=line.title[:LONGEST_NAME],
            comment=line.comment,
        )
        for place, line in enumerate(asked.open_lines, start=1)
    )
    conversations.take_turn(by, before, Verb.TAKE_ALONG, outcome=Outcome.WITHDRAWN)
    record(by, RenewalRequested(lines=len(asked.open_lines), **conversations.about(conversation)))
    return conversation


def _must_be_elsewhere(by: Actor, before: "Conversation") -> None:
    owner = people.list_of(by.patient)
    here = owner is None or owner.list_id == before.patient_list_id
    opened = before.opened_at is not None
    if here or not may_take_along(before.kind, before.status, opened=opened):
        raise WrongState
