"""That a patient has a ceiling card (frikort): until when, or not at all (R165)."""

from datetime import date
from functools import partial
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.errors import NotFound
from dialog.people import actions, queries
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip


class CardForm(Form):
    """The last day it counts."""

    until = fields.Day(
        label=_("Frikortet gjelder til og med"),
        help_text=_("La feltet stå tomt hvis pasienten ikke har frikort."),
        required=False,
    )

    def clean_until(self) -> date | None:
        """Today or later; what has run out is as none."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < queries.today():
            raise ValidationError(_("Velg i dag eller en senere dag, eller la feltet stå tomt."))
        return until


def ceiling_card(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Register a patient's card, or that there is none."""
    by = acting(request)
    patient = queries.patient_for(by, patient_uuid)
    if not queries.on_a_list_here(by, patient.id):
        raise NotFound
    form = CardForm(request.POST or None, initial={"until": patient.ceiling_card_until})
    back = reverse("workspace:patient", args=[patient_uuid])
    if form.is_bound:
        submit(form, partial(actions.set_ceiling_card, by=by, patient_id=patient.id))
        if form.done:
            return redirect(back)
    return show(
        request,
        "workspace/ceiling_card.html",
        form,
        strip=strip(patient),
        lanes=lanes(by),
        back_to=back,
        back_words=patient.name,
    )
