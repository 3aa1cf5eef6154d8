"""The product's addresses, and an empty view behind the same doors, to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from bench import EMPTY
from dialog.ui.routes import signed_in


def empty(request: HttpRequest) -> HttpResponse:
    """What a signed-in request costs before anybody does anything."""
    return HttpResponse("ok")


urlpatterns = [
    signed_in(EMPTY, empty, "bench_empty"),
    path("", include("dialog.config.urls")),
]
