"""A matter and the log as they are printed for the patient."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import texts
from dialog.conversations.copies import copy_of
from dialog.conversations.paper_copies import Copy, LogLines
from dialog.conversations.queries import Thread
from dialog.portal.panels import PANELS
from dialog.portal.talk import bubbles
from dialog.portal.timeline import steps
from dialog.portal.views.access_log import Seen
from dialog.portal.views.thread import title


def matter(
    by: Actor, thread: Thread, *, now: datetime, beside: Mapping[str, str] | None = None
) -> Copy:
    """A whole matter; ``beside`` says where each file lies, by its address."""
    return copy_of(
        thread,
        PANELS.found(by, thread),
        title=title(thread),
        status=str(texts.STATUS_FOR_PATIENT[thread.status]),
        bubbles=bubbles(thread),
        steps=steps(thread),
        now=now,
        beside=beside,
    )


def log(lines: Sequence[Seen]) -> LogLines:
    """Some lines of the log, in the words of its page."""
    return LogLines(
        title=_("Hvem har sett og gjort hva?"),
        lines=tuple(
            (one.at, one.who, ": ".join(filter(None, (one.what, one.matter, one.why))))
            for one in lines
        ),
    )
