"""Kontakt legekontoret: something practical, to those who work at the office."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Kind
from dialog.enquiries import actions
from dialog.people import queries as people
from dialog.portal.enquiry_form import AskForm
from dialog.portal.services import offered
from dialog.portal.without_files import fit_files
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.ui.parts import Link
from dialog.ui.uploads import keep_files


def ask(request: HttpRequest) -> HttpResponse:
    """Who reads it, what it is for, and the writing."""
    by = acting(request)
    form = AskForm(request.POST, request.FILES) if request.method == "POST" else AskForm()
    if form.is_bound:
        keep_files(
            form, keep=partial(conversations.keep_file, by=by), known=partial(core.kept_files, by)
        )
        conversation = submit(form, partial(actions.ask_practice, by=by))
        if conversation is not None:
            return redirect("portal:thread", conversation.id)
    owner, services = offered(by)
    service = next((one for one in services if one.kind is Kind.ENQUIRY), None)
    fit_files(form, taken=service is not None and service.takes_files)
    return show(
        request,
        "portal/ask.html",
        form,
        owner=owner,
        closed=people.closed_office_of(by.patient) if owner is None else None,
        service=service,
        links=[
            Link(href=one.href, title=one.title, text=one.purpose, icon=one.icon)
            for one in services
            if one.on and one.kind is not Kind.ENQUIRY
        ],
        back_to=reverse("portal:home"),
    )
