"""A line of the office's log as it stands on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import texts
from dialog.conversations.queries import Named
from dialog.oversight.log_words import what, who
from dialog.oversight.queries import Line
from dialog.ui import dates
from dialog.ui.paging import FROM, More, from_line
from dialog.workspace.views.log.grounds import grounds

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line as it stands on the page."""

    at: datetime
    what: str
    who: str
    patient: str
    matter: str
    ground: str


def shown(by: Actor, lines: Sequence[Line]) -> list[Shown]:
    """The lines of a page; a look with the ground it was taken on."""
    page = lines[:ON_A_PAGE]
    return [
        Shown(
            at=one.at,
            what=what(one.kind, one.details),
            who=who(one.role, one.name, ""),
            patient=one.patient,
            matter=_matter(one.matter) if one.matter else "",
            ground=ground,
        )
        for one, ground in zip(page, grounds(by, page), strict=True)
    ]


def older(request: HttpRequest, lines: Sequence[Line]) -> More:
    """Back to the newest, and on to what is older, when there is more than a page of lines."""
    more = len(lines) > ON_A_PAGE
    return More(
        before=request.path if from_line(request) is not None else "",
        after=f"?{FROM}={lines[ON_A_PAGE - 1].id}" if more else "",
    )


def _matter(matter: Named) -> str:
    return _("%(matter)s fra %(day)s") % {
        "matter": texts.MATTER[matter.kind],
        "day": dates.day_of_month(matter.started_at),
    }
