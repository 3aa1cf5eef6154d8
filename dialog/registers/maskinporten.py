"""A simulated Maskinporten: it proves who asks, and the registers look at the tokens it gives.

A script says who may ask, for what, and which registers demand it; the keys are JWKs, the
authorities PEM:

  {"maskinporten": {
     "clients": {"ours": {"keys": [{"kty": "RSA", …}], "scopes": ["some:scope"],
                          "acts_for": ["123456785"], "authorities": ["-----BEGIN …"]}},
     "registers": {"population": {"scope": "some:scope", "resource": "https://…"}},
     "lasts": 120}}
"""

import hashlib
import json
import threading
import time
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import uuid4

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

NAME = "maskinporten"
WHOLE = PublicFormat.SubjectPublicKeyInfo
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ALGORITHMS = ["RS256", "RS384", "RS512"]
CLAIMS = {"aud", "iss", "scope", "iat", "exp", "jti", "resource", "consumer_org"}
MOST = 120  # seconds from iat to exp
LEEWAY = 10  # seconds that iat may be off
CLIENT = {"keys", "scopes", "acts_for", "authorities"}
OWN = "123456785"  # a client's own organisation, where it does not act for another

Words = Mapping[str, Any]


class _Roomy(jws.JWSRegistry):
    """Room for a chain of certificates in a header."""

    max_header_length = 16 * 1024


ROOMY = _Roomy(algorithms=ALGORITHMS)


class Said(NamedTuple):
    """An answer."""

    status: HTTPStatus
    words: Words


class _No(Exception):
    """Why somebody gets no token, as Maskinporten says it."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error, self.description = error, description


@dataclass
class Maskinporten:
    """Who may ask, what has been asked, and which registers demand a token."""

    clients: dict[str, Words] = field(default_factory=dict)
    demands: dict[str, Words] = field(default_factory=dict)
    lasts: int = 120
    given: int = 0
    seen: dict[bytes, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _key: RSAKey | None = None

    def read(self, said: object) -> None:
        """Take in a script; ValueError, KeyError or TypeError when it makes no sense."""
        if not isinstance(said, dict) or set(said) - {"clients", "registers", "lasts"}:
            raise ValueError
        clients, demands = said.get("clients", {}), said.get("registers", {})
        for client in clients.values():
            if set(client) - CLIENT:
                raise ValueError
            for one in client.get("keys", []):
                RSAKey.import_key(one)
            for one in client.get("authorities", []):
                x509.load_pem_x509_certificate(one.encode())
        if not all(one.get("scope") for one in demands.values()):
            raise ValueError
        self.lasts = int(said.get("lasts", self.lasts))
        self.clients.update(clients)
        self.demands.update(demands)

    def published(self, issuer: str) -> Words:
        """Its metadata (RFC 8414)."""
        return {
            "issuer": issuer,
            "token_endpoint": f"{issuer}token",
            "grant_types_supported": [GRANT],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }

    def token(self, form: Mapping[str, str], issuer: str) -> Said:
        """A token for a grant that is as it must be."""
        try:
            if form.get("grant_type") != GRANT:
                raise _No("unsupported_grant_type", "Unsupported grant type")
            claims = self._proved(form.get("assertion", ""), issuer)
        except _No as no:
            return Said(
                HTTPStatus.BAD_REQUEST,
                {"error": no.error, "error_description": f"{no.description} ({uuid4()})"},
            )
        with self._lock:
            self.given += 1
        return Said(
            HTTPStatus.OK,
            {
                "access_token": self._made(claims, issuer),
                "token_type": "Bearer",
                "expires_in": self.lasts,
                "scope": claims["scope"],
            },
        )

    def shuts_out(self, register: str, authorization: str, issuer: str) -> HTTPStatus | None:
        """Why a register does not answer somebody; None when it does."""
        demanded = self.demands.get(register)
        if demanded is None:
            return None
        try:
            read = jwt.decode(authorization.removeprefix("Bearer "), self._own(), ["RS256"])
        except (JoseError, ValueError, TypeError):
            return HTTPStatus.UNAUTHORIZED
        claims = read.claims
        if claims["iss"] != issuer or claims["exp"] <= time.time():
            return HTTPStatus.UNAUTHORIZED
        meant = demanded.get("resource") in (None, claims["aud"])
        has = demanded["scope"] in claims["scope"].split()
        return None if meant and has else HTTPStatus.FORBIDDEN

    def _proved(self, assertion: str, issuer: str) -> Words:
        """What a grant says, when its client signed it, now, for us, and only this once."""
        try:
            unproved = jws.extract_compact(assertion.encode(), registry=ROOMY)
            header = unproved.headers()
            claims = json.loads(unproved.payload or b"")
            client = self.clients[claims["iss"]]
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise _No("invalid_grant", "MP-100: Invalid assertion. Client not found") from None
        key = _key_of(client, header)
        try:
            claims = jwt.decode(assertion, key, ALGORITHMS, registry=ROOMY).claims
        except (JoseError, ValueError, TypeError):
            raise _No("invalid_grant", "MP-100: Invalid assertion. Bad signature") from None
        _must_be_now(claims, issuer)
        self._must_be_new(assertion, claims)
        _must_be_allowed(client, claims)
        return claims

    def _must_be_new(self, assertion: str, claims: Words) -> None:
        now = time.time()
        named = str(claims["jti"]) if "jti" in claims else assertion
        digest = hashlib.sha256(f"{claims['iss']} {named}".encode()).digest()
        with self._lock:
            self.seen = {one: until for one, until in self.seen.items() if until > now - LEEWAY}
            if digest in self.seen:
                raise _No("invalid_grant", "Grant is used before")
            self.seen[digest] = claims["exp"]

    def _made(self, claims: Words, issuer: str) -> str:
        now = int(time.time())
        words = {
            "iss": issuer,
            "aud": (claims.get("resource") or ["unspecified"])[0],
            "scope": claims["scope"],
            "client_id": claims["iss"],
            "consumer": {
                "authority": "iso6523-actorid-upis",
                "ID": f"0192:{claims.get('consumer_org', OWN)}",
            },
            "iat": now,
            "exp": now + self.lasts,
            "jti": str(uuid4()),
        }
        return jwt.encode({"alg": "RS256", "kid": "simulated"}, words, self._own(), ["RS256"])

    def _own(self) -> RSAKey:
        with self._lock:
            if self._key is None:
                self._key = RSAKey.generate_key(2048)
            return self._key


def _key_of(client: Words, header: Words) -> RSAKey:
    """A key the client has registered, or one that an authority it names has certified."""
    if ("kid" in header) == ("x5c" in header):
        raise _No("invalid_request", "Invalid assertion. Either kid or x5c must be present")
    if "kid" in header:
        found = [one for one in client.get("keys", []) if one.get("kid") == header["kid"]]
        if not found:
            raise _No("invalid_grant", "MP-120: Invalid assertion. Unknown key identifier")
        return RSAKey.import_key(found[0])
    return _certified(client, header["x5c"])


def _certified(client: Words, chain: object) -> RSAKey:
    if not isinstance(chain, list) or not chain:
        raise _No("invalid_request", "Failed to extract certificate from jwt")
    authorities = [
        x509.load_pem_x509_certificate(one.encode()) for one in client.get("authorities", [])
    ]
    try:
        leaf = x509.load_der_x509_certificate(b64decode(chain[0]))
        trusted = any(_issued(leaf, one) for one in authorities)
        key = RSAKey.import_key(leaf.public_key().public_bytes(Encoding.PEM, WHOLE))
    except (JoseError, ValueError, TypeError):
        raise _No("invalid_request", "Failed to extract certificate from jwt") from None
    now = time.time()
    begun = leaf.not_valid_before_utc.timestamp() <= now
    if not trusted or not begun or leaf.not_valid_after_utc.timestamp() <= now:
        raise _No("invalid_grant", "MP-121: Invalid assertion. Expired or untrusted certificate")
    return key


def _issued(leaf: x509.Certificate, authority: x509.Certificate) -> bool:
    try:
        leaf.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _must_be_now(claims: Words, issuer: str) -> None:
    """Only what is documented, for us alone, made now, and for two minutes at most."""
    now = time.time()
    made, ends = claims.get("iat"), claims.get("exp")
    if set(claims) - CLAIMS:
        raise _No("invalid_request", "Invalid assertion. Unknown claim")
    if claims.get("aud") != issuer:
        raise _No("invalid_grant", "MP-110: Invalid assertion. Invalid JWT claim aud")
    if type(made) is not int or type(ends) is not int or abs(now - made) > LEEWAY:
        raise _No("invalid_grant", "Invalid assertion. Invalid JWT claim iat")
    if ends <= now:
        raise _No("invalid_grant", "JWT is expired")
    if ends - made > MOST:
        raise _No("invalid_grant", "Invalid assertion. Invalid JWT claim exp")


def _must_be_allowed(client: Words, claims: Words) -> None:
    scopes = str(claims.get("scope", "")).split()
    if not scopes or set(scopes) - set(client.get("scopes", [])):
        raise _No("invalid_scope", "Token request contains invalid scopes for client")
    resource = claims.get("resource", [])
    if not isinstance(resource, list) or not all(isinstance(one, str) for one in resource):
        raise _No("invalid_request", "Invalid assertion. Invalid parameter value")
    for_whom = claims.get("consumer_org")
    if for_whom is not None and for_whom not in client.get("acts_for", []):
        raise _No("access_denied", "Consumer has not delegated access to the scope")
