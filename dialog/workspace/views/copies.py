"""A whole matter as a file, for the office to keep or hand out (R133)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.conversations import actions, paper_copies
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.workspace.on_paper import matter


def copy(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """What the two sides wrote to each other; words between colleagues stay at the office."""
    by = acting(request)
    thread = actions.take_copy(by=by, conversation_id=conversation_id)
    data = paper_copies.copy(matter(by, thread, now=timezone.now()))
    name = _("sak") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))
