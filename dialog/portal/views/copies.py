"""The whole conversation as a file of the patient's own (R133)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.conversations import actions, texts
from dialog.conversations.copies import copy_of
from dialog.portal.panels import PANELS
from dialog.portal.talk import bubbles
from dialog.portal.timeline import steps
from dialog.portal.views.thread import title
from dialog.ui.acting import acting
from dialog.ui.downloads import download


def copy(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """Both sides' words, what was decided and agreed to, and when each thing happened."""
    thread = actions.take_copy(by=acting(request), conversation_id=conversation_id)
    own = PANELS.found(request, thread)
    data = copy_of(
        thread,
        title=(own and own.title) or title(thread),
        status=(own and own.status) or str(texts.STATUS_FOR_PATIENT[thread.status]),
        bubbles=bubbles(thread),
        record=own.record() if own else (),
        steps=(own and own.steps) or steps(thread),
        now=timezone.now(),
    )
    name = _("samtale") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))
