"""Asking that something is corrected or erased, and a doctor's answer (R224).

Nothing is written over: a correction stands beside what was wrong, and what is erased is gone for
everybody, with who decided it and why.
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role, Side
from dialog.conversations import queries, texts
from dialog.conversations.actions.about import about, must_be_readable
from dialog.conversations.actions.erasing import decide_erasure
from dialog.conversations.actions.follow_ups import done
from dialog.conversations.events import FollowUpMade, RightAsked, RightDecided
from dialog.conversations.models import Conversation, Correction, FollowUp, Message, RightsRequest
from dialog.conversations.policy import FollowUpReason, by_name
from dialog.conversations.rights import (
    ANSWERED_WITHIN,
    LONGEST,
    Decision,
    Why,
    Wish,
    may_decide,
)
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import change, keep


@action
def ask_for_right(*, by: Actor, conversation_id: UUID, wish: Wish, words: str) -> RightsRequest:
    """Ask that something in a matter is corrected or erased; a doctor answers within a month."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if by.side is Side.PLATFORM:
        raise NotAllowed
    must_be_readable(conversation)
    if by_name(conversation.kind):
        raise WrongState(_("Skriv det i samtalen, så svarer de som leser den."))
    _must_be_words(words, "words")
    if queries.waiting_request(conversation) is not None:
        raise WrongState(_("Det er alt bedt om retting eller sletting i denne saken."))
    now = timezone.now()
    follow_up = _promise(conversation, now)
    request = keep(
        RightsRequest(
            conversation=conversation,
            practice_id=conversation.practice_id,
            follow_up=follow_up,
            wish=wish,
            words=words.strip(),
            side=by.side,
            asked_by_id=by.account,
            asked_by_name=by.name,
            asked_at=now,
            due_at=follow_up.due_at,
        )
    )
    record(
        by,
        RightAsked(request_id=request.id, wish=wish, side=by.side, **about(conversation)),
        FollowUpMade(follow_up_id=follow_up.id, reason=follow_up.reason, **about(conversation)),
    )
    return request


def _must_be_words(words: str, field: str) -> None:
    if not words.strip() or len(words) > LONGEST:
        raise InvalidInput(field=field)


def _promise(conversation: Conversation, now: datetime) -> FollowUp:
    """It stands among what the office has promised, with the list's own doctor."""
    practitioner = people.list_by_id(conversation.patient_list_id).practitioner_id
    doctor = people.clinician_by_id(practitioner) if practitioner is not None else None
    return keep(
        FollowUp(
            conversation=conversation,
            practice_id=conversation.practice_id,
            patient_id=conversation.patient_id,
            reason=FollowUpReason.RIGHTS,
            owner_id=doctor.account_id if doctor else None,
            owner_role=Role.PRACTITIONER,
            due_at=now + ANSWERED_WITHIN,
            made_at=now,
        )
    )


@action
def decide_right(
    *,
    by: Actor,
    conversation_id: UUID,
    decision: Decision,
    reason: str,
    correction: str = "",
    message_id: UUID | None = None,
) -> None:
    """Correct, erase or decline what was asked, and say why; the patient is told."""
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if not may_decide(by):
        raise NotAllowed
    request = queries.waiting_request(conversation)
    if request is None:
        raise WrongState
    _must_be_words(reason, "reason")
    if decision is Decision.CORRECTED:
        _must_be_words(correction, "correction")
        _stand_beside(by, request, correction.strip(), _message_in(conversation, message_id))
    elif decision is Decision.ERASED and (stands := queries.obstacles(conversation)):
        raise InvalidInput(" ".join(str(texts.OBSTACLE[one]) for one in stands), field="decision")
    now = timezone.now()
    request.decision, request.reason = decision, reason.strip()
    request.decided_at, request.decided_by_id, request.decided_by_name = now, by.account, by.name
    change(request, "decision", "reason", "decided_at", "decided_by", "decided_by_name")
    conversation.changed_at = conversation.practice_seen_at = now
    conversation.version += 1
    change(conversation, "changed_at", "practice_seen_at", "version")
    done(by, request.follow_up, conversation, "")
    told = RightDecided(
        request_id=request.id, decision=decision, side=request.side, **about(conversation)
    )
    record(by, told)
    if decision is Decision.ERASED:
        decide_erasure(by=by, conversation_id=conversation_id, why=Why.DECIDED)


def _message_in(conversation: Conversation, message_id: UUID | None) -> Message | None:
    if message_id is None:
        return None
    shown = Message.objects.filter(conversation=conversation, hidden_at__isnull=True)
    found = shown.filter(id=message_id).first()
    if found is None:
        raise NotFound
    return found


def _stand_beside(by: Actor, request: RightsRequest, text: str, message: Message | None) -> None:
    keep(
        Correction(
            conversation_id=request.conversation_id,
            message=message,
            request=request,
            text=text,
            author_id=by.account,
            author_name=by.name,
            author_role=by.role,
        )
    )
