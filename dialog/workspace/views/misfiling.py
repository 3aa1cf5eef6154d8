"""A message on the wrong patient: find the right one, and move it; both records say so (R59)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind
from dialog.econsultations import actions as econsultations
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.ui.parts import Fact, Link
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip
from dialog.workspace.seen import SeenForm
from dialog.workspace.views.conversation import page
from dialog.workspace.views.patients import MOST, SearchForm


def find_right(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Find the patient it was meant for."""
    by = acting(request)
    wrong = queries.conversation_for(by, conversation_id)
    form = SearchForm(request.POST or None)
    asked = form.is_bound and form.is_valid()
    found = people.patients_found(by, form.cleaned_data["words"], most=MOST) if asked else []
    return show(
        request,
        "workspace/find_right.html",
        form,
        asked=asked,
        strip=strip(people.patient_in(by, wrong.patient_id)),
        found=[
            Link(
                href=reverse("workspace:misfile", args=[conversation_id, one.uuid]),
                title=one.name,
                text=dates.numeric(one.born),
            )
            for one in found
            if one.id != wrong.patient_id
        ],
        lanes=lanes(by),
        back_to=reverse("workspace:conversation", args=[conversation_id]),
    )


def misfile(request: HttpRequest, conversation_id: UUID, patient_uuid: UUID) -> HttpResponse:
    """Move it, after asking once more with both names in sight."""
    by = acting(request)
    wrong = queries.conversation_for(by, conversation_id)
    right = people.patient_for(by, patient_uuid)
    if request.method == "POST":
        form = SeenForm(request.POST)
        verb = econsultations.misfile if wrong.kind == Kind.ECONSULTATION else actions.misfile
        act = partial(verb, by=by, conversation_id=conversation_id, right_patient=patient_uuid)
        moved = submit(form, act)
        if moved is None:
            return page(request, conversation_id, form=form)
        return redirect("workspace:conversation", moved.id)
    return show(
        request,
        "ui/confirm.html",
        SeenForm(initial={"seen": wrong.version}),
        heading=_("Vil du flytte meldingen?"),
        sentences=[
            _("Det dere skrev, blir borte hos den første pasienten og kommer til den andre."),
            _("Begge kan se i innsynsloggen at meldingen er flyttet."),
            _("Det blir skrevet ned som et avvik av seg selv."),
        ],
        facts=[
            Fact(name=_("Fra"), value=_named(people.patient_by_id(wrong.patient_id))),
            Fact(name=_("Til"), value=_named(right)),
        ],
        yes=_("Ja, flytt meldingen"),
        no=_("Nei, gå tilbake"),
        no_href=reverse("workspace:conversation", args=[conversation_id]),
        layout="ui/workspace_page.html",
        dangerous=True,
    )


def _named(patient: people.Person) -> str:
    return f"{patient.name}, {dates.numeric(patient.born)}"
