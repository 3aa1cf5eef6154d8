"""What a provider publishes, its addresses and its keys, kept for a while.

A key we do not know is asked for once more, and then not again for a while: nobody can make us ask
by sending tokens with made-up keys. When the provider does not answer, what we have goes on for an
hour.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from dialog.adapters.oidc.refusals import Away, Refused
from dialog.adapters.oidc.wire import Wire

T = TypeVar("T")
FRESH, STALE = 600.0, 3600.0
ASK_AGAIN = 30.0  # seconds between two questions for a key nobody knows
DISCOVERY = "/.well-known/openid-configuration"
NEEDED = (
    "authorization_endpoint",
    "token_endpoint",
    "jwks_uri",
    "pushed_authorization_request_endpoint",
)
ADDRESSES = (*NEEDED, "userinfo_endpoint", "end_session_endpoint")
MOST_KEYS = 50


class Kept(Generic[T]):
    """Something asked for, fresh for a while; old is better than nothing for a while longer."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._found: T | None = None
        self._at = 0.0

    def get(self, *, not_older_than: float = FRESH) -> T:
        """What is known, asked for anew when it is older than that; one asks for all."""
        with self._lock:
            age = time.monotonic() - self._at
            if self._found is None or age > not_older_than:
                try:
                    self._found, self._at = self._ask(), time.monotonic()
                except Away:
                    if self._found is None or age > STALE:
                        raise
            return self._found


class Published:
    """One provider's metadata and public keys."""

    def __init__(self, issuer: str, wire: Wire) -> None:
        self._issuer = issuer
        self._wire = wire
        self._metadata = Kept(self._ask_metadata)
        self._keys = Kept(self._ask_keys)

    def address(self, name: str) -> str:
        """One of its addresses; empty when it has none of that kind."""
        return str(self._metadata.get().get(name, ""))

    def says(self, name: str) -> bool:
        """Whether it says that it does something."""
        return self._metadata.get().get(name) is True

    def key(self, kid: str | None) -> RSAKey | ECKey:
        """The key a token says it is signed with; when it does not say, the only one there is."""
        for age in (FRESH, ASK_AGAIN):
            keys = self._keys.get(not_older_than=age)
            if kid is None and len(keys) == 1:
                return next(iter(keys.values()))
            if kid in keys:
                return keys[kid]
        raise Refused("unknown key")

    def _ask_metadata(self) -> dict[str, Any]:
        answer = self._wire.get(self._issuer.rstrip("/") + DISCOVERY)
        found = answer.words()
        if not answer.fine or found.get("issuer") != self._issuer:
            raise Away("no metadata of this issuer")
        scheme = urlsplit(self._issuer).scheme
        given = {name: found[name] for name in ADDRESSES if name in found}
        if any(name not in given for name in NEEDED):
            raise Away("metadata without an address we need")
        if any(urlsplit(str(one)).scheme != scheme for one in given.values()):
            raise Away("metadata with an address that is not as safe")
        return found

    def _ask_keys(self) -> dict[str, RSAKey | ECKey]:
        answer = self._wire.get(self.address("jwks_uri"))
        listed = answer.words().get("keys")
        if not answer.fine or not isinstance(listed, list):
            raise Away("no keys")
        found: dict[str, RSAKey | ECKey] = {}
        for one in listed[:MOST_KEYS]:
            key = _public(one)
            if key is not None:
                found[str(one.get("kid") or key.thumbprint())] = key
        return found


def _public(one: object) -> RSAKey | ECKey | None:
    """A public key for signatures; other kinds are for others."""
    ours = isinstance(one, dict) and one.get("kty") in ("RSA", "EC")
    if not isinstance(one, dict) or not ours or one.get("use", "sig") != "sig":
        return None
    try:
        key = KeySet.import_key_set({"keys": [one]}).keys[0]
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return key if isinstance(key, RSAKey | ECKey) and not key.is_private else None
