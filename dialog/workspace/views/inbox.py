"""The practice's inbox: lanes, whose, in which order."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Role
from dialog.breaches import queries as breaches
from dialog.breaches import texts as breach_words
from dialog.conversations import queries, texts
from dialog.conversations.policy import Status
from dialog.conversations.queries import Lane, Order, Whose
from dialog.ui import parts
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.paging import more, page_number
from dialog.workspace.items import from_inbox
from dialog.workspace.lanes import lanes, open_to, title, waits
from dialog.workspace.onward import lane_of, remember_lane, said_before

E = TypeVar("E", bound=StrEnum)
Choices = list[tuple[str, str, bool]]

WHOSE: dict[Whose, Promise] = {
    Whose.EVERYBODY: _("Alles"),
    Whose.MINE: _("Mine"),
    Whose.NOBODY: _("Ingen har tatt"),
}
ORDER: dict[Order, Promise] = {
    Order.DUE: _("Frist"),
    Order.URGENT: _("Haster"),
    Order.AGE: _("Alder"),
    Order.PATIENT: _("Pasient"),
}


def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the practice, and what has been."""
    by = acting(request)
    lane = _asked(request, "liste", Lane.ALL)
    lane = lane if lane in open_to(by) else Lane.ALL
    # Whoever works through their own stays there, from lane to lane, until they choose otherwise.
    whose = _asked(request, "hvem", lane_of(request)[1])
    status = _asked(request, "status", Status.WITH_PRACTICE)
    order = _asked(request, "sorter", Order.DUE)
    to_do = status is Status.WITH_PRACTICE and by.role is Role.PRACTITIONER
    rows, after = queries.inbox(
        by, lane=lane, status=status, whose=whose, order=order, page=page_number(request)
    )
    remember_lane(request, lane, whose)
    now = {"liste": lane, "hvem": whose, "status": status, "sorter": order}
    waiting = waits(by)
    left = lanes(by, here=lane, found=waiting)
    return show(
        request,
        "workspace/inbox.html",
        title=title(lane),
        items=[from_inbox(one) for one in rows],
        statuses=_choices(now, "status", texts.STATUS_FOR_PRACTICE),
        whose=_choices(now, "hvem", _counted(by, lane, left) if to_do else WHOSE),
        everybodys=f"?{urlencode({**now, 'hvem': Whose.EVERYBODY})}" if whose is Whose.MINE else "",
        orders=_choices(now, "sorter", ORDER),
        more=more(request, after=after),
        lanes=left,
        said=said_before(request),
        clock=_clock(waiting.breaches),
    )


def _clock(waiting: breaches.Waiting) -> str:
    """What those who follow up the log were last reminded of, until one of them has looked."""
    if not waiting.reminded or waiting.first is None:
        return ""
    return breach_words.clock(waiting.first, timezone.now())


def _counted(by: Actor, lane: Lane, left: list[parts.Lane]) -> dict[Whose, str]:
    """A doctor sees how much waits for themselves, and how much for everybody."""
    many = {
        Whose.MINE: queries.mine_count(by, lane),
        Whose.EVERYBODY: sum(one.count for one in left if one.here),
    }
    return {
        one: f"{words} ({parts.up_to(many[one])})" if one in many else str(words)
        for one, words in WHOSE.items()
    }


def _asked(request: HttpRequest, name: str, usual: E) -> E:
    asked = request.GET.get(name, "")
    return type(usual)(asked) if asked in set(type(usual)) else usual


def _choices(now: dict[str, StrEnum], name: str, words: Mapping[E, Promise | str]) -> Choices:
    return [
        (f"?{urlencode({**now, name: value})}", str(said), value == now[name])
        for value, said in words.items()
    ]
