"""What the settings pages share: who may open them, how they answer, and where they lead."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import NotAllowed
from dialog.people.policy import may_manage_office
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show
from dialog.workspace.said import said, say


def managing(request: HttpRequest) -> Actor:
    """Who acts, when they may set up the office; nobody else opens these pages."""
    by = acting(request)
    if not may_manage_office(by):
        raise NotAllowed(_("Spør en lege eller helsesekretær på kontoret om å endre dette."))
    return by


def page(
    request: HttpRequest, template: str, form: Form | None = None, **context: Any
) -> HttpResponse:
    """A settings page, with what was just done and a way back."""
    context.setdefault("back_to", reverse("workspace:settings"))
    context.setdefault("back_words", _("Innstillinger"))
    return show(request, f"workspace/settings/{template}.html", form, said=said(request), **context)


def done(request: HttpRequest, words: str | Promise, to: str, *args: object) -> HttpResponse:
    """Say what was done, on the page it leads to."""
    say(request, words)
    return redirect(to, *args)
