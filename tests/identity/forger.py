"""A provider of the tests' own, which lies as it is told: what no real one can be made to say."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey

from dialog.demo.cast import Cast, number
from tests.providers import CLIENT, HIGH, listening

KEY, NEXT, STRANGERS = (RSAKey.generate_key(2048, {"kid": one}) for one in ("a", "b", "a"))
MINUTE = 60
Claims = dict[str, Any]


class Forger:
    """ID-porten as a liar: ``lies`` changes the claims, ``signs`` makes the token of them."""

    def __init__(self, pid: str) -> None:
        self.pid = pid
        self.issuer = ""
        self.lies: Callable[[Claims], object] = lambda _claims: None
        self.signs: Callable[[Claims], str] = signed
        self.published = [KEY]
        self.away: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.metadata: Claims = {}
        self.asked: list[str] = []
        self._request: dict[str, str] = {}

    def at_work(self) -> AbstractContextManager[str]:
        """Answer; its address is its issuer."""
        return listening(self._answer)

    def comes_back(self, browser: Client, **said: str) -> Any:
        """A browser goes there and comes back at once; what our own callback answers."""
        browser.get("/logg-inn/id-porten", {"neste": "/timer"})
        sent = {"code": "a-code", "state": self._request["state"], "iss": self.issuer, **said}
        return browser.get("/logg-inn/id-porten/tilbake", sent)

    def claims(self) -> Claims:
        """What an honest id token would say."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": CLIENT["id-porten"],
            "sub": "somebody",
            "sid": "a-session",
            "iat": now,
            "exp": now + 2 * MINUTE,
            "auth_time": now,
            "acr": HIGH,
            "pid": self.pid,
            "nonce": self._request.get("nonce", ""),
        }

    def _answer(self, _method: str, path: str, body: bytes, _headers: object) -> Any:
        self.asked.append(path)
        if path in self.away:
            return self.away[path]
        said: Claims
        if path == "/par":
            self._request = {name: one[0] for name, one in parse_qs(body.decode()).items()}
            said = {"request_uri": "urn:one", "expires_in": 60}
        elif path == "/token":
            claims = self.claims()
            self.lies(claims)
            said = {
                "access_token": "a-token",
                "token_type": "Bearer",
                "id_token": self.signs(claims),
            }
        elif path == "/jwks":
            said = {"keys": [one.as_dict(private=False) for one in self.published]}
        else:
            said = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "pushed_authorization_request_endpoint": f"{self.issuer}/par",
                "jwks_uri": f"{self.issuer}/jwks",
                "authorization_response_iss_parameter_supported": True,
                **self.metadata,
            }
        return 200, {"Content-Type": "application/json"}, json.dumps(said).encode()


def signed(claims: Claims, key: RSAKey = KEY, **header: Any) -> str:
    """A token as it should be, but for what is asked for."""
    return jwt.encode({"alg": "RS256", "kid": key.kid, **header}, claims, key, ["RS256"])


def unsigned(claims: Claims) -> str:
    """``alg: none``."""
    return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': 'a'})}.{_part(claims)}."


def with_the_public_key_as_a_secret(claims: Claims) -> str:
    """HS256 with what everybody knows."""
    words = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'a'})}.{_part(claims)}"
    digest = hmac.new(KEY.as_pem(private=False), words.encode(), hashlib.sha256).digest()
    return f"{words}.{_encoded(digest)}"


def changed_afterwards(claims: Claims) -> str:
    """Signed by the provider, and then not."""
    header, _payload, signature = signed(claims).split(".")
    return f"{header}.{_part({**claims, 'pid': 'other'})}.{signature}"


def _part(words: Claims) -> str:
    return _encoded(json.dumps(words).encode())


def _encoded(words: bytes) -> str:
    return base64.urlsafe_b64encode(words).rstrip(b"=").decode()


@pytest.fixture
def liar(cast: Cast, own_keys: Path, signing_in: Callable[..., None]) -> Iterator[Forger]:
    made = Forger(number("kari"))
    with made.at_work() as made.issuer:
        signing_in(own_keys, idporten_issuer=made.issuer, idporten_client_id=CLIENT["id-porten"])
        yield made


def who(browser: Client) -> object:
    return browser.get("/.well-known/jwks.json").wsgi_request.actor  # type: ignore[attr-defined]


def let_in(liar: Forger) -> bool:
    browser = Client()
    answer = liar.comes_back(browser)
    assert (answer.status_code == 302) is (who(browser) is not None)
    return bool(answer.status_code == 302)
