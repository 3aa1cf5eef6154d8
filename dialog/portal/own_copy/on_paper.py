"""A matter and the log as they are printed for the patient."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.conversations import texts
from dialog.conversations.copies import copy_of
from dialog.conversations.paper_copies import Copy, LogLines
from dialog.conversations.queries import Thread
from dialog.portal.panels import PANELS
from dialog.portal.talk import bubbles
from dialog.portal.timeline import steps
from dialog.portal.views.access_log import Seen
from dialog.portal.views.thread import title


def matter(request: HttpRequest, thread: Thread, beside: Mapping[str, str] | None = None) -> Copy:
    """A whole matter; ``beside`` says where each file lies, by its address."""
    own = PANELS.found(request, thread)
    return copy_of(
        thread,
        title=(own and own.title) or title(thread),
        status=(own and own.status) or str(texts.STATUS_FOR_PATIENT[thread.status]),
        bubbles=bubbles(thread),
        record=own.record() if own else (),
        steps=(own and own.steps) or steps(thread),
        now=timezone.now(),
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
