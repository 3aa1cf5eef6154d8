"""The texts doctors use again, and what their placeholders stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from dialog.actor import Actor, Side
from dialog.conversations import queries as conversations
from dialog.econsultations.models import Template
from dialog.econsultations.policy import TemplateKind
from dialog.errors import NotFound
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """A text to use again; ``own`` when it is this practitioner's and nobody else's."""

    uuid: UUID
    kind: TemplateKind
    title: str
    text: str
    own: bool


def templates(by: Actor, *kinds: TemplateKind) -> list[TemplateView]:
    """The texts this practitioner, or the practice, uses again; one's own first."""
    if by.side is not Side.PRACTICE:
        return []
    found = Template.objects.filter(_mine(by))
    if kinds:
        found = found.filter(kind__in=kinds)
    views = [template_view(one) for one in found]
    order = list(TemplateKind)
    return sorted(views, key=lambda one: (order.index(one.kind), not one.own, one.title.casefold()))


def _mine(by: Actor) -> Q:
    own = Q(practitioner__isnull=True)
    if by.practitioner_id:
        own |= Q(practitioner_id=by.practitioner_id)
    return Q(practice_id=by.practice) & own


def template_for(by: Actor, template_uuid: UUID) -> Template:
    """One of them; a colleague's own and another practice's are not found."""
    found = Template.objects.filter(_mine(by), uuid=template_uuid).first()
    if found is None or by.side is not Side.PRACTICE:
        raise NotFound
    return found


def template_view(one: Template) -> TemplateView:
    """A template row as people see it."""
    return TemplateView(
        uuid=one.uuid,
        kind=TemplateKind(one.kind),
        title=one.title,
        text=one.text,
        own=one.practitioner_id is not None,
    )


def words_for(by: Actor, conversation_id: UUID) -> Mapping[str, str]:
    """What the placeholders of a template stand for in this conversation."""
    conversation = conversations.conversation_for(by, conversation_id)
    patient = people.patient_by_id(conversation.patient_id)
    office = people.office_by_id(conversation.practice_id)
    return {
        "fornavn": patient.name.split(" ")[0],
        "navn": patient.name,
        "lege": by.name,
        "legekontor": office.name,
        "telefon": office.phone,
        "dato": f"{people.today():%d.%m.%Y}",
    }
