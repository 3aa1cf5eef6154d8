"""Forny resept, from the office's own record system."""

from collections.abc import Mapping
from uuid import UUID

from dialog.conversations import actions as conversations
from dialog.errors import NotFound
from dialog.interop.acting.heard import Heard
from dialog.renewals import actions, queries
from dialog.renewals.policy import ItemVerb, Reason

# What a coded answer means for every line; the national answer does not tell them apart. Anything
# else is words, and the lines stay open.
VERBS: Mapping[str, ItemVerb] = {
    "renew": ItemVerb.RENEW,
    "decline": ItemVerb.DECLINE,
    "call-in": ItemVerb.CALL_IN,
}


def take(heard: Heard) -> UUID:
    """A decision about the lines that nobody has decided, or words about them."""
    one = heard.conversation_id
    if one is None:
        raise NotFound
    verb = VERBS.get(heard.verb)
    if verb is None:
        conversations.reply(by=heard.by, conversation_id=one, text=heard.text)
        return one
    if heard.text and verb is ItemVerb.RENEW:
        conversations.reply(by=heard.by, conversation_id=one, text=heard.text)
    actions.decide(by=heard.by, conversation_id=one, decisions=_decisions(heard, one, verb))
    return one


def _decisions(heard: Heard, one: UUID, verb: ItemVerb) -> list[actions.Decision]:
    lines = queries.request_for(heard.by, one).open_lines
    if verb is ItemVerb.RENEW:
        return [actions.Decision(item_id=line.id, verb=verb) for line in lines]
    return [
        actions.Decision(item_id=line.id, verb=verb, reason=Reason.OTHER, explanation=heard.text)
        for line in lines
    ]
