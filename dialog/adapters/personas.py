"""Signing in by picking a person: for the demonstration only, and the page says so loudly."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialog import rows
from dialog.actor import Side
from dialog.errors import NotAllowed
from dialog.identity.ports import Vouched
from dialog.people import queries as people


class Personas:
    """Shows who lives in the database and believes what it is told."""

    def begin(self, request: HttpRequest, *, after: str) -> HttpResponse:
        """A page with everybody to be."""
        with rows.at_the_door():
            cast = people.everybody_at_the_door()
        return render(request, "identity/personas.html", {"cast": cast, "after": after})

    def finish(self, request: HttpRequest) -> Vouched:
        """Whoever was picked."""
        side = Side.PRACTICE if request.POST.get("side") == Side.PRACTICE else Side.PATIENT
        with rows.at_the_door():
            found = people.persona(request.POST.get("person", ""))
        if found is None:
            raise NotAllowed
        return Vouched(identity_number=found.identity_number, name=found.name, side=side)
