"""Writing down that something went wrong."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.breaches import actions
from dialog.breaches.policy import MOST_AT_ONCE, Kind
from dialog.conversations import queries as conversations
from dialog.oversight import queries as oversight
from dialog.oversight.queries import Unusual
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.forms import show, submit
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import say
from dialog.workspace.views.breaches.forms import NewForm, at
from dialog.workspace.views.breaches.listing import following


def new_breach(request: HttpRequest) -> HttpResponse:
    """Register it; ``?sak=`` says in which matter it was found, ``?pasient=`` who is affected,
    ``?oppslag=`` that somebody saw what they should not.
    """
    by = following(request)
    source = next(iter(_ids(request.GET.getlist("sak"))), None)
    seen = [oversight.unusual_look_for(by, one) for one in _ids(request.GET.getlist("oppslag"))[:1]]
    patients = [one.patient_uuid for one in seen if one.patient_uuid]
    patients += _ids(request.GET.getlist("pasient"))[:MOST_AT_ONCE]
    named = [people.patient_for(by, one) for one in patients]
    if source is not None:
        matter = conversations.conversation_for(by, source)
        named.append(people.patient_in(by, matter.patient_id))
    form = NewForm(request.POST or None, initial=_beginning(seen))
    if form.is_bound:
        act = partial(actions.register, by=by, source=source, patients=patients)
        kept = submit(form, act)
        if kept is not None:
            say(request, _("Avviket er skrevet ned. Vurder risikoen så snart du kan."))
            return redirect("workspace:breach", kept.id)
    return show(
        request,
        "workspace/breaches/new.html",
        form,
        affected=[f"{one.name}, {dates.numeric(one.born)}" for one in named],
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breaches"),
    )


def _beginning(seen: list[Unusual]) -> dict[str, Any]:
    """What the form begins with."""
    found = at(timezone.now(), "aware_on", "aware_clock")
    for one in seen:
        found |= {"kind": Kind.SEEN, **at(one.first_at, "happened_on", "happened_clock")}
    return found


def _ids(words: Iterable[str]) -> list[UUID]:
    found = []
    for one in words:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
