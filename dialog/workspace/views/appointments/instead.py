"""An e-consultation instead of a time: what happens when the office offers it, and one yes."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.appointments.queries import AppointmentView, Instead
from dialog.conversations import queries as conversations
from dialog.errors import WrongState
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.workspace.onward import onward
from dialog.workspace.times import time_facts, wish_facts
from dialog.workspace.views.appointments.panel import WordsForm


def offer(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give the time back and show the patient the way, with a word to them (R88)."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    instead = queries.econsultation_instead(by, conversation_id)
    version = conversations.conversation_for(by, conversation_id).version
    if request.method == "POST":
        form = WordsForm(request.POST)
        act = partial(actions.point_to_econsultation, by=by, conversation_id=conversation_id)
        submit(form, act)
        if form.done:
            return onward(
                request, conversation_id, _("Pasienten har fått tilbud om e-konsultasjon.")
            )
        form.shown_with(version)
    elif instead is None:
        raise WrongState
    else:
        form = WordsForm(initial={"seen": version})
    return show(
        request,
        "ui/confirm.html",
        form,
        heading=_("Vil du tilby e-konsultasjon i stedet?"),
        sentences=_what_happens(one, instead),
        facts=time_facts(one) if one.starts else wish_facts(one),
        yes=_("Ja, tilby e-konsultasjon"),
        no=_("Nei, gå tilbake"),
        no_href=reverse("workspace:conversation", args=[conversation_id]),
        layout="ui/workspace_page.html",
        dangerous=one.status is AppointmentStatus.BOOKED,
    )


def _what_happens(one: AppointmentView, instead: Instead | None) -> list[str]:
    if instead is None:
        return []
    return [
        _given_back(one) + " " + _("Pasienten får en forklaring med en gang."),
        _("E-konsultasjonen er gratis for pasienten.")
        if instead.price == 0
        else _("E-konsultasjonen koster pasienten høyst %(price)s.")
        % {"price": dates.kr(instead.price)},
        _("Pasienten bestemmer selv. Ingenting er sendt eller betalt før pasienten sier ja."),
    ]


def _given_back(one: AppointmentView) -> str:
    if one.status is AppointmentStatus.PROPOSED:
        return _("Ønsket om time blir avsluttet.")
    if one.status is AppointmentStatus.OFFERED:
        return _("Forslaget blir tatt tilbake, og timen blir ledig for andre.")
    return _("Timen blir avlyst og ledig for andre. Pasienten betaler ikke noe for den.")
