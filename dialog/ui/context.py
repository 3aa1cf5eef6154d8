"""What the frame of every page knows: who reads, for whom, where and in which language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from dialog.actor import Actor

SCHEME_COOKIE = "lys"
SCHEMES = ("auto", "light", "dark")
KEYS_COOKIE = "hurtigtaster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where the reader is; whoever knows puts it on ``request.around``, ready or as a callable."""

    reader: str = ""
    acting_for: str = ""
    office: str = ""
    office_phone: str = ""
    home: str = "/"
    switch: str = ""
    settings: str = ""
    sign_in: str = ""
    sign_out: str = "/logg-ut"
    safety: str = ""
    menu: tuple[tuple[str, str], ...] = ()


def around(request: HttpRequest) -> Around:
    """Who reads this page, for whom and at which office."""
    given: Around | Callable[[], Around] | None = getattr(request, "around", None)
    if given is not None:
        return given() if callable(given) else given
    actor: Actor | None = getattr(request, "actor", None)
    return Around(reader=actor.name if actor else "", sign_in=str(settings.LOGIN_URL))


def scheme(request: HttpRequest) -> str:
    """Light or dark as the reader chose; ``auto`` follows the machine."""
    chosen = request.COOKIES.get(SCHEME_COOKIE, "auto")
    return chosen if chosen in SCHEMES else "auto"


def here(request: HttpRequest) -> str:
    """The address to come back to: this page, or the one a form was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("Referer", ""))
    # ``get_host`` would refuse a host that is not ours, also on the page that says so.
    if sent_from.netloc != request.META.get("HTTP_HOST", request.META.get("SERVER_NAME")):
        return request.path
    return sent_from.path + (f"?{sent_from.query}" if sent_from.query else "")


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind ``ui/page.html``; nothing is looked up until a page shows it."""
    return {
        "actor": getattr(request, "actor", None),
        "around": SimpleLazyObject(lambda: around(request)),
        "scheme": scheme(request),
        "keys_on": request.COOKIES.get(KEYS_COOKIE) != "av",
        "language": (get_language() or settings.LANGUAGE_CODE)[:2],
        "languages": settings.LANGUAGES,
        "here": here(request),
        "demonstration": settings.DEMONSTRATION,
    }
