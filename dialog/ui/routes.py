"""How an address is routed: each declares whose it is; the wrong side is shown to the door."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_http_methods

from dialog.actor import Actor
from dialog.ui.words import stopped

View = Callable[..., HttpResponseBase]
Pattern = URLPattern | URLResolver


class Door(StrEnum):
    """Whose an address is."""

    PATIENT = "patient"
    PRACTICE = "practice"
    SUPPORT = "support"
    SIGNED_IN = "signed-in"
    PUBLIC = "public"

    def opens_for(self, actor: Actor | None) -> bool:
        """Whether this actor may come in here; what they may see is decided further in."""
        if self is Door.PUBLIC:
            return True
        return actor is not None and (self is Door.SIGNED_IN or actor.side == self.value)


def to_the_door(request: HttpRequest) -> HttpResponse:
    """Send the reader to sign in and back; who was signed out while writing gets the words back."""
    if request.method == "POST":
        return stopped(request, "ui/signed_out.html")
    address = f"{settings.LOGIN_URL}?{urlencode({'neste': request.get_full_path()})}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _guarded(door: Door, view: View, methods: Sequence[str]) -> View:
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not door.opens_for(getattr(request, "actor", None)):
            return to_the_door(request)
        response = view(request, *args, **kwargs)
        if door is not Door.PUBLIC:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    routed: View = require_http_methods(allowed)(guarded)
    routed.side = door  # type: ignore[attr-defined]  # read by undeclared()
    routed.methods = allowed  # type: ignore[attr-defined]  # read by whoever stands before it
    return routed


def _route(door: Door, route: str, view: View, name: str, methods: Sequence[str]) -> URLPattern:
    return path(route, _guarded(door, view, methods), name=name)


def patient(route: str, view: View, name: str, *, methods: Sequence[str] = ("GET",)) -> URLPattern:
    """An address for patients and those who act for them."""
    return _route(Door.PATIENT, route, view, name, methods)


def practice(route: str, view: View, name: str, *, methods: Sequence[str] = ("GET",)) -> URLPattern:
    """An address for those who work at an office."""
    return _route(Door.PRACTICE, route, view, name, methods)


def support(route: str, view: View, name: str, *, methods: Sequence[str] = ("GET",)) -> URLPattern:
    """An address for those who help an office without seeing its patients."""
    return _route(Door.SUPPORT, route, view, name, methods)


def signed_in(
    route: str, view: View, name: str, *, methods: Sequence[str] = ("GET",)
) -> URLPattern:
    """An address for everybody who has signed in, whichever side."""
    return _route(Door.SIGNED_IN, route, view, name, methods)


def public(route: str, view: View, name: str, *, methods: Sequence[str] = ("GET",)) -> URLPattern:
    """An address for everybody."""
    return _route(Door.PUBLIC, route, view, name, methods)


def undeclared(patterns: Iterable[Pattern], before: str = "") -> list[str]:
    """The addresses that do not say whose they are; there must be none."""
    found: list[str] = []
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += undeclared(pattern.url_patterns, here)
        elif not isinstance(getattr(pattern.callback, "side", None), Door):
            found.append(here)
    return found
