"""A yes to being a digital user, said in the form of whatever somebody sends first (R4, R6)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from dialog.actor import Actor, Consenting
from dialog.people import actions
from dialog.people.policy import Language

FIELD = "digital_bruker"


class SaysYes:
    """Takes the yes before the form it came with, so that it counts for that form (R7)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual; the yes is taken when the form is known to be ours."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """After the guard against forgery, and before the view."""
        actor: Actor | None = getattr(request, "actor", None)
        if request.method == "POST" and actor is not None and request.POST.get(FIELD):
            request.actor = say_yes(actor)  # type: ignore[attr-defined]  # ours


def say_yes(by: Actor) -> Actor:
    """Say yes in the language the words were read in; the actor as they are from now on."""
    if by.consent is not Consenting.MISSING or by.patient_id is None:
        return by
    actions.say_yes(by=by, language=Language(translation.get_language() or Language.NB))
    return replace(by, consent=Consenting.GIVEN)
