"""What a browser holds while its person is at the provider: sealed, for ten minutes, its own.

Nothing is kept on the server for somebody who is nobody yet. The state in it counts once all the
same (``identity.once``), and without the cookie an answer from a provider is worth nothing: nobody
can be signed in as somebody else by following a link.
"""

import json
import time
from dataclasses import asdict, dataclass
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from dialog.adapters.oidc.proofs import unguessable

LASTS = 600  # seconds
HEADER = {"alg": "dir", "enc": "A256GCM"}
LONGEST_PATH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One way to the provider and back."""

    way: str
    after: str
    anew: bool
    begun: int
    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls, way: str, *, after: str, anew: bool) -> Self:
        """Begin now."""
        return cls(
            way=way,
            after=after if len(after) <= LONGEST_PATH else "",
            anew=anew,
            begun=int(time.time()),
            state=unguessable(),
            nonce=unguessable(),
            verifier=unguessable(),
        )


def remember(response: HttpResponse, attempt: Attempt) -> None:
    """Let the browser hold it; the latest is the one that counts."""
    response.set_cookie(
        _cookie(),
        sealed(json.dumps(asdict(attempt))),
        max_age=LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def remembered(request: HttpRequest) -> Attempt | None:
    """What this browser began, if it is not too long ago."""
    words = opened(request.COOKIES.get(_cookie(), ""))
    try:
        attempt = Attempt(**json.loads(words))
    except (ValueError, TypeError):  # nothing, or begun before we were brought up to date
        return None
    return attempt if 0 <= time.time() - attempt.begun <= LASTS else None


def _cookie() -> str:
    """Over TLS a name that no other host, above or below ours, can set."""
    return "__Host-innlogging" if settings.SESSION_COOKIE_SECURE else "innlogging"


def sealed(words: str) -> str:
    """Words that only we can read, and that nobody can change."""
    return jwe.encrypt_compact(HEADER, words.encode(), _key())


def opened(words: str) -> str:
    """What was sealed; empty when it was not by us."""
    try:
        plain = jwe.decrypt_compact(words, _key()).plaintext
    except (JoseError, ValueError, TypeError, KeyError):
        return ""
    return plain.decode() if plain else ""


def _key() -> OctKey:
    return OctKey.import_key(salted_hmac("dialog.sign-in", "seal", algorithm="sha256").digest())
