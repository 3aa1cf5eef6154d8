"""How often somebody may do something: so that nobody floods an office, or guesses at the door.

Each web process counts for itself, in memory, so that counting costs a page nothing. Pages with the
emergency numbers are never refused to whoever is signed in: only what is sent is counted (R210).
"""

import math
import time
from collections.abc import Callable
from functools import cache
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dialog.actor import Actor, Side
from dialog.ui.allowances import Allowance
from dialog.ui.words import stopped

Next = Callable[[HttpRequest], HttpResponse]

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ALWAYS = ("identity:sign_out", "identity:sign_out_everywhere", "identity:lock")


class NotTooFast:
    """Counts what each person sends, and every request of an address that nobody has signed in at.

    Whoever is stopped gets their words back, and may always sign out and lock their access. A
    provider tells of many people's sessions from one address, and signs what it says.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._people = {
            Side.PATIENT: Allowance(settings.ACTS_A_MINUTE_PATIENT),
            Side.PRACTICE: Allowance(settings.ACTS_A_MINUTE_PRACTICE),
            Side.SUPPORT: Allowance(settings.ACTS_A_MINUTE_PRACTICE),
        }
        self._addresses = Allowance(settings.REQUESTS_A_MINUTE_SIGNED_OUT)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or say that it goes too fast."""
        wait = self._wait(request, time.monotonic())
        if not wait:
            return self.get_response(request)
        response = stopped(request, "identity/too_fast.html", status=429)
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response

    def _wait(self, request: HttpRequest, now: float) -> float:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            by_a_provider = request.path.startswith(f"{reverse('identity:sign_out')}/")
            told = by_a_provider and request.method == "POST"
            return 0.0 if told else self._addresses.wait(address_of(request), now)
        if request.method not in UNSAFE or request.path in _always():
            return 0.0
        return self._people[actor.side].wait(actor.account_id, now)


@cache
def _always() -> frozenset[str]:
    return frozenset(map(reverse, ALWAYS))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the proxy says where there is one. Of IPv6 the part that one
    household has, for in it there are more addresses than anybody could count.
    """
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        told = request.headers.get("X-Forwarded-For", told).rpartition(",")[2].strip()
    try:
        found = ip_address(told)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped) if found.ipv4_mapped else found.exploded[:19]
