"""Writing down that something went wrong."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.breaches import actions
from dialog.breaches.policy import MOST_AT_ONCE, Kind
from dialog.conversations import queries as conversations
from dialog.oversight import queries as oversight
from dialog.oversight.queries import Unusual
from dialog.people import queries as people
from dialog.ui.forms import show, submit
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import say
from dialog.workspace.views.breaches.forms import NewForm, at
from dialog.workspace.views.breaches.listing import following

# How far back a search in the log is looked through for those it found.
MOST_LINES = 2000


def new_breach(request: HttpRequest) -> HttpResponse:
    """Register it. ``?sak=`` says in which matter it was found, ``?pasient=`` who is affected,
    ``?oppslag=`` that somebody saw what they should not, and ``?sok=`` that it is those whom a
    search in the log has found.
    """
    by = following(request)
    source = next(iter(_ids(request, "sak")), None)
    seen = [oversight.unusual_look_for(by, one) for one in _ids(request, "oppslag")[:1]]
    form = NewForm(
        request.POST or None,
        named=_named(request, by, source, seen),
        initial=_beginning(seen),
    )
    if form.is_bound:
        kept = submit(form, partial(actions.register, by=by, source=source))
        if kept is not None:
            say(request, _("Avviket er skrevet ned. Vurder risikoen så snart du kan."))
            return redirect("workspace:breach", kept.id)
    return show(
        request,
        "workspace/breaches/new.html",
        form,
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breaches"),
    )


def _named(
    request: HttpRequest, by: Actor, source: UUID | None, seen: list[Unusual]
) -> list[people.Person]:
    """Everybody the address names, each once."""
    patients = [one.patient_uuid for one in seen if one.patient_uuid]
    found = [people.patient_for(by, one) for one in [*patients, *_ids(request, "pasient")]]
    if source is not None:
        matter = conversations.conversation_for(by, source)
        found.append(people.patient_in(by, matter.patient_id))
    for search in _ids(request, "sok"):
        found += [people.patient_by_id(one) for one in oversight.whom(by, search, most=MOST_LINES)]
    return list({one.id: one for one in found}.values())[:MOST_AT_ONCE]


def _beginning(seen: list[Unusual]) -> dict[str, Any]:
    """What the form begins with."""
    found = at(timezone.now(), "aware_on", "aware_clock")
    for one in seen:
        found |= {"kind": Kind.SEEN, **at(one.first_at, "happened_on", "happened_clock")}
    return found


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    found = []
    for one in request.GET.getlist(name)[:MOST_AT_ONCE]:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
