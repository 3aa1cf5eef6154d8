"""The office's forms for renewals: prepare, decide, and keep a patient's list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.renewals import texts
from dialog.renewals.actions import Decision
from dialog.renewals.policy import (
    LONGEST_COMMENT,
    LONGEST_NAME,
    REASONS,
    Group,
    ItemVerb,
    Reason,
)
from dialog.renewals.ports import Medicine
from dialog.renewals.prescription_file import MOST_REPEATS
from dialog.renewals.queries import Line
from dialog.ui import fields
from dialog.ui.forms import Form

LATER = "later"
DECISIONS: list[tuple[Any, Any]] = [
    (LATER, gettext_lazy("Avgjør senere")),
    (str(ItemVerb.RENEW), gettext_lazy("Forny")),
    (
        gettext_lazy("Trenger konsultasjon"),
        [
            (f"{ItemVerb.CALL_IN}:{one}", texts.REASON_FOR_PRACTICE[one])
            for one in REASONS[ItemVerb.CALL_IN]
        ],
    ),
    (
        gettext_lazy("Avslå"),
        [
            (f"{ItemVerb.DECLINE}:{one}", texts.REASON_FOR_PRACTICE[one])
            for one in REASONS[ItemVerb.DECLINE]
        ],
    ),
]


def decision_of(line: Line) -> str:
    """The name of the field for the decision about a line."""
    return f"decision_{line.id.hex}"


def words_of(line: Line) -> str:
    """The name of the field for the doctor's own words about a line."""
    return f"words_{line.id.hex}"


class DecideForm(Form):
    """A decision for each line, or the same for all."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for number, line in enumerate(lines):
            choice = fields.Select(label=_("Avgjørelse"), choices=DECISIONS, initial=LATER)
            if number == 0:
                choice.widget.attrs["data-key"] = "d"
            self.fields[decision_of(line)] = choice
            self.fields[words_of(line)] = fields.Line(
                label=_("Egne ord til pasienten"), required=False, max_length=LONGEST_COMMENT
            )

    def clean(self) -> dict[str, Any]:
        """The decisions that were made, line by line."""
        decisions = [one for line in self.lines if (one := self._decision(line)) is not None]
        if not decisions and not self.errors:
            self.add_error(None, _("Velg hva du vil gjøre med minst én av linjene."))
        return {"decisions": decisions}

    def _decision(self, line: Line) -> Decision | None:
        chosen = str(self.cleaned_data.get(decision_of(line), LATER))
        words = str(self.cleaned_data.get(words_of(line), "")).strip()
        if chosen == LATER:
            if words:
                self.add_error(decision_of(line), _("Velg en avgjørelse også."))
            return None
        verb, _colon, reason = chosen.partition(":")
        if reason == Reason.OTHER and not words:
            self.add_error(words_of(line), _("Skriv grunnen med egne ord."))
        return Decision(
            item_id=line.id, verb=ItemVerb(verb), reason=Reason(reason), explanation=words
        )


def renew_all(lines: Sequence[Line]) -> list[Decision]:
    """One yes for every line."""
    return [Decision(item_id=line.id, verb=ItemVerb.RENEW) for line in lines]


class PrepareForm(Form):
    """Which lines are ready for the doctor."""

    items = fields.Choices(
        label=gettext_lazy("Klargjør for legen"),
        error_messages={"required": gettext_lazy("Velg minst én linje.")},
    )

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        kwargs["initial"] = {"items": [str(line.id) for line in lines]}
        super().__init__(*args, **kwargs)
        items: Any = self.fields["items"]
        items.choices = [(str(line.id), line.title) for line in lines]

    def clean(self) -> dict[str, Any]:
        """The lines in the action's words."""
        return {"item_ids": [UUID(one) for one in self.cleaned_data.get("items", [])]}


class PrescriptionForm(Form):
    """A prescription the patient has; only name and group are needed."""

    name = fields.Line(
        label=gettext_lazy("Navn"), max_length=LONGEST_NAME, help_text=gettext_lazy("Som på esken.")
    )
    form = fields.Line(label=gettext_lazy("Form"), required=False, max_length=100)
    strength = fields.Line(label=gettext_lazy("Styrke"), required=False, max_length=100)
    dosage = fields.Line(label=gettext_lazy("Dosering"), required=False, max_length=LONGEST_COMMENT)
    group = fields.Select(
        label=gettext_lazy("Reseptgruppe"),
        choices=[(str(one), texts.GROUP[one]) for one in Group],
        initial=str(Group.C),
        help_text=gettext_lazy("A og B kan ikke fornyes uten konsultasjon."),
    )
    atc = fields.Line(label=gettext_lazy("ATC-kode"), required=False, max_length=10)
    repeats_left = fields.Number(
        label=gettext_lazy("Utleveringer igjen"),
        required=False,
        min_value=0,
        max_value=MOST_REPEATS,
    )
    valid_until = fields.Day(label=gettext_lazy("Gyldig til"), required=False)
    control_by = fields.Day(
        label=gettext_lazy("Kontroll innen"),
        required=False,
        help_text=gettext_lazy("Pasienten får vite det når dagen er passert."),
    )
    reserved = fields.Check(
        label=gettext_lazy("Skjul for foreldre"),
        help_text=gettext_lazy("Bare den unge selv ser resepten og det som skjer med den."),
    )

    def clean(self) -> dict[str, Any]:
        """The prescription in the action's words."""
        return {"medicine": Medicine(ref=uuid4(), **self._facts())} if not self.errors else {}

    def _facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "group": Group(self.cleaned_data["group"])}
