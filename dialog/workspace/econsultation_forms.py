"""The doctor's forms: answering, saying no, asking the patient to come, and concluding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations.files import MOST_FILES
from dialog.econsultations import texts
from dialog.econsultations.actions import CardText, FollowUp
from dialog.econsultations.policy import (
    CARD_FIELDS,
    ECONSULTATION,
    LONGEST_CARD_FIELD,
    TemplateKind,
    fill,
)
from dialog.econsultations.queries import TemplateView
from dialog.people.queries import Colleague
from dialog.ui import fields
from dialog.workspace.seen import SeenForm

INSERT = "sett_inn"


class Templated(SeenForm):
    """A form whose texts can be begun from templates, with scripts or without."""

    kinds: ClassVar[Mapping[str, tuple[TemplateKind, ...]]] = {}

    def __init__(self, *args: Any, known: Sequence[TemplateView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        for name, kinds in self.kinds.items():
            choices = [(str(one.uuid), one.title) for one in known if one.kind in kinds]
            if choices:
                self.fields[_chooser(name)] = fields.Select(
                    label=_("Mal"), required=False, choices=[("", _("Velg mal")), *choices]
                )

    def written(self) -> Iterable[tuple[BoundField, BoundField | None]]:
        """Each field that is seen, and the templates it can be begun from."""
        for name in self.fields:
            if not name.startswith(_chooser("")) and name != "seen":
                chooser = _chooser(name)
                yield self[name], self[chooser] if chooser in self.fields else None

    def begun(self, data: QueryDict, words: Mapping[str, str]) -> dict[str, Any]:
        """What was written so far, with the chosen template put in where it was asked for."""
        name = data.get(INSERT, "")
        chosen = [one for one in self.known if str(one.uuid) == data.get(_chooser(name), "")]
        written: dict[str, Any] = {key: data.get(key) for key in data}
        for one in chosen:
            before = str(written.get(name) or "").strip()
            written[name] = "\n\n".join(part for part in (before, fill(one.text, words)) if part)
        return written

    def clean(self) -> dict[str, Any]:
        """The words without the choosing of templates."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith(_chooser(""))
        }


def _chooser(name: str) -> str:
    return f"mal_{name}"


class AnswerForm(Templated):
    """An answer, or a question back."""

    kinds = {"text": (TemplateKind.ANSWER, TemplateKind.ASK)}
    text = fields.Words(
        label=gettext_lazy("Svar til pasienten"),
        rows=7,
        max_length=ECONSULTATION.longest,
    )
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=gettext_lazy("Bilder eller PDF"), most=MOST_FILES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-key"] = "r"


class DeclineForm(Templated):
    """Why it cannot be answered here."""

    kinds = {"reason": (TemplateKind.DECLINE,)}
    reason = fields.Words(
        label=gettext_lazy("Hvorfor kan det ikke løses her?"),
        help_text=gettext_lazy("Skriv til pasienten, i vanlige ord."),
        max_length=ECONSULTATION.longest,
    )


class GiveTimeForm(Templated):
    """Why the patient should come, and when: at once, or as the patient likes."""

    OWN = "self"
    kinds = {"text": (TemplateKind.REFER,)}
    text = fields.Words(
        label=gettext_lazy("Hvorfor skal pasienten komme?"),
        help_text=gettext_lazy("Skriv til pasienten, i vanlige ord."),
        max_length=1000,
    )
    slot_id = fields.Choice(label=gettext_lazy("Når?"))

    def __init__(self, *args: Any, slots: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot_id"].choices = [  # type: ignore[attr-defined]  # a Choice
            (self.OWN, _("Pasienten bestiller selv, med teksten sin")),
            *slots,
        ]
        self.fields["slot_id"].initial = self.OWN

    def clean(self) -> dict[str, Any]:
        """The chosen time; none when the patient books."""
        words = super().clean()
        if "slot_id" in words:
            words["slot_id"] = None if words["slot_id"] == self.OWN else UUID(words["slot_id"])
        return words


class CloseForm(Templated):
    """The four short fields, a last answer, a follow-up with an owner, and the charge."""

    kinds = {
        **{str(kind): (kind,) for kind in CARD_FIELDS},
        "text": (TemplateKind.ANSWER,),
    }
    what_we_think = fields.Words(label="", rows=2, max_length=LONGEST_CARD_FIELD)
    what_you_do = fields.Words(label="", rows=2, max_length=LONGEST_CARD_FIELD)
    when_and_where_to_contact = fields.Words(label="", rows=2, max_length=LONGEST_CARD_FIELD)
    who_follows_up_by_when = fields.Words(label="", rows=2, max_length=LONGEST_CARD_FIELD)
    follow_up_on = fields.Day(
        label=gettext_lazy("Følges opp av legekontoret"),
        help_text=gettext_lazy("Da legges det en oppgave i innboksen."),
        required=False,
    )
    owner = fields.Select(label=gettext_lazy("Hvem følger opp?"), required=False)
    text = fields.Words(
        label=gettext_lazy("Et siste svar"), required=False, rows=3, max_length=5000
    )
    waived = fields.Check(label=gettext_lazy("Ingen egenandel"))

    def __init__(self, *args: Any, owners: Sequence[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in CARD_FIELDS:
            self.fields[kind].label = str(texts.CARD[kind])
        self.fields["owner"].choices = [  # type: ignore[attr-defined]  # a Select
            (str(one.account_uuid), one.name) for one in owners
        ]

    def clean(self) -> dict[str, Any]:
        """The four fields as one card, and the day with its owner."""
        words = super().clean()
        if all(kind in words for kind in CARD_FIELDS):
            words["card"] = CardText(**{str(kind): words.pop(kind) for kind in CARD_FIELDS})
        on, owner = words.pop("follow_up_on", None), words.pop("owner", "")
        words["follow_up"] = FollowUp(on=on, owner=UUID(owner)) if on and owner else None
        if on and not owner:
            self.add_error("owner", _("Velg hvem som følger opp."))
        return words
