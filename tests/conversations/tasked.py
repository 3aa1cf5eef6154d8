"""Tasks the office has given a patient, and how they stand, as several tests begin."""

from datetime import timedelta

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.people import queries as people
from tests.people.on_lists import uuid_of

WHAT = "Fyll ut skjemaet og send det tilbake"


def given(
    cast: Cast, *, days: int = 10, reply_allowed: bool = True, topic: Topic = Topic.FORM
) -> Conversation:
    return enquiries.write_to_patient(
        by=cast.siri,
        patient=uuid_of(cast.kari),
        topic=topic,
        text="Her er skjemaet.",
        reply_allowed=reply_allowed,
        task=WHAT,
        due_on=people.today() + timedelta(days=days),
    )


def task(cast: Cast, about: Conversation) -> queries.TaskView:
    found = actions.read(by=cast.siri, conversation_id=about.id).task
    assert found is not None
    return found


def done(cast: Cast, about: Conversation, **more: object) -> None:
    actions.finish_task(by=cast.kari, conversation_id=about.id, **more)  # type: ignore[arg-type]


def items(cast: Cast) -> list[queries.FollowUpRow]:
    with rows.seeing(practice=cast.siri.practice_id):
        return queries.follow_ups(cast.siri)
