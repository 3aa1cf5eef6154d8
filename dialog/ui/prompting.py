"""What somebody is asked to look at, from when they sign in until they have."""

from django.http import HttpRequest

ASKED = "asked_to_look_at"


def ask_to_look(request: HttpRequest, what: str) -> None:
    """Ask for it on the first page from now on; nothing, and nobody is asked any more."""
    if what:
        request.session[ASKED] = what
    else:
        request.session.pop(ASKED, None)


def asked_to_look(request: HttpRequest) -> str:
    """What is asked for, if anything."""
    return str(request.session.get(ASKED, ""))
