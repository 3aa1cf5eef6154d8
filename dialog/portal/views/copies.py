"""The whole conversation as a file of the patient's own (R133)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.conversations import actions, paper_copies
from dialog.portal.own_copy.on_paper import matter
from dialog.ui.acting import acting
from dialog.ui.downloads import download


def copy(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """Both sides' words, what was decided and agreed to, and when each thing happened."""
    by = acting(request)
    thread = actions.take_copy(by=by, conversation_id=conversation_id)
    data = paper_copies.copy(matter(by, thread, now=timezone.now()))
    name = _("samtale") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))
