"""The form that asks the office something practical."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialog.conversations import texts
from dialog.conversations.policy import Topic
from dialog.enquiries.policy import ENQUIRY
from dialog.ui import fields
from dialog.ui.forms import Form


class AskForm(Form):
    """What it is about, a short text, files; and that it can wait (R47, R149)."""

    calm = fields.Check(
        label=_("Det haster ikke. Jeg kan vente på svar."),
        required=True,
        error_messages={"required": _("Kryss av hvis det kan vente. Haster det, må du ringe.")},
    )
    topic = fields.Choice(
        label=_("Hva gjelder det?"),
        choices=[(str(one), texts.TOPIC[one]) for one in ENQUIRY.topics],
    )
    text = fields.Words(
        label=_("Skriv til legekontoret"),
        help_text=_("Skriv kort, og ikke om helsen din."),
        rows=5,
        max_length=ENQUIRY.longest,
        error_messages={"required": _("Skriv hva du lurer på.")},
    )
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=_("Bilder eller PDF"),
        help_text=_("For eksempel et skjema eller en regning."),
    )

    def clean(self) -> dict[str, Any]:
        """The words as the action takes them."""
        words = {**self.cleaned_data}
        words.pop("calm", None)
        if "topic" in words:
            words["topic"] = Topic(words["topic"])
        return words
