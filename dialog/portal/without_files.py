"""A form whose office takes no files just now: the words stay, and the writer is told."""

from django.forms import Form

from dialog.conversations import texts
from dialog.ui import uploads


def fit_files(form: Form, *, taken: bool) -> None:
    """Leave the files out of a patient's form where the list takes none."""
    uploads.fit_files(form, taken=taken, otherwise=str(texts.NO_FILES))
