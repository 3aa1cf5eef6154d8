"""Whether a patient can be reached here, shown before anybody writes to them (R8, R9)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.errors import PortError
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people import texts
from dialog.people.policy import NotificationKind
from dialog.ui import fields
from dialog.ui.forms import Form

KNOWS = "knows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the office reads: whether it may write, whether the patient is told, and why not."""

    may_be_written_to: bool
    told: bool
    why: tuple[str, ...]
    heard_at: datetime | None
    letter: str

    @property
    def words(self) -> str:
        """In a few words, for a label."""
        if self.told:
            return _("Kan nås digitalt")
        return _("Får ikke SMS") if self.may_be_written_to else _("Kan ikke nås digitalt")

    @property
    def color(self) -> str:
        """Of that label."""
        return "success" if self.told else "warning"


def reach_of(
    patient: people.Person,
    kind: NotificationKind = NotificationKind.MESSAGE,
    *,
    asking: bool = True,
) -> Reach:
    """How a patient can be reached now; ``asking``: the contact register is asked where its answer
    has aged, and those who act for a child are looked at.
    """
    if asking:
        with suppress(PortError):  # then what is known is as old as the page says
            at_most = settings.CONTACT_REGISTER.to_show
            people_actions.hear_contact([patient.id], at_most=at_most)
    found = people.reached(patient.id, kind, in_full=asking)
    return Reach(
        may_be_written_to=found.may_be_written_to,
        told=found.told,
        why=tuple(str(texts.HINDRANCE[one]) for one in found.hindrances),
        heard_at=found.heard_at,
        letter=reverse("workspace:letter_first", args=[patient.uuid]),
    )


def must_know(form: Form, reach: Reach) -> None:
    """Let nobody write without knowing that the patient is not told of it."""
    if reach.may_be_written_to and not reach.told:
        form.fields[KNOWS] = fields.Check(
            label=gettext_lazy("Jeg vet at pasienten ikke får SMS om dette"),
            required=True,
            error_messages={
                "required": gettext_lazy("Kryss av hvis du vil sende likevel. Eller ring.")
            },
        )


def said(words: dict[str, Any]) -> dict[str, Any]:
    """The form's words without that."""
    return {name: one for name, one in words.items() if name != KNOWS}
