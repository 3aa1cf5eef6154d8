"""Texts to use again: made, changed and removed by those who use them."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role, Side
from dialog.econsultations import queries
from dialog.econsultations.events import TemplateRemoved, TemplateSaved
from dialog.econsultations.models import Template
from dialog.econsultations.policy import (
    LONGEST_TEMPLATE,
    LONGEST_TITLE,
    PLACEHOLDERS,
    TemplateKind,
    unknown_placeholders,
)
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.people.policy import may_manage_office
from dialog.rows import action


@action
def save_template(
    *,
    by: Actor,
    kind: TemplateKind,
    title: str,
    text: str,
    own: bool,
    template_uuid: UUID | None = None,
) -> Template:
    """Keep a text to use again, for oneself or for the whole practice (R139)."""
    template = (
        queries.template_for(by, template_uuid)
        if template_uuid is not None
        else Template(practice_id=by.practice)
    )
    _must_decide(by, own=own)
    if template_uuid is not None:
        _must_decide(by, own=template.practitioner_id is not None)
    _must_fit(title, text)
    template.practitioner_id = by.practitioner_id if own else None
    template.kind, template.title, template.text = kind, title.strip(), text.strip()
    template.changed_at = timezone.now()
    template.save()
    record(
        by,
        TemplateSaved(
            practice_id=by.practice_id, template_id=template.uuid, template_kind=template.kind
        ),
    )
    return template


@action
def remove_template(*, by: Actor, template_uuid: UUID) -> None:
    """Remove a text; what has been written with it stays as it is."""
    template = queries.template_for(by, template_uuid)
    _must_decide(by, own=template.practitioner_id is not None)
    template.delete()
    record(
        by,
        TemplateRemoved(
            practice_id=by.practice_id, template_id=template_uuid, template_kind=template.kind
        ),
    )


def _must_decide(by: Actor, *, own: bool) -> None:
    """One's own texts are a practitioner's; the practice's are for those who run it."""
    if by.side is not Side.PRACTICE:
        raise NotAllowed
    if own and by.role is not Role.PRACTITIONER:
        raise NotAllowed
    if not own and not may_manage_office(by):
        raise NotAllowed


def _must_fit(title: str, text: str) -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise InvalidInput(
            _("Gi teksten et navn på høyst %(most)d tegn.") % {"most": LONGEST_TITLE},
            field="title",
        )
    if not text.strip() or len(text) > LONGEST_TEMPLATE:
        raise InvalidInput(
            _("Skriv en tekst på høyst %(most)d tegn.") % {"most": LONGEST_TEMPLATE}, field="text"
        )
    unknown = unknown_placeholders(text)
    if unknown:
        raise InvalidInput(
            _("Vi kjenner ikke {%(name)s}. Du kan bruke %(known)s.")
            % {"name": unknown[0], "known": ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)},
            field="text",
        )
