"""Answering by hand what the record system has not answered."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.appointments import actions, queries
from dialog.appointments.policy import Step
from dialog.conversations import queries as conversations
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.workspace.onward import onward
from dialog.workspace.times import time_facts
from dialog.workspace.views.appointments.panel import WordsForm, panel
from dialog.workspace.views.conversation import page


def confirm(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Yes: the time is the patient's."""
    form = WordsForm(request.POST, auto_id="time_%s")
    submit(form, partial(actions.confirm, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form, panel=partial(panel, refused=form))
    return onward(request, conversation_id, _("Timen er bekreftet."))


def refuse(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """No, with a word to the patient, who then sees the nearest times that are left."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    version = conversations.conversation_for(by, conversation_id).version
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"seen": version})
    if request.method != "POST" and Step.REFUSE not in one.steps:
        return redirect("workspace:conversation", conversation_id)
    if request.method == "POST":
        submit(form, partial(actions.refuse, by=by, conversation_id=conversation_id))
        if form.done:
            return onward(request, conversation_id, _("Pasienten har fått beskjed."))
        form.shown_with(version)
    return show(
        request,
        "ui/confirm.html",
        form,
        heading=_("Vil du si nei til timen?"),
        sentences=[
            _("Pasienten får beskjed med en gang, og kan velge en annen. Skriv gjerne hvorfor.")
        ],
        facts=time_facts(one),
        yes=_("Ja, si nei"),
        no=_("Nei, gå tilbake"),
        no_href=reverse("workspace:conversation", args=[conversation_id]),
        layout="ui/workspace_page.html",
        dangerous=True,
    )
