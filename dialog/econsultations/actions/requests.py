"""Beginning and taking back: a patient says yes to a price and asks, or the practice writes
first.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role, Side
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.actions.turns import take_turn
from dialog.conversations.policy import (
    Kind,
    Outcome,
    Status,
    Topic,
    Verb,
    may_answer,
    may_withdraw,
)
from dialog.econsultations import policy, queries
from dialog.econsultations.events import (
    EConsultationBegun,
    EConsultationRequested,
    EConsultationWithdrawn,
)
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import ECONSULTATION, EConsultationStatus, Reply, Step
from dialog.errors import InvalidInput, NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.rows import action
from dialog.statements import keep

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@action
def request_econsultation(
    *,
    by: Actor,
    text: str,
    topic: Topic,
    accepted_price: int,
    files: Iterable[UUID] = (),
    continues_id: UUID | None = None,
    shown_at: datetime | None = None,
) -> "Conversation":
    """Ask a doctor in writing, having said yes to the most it can cost today (R113)."""
    if by.side is not Side.PATIENT or by.patient_id is None:
        raise NotAllowed
    _must_be_written(text, topic, ECONSULTATION.topics)
    price = queries.price_today(by.patient_id)
    if accepted_price != price.amount:
        raise WrongState(
            _("Prisen er endret siden du åpnet siden. Se den nye prisen før du sender.")
        )
    conversation = conversations.start(
        by=by,
        kind=Kind.ECONSULTATION,
        patient_id=by.patient_id,
        text=text,
        topic=topic,
        files=list(files),
        continues_id=continues_id,
    )
    _end_at_the_former_gps(by, continues_id)
    EConsultation.objects.create(
        conversation=conversation,
        by_patient=True,
        accepted_price=price.amount,
        price_code=price.code,
        price_shown_at=shown_at or conversation.started_at,
        accepted_at=conversation.started_at,
        accepted_by_id=by.account_id,
    )
    record(
        by,
        EConsultationRequested(
            price_code=price.code,
            accepted_price=price.amount,
            **conversations.about(conversation),
        ),
    )
    return conversation


def _end_at_the_former_gps(by: Actor, before_id: UUID | None) -> None:
    """What nobody had opened there, and goes on here, is taken back there (R191)."""
    for one in core.open_elsewhere(by) if before_id else ():
        if one.id == before_id and one.kind is Kind.ECONSULTATION and one.goes_along:
            withdraw(by=by, conversation_id=one.id)


def _must_be_written(text: str, topic: Topic, topics: tuple[Topic, ...]) -> None:
    if topic not in topics:
        raise InvalidInput(_("Velg hva det gjelder."), field="topic")
    if not text.strip():
        raise InvalidInput(_("Skriv hva det gjelder."), field="text")


@action
def withdraw(*, by: Actor, conversation_id: UUID) -> None:
    """Take it back before anybody at the practice has opened it; nothing is charged (R129)."""
    econsultation = queries.econsultation_for(by, conversation_id, lock=True)
    econsultation.status = policy.after(econsultation.status, Step.WITHDRAW, by)
    conversation = econsultation.conversation
    if not may_withdraw(conversation.status, opened=conversation.opened_at is not None):
        raise WrongState
    take_turn(by, conversation, Verb.WITHDRAW, outcome=Outcome.WITHDRAWN)
    econsultation.ended_at, econsultation.ended_by_id = timezone.now(), by.account_id
    econsultation.charge = 0
    econsultation.save(update_fields=["status", "ended_at", "ended_by", "charge"])
    record(by, EConsultationWithdrawn(**conversations.about(conversation)))


@action
def write_to_patient(
    *,
    by: Actor,
    patient_id: int,
    text: str,
    topic: Topic,
    files: Iterable[UUID] = (),
    reply: Reply = Reply.FREE,
    important: bool = False,
    remind_after: int | None = None,
    task: str = "",
    due_on: date | None = None,
) -> "Conversation":
    """Write first to a patient; reading never costs, and a reply only what the patient agrees to
    (R156-R159). An important message that lies unopened so many working days is reminded of, and
    so is a task.
    """
    if by.side is not Side.PRACTICE or not may_answer(Kind.ECONSULTATION, by):
        raise NotAllowed
    _must_be_written(text, topic, ECONSULTATION.office_topics)
    conversations.must_be_doable(topic, task, due_on)
    responsible = by.role is Role.PRACTITIONER
    conversation = conversations.start(
        by=by,
        kind=Kind.ECONSULTATION,
        patient_id=patient_id,
        written_first=True,
        text=text,
        topic=topic,
        files=list(files),
        also=[EConsultationBegun] if responsible else [],
        status=Status.WITH_PATIENT if due_on else None,
        reply_allowed=reply is Reply.FREE,
        important=important,
        remind_at=core.remind_at(by, remind_after) if important else None,
        owner_id=by.account_id,
    )
    if due_on is not None:
        conversations.give_task(by, conversation, task, due_on)
    keep(
        EConsultation(
            conversation=conversation,
            status=EConsultationStatus.BEGUN if responsible else EConsultationStatus.REQUESTED,
            by_patient=False,
            reply_charged=reply is Reply.CHARGED,
            begun_at=conversation.started_at if responsible else None,
            begun_by_id=by.account_id if responsible else None,
        )
    )
    return conversation
