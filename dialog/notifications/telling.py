"""Sending one SMS when its time has come, if what it says is still so."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from dialog.actor import PLATFORM
from dialog.appointments import queries as appointment_queries
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import areas_needed
from dialog.ledger.subscribers import Fact, Later
from dialog.notifications import actions, queries, texts
from dialog.notifications.models import Attempt
from dialog.notifications.planning import WHY, recipient
from dialog.notifications.policy import (
    MAY_BE_READ,
    RULES,
    TO_BE_DONE,
    AttemptState,
    News,
    Reason,
    send_at,
    too_late,
)
from dialog.notifications.ports import sms
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.ports import connected


@dataclass(frozen=True, slots=True, kw_only=True)
class Another:
    """Whom an SMS to somebody who acts for another is about, and who is told."""

    patient_id: int
    representative_id: int

    def no_longer_theirs(self) -> bool:
        """Whether the register, asked now where its answer is old, has something against it."""
        if not connected():
            return False
        whose = {"patient_id": self.patient_id, "representative_id": self.representative_id}
        people_actions.ask_about_both(**whose)
        return not people_actions.confirm_right(by=PLATFORM, **whose)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """An SMS ready to go, or the reason why it will not."""

    attempt_id: UUID
    to: str = ""
    text: str = ""
    reason: Reason = Reason.NONE
    news: News = News.MESSAGE
    recipient_id: int = 0
    about_another: Another | None = None

    def where_to(self) -> tuple[str, Reason]:
        """The number, asked for anew where what the contact register said has aged."""
        whom = [self.recipient_id]
        if not people_actions.hear_contact(whom, at_most=settings.CONTACT_REGISTER.to_tell):
            return self.to, Reason.NONE
        phone, hindrance = people.contact(self.recipient_id).phone_for(RULES[self.news].kind)
        return phone, WHY[hindrance] if hindrance else Reason.NONE


class Teller:
    """Sends one SMS when its time has come, and writes down how it went."""

    def read(self, fact: Fact) -> Sms | Later | None:
        """The words, in the reader's language, or when to ask again."""
        attempt = queries.waiting(UUID(str(fact.details["attempt_id"])))
        if attempt is None:
            return None
        now, news = timezone.now(), News(attempt.news)
        at = send_at(news, made=attempt.made_at, now=now, starts=queries.earliest(attempt))
        if at > now:
            return Later(until=at)
        if too_late(news, made=attempt.made_at, now=now, starts=attempt.starts_at):
            return Sms(attempt_id=attempt.id, reason=Reason.TOO_LATE)
        if _read_already(attempt):
            return Sms(attempt_id=attempt.id, reason=Reason.ALREADY_READ)
        if not _still_so(attempt):
            return Sms(attempt_id=attempt.id, reason=Reason.NOT_SO)
        return _sms(attempt)

    def send(self, word: object) -> Reason:
        """Hand it to the gateway; refused for good is an answer, not a fault."""
        if not isinstance(word, Sms):
            raise TypeError
        if word.reason:
            return word.reason
        if word.about_another is not None and word.about_another.no_longer_theirs():
            return Reason.NOT_SO
        to, reason = word.where_to()
        if reason:
            return reason
        handed = sms().send(to=to, text=word.text, reference=word.attempt_id)
        return Reason.NONE if handed.accepted else Reason.REFUSED

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Sent, failed, or not sent, with the reason."""
        if isinstance(word, Sms):
            reason = Reason(str(result))
            actions.settle(
                by=PLATFORM, attempt_id=word.attempt_id, state=AFTER[reason], reason=reason
            )


AFTER: Mapping[Reason, AttemptState] = {
    Reason.NONE: AttemptState.SENT,
    Reason.REFUSED: AttemptState.FAILED,
    Reason.TOO_LATE: AttemptState.FAILED,
    Reason.NO_PHONE: AttemptState.SUPPRESSED,
    Reason.NO_CONSENT: AttemptState.SUPPRESSED,
    Reason.RESERVED: AttemptState.SUPPRESSED,
    Reason.OLD_CONTACT: AttemptState.SUPPRESSED,
    Reason.NOT_REGISTERED: AttemptState.SUPPRESSED,
    Reason.CHOICE: AttemptState.SUPPRESSED,
    Reason.ALREADY_READ: AttemptState.SUPPRESSED,
    Reason.NOT_SO: AttemptState.SUPPRESSED,
}
STILL: Mapping[News, AppointmentStatus] = {
    News.BOOKED: AppointmentStatus.BOOKED,
    News.MOVED: AppointmentStatus.BOOKED,
    News.CHANGED: AppointmentStatus.BOOKED,
    News.REMINDER: AppointmentStatus.BOOKED,
    News.REFUSED: AppointmentStatus.CANCELLED,
    News.UNANSWERED: AppointmentStatus.CANCELLED,
    News.OFFERED: AppointmentStatus.OFFERED,
    News.CANCELLED: AppointmentStatus.CANCELLED,
}


def _read_already(attempt: Attempt) -> bool:
    if News(attempt.news) not in MAY_BE_READ or attempt.conversation_id is None:
        return False
    conversation = conversation_queries.conversation_for(PLATFORM, attempt.conversation_id)
    opened = conversation.patient_opened_at
    return opened is not None and opened >= conversation.changed_at


def _still_theirs(attempt: Attempt) -> bool:
    """Whether who is told may still act for the patient, and nothing has been hidden from them."""
    about = attempt.conversation_id and conversation_queries.conversation_for(
        PLATFORM, attempt.conversation_id
    )
    areas = areas_needed(about.kind) if about else None
    entitled = {one.patient_id for one in people.those_who_act_for(attempt.patient_id, areas)}
    return attempt.recipient_id in entitled and not (about and about.reserved)


def _still_so(attempt: Attempt) -> bool:
    """Whether an appointment still stands as the SMS would say, or a task is still to be done;
    much can happen in a night.
    """
    if attempt.recipient_id != attempt.patient_id and not _still_theirs(attempt):
        return False
    if News(attempt.news) in TO_BE_DONE and attempt.conversation_id is not None:
        return conversation_queries.task_waits(PLATFORM, attempt.conversation_id)
    status = STILL.get(News(attempt.news))
    if status is None or attempt.conversation_id is None:
        return True
    one = appointment_queries.appointment_row(PLATFORM, attempt.conversation_id)
    if one.status != status:
        return False
    return attempt.starts_at is None or (one.period and one.period.lower == attempt.starts_at)


def _sms(attempt: Attempt) -> Sms:
    consent = people.consent_of(attempt.patient_id)
    told = recipient(attempt.recipient_id, consent, News(attempt.news))
    if told.reason:
        return Sms(attempt_id=attempt.id, reason=told.reason)
    text = texts.sentence(
        News(attempt.news),
        language=told.language,
        starts=attempt.starts_at,
        for_another=attempt.recipient_id != attempt.patient_id,
    )
    return Sms(
        attempt_id=attempt.id,
        to=told.phone,
        text=text,
        news=News(attempt.news),
        recipient_id=attempt.recipient_id,
        about_another=_another(attempt),
    )


def _another(attempt: Attempt) -> Another | None:
    if attempt.recipient_id == attempt.patient_id:
        return None
    return Another(patient_id=attempt.patient_id, representative_id=attempt.recipient_id)
