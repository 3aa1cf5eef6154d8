"""How we prove who we are: a signed assertion for each call, and with DPoP that a token is ours."""

import base64
import hashlib
import secrets
import time

from joserfc import jwt
from joserfc.jwk import ECKey

from dialog.adapters.oidc.own_keys import Own
from dialog.adapters.oidc.profiles import Profile

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LASTS = 30  # seconds


def unguessable() -> str:
    """256 bits that nobody has had before."""
    return secrets.token_urlsafe(32)


def encoded(digest: bytes) -> str:
    """Bytes as tokens and addresses carry them."""
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def challenge(verifier: str) -> str:
    """What is told of a PKCE verifier before it is shown (S256)."""
    return encoded(hashlib.sha256(verifier.encode()).digest())


def client_assertion(profile: Profile, own: Own) -> dict[str, str]:
    """The fields by which the provider knows that it is us (private_key_jwt); new for each call,
    for it is refused the second time.
    """
    now = int(time.time())
    claims = {
        "iss": profile.client_id,
        "sub": profile.client_id,
        "aud": profile.issuer,
        "jti": unguessable(),
        "iat": now,
        "nbf": now,
        "exp": now + LASTS,
    }
    header = {"alg": own.algorithm, "kid": own.kid, "typ": profile.assertion_type}
    return {
        "client_id": profile.client_id,
        "client_assertion_type": ASSERTION,
        "client_assertion": jwt.encode(header, claims, own.key, [own.algorithm]),
    }


class Possession:
    """A key made for one sign-in, and the proofs that we hold it (RFC 9449)."""

    def __init__(self) -> None:
        self._key = ECKey.generate_key("P-256")

    def proof(self, method: str, url: str, *, nonce: str = "", token: str = "") -> str:
        """A proof for one call, with the provider's nonce where it wants one, and for one token
        where one is used.
        """
        claims: dict[str, str | int] = {
            "jti": unguessable(),
            "htm": method,
            "htu": url,
            "iat": int(time.time()),
        }
        if nonce:
            claims["nonce"] = nonce
        if token:
            claims["ath"] = encoded(hashlib.sha256(token.encode()).digest())
        header = {"alg": "ES256", "typ": "dpop+jwt", "jwk": self._key.as_dict(private=False)}
        return jwt.encode(header, claims, self._key, ["ES256"])
