"""Signing in by picking a person: for the demonstration only, and the page says so loudly."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dialog import rows
from dialog.actor import Side
from dialog.errors import NotAllowed, NotFound
from dialog.identity.ports import Over, Proof, Stopped, Vouched
from dialog.identity.views import own_path
from dialog.people import queries as people


class Personas:
    """Shows who lives in the database and believes what it is told."""

    def begin(self, request: HttpRequest, *, after: str) -> HttpResponse:
        """A page with everybody to be."""
        with rows.at_the_door():
            cast = people.everybody_at_the_door()
        context = {"cast": cast, "after": after, "anew": "pa_nytt" in request.GET}
        return render(request, "identity/personas.html", context)

    def go(self, request: HttpRequest, *, way: str, after: str, anew: bool) -> HttpResponse:
        """There is no provider to go to."""
        raise NotFound

    def finish(self, request: HttpRequest, *, way: str) -> Vouched | Stopped:
        """Whoever was picked."""
        if way:
            raise NotFound
        side = Side.PRACTICE if request.POST.get("side") == Side.PRACTICE else Side.PATIENT
        with rows.at_the_door():
            found = people.persona(request.POST.get("person", ""))
        if found is None:
            raise NotAllowed
        return Vouched(
            identity_number=found.identity_number,
            name=found.name,
            side=side,
            proven_since=timezone.now() if "pa_nytt" in request.POST else None,
            after=own_path(request.POST.get("neste", "")),
        )

    def leave(self, proof: Proof) -> str:
        """Nowhere: whoever came in before the settings named this door has no provider any more."""
        return ""

    def over(self, request: HttpRequest, *, way: str) -> Over | None:
        """Nobody can say so."""
        raise NotFound

    def published_keys(self) -> dict[str, Any]:
        """None."""
        raise NotFound
