"""Who looks after a list for a while, and until when (R180, R182)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.people import actions, queries
from dialog.people.queries import Clinician
from dialog.ui import dates, fields
from dialog.ui.forms import Form, show, submit
from dialog.workspace.views.settings.desk import done, managing, page
from dialog.workspace.views.settings.lists import doctors_here


class SubstituteForm(Form):
    """Who looks after the list, and which days; both included."""

    practitioner = fields.Select(label=_("Hvem er vikar?"))
    since = fields.Day(label=_("Første dag"))
    until = fields.Day(
        label=_("Siste dag"),
        help_text=_("Tilgangen til listen slutter av seg selv etter denne dagen."),
    )

    def __init__(self, doctors: Sequence[Clinician], *args: Any) -> None:
        super().__init__(*args)
        self.fields["practitioner"].choices = [  # type: ignore[attr-defined]  # a Select
            (str(one.id), one.name) for one in doctors
        ]

    def clean_until(self) -> date:
        """The day the time is out: the day after the last."""
        last: date = self.cleaned_data["until"]
        return last + timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        said = self.cleaned_data
        chosen = said.pop("practitioner", None)
        return {**said, "practitioner_id": int(chosen) if chosen else 0}


def substitutes(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Who looks after the list for a while, and room for one more."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    others = [one for one in doctors_here(by) if one.id != owner.practitioner_id]
    form = SubstituteForm(others, request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.appoint_substitute, by=by, list_id=owner.list_id))
        if form.done:
            return done(request, _("Vikaren er satt inn."), "workspace:substitutes", list_uuid)
    return page(
        request,
        "substitutes",
        form,
        owner=owner,
        others=others,
        rows=queries.substitutes(owner.list_id),
        back_to=reverse("workspace:lists"),
        back_words=_("Pasientlister"),
    )


def end_substitute(request: HttpRequest, list_uuid: UUID, practitioner_uuid: UUID) -> HttpResponse:
    """Ask once more before a substitute's time is cut short."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    clinician = queries.clinician_for(by, practitioner_uuid)
    form = Form(request.POST or None)
    if form.is_bound:
        act = partial(actions.end_substitute, by=by, list_id=owner.list_id)
        submit(form, partial(act, practitioner_id=clinician.id))
        if form.done:
            return done(request, _("Vikaren er tatt ut."), "workspace:substitutes", list_uuid)
    return show(
        request,
        "ui/confirm.html",
        form,
        layout="ui/workspace_page.html",
        heading=_now("Ta ut %(name)s som vikar?") % {"name": clinician.name},
        sentences=[
            _now("Tilgangen til listen slutter med en gang, %(day)s.")
            % {"day": dates.day(queries.today())}
        ],
        yes=_("Ja, ta ut vikaren"),
        no=_("Nei, la være"),
        no_href=reverse("workspace:substitutes", args=[list_uuid]),
        dangerous=True,
    )
