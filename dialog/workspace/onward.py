"""After an item is handled: the next one in the lane, without a click (R188)."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from dialog.actor import Actor, Role
from dialog.conversations import queries
from dialog.conversations.queries import Lane, Whose
from dialog.ui.acting import acting

LANE, HANDLED = "lane", "handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was just done, and the way back to it."""

    words: str
    href: str


def remember_lane(request: HttpRequest, lane: Lane, whose: Whose) -> None:
    """Keep in mind which lane is worked through; the session is written only when it changes."""
    now = [str(lane), str(whose)]
    if request.session.get(LANE) != now:
        request.session[LANE] = now


def lane_of(request: HttpRequest) -> tuple[Lane, Whose]:
    """The lane that is worked through; a doctor begins with their own."""
    lane, whose = request.session.get(LANE) or (Lane.ALL, _begins_with(acting(request)))
    return Lane(lane), Whose(whose)


def _begins_with(by: Actor) -> Whose:
    return Whose.MINE if by.role is Role.PRACTITIONER and by.list_ids else Whose.EVERYBODY


def inbox_address(request: HttpRequest) -> str:
    """Back to the lane one came from."""
    lane, whose = lane_of(request)
    return f"{reverse('workspace:inbox')}?{urlencode({'liste': lane, 'hvem': whose})}"


def onward(request: HttpRequest, handled: UUID, said: str | Promise) -> HttpResponse:
    """On to the next item, or to the inbox when the lane is empty; the page says what was done."""
    request.session[HANDLED] = [str(handled), str(said)]
    return to_next(request, handled)


def to_next(request: HttpRequest, passed: UUID) -> HttpResponse:
    """The item below this one in the lane, or the inbox after the last."""
    lane, whose = lane_of(request)
    following = queries.next_in_lane(acting(request), lane=lane, whose=whose, after=passed)
    if following is None:
        return redirect(inbox_address(request))
    return redirect("workspace:conversation", following)


def said_before(request: HttpRequest) -> Said | None:
    """What the page before this one did, once."""
    handled = request.session.pop(HANDLED, None)
    if not handled:
        return None
    return Said(words=handled[1], href=reverse("workspace:conversation", args=[handled[0]]))
