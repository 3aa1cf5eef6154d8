"""A file in one of the practice's conversations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase

from dialog.conversations import actions
from dialog.ui.acting import acting
from dialog.ui.downloads import download


def file(request: HttpRequest, attachment_id: UUID) -> HttpResponseBase:
    """Open a file; the patient can read about it."""
    view, parts = actions.open_file(by=acting(request), attachment_id=attachment_id)
    return download(parts, name=view.name, media_type=view.media_type, size=view.size)
