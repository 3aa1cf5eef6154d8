"""Whose information it is: found, taken out, and told by the office itself."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.breaches import actions, queries
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.forms import show, submit
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import said, say
from dialog.workspace.views.breaches.forms import ToldForm, at
from dialog.workspace.views.breaches.listing import following
from dialog.workspace.views.patients import MOST, SearchForm


def find_affected(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Find those it concerns, one after the other."""
    by = following(request)
    known = {one.patient.id for one in actions.read(by=by, breach_id=breach_id).affected}
    form = SearchForm(request.POST or None)
    asked = form.is_bound and form.is_valid()
    found = people.patients_found(by, form.cleaned_data["words"], most=MOST) if asked else []
    return show(
        request,
        "workspace/breaches/find.html",
        form,
        asked=asked,
        breach_id=breach_id,
        found=[(one, dates.numeric(one.born), one.id in known) for one in found],
        said=said(request),
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breach", args=[breach_id]),
    )


def add_affected(request: HttpRequest, breach_id: UUID, patient_uuid: UUID) -> HttpResponse:
    """Write somebody down."""
    actions.add_affected(by=following(request), breach_id=breach_id, patient=patient_uuid)
    say(request, _("Pasienten er ført opp. Du kan finne flere."))
    return redirect("workspace:find_affected", breach_id)


def take_out_affected(request: HttpRequest, breach_id: UUID, affected_id: UUID) -> HttpResponse:
    """They were not affected after all."""
    actions.take_out_affected(by=following(request), breach_id=breach_id, affected_id=affected_id)
    say(request, _("Pasienten er tatt bort fra avviket."))
    return redirect("workspace:breach", breach_id)


def note_told(request: HttpRequest, breach_id: UUID, affected_id: UUID) -> HttpResponse:
    """Write down how somebody was told by the office itself."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    one = queries.affected_for(by, found.id, affected_id)
    patient = people.patient_by_id(one.patient_id)
    form = ToldForm(request.POST or None, initial=at(timezone.now(), "told_on", "told_clock"))
    if form.is_bound:
        submit(
            form, partial(actions.note_told, by=by, breach_id=breach_id, affected_id=affected_id)
        )
        if form.done:
            say(request, _("Det er skrevet ned."))
            return redirect("workspace:breach", breach_id)
    elif one.told_how:
        return redirect("workspace:breach", breach_id)
    return show(
        request,
        "workspace/breaches/step.html",
        form,
        heading=_("Hvordan fikk %(name)s vite det?") % {"name": patient.name},
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breach", args=[breach_id]),
    )
