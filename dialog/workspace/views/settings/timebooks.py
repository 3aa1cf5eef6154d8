"""Whose times patients can meet: doctors, nurses and the lab."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.people import actions, queries, texts
from dialog.people.policy import Profession
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page


class NewTimebookForm(Form):
    """A timebook nobody signs in to: the lab, or a nurse who only receives patients."""

    name = fields.Line(
        label=_("Hva skal timeboken hete?"),
        help_text=_("For eksempel: Laboratoriet"),
        max_length=150,
    )
    profession = fields.Choice(
        label=_("Hva slags timebok er det?"),
        choices=[(one, texts.PROFESSION[one]) for one in (Profession.LAB, Profession.NURSE)],
    )

    def clean_profession(self) -> Profession:
        """The profession itself."""
        return Profession(self.cleaned_data["profession"])


class TimebookForm(Form):
    """What patients see of a timebook, and whether they may choose times in it."""

    name = fields.Line(label=_("Navn"), max_length=150)
    specialist = fields.Check(label=_("Spesialist i allmennmedisin"))
    bookable = fields.Check(
        label=_("Pasientene kan velge timer her selv"),
        help_text=_(
            "Ta bort krysset for vikar eller lege i spesialisering (LIS1) som ikke skal bookes. "
            "Kontoret kan fortsatt gi timer her, og timer som er bestilt, står."
        ),
    )
    active = fields.Check(label=_("Timeboken er i bruk"), help_text=_("Gamle timer blir stående."))


def timebooks(request: HttpRequest) -> HttpResponse:
    """Every timebook, and room for one more."""
    by = managing(request)
    form = NewTimebookForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.add_practitioner, by=by, practice_id=by.practice))
        if form.done:
            return done(request, _("Timeboken er laget."), "workspace:timebooks")
    rows = [
        (one, texts.PROFESSION[one.profession])
        for one in queries.clinicians_of_practice(by, retired=True)
    ]
    return page(request, "timebooks", form, rows=rows)


def timebook(request: HttpRequest, practitioner_uuid: UUID) -> HttpResponse:
    """Change one timebook."""
    by = managing(request)
    clinician = queries.clinician_for(by, practitioner_uuid)
    now = {name: getattr(clinician, name) for name in TimebookForm.base_fields}
    form = TimebookForm(request.POST or None, initial=now)
    if clinician.profession is not Profession.DOCTOR:
        del form.fields["specialist"]
    if form.is_bound:
        submit(form, partial(actions.change_practitioner, by=by, practitioner_id=clinician.id))
        if form.done:
            return done(request, _("Timeboken er lagret."), "workspace:timebooks")
    return page(
        request,
        "form",
        form,
        heading=clinician.name,
        back_to=reverse("workspace:timebooks"),
        back_words=_("Timebøker"),
    )
