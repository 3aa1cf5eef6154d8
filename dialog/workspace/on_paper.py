"""A matter as it is printed for the office."""

from datetime import datetime

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import texts
from dialog.conversations.copies import copy_of
from dialog.conversations.paper_copies import Copy
from dialog.conversations.queries import Thread
from dialog.ui.parts import Step
from dialog.workspace.panels import PANELS
from dialog.workspace.talk import bubbles


def matter(by: Actor, thread: Thread, *, now: datetime, internal: bool = False) -> Copy:
    """A whole matter; ``internal`` is for whoever takes over from the office."""
    topic = str(texts.TOPIC[thread.topic])
    kind = str(texts.MATTER[thread.kind])
    return copy_of(
        thread,
        PANELS.found(by, thread),
        title=f"{kind}: {topic}" if topic else kind,
        status=str(texts.STATUS_FOR_PRACTICE[thread.status]),
        bubbles=[one for one in bubbles(thread) if internal or not one.internal],
        steps=_steps(thread),
        now=now,
        note=_("Interne merknader er ikke med.") if thread.notes and not internal else "",
    )


def _steps(thread: Thread) -> list[Step]:
    return [
        Step(title=_("Startet"), at=thread.started_at),
        Step(title=_("Åpnet av legekontoret"), at=thread.opened_at),
        Step(title=_("Åpnet av pasienten"), at=thread.patient_opened_at),
        Step(title=_("Avsluttet"), at=thread.closed_at),
    ]
