"""A whole matter as a file, for the office to keep or hand out (R133)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.conversations import actions, paper_copies, texts
from dialog.conversations.copies import copy_of
from dialog.conversations.queries import Thread
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.parts import Step
from dialog.workspace.panels import PANELS
from dialog.workspace.talk import bubbles


def copy(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """What the two sides wrote to each other; words between colleagues stay at the office."""
    thread = actions.take_copy(by=acting(request), conversation_id=conversation_id)
    data = printed(request, thread)
    name = _("sak") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))


def printed(request: HttpRequest, thread: Thread, *, internal: bool = False) -> bytes:
    """A matter on paper; ``internal`` is for whoever takes over from the office."""
    own = PANELS.found(request, thread)
    topic = str(texts.TOPIC[thread.topic])
    kind = str(texts.MATTER[thread.kind])
    data = copy_of(
        thread,
        title=f"{kind}: {topic}" if topic else kind,
        status=str(texts.STATUS_FOR_PRACTICE[thread.status]),
        bubbles=[one for one in bubbles(thread) if internal or not one.internal],
        record=own.record() if own else (),
        steps=_steps(thread),
        now=timezone.now(),
        note=_("Interne merknader er ikke med.") if thread.notes and not internal else "",
    )
    return paper_copies.copy(data)


def _steps(thread: Thread) -> list[Step]:
    return [
        Step(title=_("Startet"), at=thread.started_at),
        Step(title=_("Åpnet av legekontoret"), at=thread.opened_at),
        Step(title=_("Åpnet av pasienten"), at=thread.patient_opened_at),
        Step(title=_("Avsluttet"), at=thread.closed_at),
    ]
