"""Putting mistakes right: taking back what nobody has opened, and moving what was on the wrong
patient.
"""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations import queries
from dialog.conversations.actions.about import about, must_be_fresh
from dialog.conversations.actions.follow_ups import let_be
from dialog.conversations.actions.starting import start
from dialog.conversations.actions.tasks import call_off_task, carry_task
from dialog.conversations.actions.turns import added, due, take_turn
from dialog.conversations.events import ConversationMisfiled, MessageRecalled
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import (
    UNANSWERED,
    Kind,
    Outcome,
    Status,
    Topic,
    Verb,
    must_end_so,
    possible,
)
from dialog.errors import NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action


@action
def recall(
    *, by: Actor, conversation_id: UUID, message_id: UUID, wrong_patient: bool = False
) -> None:
    """Take back a message the other side has not opened; a plain line stays where it stood, and a
    question that thereby has no answer waits for the practice again (R29, R59).

    ``wrong_patient``: the practice had written to somebody else than it meant to.
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    message = Message.objects.filter(id=message_id, conversation=conversation, side=by.side).first()
    if message is None:
        raise NotFound
    if not queries.recallable(by, conversation, message):
        raise WrongState
    _hide(message, "recalled")
    left = list(conversation.messages.filter(hidden_at__isnull=True).order_by("sent_at", "id"))
    if by.side is Side.PRACTICE and not any(
        queries.recallable(by, conversation, one) for one in left
    ):
        conversation.remind_at = None
        call_off_task(conversation)
        for reason in UNANSWERED:
            let_be(by, conversation, reason, _("Meldingen er trukket tilbake."))
    if left and left[-1].side == Side.PATIENT and _comes_back(by, conversation):
        take_turn(by, conversation, Verb.RECALL)
        # What was promised when the question came still holds.
        conversation.due_at = due(
            Kind(conversation.kind),
            conversation.patient_list_id,
            conversation.practice_id,
            left[-1].sent_at,
        )
    else:
        conversation.version += 1
    conversation.save(update_fields=["version", "remind_at", "due_at"])
    misdirected = wrong_patient and by.side is Side.PRACTICE
    record(
        by,
        MessageRecalled(message_id=message.id, wrong_patient=misdirected, **about(conversation)),
    )


def _comes_back(by: Actor, conversation: Conversation) -> bool:
    return possible(conversation.kind, conversation.status, Verb.RECALL, by)


def _hide(message: Message, because: str) -> None:
    message.hidden_at = timezone.now()
    message.hidden_because = because
    message.save(update_fields=["hidden_at", "hidden_because"])


@action
def misfile(
    *, by: Actor, conversation_id: UUID, right_patient: UUID, seen: int | None = None
) -> Conversation:
    """Move what the practice wrote to the wrong patient over to the right one; both records say
    so.
    """
    wrong = queries.conversation_for(by, conversation_id, lock=True)
    must_be_fresh(wrong, seen)
    must_end_so(wrong.kind, Verb.CLOSE)
    return put_right(by, wrong, right_patient)


def put_right(by: Actor, wrong: Conversation, right_patient: UUID) -> Conversation:
    """Begin again with the right patient what is locked here, and end it here; a lower room's own
    use.
    """
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    patient = people.patient_for(by, right_patient)
    if patient.id == wrong.patient_id or wrong.started_side != Side.PRACTICE:
        raise WrongState
    own = list(
        wrong.messages.filter(side=Side.PRACTICE, hidden_at__isnull=True).order_by("sent_at")
    )
    if not own:
        raise WrongState
    right = start(
        by=by,
        kind=Kind(wrong.kind),
        patient_id=patient.id,
        text=own[0].text,
        topic=Topic(wrong.topic),
        files=_files_of(own[0]),
        reply_allowed=wrong.reply_allowed,
        important=wrong.important,
        remind_at=wrong.remind_at,
        owner_id=wrong.owner_id,
    )
    for one in own[1:]:
        added(by, right, one.text, _files_of(one))
    for one in own:
        _hide(one, "misfiled")
    carry_task(by, wrong, right)
    for reason in UNANSWERED:
        let_be(by, wrong, reason, _("Meldingen er flyttet til en annen pasient."))
    if wrong.status != Status.CLOSED:
        take_turn(by, wrong, Verb.CLOSE, outcome=Outcome.WITHDRAWN)
    record(
        by,
        ConversationMisfiled(counterpart_id=right.id, **about(wrong)),
        ConversationMisfiled(counterpart_id=wrong.id, **about(right)),
    )
    return right


def _files_of(message: Message) -> list[UUID]:
    return [file.id for file in message.attachments.all()]
