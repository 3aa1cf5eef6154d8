"""Concluding: the four short fields, what it cost, a follow-up with an owner, and the journal."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Outcome
from dialog.econsultations import policy, queries, texts
from dialog.econsultations.actions.answers import close, end, found, take_on
from dialog.econsultations.events import EConsultationCompleted, EConsultationJournaled
from dialog.econsultations.models import CareCard, EConsultation
from dialog.econsultations.policy import LONGEST_CARD_FIELD, Step
from dialog.errors import InvalidInput, NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action
from dialog.working_days import OFFICE_CLOSES, is_working_day, local, nearest_working_day


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """The four short fields as the doctor wrote them."""

    what_we_think: str
    what_you_do: str
    when_and_where_to_contact: str
    who_follows_up_by_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """When somebody at the practice follows up, and who."""

    on: date
    owner: UUID


@action
def complete(
    *,
    by: Actor,
    conversation_id: UUID,
    card: CardText,
    text: str = "",
    files: Iterable[UUID] = (),
    follow_up: FollowUp | None = None,
    waived: bool = False,
    seen: int | None = None,
) -> None:
    """Conclude, with a last answer where there is one; the charge is decided now, and never more
    than was said yes to (R131, R167).
    """
    econsultation = found(by, conversation_id, seen)
    after = policy.after(econsultation.status, Step.COMPLETE, by)
    _must_be_short(card)
    owner = _owner(by, econsultation, follow_up) if follow_up else None
    take_on(by, econsultation)
    if follow_up and owner:
        conversations.make_follow_up(
            by=by,
            conversation_id=conversation_id,
            what=card.who_follows_up_by_when,
            due_at=local(follow_up.on, OFFICE_CLOSES),
            owner_id=owner.account_id,
            owner_role=owner.role,
        )
    close(by, econsultation, Outcome.ANSWERED, text=text, files=files)
    charge, code = _charge(by, econsultation, waived=waived)
    end(by, econsultation, after, charge=charge, charge_code=code)
    CareCard.objects.create(
        econsultation=econsultation,
        follow_up_on=follow_up.on if follow_up else None,
        follow_up_owner_id=owner.account_id if owner else None,
        **asdict(card),
    )
    record(
        by,
        EConsultationCompleted(
            charge=charge, charge_code=code, **conversations.about(econsultation.conversation)
        ),
    )


@action
def put_away(*, by: Actor, conversation_id: UUID, seen: int | None = None) -> None:
    """End what the practice itself began: there is nothing to charge, and no card is needed."""
    econsultation = found(by, conversation_id, seen)
    after = policy.after(econsultation.status, Step.COMPLETE, by)
    if econsultation.by_patient:
        raise WrongState
    take_on(by, econsultation)
    close(by, econsultation, Outcome.ANSWERED)
    end(by, econsultation, after, charge=0)
    about = conversations.about(econsultation.conversation)
    record(by, EConsultationCompleted(charge=0, charge_code="", **about))


def _must_be_short(card: CardText) -> None:
    for field, words in asdict(card).items():
        if not words.strip():
            raise InvalidInput(_("Skriv en setning her. Pasienten får den med seg."), field=field)
        if len(words) > LONGEST_CARD_FIELD:
            raise InvalidInput(
                _("Kort det ned til %(most)d tegn.") % {"most": LONGEST_CARD_FIELD}, field=field
            )


def _owner(by: Actor, econsultation: EConsultation, follow_up: FollowUp) -> people.Colleague:
    _must_be_a_working_day(by, follow_up.on)
    owners = queries.possible_owners(by, econsultation.conversation.patient_list_id)
    for one in owners:
        if one.account_uuid == follow_up.owner:
            return one
    raise InvalidInput(_("Velg en lege som har tilgang til denne pasienten."), field="owner")


def _must_be_a_working_day(by: Actor, on: date) -> None:
    today = people.today()
    if on < today:
        raise InvalidInput(_("Velg en dag som ikke er passert."), field="follow_up_on")
    closed = people.closing_days(by.practice)
    if not is_working_day(on, closed):
        nearest = nearest_working_day(on, today, closed)
        raise InvalidInput(texts.office_shut(on, nearest), field="follow_up_on")


def _charge(by: Actor, econsultation: EConsultation, *, waived: bool) -> tuple[int, str]:
    conversation = econsultation.conversation
    price = queries.price_now(by, conversation.patient_id, conversation.patient_list_id)
    charge = policy.charge(accepted=econsultation.accepted_price, price=price.amount, waived=waived)
    return charge, "" if econsultation.accepted_price is None or waived else price.code


@action
def mark_journaled(*, by: Actor, conversation_id: UUID) -> None:
    """Say that the note has been entered in the record system (R141)."""
    econsultation = queries.econsultation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    if econsultation.ended_at is None or econsultation.journaled_at is not None:
        raise WrongState
    econsultation.journaled_at = timezone.now()
    econsultation.journaled_by_id = by.account_id
    econsultation.save(update_fields=["journaled_at", "journaled_by"])
    record(by, EConsultationJournaled(**conversations.about(econsultation.conversation)))
