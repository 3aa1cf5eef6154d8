"""Which of the office's lists the GP register says who is on, and how old that is."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.errors import NotFound
from dialog.people import actions, queries
from dialog.people.gp_register import gp_connected
from dialog.people.queries import Answered, GpSays
from dialog.ui import dates, fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page

SAYS: dict[GpSays, Promise] = {
    GpSays.ON_A_LIST: _("Fastlegeregisteret svarte %(moment)s hvilken liste pasienten står på."),
    GpSays.NO_LIST: _(
        "Fastlegeregisteret svarte %(moment)s at det ikke kjenner noen liste for pasienten. Da "
        "endrer vi ingenting her. Ring pasienten hvis det er tvil."
    ),
}


class NumberForm(Form):
    """Which list in the register it is."""

    register_number = fields.Line(
        label=_("Avtalenummer i fastlegeregisteret"),
        help_text=_("Bare tall. Tomt felt betyr at dere selv sier hvem som står på listen."),
        required=False,
        inputmode="numeric",
        max_length=20,
    )


def connect_list(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Say which list in the GP register a list here is."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    if not gp_connected():
        raise NotFound
    known = queries.followed_lists(by).get(owner.list_id)
    now = {"register_number": known.register_number if known else ""}
    form = NumberForm(request.POST or None, initial=now)
    if form.is_bound:
        submit(form, partial(actions.connect_list, by=by, list_id=owner.list_id))
        if form.done:
            return done(request, _("Listen er lagret."), "workspace:lists")
    return page(
        request,
        "connect_list",
        form,
        owner=owner,
        back_to=reverse("workspace:lists"),
        back_words=_("Pasientlister"),
    )


def answered(by: Actor, patient_id: int) -> str:
    """What the register last said of a patient, in words; nothing where there is no register."""
    if not gp_connected():
        return ""
    said: Answered | None = queries.answered_about(by, patient_id)
    if said is None:
        return _now("Fastlegeregisteret er ikke spurt om pasienten ennå.")
    return str(SAYS[said.known]) % {"moment": dates.short_moment(said.at)}
