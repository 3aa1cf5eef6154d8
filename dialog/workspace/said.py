"""What was just done, said once on the page one comes to."""

from django.http import HttpRequest
from django.utils.functional import Promise

SAID = "said"


def say(request: HttpRequest, words: str | Promise) -> None:
    """Keep a sentence for the next page; it never holds anything about a patient."""
    request.session[SAID] = str(words)


def said(request: HttpRequest) -> str:
    """The sentence, which is then forgotten."""
    return str(request.session.pop(SAID, ""))
