"""Tokens from Maskinporten, which let us in at the national registers (RFC 7523, section 2.1).

What is sent and what comes back is as Digdir documents it (docs.digdir.no/docs/Maskinporten, in
November 2026): «JWT grant» (the claims and no others, ``kid`` or ``x5c``, at most 120 seconds,
``iat`` within ten seconds of their clock, each grant once), «/token endpoint» (``aud`` is the
issuer alone), «well-known» (RFC 8414), «audience-restricted tokens» (``resource``) and «Feilsøking
i Maskinporten» (errors). NOT VERIFIED against Maskinporten itself, nor which scope, resource or
client each register wants: those are settings.

A token is opaque to us. One is kept for each client, scope and resource until shortly before it
ends; one thread asks for all. While there is none, the register is away.
"""

import logging
import re
import threading
import time
from collections import defaultdict
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc import jwt

from dialog.adapters.access import AtMaskinporten
from dialog.adapters.oidc.own_keys import Own, OwnKeys
from dialog.adapters.oidc.proofs import unguessable
from dialog.adapters.oidc.published import Kept
from dialog.adapters.oidc.refusals import Away
from dialog.adapters.oidc.wire import Answer, Wire

log = logging.getLogger(__name__)

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ALGORITHMS = ("RS256",)
TOLD_IN = "docs/maskinporten.md"
LASTS = 60  # seconds that a grant may be used
BEFORE_IT_ENDS = 30.0  # seconds; at most a quarter of what it lasts
LEFT_ALONE = 15.0  # seconds after it has given none
LONGEST_TOKEN = 16 * 1024
TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1
ERROR = re.compile(r"[a-z_]{1,40}")
CODE = re.compile(r"\bMP-\d{3}\b")
# What is said in the log of its errors; of its own words only the error and its code are kept.
WHY = {
    "invalid_grant": "it does not take our proof: see that the client and the key are registered "
    "there, and that our clock is right",
    "invalid_client": "it does not know our client",
    "unauthorized_client": "our client may not ask in this way",
    "invalid_scope": "the scope is not our client's",
    "invalid_request": "it cannot read what we ask: see the resource and the organisation number",
    "invalid_target": "it does not know the resource",
    "access_denied": "we may not ask for this organisation",
}


class Wanted(NamedTuple):
    """Whose token, for what, and for which of those who offer it."""

    client_id: str
    scope: str
    resource: str = ""


class _Token:
    """What is held for one of these; its lock is held while somebody asks."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.words = ""
        self.asked = self.anew = self.ends = self.left_alone = float("-inf")


class Maskinporten:
    """Asks for tokens with our keys, and keeps them."""

    def __init__(self, given: AtMaskinporten, keys: OwnKeys, wire: Wire) -> None:
        self._given = given
        self._keys = keys
        self._wire = wire
        self._metadata = Kept(self._ask_metadata)
        self._tokens: defaultdict[Wanted, _Token] = defaultdict(_Token)

    def token(self, wanted: Wanted) -> str:
        """A token that counts for a while yet; Away when there is none."""
        kept = self._tokens[wanted]
        with kept.lock:
            now = time.monotonic()
            if now < kept.anew:
                return kept.words
            try:
                if now < kept.left_alone:
                    raise Away("no token a moment ago")
                self._renew(kept, wanted)
            except Away:
                if time.monotonic() >= kept.ends:
                    raise
            return kept.words

    def another(self, wanted: Wanted, token: str) -> str:
        """Another token than this, which a register does not take; the same when it is new, for
        then a newer one would not be taken either.
        """
        kept = self._tokens[wanted]
        with kept.lock:
            if kept.words == token and time.monotonic() - kept.asked > LEFT_ALONE:
                kept.anew = kept.ends = float("-inf")
        return self.token(wanted)

    def _renew(self, kept: _Token, wanted: Wanted) -> None:
        asked = time.monotonic()
        try:
            kept.words, lasts = self.ask(wanted)
        except Away as away:
            kept.left_alone = time.monotonic() + LEFT_ALONE
            log.warning("Maskinporten gave no token for %s: %s.", wanted.scope, away.why)
            raise
        kept.asked, kept.ends = asked, asked + lasts
        kept.anew = kept.ends - min(BEFORE_IT_ENDS, lasts / 4)

    def ask(self, wanted: Wanted) -> tuple[str, float]:
        """A new token, and how many seconds it lasts; it is not kept."""
        address = str(self._metadata.get()["token_endpoint"])
        answer = self._wire.post(address, {"grant_type": GRANT, "assertion": self._grant(wanted)})
        if not answer.fine:
            raise Away(_why(answer))
        said = answer.words()
        token, lasts = said.get("access_token"), said.get("expires_in")
        bearer = str(said.get("token_type", "")).lower() == "bearer"
        fit = isinstance(token, str) and len(token) <= LONGEST_TOKEN and TOKEN.fullmatch(token)
        if not bearer or not fit or type(lasts) is not int or lasts <= 0:
            raise Away("what it answered is no token")
        return str(token), float(lasts)

    def _grant(self, wanted: Wanted) -> str:
        """Who we are and what we ask for, signed; new for each call, for it is taken once."""
        own, now = self._own(), int(time.time())
        claims: dict[str, Any] = {
            "aud": self._given.issuer,
            "iss": wanted.client_id,
            "scope": wanted.scope,
            "iat": now,
            "exp": now + LASTS,
            "jti": unguessable(),
        }
        if wanted.resource:
            claims["resource"] = [wanted.resource]
        if self._given.consumer_org:
            claims["consumer_org"] = self._given.consumer_org
        known_by = {"x5c": list(own.chain)} if own.chain else {"kid": own.kid}
        header = {"alg": own.algorithm, **known_by}
        return jwt.encode(header, claims, own.key, [own.algorithm])

    def _own(self) -> Own:
        try:
            return self._keys.now()
        except ImproperlyConfigured as fault:
            raise Away(f"we have no key to ask with ({fault})") from fault

    def _ask_metadata(self) -> dict[str, Any]:
        parts = urlsplit(self._given.issuer)
        path = parts.path.rstrip("/")
        well_known = f"/.well-known/oauth-authorization-server{path}"
        answer = self._wire.get(f"{parts.scheme}://{parts.netloc}{well_known}")
        found = answer.words()
        if not answer.fine or found.get("issuer") != self._given.issuer:
            raise Away("it does not publish itself under the name in MASKINPORTEN_ISSUER")
        if urlsplit(str(found.get("token_endpoint", ""))).scheme != parts.scheme:
            raise Away("what it publishes has no address for tokens that is as safe")
        return found


def _why(answer: Answer) -> str:
    """One sentence of ours, with its own error and code when they are such."""
    said = answer.words()
    error = str(said.get("error", ""))
    known = error if ERROR.fullmatch(error) else f"status {answer.status}"
    code = CODE.search(str(said.get("error_description", "")))
    told = ", ".join([known, *([code[0]] if code else [])])
    return f"{WHY.get(error, 'it says no')} ({told})"


@cache
def keys() -> OwnKeys:
    """Our keys there."""
    return OwnKeys(settings.MASKINPORTEN.keys, algorithms=ALGORITHMS, told_in=TOLD_IN)
