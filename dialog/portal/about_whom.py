"""Whom it is about, asked before a service is begun from one's own account (R28).

Writing about a child or a parent as oneself is easily done, and ends in the wrong record. Those who
act for nobody are asked nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dialog.actor import Role
from dialog.people import queries as people
from dialog.ui.acting import acting
from dialog.ui.forms import show

View = Callable[..., HttpResponse]
SAID = "gjelder"  # in the address: a word of ours, and nobody's name


def asked_about_whom(view: View) -> View:
    """The first page of a service, after the question has been answered."""

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        if SAID in request.GET:
            # On the way back within the service it is not asked again.
            request.session[SAID] = request.path
        elif _not_said(request):
            choices = people.whom_it_may_be_about(acting(request).account)
            if len(choices) > 1:
                return _ask(request, choices)
        return view(request, *args, **words)

    return ask_first


def ask_anew(request: HttpRequest) -> None:
    """Whoever is back where services are chosen is asked again."""
    request.session.pop(SAID, None)


def _not_said(request: HttpRequest) -> bool:
    """Whether somebody begins something new as themselves. An address with words in it goes on from
    something, and what is sent has been begun.
    """
    new = request.method in ("GET", "HEAD") and not request.GET
    oneself = acting(request).role is Role.PATIENT
    return new and oneself and request.session.get(SAID) != request.path


def _ask(request: HttpRequest, choices: list[people.Person]) -> HttpResponse:
    own, *others = choices
    return show(
        request,
        "portal/about_whom.html",
        own=own,
        others=others,
        on=f"{request.path}?{SAID}=valgt",
        back_to=reverse("portal:home"),
    )
