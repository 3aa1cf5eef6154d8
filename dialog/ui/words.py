"""What somebody had written when they were stopped at the door: shown again, nothing lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SHORT = 20
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "request_key"})


def kept_words(request: HttpRequest) -> list[str]:
    """The longer texts of a form that could not be taken, to copy from; ids are no words."""
    return [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_WORDS
        for text in texts
        if len(text.strip()) >= SHORT and len(text.split()) > 1
    ]


def stopped(
    request: HttpRequest, template: str, *, status: int = 403, led_to: str = "", **more: Any
) -> HttpResponse:
    """A page that says why the form was not taken, and gives the words back; ``led_to`` is where
    an earlier click on it led.
    """
    context = {"kept_words": kept_words(request), "led_to": led_to, **more}
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["HX-Retarget"] = "body"
    return response
