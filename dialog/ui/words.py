"""What somebody had written when they were stopped at the door: shown again, nothing lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHORT = 20
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "request_key"})


def kept_words(request: HttpRequest) -> list[str]:
    """The longer texts of a form that could not be taken, to copy from."""
    return [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_WORDS
        for text in texts
        if len(text.strip()) >= SHORT
    ]


def stopped(request: HttpRequest, template: str, *, status: int = 403) -> HttpResponse:
    """A page that says why the form was not taken, and gives the words back."""
    response = render(request, template, {"kept_words": kept_words(request)}, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["HX-Retarget"] = "body"
    return response
