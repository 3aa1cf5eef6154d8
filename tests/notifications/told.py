"""What several tests tell of: a question, its answer, and the time it takes the relay."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import time_machine

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.notifications import queries
from dialog.notifications.policy import AttemptState, News, Reason
from dialog.ui import dates

Pay = Callable[[], None]
Clock = time_machine.Traveller

KARI, PER = "+4799900000", "+4799900002"


def asked(clock: Clock, by: Actor) -> Conversation:
    """A patient has asked, a second ago."""
    asked = conversations.start(
        by=by, kind=Kind.ENQUIRY, patient_id=by.patient, text="Når åpner dere?"
    )
    clock.shift(timedelta(seconds=1))
    return asked


def answered(clock: Clock, cast: Cast, by: Actor, text: str = "Klokka åtte.") -> UUID:
    """A patient has asked, and Siri has answered."""
    conversation = asked(clock, by)
    conversations.reply(by=cast.siri, conversation_id=conversation.id, text=text)
    return conversation.id


def attempts(by: Actor, conversation_id: UUID) -> list[queries.AttemptView]:
    """What the office sees of each attempt."""
    with rows.seeing(practice=by.practice, account=by.account):
        return queries.attempts_of(by, conversation_id)


def a_minute_later(clock: Clock, pay: Pay) -> None:
    """The relay pays what is due now and in a minute."""
    pay()
    clock.shift(timedelta(minutes=1))
    pay()


def news(cast: Cast, conversation_id: UUID) -> list[tuple[News, AttemptState, Reason]]:
    """What has been told, oldest first."""
    with rows.seeing(practice=cast.siri.practice, account=cast.siri.account):
        told = queries.attempts_of(cast.siri, conversation_id)
    return [(one.news, one.state, one.reason) for one in reversed(told)]


def later(clock: Clock, pay: Pay, **shift: float) -> None:
    """The relay pays what is due now and later."""
    pay()
    clock.shift(timedelta(**(shift or {"minutes": 1})))
    pay()


def at(moment: datetime) -> str:
    """A moment as the SMS says it."""
    return dates.moment(moment).replace(dates.NBSP, " ")


def moved_to(clock: Clock, moment: datetime) -> None:
    """The clock stands at another moment."""
    clock.move_to(moment, tick=False)
