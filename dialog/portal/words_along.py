"""A form that goes on from another matter: the words come along whole."""

from django.utils.translation import gettext as _

from dialog.conversations.policy import room
from dialog.ui.forms import Form


def make_room(form: Form, words: str, *, to_the_office: bool = False) -> None:
    """Put in what was written before, however long it was (R51, R126); ``to_the_office`` when it
    may have been for the doctor alone, and is not any more.
    """
    if not words:
        return
    field = form.fields["text"]
    field.initial = words
    field.counted = room(field.counted, len(words))  # type: ignore[attr-defined]  # a Words field
    if to_the_office:
        field.help_text = _(
            "Dette skrev du før. Her kan alle som jobber på legekontoret, lese det. "
            "Du kan rette på det."
        )
