"""That the simulated Maskinporten refuses what the real one is documented to refuse; or else what
is tried against it proves nothing.
"""

import hmac
import json
import time
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from dialog.adapters import maskinporten
from dialog.adapters.oidc.proofs import encoded
from dialog.registers.kept import BadScript, Registers
from tests.adapters.at_maskinporten import (
    ANOTHERS,
    OURS,
    SCOPE,
    US,
    clock,
    one_wire,
    simulated,
)

clock, one_wire, simulated = clock, one_wire, simulated


def grant(issuer: str, *, key: Any = OURS, header: Any = None, **changed: Any) -> str:
    """A grant as it should be, but for what is changed; None takes a claim away."""
    now = int(time.time())
    claims = {
        "aud": issuer,
        "iss": US,
        "scope": SCOPE,
        "iat": now,
        "exp": now + 60,
        "jti": str(time.monotonic_ns()),
    } | changed
    kept = {name: value for name, value in claims.items() if value is not None}
    said = {"alg": "RS256", "kid": OURS.thumbprint()} | (header or {})
    return jwt.encode({k: v for k, v in said.items() if v}, kept, key, [said["alg"]])


def by_hand(made: str, algorithm: str) -> str:
    """The same, signed with our public key as if it were a secret, or with nothing."""
    header = {"alg": algorithm, "kid": OURS.thumbprint()}
    signed = f"{encoded(json.dumps(header).encode())}.{made.split('.')[1]}"
    secret = OURS.as_pem(private=False)
    digest = hmac.digest(secret, signed.encode(), "sha256") if algorithm == "HS256" else b""
    return f"{signed}.{encoded(digest)}"


class TestTheSimulator:
    def ask(self, settings: Any, assertion: str, grant_type: str = maskinporten.GRANT) -> Any:
        form = {"grant_type": grant_type, "assertion": assertion}
        address = f"{settings.MASKINPORTEN.issuer}token"
        return httpx.post(address, data=form, trust_env=False, verify=False)  # noqa: S501 - here

    def test_takes_what_is_as_it_should_be(self, simulated: Registers, settings: Any) -> None:
        issuer = settings.MASKINPORTEN.issuer

        assert self.ask(settings, grant(issuer)).status_code == 200
        assert self.ask(settings, grant(issuer, jti=None)).status_code == 200
        assert self.ask(settings, grant(issuer, resource=["r"])).status_code == 200

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"key": ANOTHERS}, "invalid_grant"),
            ({"header": {"kid": "unknown"}}, "invalid_grant"),
            ({"header": {"kid": ""}}, "invalid_request"),
            ({"header": {"x5c": ["tull"]}}, "invalid_request"),
            ({"header": {"kid": "", "x5c": ["tull"]}}, "invalid_request"),
            ({"aud": "https://maskinporten.example/"}, "invalid_grant"),
            ({"aud": ["https://maskinporten.example/"]}, "invalid_grant"),
            ({"iss": "another"}, "invalid_grant"),
            ({"iat": int(time.time()) - 3600}, "invalid_grant"),
            ({"iat": int(time.time()) + 3600}, "invalid_grant"),
            ({"iat": None}, "invalid_grant"),
            ({"exp": int(time.time()) - 1}, "invalid_grant"),
            ({"exp": int(time.time()) + 3600}, "invalid_grant"),
            ({"exp": None}, "invalid_grant"),
            ({"scope": "some:scope another:scope"}, "invalid_scope"),
            ({"scope": ""}, "invalid_scope"),
            ({"resource": "r"}, "invalid_request"),
            ({"consumer_org": "999999999"}, "access_denied"),
            ({"sub": US}, "invalid_request"),
        ],
    )
    def test_and_nothing_else(
        self, simulated: Registers, settings: Any, wrong: dict[str, Any], error: str
    ) -> None:
        answer = self.ask(settings, grant(settings.MASKINPORTEN.issuer, **wrong))

        assert (answer.status_code, answer.json()["error"]) == (400, error)
        assert simulated.maskinporten.given == 0

    @pytest.mark.parametrize("algorithm", ["HS256", "ES256", "PS256", "none"])
    def test_nor_another_way_to_sign(
        self, simulated: Registers, settings: Any, algorithm: str
    ) -> None:
        curved = algorithm == "ES256"
        key = ECKey.generate_key("P-256") if curved else OURS
        said = {"alg": "ES256" if curved else "PS256"}
        forged = grant(settings.MASKINPORTEN.issuer, key=key, header=said)
        if algorithm in ("HS256", "none"):
            forged = by_hand(forged, algorithm)

        assert self.ask(settings, forged).json()["error"] == "invalid_grant"

    @pytest.mark.parametrize("jti", ["once", None])
    def test_nor_the_same_again(self, simulated: Registers, settings: Any, jti: str | None) -> None:
        one = grant(settings.MASKINPORTEN.issuer, jti=jti)

        first, again = (self.ask(settings, one) for _ in range(2))

        assert (first.status_code, again.json()["error"]) == (200, "invalid_grant")

    def test_nor_another_type_of_grant(self, simulated: Registers, settings: Any) -> None:
        answer = self.ask(settings, grant(settings.MASKINPORTEN.issuer), "client_credentials")

        assert answer.json()["error"] == "unsupported_grant_type"

    @pytest.mark.parametrize("words", ["", "a.b.c", "tull"])
    def test_nor_what_is_no_grant(self, simulated: Registers, settings: Any, words: str) -> None:
        assert self.ask(settings, words).json()["error"] == "invalid_grant"

    @pytest.mark.parametrize(
        "script",
        [
            [],
            {"phones": {}},
            {"clients": {"us": {"keys": [{"kty": "tull"}]}}},
            {"clients": {"us": {"authorities": ["tull"]}}},
            {"clients": {"us": {"password": "x"}}},
            {"registers": {"gp": {}}},
        ],
    )
    def test_a_script_that_makes_no_sense_is_refused(self, script: Any) -> None:
        with pytest.raises(BadScript):
            Registers().read({"maskinporten": script})
