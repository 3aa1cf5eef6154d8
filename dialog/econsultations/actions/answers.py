"""Answering: a practitioner takes responsibility, answers, asks for more, declines, or refers to
an ordinary appointment.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role, Side
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.actions.turns import say, take_turn
from dialog.conversations.events import ConversationRedirected
from dialog.conversations.policy import Feature, Kind, Outcome, Verb, may_answer
from dialog.econsultations import policy, queries, texts
from dialog.econsultations.events import (
    EConsultationBegun,
    EConsultationDeclined,
    EConsultationReferred,
)
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import ECONSULTATION, OPEN, EConsultationStatus, Step
from dialog.errors import InvalidInput, NotAllowed, WrongState
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Message


@action
def begin(*, by: Actor, conversation_id: UUID, seen: int | None = None) -> None:
    """Take responsibility for it; the patient sees that a doctor has opened it (R123)."""
    econsultation = found(by, conversation_id, seen)
    policy.after(econsultation.status, Step.BEGIN, by)
    take_on(by, econsultation)


@action
def answer(
    *,
    by: Actor,
    conversation_id: UUID,
    text: str,
    files: Iterable[UUID] = (),
    seen: int | None = None,
) -> "Message":
    """Answer; nobody waits for more, but the patient may still ask within the same matter
    (R125).
    """
    return _say(by, conversation_id, text, files, seen, rest=True)


@action
def ask_for_more(
    *,
    by: Actor,
    conversation_id: UUID,
    text: str,
    files: Iterable[UUID] = (),
    seen: int | None = None,
) -> "Message":
    """Ask the patient for more; the clock stands still until they answer (R138)."""
    return _say(by, conversation_id, text, files, seen)


def _say(
    by: Actor,
    conversation_id: UUID,
    text: str,
    files: Iterable[UUID],
    seen: int | None,
    *,
    rest: bool = False,
) -> "Message":
    econsultation = found(by, conversation_id, seen)
    if not may_answer(Kind.ECONSULTATION, by):
        raise NotAllowed
    if not text.strip():
        raise InvalidInput(_("Skriv til pasienten."), field="text")
    take_on(by, econsultation)
    return conversations.reply_in(by, econsultation.conversation, text, files, rest=rest)


@action
def decline(*, by: Actor, conversation_id: UUID, reason: str, seen: int | None = None) -> None:
    """Say no, and why; the patient pays nothing and is shown the way to an appointment (R126)."""
    econsultation = found(by, conversation_id, seen)
    after = policy.after(econsultation.status, Step.DECLINE, by)
    if not reason.strip():
        raise InvalidInput(_("Skriv hvorfor, så pasienten forstår."), field="reason")
    close(by, econsultation, Outcome.DECLINED, text=reason)
    end(by, econsultation, after, charge=0)
    record(by, EConsultationDeclined(**conversations.about(econsultation.conversation)))


@action
def refer_to_appointment(
    *, by: Actor, conversation_id: UUID, text: str, seen: int | None = None
) -> None:
    """Ask the patient to come, because writing is not enough; nothing is charged (R127)."""
    econsultation = found(by, conversation_id, seen)
    after = policy.after(econsultation.status, Step.REFER, by)
    if not text.strip():
        raise InvalidInput(_("Skriv hvorfor, så pasienten forstår."), field="text")
    close(by, econsultation, Outcome.REDIRECTED, text=text, to=Kind.APPOINTMENT)
    end(by, econsultation, after, charge=0)
    about = conversations.about(econsultation.conversation)
    record(
        by,
        ConversationRedirected(to_service=Kind.APPOINTMENT, **about),
        EConsultationReferred(**about),
    )


@action
def point_to_free_service(
    *, by: Actor, conversation_id: UUID, to: Kind, seen: int | None = None
) -> None:
    """Say that this belongs in a service that is free, with the standard words; nothing is charged
    (R53).
    """
    econsultation = found(by, conversation_id, seen)
    after = policy.after(econsultation.status, Step.DECLINE, by)
    if to not in policy.FREE_SERVICES:
        raise InvalidInput(field="to")
    conversation = econsultation.conversation
    if not core.service_state(conversation.patient_list_id, Feature(to)).on:
        raise WrongState(_("Den tjenesten er slått av nå. Svar pasienten på en annen måte."))
    with translation.override(people.patient_by_id(conversation.patient_id).language):
        words = "\n\n".join(str(one) for one in texts.ELSEWHERE[to])
    close(by, econsultation, Outcome.REDIRECTED, text=words, to=to)
    end(by, econsultation, after, charge=0)
    about = conversations.about(conversation)
    record(by, ConversationRedirected(to_service=to, **about), EConsultationDeclined(**about))


def found(by: Actor, conversation_id: UUID, seen: int | None) -> EConsultation:
    """One that can still be worked on, locked; the practice's side only."""
    econsultation = queries.econsultation_for(by, conversation_id, lock=True)
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    conversations.must_be_fresh(econsultation.conversation, seen)
    if econsultation.status not in OPEN or econsultation.conversation.outcome:
        raise WrongState
    return econsultation


def take_on(by: Actor, econsultation: EConsultation) -> None:
    """Let the practitioner who does something with it be the one responsible."""
    if by.role is not Role.PRACTITIONER or econsultation.begun_at is not None:
        return
    econsultation.status = EConsultationStatus.BEGUN
    econsultation.begun_at, econsultation.begun_by_id = timezone.now(), by.account_id
    econsultation.save()
    conversation = econsultation.conversation
    if by.account_uuid is not None and conversation.owner_id != by.account_id:
        conversations.assign(by=by, conversation_id=conversation.id, to_account=by.account_uuid)
        conversation.refresh_from_db()
    record(by, EConsultationBegun(**conversations.about(conversation)))


def close(
    by: Actor,
    econsultation: EConsultation,
    outcome: Outcome,
    *,
    text: str = "",
    files: Iterable[UUID] = (),
    to: Kind | None = None,
) -> None:
    """End the conversation it is, with a last word where there is one."""
    conversation = econsultation.conversation
    kept = list(files)
    if len(text) > ECONSULTATION.longest:
        raise InvalidInput(field="text")
    if text.strip() or kept:
        say(by, conversation, text, kept)
    if to is not None:
        conversation.redirected_to = to
    take_turn(by, conversation, Verb.CLOSE, outcome=outcome)


def end(
    by: Actor,
    econsultation: EConsultation,
    status: EConsultationStatus,
    *,
    charge: int,
    charge_code: str = "",
) -> None:
    """Write down how it ended, when, by whom, and what it cost."""
    econsultation.status = status
    econsultation.ended_at, econsultation.ended_by_id = timezone.now(), by.account_id
    econsultation.charge, econsultation.charge_code = charge, charge_code
    econsultation.save()
