"""The form in which either side asks that something is corrected or erased."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dialog.conversations.rights import LONGEST, Wish
from dialog.ui import fields
from dialog.ui.forms import Form


class RightsForm(Form):
    """What is wished, and why, in one's own words."""

    wish = fields.Choice(
        label=_("Hva ønsker du?"),
        choices=fields.options([
            (
                Wish.CORRECT,
                _("Noe er feil og bør rettes"),
                _("Det som står, blir ikke borte. Rettelsen kommer rett under."),
            ),
            (
                Wish.ERASE,
                _("Innholdet bør slettes"),
                _("Blir det slettet, kan ingen lese det mer. Det kan ikke angres."),
            ),
        ]),
    )  # fmt: skip
    words = fields.Words(
        label=_("Hva gjelder det?"),
        help_text=_("Skriv hva som er feil, og hva som er riktig."),
        rows=5,
        max_length=LONGEST,
    )

    def clean(self) -> dict[str, Any]:
        """The wish as one of ours."""
        found = self.cleaned_data
        return {**found, "wish": Wish(found["wish"])} if found.get("wish") else found
