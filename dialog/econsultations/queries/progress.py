"""How far an e-consultation has come, what the patient takes away, and what awaits the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from dialog.actor import Actor, Role, Side
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Kind, may_answer, may_withdraw
from dialog.econsultations.models import CareCard, EConsultation
from dialog.econsultations.policy import (
    CARD_FIELDS,
    EConsultationStatus,
    Step,
    TemplateKind,
    possible,
    status_now,
)
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.statements import Question, ask, ask_one, columns, known, made


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """The four short fields, in order, and when somebody at the practice follows up."""

    fields: tuple[tuple[TemplateKind, str], ...]
    follow_up_on: date | None
    follow_up_owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EConsultationView:
    """How far one has come, as either side may see it; ``steps`` are what the reader can do."""

    conversation_id: UUID
    status: EConsultationStatus
    by_patient: bool
    accepted_price: int | None
    price_code: str
    accepted_at: datetime | None
    reply_charged: bool
    begun_at: datetime | None
    begun_by: str
    ended_at: datetime | None
    ended_by: str
    charge: int | None
    charge_code: str
    card: CardView | None
    journaled_at: datetime | None
    journaled_by: str
    steps: frozenset[Step]
    may_answer: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """An e-consultation whose note is not in the record system yet."""

    conversation_id: UUID
    patient_name: str
    patient_born: date
    status: EConsultationStatus
    ended_at: datetime


BY_MATTER = f"""
SELECT {columns(EConsultation, "one")} FROM econsultations_econsultation AS one
WHERE one.conversation_id = %s
"""  # noqa: S608 - our own columns


def econsultation_for(by: Actor, conversation_id: UUID, *, lock: bool = False) -> EConsultation:
    """One of the actor's own, through the conversation's only door; one that the practice started
    in another way has nothing written down yet, and no charge.
    """
    conversation = conversations.conversation_for(by, conversation_id, lock=lock)
    if conversation.kind != Kind.ECONSULTATION:
        raise NotFound
    found = ask_one(BY_MATTER, conversation.id)
    econsultation = (
        EConsultation(conversation_id=conversation.id, by_patient=False)
        if found is None
        else made(EConsultation, found)
    )
    econsultation.conversation = conversation
    return econsultation


def view(by: Actor, conversation_id: UUID) -> EConsultationView:
    """How far an e-consultation has come, and what the reader can do."""
    one = econsultation_for(by, conversation_id)
    status = status_now(one.status, one.conversation.outcome)
    card = None
    if one.conversation.erased_at is None:
        card = CareCard.objects.filter(econsultation_id=conversation_id).first()
    names = _names(one, card)
    return EConsultationView(
        conversation_id=conversation_id,
        status=status,
        by_patient=one.by_patient,
        accepted_price=one.accepted_price,
        price_code=one.price_code,
        accepted_at=one.accepted_at,
        reply_charged=one.reply_charged,
        begun_at=one.begun_at,
        begun_by=names.get(one.begun_by_id or 0, ""),
        ended_at=one.ended_at or one.conversation.closed_at,
        ended_by=names.get(one.ended_by_id or 0, ""),
        charge=one.charge if one.ended_at or not one.conversation.closed_at else 0,
        charge_code=one.charge_code,
        card=_card(card, names) if card else None,
        journaled_at=one.journaled_at,
        journaled_by=names.get(one.journaled_by_id or 0, ""),
        steps=frozenset(
            step
            for step in Step
            # What a patient wrote is the patient's own, and moved to nobody.
            if possible(status, step, by) and not (step is Step.MISFILE and one.by_patient)
        ),
        may_answer=by.side is Side.PRACTICE and may_answer(Kind.ECONSULTATION, by),
        may_withdraw=possible(status, Step.WITHDRAW, by)
        and may_withdraw(one.conversation.status, opened=one.conversation.opened_at is not None),
    )


def _names(one: EConsultation, card: CareCard | None) -> Mapping[int, str]:
    wanted = [one.begun_by_id, one.ended_by_id, one.journaled_by_id]
    if card:
        wanted.append(card.follow_up_owner_id)
    return people.names_of(account for account in wanted if account)


def _card(card: CareCard, names: Mapping[int, str]) -> CardView:
    return CardView(
        fields=tuple((kind, str(getattr(card, kind))) for kind in CARD_FIELDS),
        follow_up_on=card.follow_up_on,
        follow_up_owner=names.get(card.follow_up_owner_id or 0, ""),
    )


def possible_owners(by: Actor, list_id: int) -> list[people.Colleague]:
    """Who can own a follow-up: oneself first, and the list's other doctors, who all see it."""
    doctors = {
        one.account_id
        for one in people.clinicians_for_list(list_id, kept_out=True)
        if one.profession is Profession.DOCTOR
    }
    able = [
        one
        for one in people.colleagues(by)
        if one.account_id == by.account_id
        or (one.role is Role.PRACTITIONER and one.account_id in doctors)
    ]
    return sorted(able, key=lambda one: one.account_id != by.account_id)


def _awaiting_journal(by: Actor) -> QuerySet[EConsultation]:
    return EConsultation.objects.filter(
        ended_at__isnull=False,
        journaled_at__isnull=True,
        conversation__in=conversations.seen_by(by),
    ).exclude(status=EConsultationStatus.WITHDRAWN)


WAITING = """
one.ended_at IS NOT NULL AND one.journaled_at IS NULL AND one.status <> 'withdrawn'
"""
OWED = f"""
SELECT EXISTS (SELECT 1 FROM conversations_conversation AS c
    JOIN econsultations_econsultation AS one ON one.conversation_id = c.id
    WHERE c.patient_id = %s AND {WAITING} AND ({{seen}}))
"""  # noqa: S608 - our own words
COUNT = f"""
SELECT count(*) FROM (SELECT 1 FROM econsultations_econsultation AS one
    WHERE {WAITING} AND (SELECT true
        FROM conversations_conversation AS c WHERE c.id = one.conversation_id AND ({{seen}}))
    LIMIT %s) AS waiting
"""  # noqa: S608 - our own words


def not_journaled_count(by: Actor) -> Question[int]:
    """How many are over and not in the record system yet; nobody counts further than
    ``COUNTED``."""
    if by.side is not Side.PRACTICE:
        return known(0)
    seen, values = conversations.seen_sql(by)
    return Question(COUNT.format(seen=seen), (*values, conversations.COUNTED), int)


def journal_owed(by: Actor, patient_id: int) -> bool:
    """Whether something is over with this patient that is not in the record system yet."""
    seen, values = conversations.seen_sql(by)
    ((owed,),) = ask(OWED.format(seen=seen), patient_id, *values)
    return bool(owed)


def not_journaled(by: Actor, *, most: int = 200) -> list[NoteRow]:
    """What has been concluded, declined or referred and is not in the record system yet."""
    if by.side is not Side.PRACTICE:
        return []
    waiting = _awaiting_journal(by)
    return [
        NoteRow(
            conversation_id=one.conversation_id,
            patient_name=one.conversation.patient.name,
            patient_born=one.conversation.patient.born,
            status=status_now(one.status, one.conversation.outcome),
            ended_at=one.ended_at,
        )
        for one in waiting.select_related("conversation__patient").order_by("ended_at")[:most]
        if one.ended_at
    ]
