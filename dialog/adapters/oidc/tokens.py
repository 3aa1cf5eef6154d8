"""How we know that what a provider says is true: every claim that counts is looked at, by name."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from dialog.adapters.oidc.attempts import Attempt
from dialog.adapters.oidc.profiles import Profile
from dialog.adapters.oidc.proofs import encoded
from dialog.adapters.oidc.published import Published
from dialog.adapters.oidc.refusals import Refused

# Signatures by a key only the provider has. What is signed with a shared secret, or with nothing,
# is not on the list, so a public key can never be taken for such a secret.
ALGORITHMS = {
    **dict.fromkeys(("RS256", "PS256", "ES256"), hashlib.sha256),
    **dict.fromkeys(("RS384", "PS384", "ES384"), hashlib.sha384),
    **dict.fromkeys(("RS512", "PS512", "ES512"), hashlib.sha512),
}
LEEWAY = 30  # seconds that two clocks may differ
TOLD_WITHIN = 300  # seconds that a logout token is news
LONGEST = 32 * 1024
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"

Claims = Mapping[str, Any]


def id_token(
    token: str, *, profile: Profile, published: Published, attempt: Attempt, access_token: str
) -> Claims:
    """The claims of an id token that was made for us, now, for this attempt, at our level."""
    header, claims = _signed(token, published, types=("jwt",))
    _must_be_between(claims, profile)
    _must_be_now(claims, since=attempt.begun)
    _must(same(claims.get("nonce"), attempt.nonce), "wrong nonce")
    if "at_hash" in claims:
        half = _half_digest(header["alg"], access_token)
        _must(same(claims["at_hash"], half), "another access token")
    _must(str(claims.get(profile.level_claim)) in profile.levels, "lower level")
    if attempt.anew:
        proved = _moment(claims, "auth_time")
        _must(proved >= attempt.begun - LEEWAY, "not proved anew")
    _must(bool(_text(claims, "sub")), "no subject")
    return claims


def logout_token(token: str, *, profile: Profile, published: Published) -> Claims:
    """The claims of a token that says a session is over; it is no id token, and counts once."""
    _header, claims = _signed(token, published, types=("jwt", "logout+jwt"))
    _must_be_between(claims, profile)
    now, made = time.time(), _moment(claims, "iat")
    _must(now - TOLD_WITHIN - LEEWAY <= made <= now + LEEWAY, "wrong time")
    _must("exp" not in claims or _moment(claims, "exp") > now - LEEWAY, "expired")
    events = claims.get("events")
    _must(isinstance(events, dict) and isinstance(events.get(LOGOUT), dict), "not a logout")
    _must("nonce" not in claims, "an id token")
    _must(bool(_text(claims, "sid") or _text(claims, "sub")), "nobody's session")
    _must(bool(_text(claims, "jti")), "no identity of its own")
    return claims


def same(one: object, other: str) -> bool:
    """Whether these are equal, in a time that does not tell how nearly."""
    return isinstance(one, str) and hmac.compare_digest(one.encode(), other.encode())


def _signed(
    token: str, published: Published, *, types: tuple[str, ...]
) -> tuple[dict[str, Any], Claims]:
    def key(seen: Any) -> RSAKey | ECKey:
        kid = seen.headers().get("kid")
        return published.key(None if kid is None else str(kid))

    _must(len(token) <= LONGEST, "too long a token")
    try:
        read = jwt.decode(token, key, algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Refused("not signed by the provider") from error
    _must(str(read.header.get("typ", "JWT")).lower() in types, "another kind of token")
    return read.header, read.claims


def _must_be_between(claims: Claims, profile: Profile) -> None:
    """From this provider, for us, and for nobody else unless it says that it is ours."""
    _must(same(claims.get("iss"), profile.issuer), "wrong issuer")
    given = claims.get("aud")
    audience = given if isinstance(given, list) else [given]
    _must(profile.client_id in audience, "wrong audience")
    _must(len(audience) == 1 or "azp" in claims, "several audiences")
    _must(claims.get("azp", profile.client_id) == profile.client_id, "another's token")


def _must_be_now(claims: Claims, *, since: int) -> None:
    """Made after we asked, not in what is still to come, and not too old."""
    now, made = time.time(), _moment(claims, "iat")
    _must(_moment(claims, "exp") > now - LEEWAY, "expired")
    _must(made <= now + LEEWAY, "from the future")
    _must(made >= since - LEEWAY, "older than our question")
    _must("nbf" not in claims or _moment(claims, "nbf") <= now + LEEWAY, "not valid yet")


def _moment(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused(f"no {name}")
    return value


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _half_digest(algorithm: str, token: str) -> str:
    digest = ALGORITHMS[algorithm](token.encode()).digest()
    return encoded(digest[: len(digest) // 2])


def _must(so: bool, why: str) -> None:
    if not so:
        raise Refused(why)
