"""What every answer carries: refusals as pages, and the headers that keep strangers out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dialog.errors import DialogError
from dialog.ui.words import kept_words

Respond = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class ContentSecurityPolicy:
    """Nothing from elsewhere, nothing inline, nothing framed, nothing personal kept in a cache."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the headers on."""
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class DialogErrors:
    """A refusal that no form has taken becomes a page with its sentence and a way on."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as usual; refusals come by ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for the house's own errors; anything else is a fault, and is seen as one."""
        if not isinstance(exception, DialogError):
            return None
        return refusal_page(request, exception)


def refusal_page(request: HttpRequest, error: DialogError) -> HttpResponse:
    """The sentence of a refusal as a page, or to htmx as the notice alone."""
    small = request.headers.get("HX-Request") == "true"
    template = "ui/refusal.html" if small else "ui/error.html"
    # Whoever may no longer do what they were writing does not lose the words.
    shown = {"error": error, "kept_words": kept_words(request)}
    return render(request, template, shown, status=error.status)
