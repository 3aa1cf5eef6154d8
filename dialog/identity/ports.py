"""Who is at the door, and how surely: the identity provider as the product sees it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise

from dialog.actor import Side
from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a session keeps of how somebody came in: digests of the provider's words for its own
    session and for the person, and its token, sealed, to sign out there with.
    """

    way: str
    session: str = ""
    subject: str = ""
    token: str = ""

    def kept(self) -> dict[str, str]:
        """As a session keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """A person the provider vouches for, by national identity number, never typed by the person.

    At work the provider may know the person by HPR number, and say for which organisation.
    ``proven_since``: who it is was proved anew, by somebody there, after this moment. ``after`` is
    where they were going.
    """

    identity_number: str
    side: Side
    name: str = ""
    hpr_number: str = ""
    organisation_number: str = ""
    proven_since: datetime | None = None
    after: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Nobody is vouched for this time: why, in a sentence, and where to begin again."""

    sentence: str | Promise
    way: str = ""
    after: str = ""
    status: int = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """What the provider says is over: one session there, or all of a person's (digests)."""

    session: str = ""
    subject: str = ""


class IdentityProvider(Protocol):
    """Sends a person off to prove who they are, and says who came back."""

    def begin(self, request: HttpRequest, *, after: str) -> HttpResponse:
        """The page where one chooses how to sign in, and then comes to ``after``, a path of ours;
        with ``pa_nytt`` in the address one has to prove anew who one is.
        """

    def go(
        self, request: HttpRequest, *, way: str, after: str, anew: bool
    ) -> HttpResponse | Stopped:
        """Off to prove who one is; ``anew`` also for whom the provider knows already."""

    def finish(self, request: HttpRequest, *, way: str) -> Vouched | Stopped:
        """Who came back."""

    def leave(self, proof: Proof) -> str:
        """Where a browser is sent to be signed out there too; empty when nowhere."""

    def over(self, request: HttpRequest, *, way: str) -> Over | None:
        """What the provider tells us is over; None when it is not the provider who says so."""

    def published_keys(self) -> dict[str, Any]:
        """Our own public keys, for the providers."""


def provider() -> IdentityProvider:
    """The provider the settings name."""
    named: IdentityProvider = port("IDENTITY")
    return named
