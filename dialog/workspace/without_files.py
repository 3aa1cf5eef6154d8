"""A form at an office where files cannot be sent just now: the words stay."""

from django.forms import Form

from dialog.conversations import texts
from dialog.ui import uploads


def fit_files(form: Form, *, taken: bool) -> None:
    """Leave the files out of an office's form; what keeps them out of it is that nobody scans."""
    uploads.fit_files(form, taken=taken, otherwise=str(texts.NOBODY_SCANS))
