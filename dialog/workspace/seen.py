"""What the one who clicks had before their eyes, so that nobody acts on a page that is stale."""

from django.http import QueryDict

from dialog.ui import fields
from dialog.ui.forms import Form

# How a link says what was on the page it stands on.
SEEN = "sett"


class SeenForm(Form):
    """Carries the version of the conversation that was on the page (R184)."""

    seen = fields.Hidden(required=False)

    def clean_seen(self) -> int | None:
        """The version of the page that was clicked on."""
        seen = str(self.cleaned_data["seen"])
        return int(seen) if seen.isdecimal() else None

    def shown_with(self, version: int) -> None:
        """Refused words again, beside what is new: whoever sends them now has seen it."""
        if isinstance(self.data, QueryDict):
            data = self.data.copy()
            data["seen"] = str(version)
            self.data = data
