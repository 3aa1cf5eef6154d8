"""Handing on: to a colleague, to a note between colleagues, to another service."""

from uuid import UUID

from dialog.actor import Actor, Role, Side
from dialog.conversations import queries, texts
from dialog.conversations.actions.about import about, must_be_fresh, must_be_readable
from dialog.conversations.actions.turns import say, take_turn
from dialog.conversations.events import (
    ConversationAssigned,
    ConversationFlagged,
    ConversationKept,
    ConversationRedirected,
    NoteAdded,
)
from dialog.conversations.models import Conversation, Note
from dialog.conversations.policy import (
    Kind,
    Outcome,
    Status,
    Verb,
    by_name,
    may_keep_from_parents,
    must_end_so,
    policy_of,
)
from dialog.errors import InvalidInput, NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.people.policy import is_young
from dialog.rows import action
from dialog.statements import change


@action
def assign(
    *,
    by: Actor,
    conversation_id: UUID,
    to_account: UUID | None = None,
    to_role: Role | None = None,
    seen: int | None = None,
) -> None:
    """Hand an item to a colleague, or to a role; it always has an owner (R178, R179)."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    must_be_fresh(conversation, seen)
    if conversation.status == Status.CLOSED:
        raise WrongState
    able = queries.hands_for(by, Kind(conversation.kind))
    if to_account is not None:
        colleague = next((one for one in able.colleagues if one.account_uuid == to_account), None)
        if colleague is None:
            raise InvalidInput(field="to")
        conversation.owner_id, conversation.owner_role = colleague.account_id, colleague.role
    elif to_role in able.roles:
        conversation.owner_id, conversation.owner_role = None, to_role
    else:
        raise InvalidInput(field="to")
    conversation.version += 1
    change(conversation, "owner", "owner_role", "version")
    record(
        by,
        ConversationAssigned(
            owner_account_id=conversation.owner_id,
            owner_role=conversation.owner_role,
            **about(conversation),
        ),
    )


@action
def flag(*, by: Actor, conversation_id: UUID, urgent: bool) -> None:
    """Say that an item is urgent, or that it no longer is, so that it can be taken first (R176)."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    if conversation.status == Status.CLOSED:
        raise WrongState
    if conversation.urgent == urgent:
        return
    conversation.urgent = urgent
    change(conversation, "urgent")
    record(by, ConversationFlagged(urgent=urgent, **about(conversation)))


@action
def add_note(*, by: Actor, conversation_id: UUID, text: str) -> None:
    """Leave a word to colleagues that the patient does not see; it is logged like everything
    else.
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    must_be_readable(conversation)
    if not text.strip():
        raise InvalidInput(field="text")
    Note.objects.create(
        conversation=conversation, author_id=by.account, author_name=by.name, text=text
    )
    record(by, NoteAdded(**about(conversation)))


@action
def redirect(
    *, by: Actor, conversation_id: UUID, to: Kind, text: str = "", seen: int | None = None
) -> None:
    """Close here because it belongs in another service; the patient carries it over with one yes
    (R50-R52).
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    must_be_fresh(conversation, seen)
    must_end_so(conversation.kind, Verb.REDIRECT)
    lead_on(by, conversation, to, Verb.REDIRECT, text=text)


def lead_on(by: Actor, conversation: Conversation, to: Kind, verb: Verb, *, text: str) -> None:
    """Show the way to another service and end a locked conversation with that; a lower room's own
    use, for what ends itself with a verb of its own.
    """
    if to == conversation.kind or to not in policy_of(conversation.kind).redirects_to:
        raise InvalidInput(field="to")
    if text.strip():
        say(by, conversation, text)
    conversation.redirected_to = to
    take_turn(by, conversation, verb, outcome=Outcome.REDIRECTED)
    record(by, ConversationRedirected(to_service=to, **about(conversation)))


@action
def keep_from_parents(*, by: Actor, conversation_id: UUID, kept: bool) -> None:
    """Hide a matter of somebody under sixteen from whoever acts for them, or show it again (R20).

    It leaves no trace with them: not in a list, a count, the log, a calendar or an alert.
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE or not may_keep_from_parents(by):
        raise NotAllowed(texts.CLINICIANS_KEEP)
    if by_name(conversation.kind):
        raise WrongState  # who sees it is for the patient who asked to say
    if kept and not is_young(people.patient_by_id(conversation.patient_id).born, people.today()):
        raise WrongState(texts.NOBODY_TO_KEEP_FROM)
    if conversation.reserved == kept:
        return
    conversation.reserved = kept
    change(conversation, "reserved")
    record(by, ConversationKept(kept=kept, **about(conversation)))
