"""Who is at the door, and how surely: the identity provider as the product sees it."""

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse

from dialog.actor import Side
from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A person the provider vouches for, by national identity number, never typed by the person."""

    identity_number: str
    name: str
    side: Side


class IdentityProvider(Protocol):
    """Sends a person off to prove who they are, and says who came back."""

    def begin(self, request: HttpRequest, *, after: str) -> HttpResponse:
        """Where a person is sent to sign in, and back to ``after``, a path of our own."""

    def finish(self, request: HttpRequest) -> Vouched:
        """Who came back; NotAllowed when nobody is vouched for."""


def provider() -> IdentityProvider:
    """The provider the settings name."""
    named: IdentityProvider = port("IDENTITY")
    return named
