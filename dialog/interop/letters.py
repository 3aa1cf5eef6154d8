"""What a record system is told: from a fact to the national message that says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from dialog.actor import PLATFORM, Role, Side
from dialog.appointments import events as appointments
from dialog.appointments import queries as appointment_queries
from dialog.conversations import events as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Kind, policy_of
from dialog.econsultations import events as econsultations
from dialog.interop import calendars, correspondents, queries, wording
from dialog.interop.building import Content, Envelope, compose
from dialog.interop.known import known
from dialog.interop.messages import Attachment, Message
from dialog.interop.names import Process
from dialog.interop.processes import Side as Sender
from dialog.interop.processes import function
from dialog.ledger.events import Event
from dialog.ledger.subscribers import Fact
from dialog.people import queries as people
from dialog.renewals import events as renewals
from dialog.renewals import queries as renewal_queries

# A message is named after the fact it tells, so that telling it again is the same message.
NAMESPACE = UUID("6f1d0a0e-9a1f-4a57-8a6e-0d8c5d9c5b11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message for a record system: what it says, to which HER-id, and in which matter."""

    message: Message
    function: str
    receiver: int
    practice_id: int
    patient_id: int
    conversation_id: UUID
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Which function of which process says it, and with what content."""

    process: Process
    name: str
    content: Content
    practitioner_id: int | None = None


Say = Callable[[Fact], Saying | None]


def letter_for(fact: Fact) -> Letter | None:
    """What a fact is to the record system of the practice it happened at; None for nothing."""
    say = SAYS.get(fact.kind)
    if say is None or fact.conversation_id is None or Role(fact.role).side is Side.PRACTICE:
        return None
    saying = say(fact)
    return None if saying is None else _letter(fact, fact.conversation_id, saying)


def _letter(fact: Fact, conversation_id: UUID, saying: Saying) -> Letter:
    conversation = conversation_queries.conversation_for(PLATFORM, conversation_id)
    tables = known()
    receiver, organisation = correspondents.receiver(
        conversation.patient_list_id, saying.practitioner_id
    )
    first, last = queries.thread_of(conversation_id)
    envelope = Envelope(
        id=str(uuid5(NAMESPACE, str(fact.entry_id))),
        sent=fact.at,
        sender=correspondents.ourselves(),
        receiver=organisation,
        patient=correspondents.patient(people.numbered_patient(conversation.patient_id)),
        parent=last,
        conversation=first,
    )
    what = function(tables, saying.process, Sender.PATIENT, saying.name)
    return Letter(
        message=compose(what, envelope, saying.content, tables),
        function=what.type,
        receiver=receiver,
        practice_id=conversation.practice_id,
        patient_id=conversation.patient_id,
        conversation_id=conversation_id,
        entry_id=fact.entry_id,
    )


def _content(fact: Fact, **said: object) -> Content:
    """Content with who acts for the patient, where somebody does."""
    acting = None
    if fact.role == Role.PROXY and fact.account_id and fact.patient_id:
        acting = people.numbered_actor(fact.account_id, fact.patient_id)
    return Content(
        relation=correspondents.relation(acting) if acting else None,
        **said,  # type: ignore[arg-type]  # the fields of Content
    )


def _message(fact: Fact) -> Saying | None:
    """What the patient wrote, in the two services that are words."""
    if fact.details["side"] != Side.PATIENT or fact.conversation_id is None:
        return None
    conversation = conversation_queries.conversation_for(PLATFORM, fact.conversation_id)
    kind, opening = Kind(conversation.kind), bool(fact.details["opening"])
    if not policy_of(kind).told_elsewhere:
        return None
    if opening and kind in (Kind.RENEWAL, Kind.APPOINTMENT):
        return None  # said with what is asked for
    said = conversation_queries.whole_message(
        PLATFORM, conversation.id, UUID(str(fact.details["message_id"]))
    )
    if not said.text and not said.files:
        return None
    content = _content(
        fact,
        text=said.text,
        subject="" if kind is Kind.ECONSULTATION else wording.subject(conversation, kind),
        about=wording.about(kind),
        files=tuple(
            Attachment(content=one.data, mime_type=one.media_type, description=one.name)
            for one in said.files
        ),
    )
    process = Process.ECONSULTATION if kind is Kind.ECONSULTATION else Process.ENQUIRY
    return Saying(process=process, name="Foresporsel" if opening else "Svar", content=content)


def _renewal(fact: Fact) -> Saying | None:
    asked = renewal_queries.request_for(PLATFORM, _matter(fact))
    return Saying(
        process=Process.RENEWAL,
        name="Foresporsel",
        content=_content(
            fact,
            text=wording.renewal(asked),
            subject=wording.RENEWAL_SUBJECT,
            extra=wording.delivery(asked.pick_up),
        ),
    )


def _wish(fact: Fact) -> Saying | None:
    one = appointment_queries.appointment_row(PLATFORM, _matter(fact))
    view = appointment_queries.appointment_for(PLATFORM, _matter(fact))
    return Saying(
        process=Process.WISH,
        name="OnskeReserver",
        content=_content(
            fact,
            text=wording.wish(view, _opening_words(_matter(fact))),
            start=view.wish.earliest,
            end=view.wish.latest,
        ),
        practitioner_id=one.practitioner_id,
    )


def _reservation(fact: Fact) -> Saying | None:
    one = appointment_queries.appointment_row(PLATFORM, _matter(fact))
    return Saying(
        process=Process.BOOKING,
        name="ReserverAvtale",
        content=_content(
            fact,
            text=_opening_words(_matter(fact)),
            events=(calendars.event_of(one, str(one.slot_id or one.id)),),
        ),
        practitioner_id=one.practitioner_id,
    )


def _cancelled(fact: Fact) -> Saying | None:
    if fact.details["side"] != Side.PATIENT:
        return None
    one = appointment_queries.appointment_row(PLATFORM, _matter(fact))
    if one.period is None or one.practitioner_id is None:
        return Saying(process=Process.WISH, name="OnskeAvbestill", content=_content(fact, text=""))
    uid = calendars.uid_of(_matter(fact)) or str(one.slot_id or one.id)
    return Saying(
        process=Process.BOOKING,
        name="AvbestillAvtale",
        content=_content(fact, events=(calendars.event_of(one, uid),)),
        practitioner_id=one.practitioner_id,
    )


def _another(fact: Fact) -> Saying | None:
    one = appointment_queries.appointment_row(PLATFORM, _matter(fact))
    view = appointment_queries.appointment_for(PLATFORM, _matter(fact))
    return Saying(
        process=Process.WISH,
        name="OnskeEndring",
        content=_content(fact, text=wording.wish(view, "")),
        practitioner_id=one.practitioner_id,
    )


def _taken_back(fact: Fact) -> Saying | None:
    """There is no function for it: it is said in words, in the same conversation."""
    return Saying(
        process=Process.ECONSULTATION,
        name="Svar",
        content=_content(fact, text=wording.TAKEN_BACK),
    )


def _opening_words(conversation_id: UUID) -> str:
    opening = conversation_queries.opening_message(PLATFORM, conversation_id)
    return opening.text if opening else ""


def _matter(fact: Fact) -> UUID:
    if fact.conversation_id is None:
        raise ValueError(f"{fact.kind} without a matter")
    return fact.conversation_id


TELLS: Mapping[type[Event], Say] = {
    conversations.MessageSent: _message,
    renewals.RenewalRequested: _renewal,
    appointments.AppointmentRequested: _wish,
    appointments.AppointmentReserved: _reservation,
    appointments.AnotherTimeAsked: _another,
    appointments.AppointmentCancelled: _cancelled,
    econsultations.EConsultationWithdrawn: _taken_back,
}
SAYS: Mapping[str, Say] = {event.__name__: say for event, say in TELLS.items()}
