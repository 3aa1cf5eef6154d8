"""What each fact is as news to the patient's side, or that it is none."""

from collections.abc import Callable, Mapping
from datetime import datetime

from dialog.actor import PLATFORM, Role, Side
from dialog.appointments import events as appointments
from dialog.appointments import queries as appointment_queries
from dialog.conversations import events as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Kind, Outcome
from dialog.conversations.rights import Decision
from dialog.ledger.events import Event
from dialog.ledger.subscribers import Fact
from dialog.notifications.events import ReminderDue
from dialog.notifications.policy import TIMED, News
from dialog.renewals import events as renewals

Reading = Callable[[Fact], News | None]

# Where the last word may be a card or a decision, without a message beside it. An appointment
# tells of its own end; an enquiry's is only news when nothing was answered.
WHEN_CLOSED: Mapping[Kind, News] = {
    Kind.RENEWAL: News.RENEWAL,
    Kind.ECONSULTATION: News.ANSWERED,
}


def read(fact: Fact) -> tuple[News, datetime | None] | None:
    """The news in a fact, and the time it is about where there is one."""
    news = BY_NAME[fact.kind](fact)
    if news is None:
        return None
    return news, _starts(fact) if news in TIMED else None


def _starts(fact: Fact) -> datetime | None:
    if fact.conversation_id is None:
        return None
    period = appointment_queries.appointment_row(PLATFORM, fact.conversation_id).period
    starts: datetime | None = period.lower if period else None
    return starts


def _message(fact: Fact) -> News | None:
    return News.MESSAGE if fact.details["side"] == Side.PRACTICE else None


def _closed(fact: Fact) -> News | None:
    if Role(fact.role).side is not Side.PRACTICE or fact.conversation_id is None:
        return None
    kind = Kind(conversation_queries.conversation_for(PLATFORM, fact.conversation_id).kind)
    if kind is Kind.ENQUIRY and fact.details["outcome"] == Outcome.DECLINED:
        return News.ANSWERED
    return WHEN_CLOSED.get(kind)


def _decided(fact: Fact) -> News | None:
    return News.RENEWAL if fact.details["last"] else None


def _right_decided(fact: Fact) -> News | None:
    """Who asked is answered; what the office put right itself is news."""
    if fact.details["side"] == Side.PATIENT:
        return News.ANSWERED
    return None if fact.details["decision"] == Decision.DECLINED else News.MESSAGE


def _cancelled(fact: Fact) -> News | None:
    """By the patient: known. A wish that got no time is an answer; a proposal may run out."""
    if fact.details["side"] == Side.PATIENT:
        return None
    if fact.details["side"] == Side.PLATFORM:
        return News.RUN_OUT
    return News.CANCELLED if _starts(fact) else News.ANSWERED


def _always(news: News) -> Reading:
    def reading(fact: Fact) -> News:
        return news

    return reading


READINGS: Mapping[type[Event], Reading] = {
    conversations.MessageSent: _message,
    conversations.ConversationRedirected: _always(News.ANSWERED),
    conversations.ConversationClosed: _closed,
    conversations.UnreadReminded: _always(News.UNREAD),
    conversations.RightDecided: _right_decided,
    conversations.TaskReminded: _always(News.TASK),
    conversations.TaskMissed: _always(News.TASK_LATE),
    appointments.AppointmentBooked: _always(News.BOOKED),
    appointments.AppointmentRefused: _always(News.REFUSED),
    appointments.AppointmentUnanswered: _always(News.UNANSWERED),
    appointments.AppointmentOffered: _always(News.OFFERED),
    appointments.AppointmentMoved: _always(News.MOVED),
    appointments.AppointmentConverted: _always(News.CHANGED),
    appointments.AppointmentCancelled: _cancelled,
    renewals.RenewalDecided: _decided,
    ReminderDue: _always(News.REMINDER),
}
BY_NAME = {event.__name__: reading for event, reading in READINGS.items()}
