"""Writing enquiries: the patient asks, the practice writes first, and shows the way elsewhere."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.deadlines import ANSWERED
from dialog.conversations.policy import Feature, Kind, Status, Topic
from dialog.enquiries.policy import ENQUIRY, POINTS_TO
from dialog.enquiries.texts import explanation
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.people import queries as people
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@action
def ask_practice(
    *,
    by: Actor,
    topic: Topic,
    text: str,
    files: Iterable[UUID] = (),
    continues_id: UUID | None = None,
) -> "Conversation":
    """Ask the practice something practical (R147)."""
    if by.side is not Side.PATIENT:
        raise NotAllowed
    _must_be_said(topic, text, ENQUIRY.topics)
    return conversations.start(
        by=by,
        kind=Kind.ENQUIRY,
        patient_id=by.patient,
        topic=topic,
        text=text,
        files=files,
        continues_id=continues_id,
    )


@action
def write_to_patient(
    *,
    by: Actor,
    patient: UUID,
    topic: Topic,
    text: str,
    files: Iterable[UUID] = (),
    reply_allowed: bool = True,
    important: bool = False,
    remind_after: int | None = None,
    task: str = "",
    due_on: date | None = None,
) -> "Conversation":
    """Write first to a patient; an important message that lies unopened so many working days is
    followed up, and so is a task that is not done by its day (R156-R158, R41).
    """
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    _must_be_said(topic, text, ENQUIRY.office_topics)
    conversations.must_be_doable(topic, task, due_on)
    conversation = conversations.start(
        by=by,
        kind=Kind.ENQUIRY,
        patient_id=people.patient_for(by, patient).id,
        written_first=True,
        topic=topic,
        text=text,
        files=files,
        status=Status.WITH_PATIENT if due_on else None,
        reply_allowed=ANSWERED.get(topic, reply_allowed),
        important=important,
        remind_at=queries.remind_at(by, remind_after) if important else None,
        owner_id=by.account_id,
    )
    if due_on is not None:
        conversations.give_task(by, conversation, task, due_on)
    return conversation


@action
def point_elsewhere(*, by: Actor, conversation_id: UUID, to: Kind, seen: int | None = None) -> None:
    """Close an enquiry that belongs in another service, with the standard words and the price; the
    patient goes on alone, and nothing is sent on or billed (R49-R52).
    """
    conversation = queries.conversation_for(by, conversation_id, lock=True)
    if conversation.kind != Kind.ENQUIRY:
        raise NotFound
    if to not in POINTS_TO:
        raise InvalidInput(field="to")
    # Where the patient goes on is where they are today, whoever was asked.
    owner = people.list_of(conversation.patient_id)
    if owner is None:
        raise WrongState(
            _("Pasienten har ikke fastlege her lenger, og kan ikke starte noe nytt hos dere.")
        )
    if not queries.service_state(owner.list_id, Feature(to)).on:
        raise WrongState(
            _("Den tjenesten er slått av nå. Svar pasienten, eller vis til en annen tjeneste.")
        )
    patient = people.patient_by_id(conversation.patient_id)
    price = queries.highest_price(patient, owner).amount
    words = explanation(to, patient=patient, owner=owner, price=price)
    conversations.redirect(by=by, conversation_id=conversation_id, to=to, text=words, seen=seen)


def _must_be_said(topic: Topic, text: str, topics: tuple[Topic, ...]) -> None:
    if topic not in topics:
        raise InvalidInput(_("Velg hva det gjelder."), field="topic")
    if not text.strip():
        raise InvalidInput(_("Skriv hva det gjelder."), field="text")
