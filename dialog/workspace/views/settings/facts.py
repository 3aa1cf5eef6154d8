"""What patients need to know to reach the office."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialog.people import actions, queries
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page


class FactsForm(Form):
    """The office, as patients read about it."""

    name = fields.Line(label=_("Hva heter kontoret?"), max_length=150)
    phone = fields.Phone(
        label=_("Telefonen pasientene ringer"),
        help_text=_("Den står på hver side, så pasientene alltid når dere."),
        max_length=20,
    )
    address = fields.Line(
        label=_("Adresse"), required=False, max_length=200, autocomplete="street-address"
    )
    opening_hours = fields.Line(
        label=_("Åpningstider"),
        help_text=_("For eksempel: Mandag til fredag 8–15.30. Telefonen er åpen 9–11."),
        required=False,
        max_length=200,
    )
    website = fields.Line(
        label=_("Nettside"), required=False, max_length=200, autocomplete="url", inputmode="url"
    )
    show_staff_names = fields.Check(
        label=_("Vis navnet på den som svarer"),
        help_text=_("Ellers ser pasientene bare yrket, for eksempel «Helsesekretær»."),
    )


def office_facts(request: HttpRequest) -> HttpResponse:
    """See and change what patients read about the office."""
    by = managing(request)
    office = queries.office_by_id(by.practice)
    now = {name: getattr(office, name) for name in FactsForm.base_fields}
    form = FactsForm(request.POST or None, initial=now)
    if form.is_bound:
        submit(form, partial(actions.change_practice, by=by, done=False))
        if form.done:
            return done(request, _("Opplysningene er lagret."), "workspace:settings")
    return page(request, "facts", form, office=office)
