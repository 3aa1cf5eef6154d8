"""Writing attempts: to be told, told, or not, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.errors import NotFound
from dialog.ledger.actions import record
from dialog.notifications import queries
from dialog.notifications.events import NotificationQueued, NotificationSettled, ReminderDue
from dialog.notifications.models import Attempt, Reminder
from dialog.notifications.policy import RECEIPTS, AttemptState, News, Reason, outranks
from dialog.rows import action


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody to tell: their number in international form and the language they read, or why they
    are not to be told.
    """

    patient_id: int
    phone: str
    language: str
    reason: Reason = Reason.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidings:
    """A piece of news: the fact it comes from, whom and which conversation it is about."""

    entry_id: int
    news: News
    patient_id: int
    practice_id: int
    conversation_id: UUID | None = None
    starts: datetime | None = None


@action
def tell(*, by: Actor, tidings: Tidings, recipients: Iterable[Recipient]) -> None:
    """Decide who is to be told of a fact, and keep the decision; the same fact is told once."""
    phones: set[str] = set()
    for one in recipients:
        known = Attempt.objects.filter(
            entry_id=tidings.entry_id, recipient_id=one.patient_id
        ).exists()
        if not known:
            _keep(by, tidings, one, _reason(tidings, one, phones))
        phones.add(one.phone)


def _reason(tidings: Tidings, recipient: Recipient, phones: set[str]) -> Reason:
    if recipient.reason:
        return recipient.reason
    if recipient.phone in phones:
        return Reason.SAME_PHONE
    return _merged(tidings, recipient.patient_id)


def _merged(tidings: Tidings, recipient_id: int) -> Reason:
    """Of what waits to be told one person about one conversation, only the weightiest goes out."""
    if tidings.conversation_id is None:
        return Reason.NONE
    waiting = Attempt.objects.select_for_update().filter(
        conversation_id=tidings.conversation_id,
        recipient_id=recipient_id,
        state=AttemptState.QUEUED,
    )
    for one in waiting:
        if not outranks(tidings.news, News(one.news)):
            return Reason.MERGED
        _write(one, AttemptState.SUPPRESSED, Reason.MERGED)
    return Reason.NONE


def _keep(by: Actor, tidings: Tidings, recipient: Recipient, reason: Reason) -> None:
    now = timezone.now()
    attempt = Attempt.objects.create(
        entry_id=tidings.entry_id,
        practice_id=tidings.practice_id,
        patient_id=tidings.patient_id,
        recipient_id=recipient.patient_id,
        conversation_id=tidings.conversation_id,
        news=tidings.news,
        starts_at=tidings.starts,
        state=AttemptState.SUPPRESSED if reason else AttemptState.QUEUED,
        reason=reason,
        made_at=now,
        settled_at=now if reason else None,
    )
    record(by, _settled(attempt) if reason else _queued(attempt))


@action
def settle(*, by: Actor, attempt_id: UUID, state: AttemptState, reason: Reason) -> None:
    """Write down how an attempt went; a receipt that came first is not undone."""
    open_ones = (AttemptState.QUEUED, AttemptState.SUPPRESSED)
    attempt = Attempt.objects.select_for_update().filter(id=attempt_id, state__in=open_ones).first()
    if attempt is None:
        return
    _write(attempt, state, reason)
    record(by, _settled(attempt))


@action
def take_receipt(*, by: Actor, attempt_id: UUID, delivered: bool) -> None:
    """Write down what the gateway says became of an SMS; said twice it is written once."""
    with rows.seeing(scope="receipt"):
        found = Attempt.objects.filter(id=attempt_id).first()
    if found is None:
        raise NotFound
    state = AttemptState.DELIVERED if delivered else AttemptState.FAILED
    with rows.seeing(practice=found.practice_id, patient=found.patient_id):
        attempt = Attempt.objects.select_for_update().get(id=attempt_id)
        if AttemptState(attempt.state) not in RECEIPTS[state]:
            return
        _write(attempt, state, Reason.NONE if delivered else Reason.NOT_DELIVERED)
        record(by, _settled(attempt))


@action
def remind(
    *,
    by: Actor,
    conversation_id: UUID,
    appointment_id: UUID,
    patient_id: int,
    practice_id: int,
    starts: datetime,
) -> None:
    """Remind of an appointment the day before; once, and not of what was told just now (R38)."""
    _, new = Reminder.objects.get_or_create(
        conversation_id=conversation_id, starts_at=starts, defaults={"practice_id": practice_id}
    )
    if not new or queries.told_lately(conversation_id, starts):
        return
    record(
        by,
        ReminderDue(
            appointment_id=appointment_id,
            patient_id=patient_id,
            practice_id=practice_id,
            conversation_id=conversation_id,
        ),
    )


def _write(attempt: Attempt, state: AttemptState, reason: Reason) -> None:
    attempt.state, attempt.reason, attempt.settled_at = state, reason, timezone.now()
    attempt.save(update_fields=["state", "reason", "settled_at"])


def _queued(attempt: Attempt) -> NotificationQueued:
    return NotificationQueued(
        attempt_id=attempt.id, patient_id=attempt.patient_id, practice_id=attempt.practice_id
    )


def _settled(attempt: Attempt) -> NotificationSettled:
    return NotificationSettled(
        attempt_id=attempt.id,
        state=attempt.state,
        patient_id=attempt.patient_id,
        practice_id=attempt.practice_id,
    )
