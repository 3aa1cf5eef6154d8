"""What a provider may say and not be believed; and what happens when it is away."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from dialog.adapters.oidc import provider, published
from dialog.adapters.oidc.proofs import encoded
from dialog.demo.cast import number
from dialog.people.identity_number import parse
from tests.identity import forger
from tests.identity.forger import KEY, MINUTE, NEXT, STRANGERS, Claims, Forger, let_in, signed
from tests.providers import CLIENT, MISSPELT

Lie = Callable[[Claims], object]
BODY: dict[str, str] = {"Content-Type": "application/json"}
OVER = "/logg-ut/id-porten/over"


def says(**claims: Any) -> Lie:
    return lambda words: words.update(claims)


def leaves_out(name: str) -> Lie:
    return lambda words: words.pop(name)


def off_by(seconds: int, *names: str) -> Lie:
    return lambda words: words.update({name: words[name] + seconds for name in names})


class TestClaims:
    def test_an_honest_one_is_believed(self, liar: Forger) -> None:
        assert let_in(liar)

    @pytest.mark.parametrize(
        "lie",
        [
            says(iss="https://other.example"),
            leaves_out("iss"),
            says(aud="somebody-else"),
            says(aud=["somebody-else"]),
            says(aud=[CLIENT["id-porten"], "somebody-else"]),
            says(aud=[CLIENT["id-porten"], "somebody-else"], azp="somebody-else"),
            says(azp="somebody-else"),
            leaves_out("aud"),
            says(nonce="another"),
            leaves_out("nonce"),
            says(nonce=None),
            says(acr="idporten-loa-substantial"),
            says(acr="Level3"),
            says(acr=["idporten-loa-high"]),
            leaves_out("acr"),
            says(pid=""),
            says(pid=MISSPELT),
            leaves_out("pid"),
            says(sub=""),
            leaves_out("sub"),
            leaves_out("exp"),
            leaves_out("iat"),
            says(exp="soon"),
            says(exp=True),
            says(at_hash="another"),
            off_by(-5 * MINUTE, "iat", "exp"),
            off_by(-5 * MINUTE, "iat"),
            off_by(5 * MINUTE, "iat", "exp"),
            lambda claims: claims.update(nbf=int(time.time()) + 5 * MINUTE),
        ],
    )
    def test_a_lie_is_not(self, liar: Forger, lie: Lie) -> None:
        liar.lies = lie

        assert not let_in(liar)

    @pytest.mark.parametrize(
        "way_of_saying",
        [
            says(aud=[CLIENT["id-porten"]]),
            says(aud=[CLIENT["id-porten"], "other"], azp=CLIENT["id-porten"]),
            says(acr="Level4"),
            off_by(20, "iat", "exp"),
            off_by(-20, "iat"),
            says(at_hash=encoded(hashlib.sha256(b"a-token").digest()[:16])),
        ],
    )
    def test_the_same_said_otherwise_is_believed(self, liar: Forger, way_of_saying: Lie) -> None:
        liar.lies = way_of_saying

        assert let_in(liar)

    def test_somebody_real_is_nobody_in_a_demonstration(
        self, liar: Forger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = parse(number("kari"))
        monkeypatch.setattr(provider, "parse", lambda _given: replace(real, synthetic=False))

        assert not let_in(liar)

    @pytest.mark.parametrize("said", [{"code": ""}, {"state": "another"}, {"state": ""}])
    def test_an_answer_that_answers_nothing(self, liar: Forger, said: dict[str, str]) -> None:
        assert liar.comes_back(Client(), **said).status_code == 403
        assert "/token" not in liar.asked

    @pytest.mark.parametrize(
        ("facts", "believed"),
        [
            ({"sub": "somebody", "pid": number("kari")}, True),
            ({"sub": "somebody-else", "pid": number("kari")}, False),
            ({"pid": number("kari")}, False),
            ({"sub": "somebody", "acr": "idporten-loa-high"}, False),
        ],
    )
    def test_what_is_said_beside_the_token_is_about_the_same_person(
        self, liar: Forger, facts: Claims, believed: bool
    ) -> None:
        liar.metadata = {"userinfo_endpoint": f"{liar.issuer}/me"}
        liar.away["/me"] = 200, {}, json.dumps(facts).encode()
        liar.lies = leaves_out("pid")

        assert let_in(liar) is believed

    def test_the_level_is_read_in_the_token_alone(self, liar: Forger) -> None:
        liar.metadata = {"userinfo_endpoint": f"{liar.issuer}/me"}
        facts = {"sub": "somebody", "pid": number("kari"), "acr": "idporten-loa-high"}
        liar.away["/me"] = 200, {}, json.dumps(facts).encode()
        liar.lies = lambda claims: (claims.pop("pid"), claims.pop("acr"))

        assert not let_in(liar)

    def test_to_be_known_from_before_is_not_to_prove_it_anew(self, liar: Forger) -> None:
        liar.lies = off_by(-2 * MINUTE, "auth_time")
        browser = Client()
        browser.get("/logg-inn/id-porten", {"pa_nytt": "1"})
        state = liar._request["state"]

        answer = browser.get(
            "/logg-inn/id-porten/tilbake", {"code": "x", "state": state, "iss": liar.issuer}
        )

        assert liar._request["prompt"] == "login"
        assert answer.status_code == 403


class TestSignatures:
    @pytest.mark.parametrize(
        "signs",
        [
            forger.unsigned,
            forger.with_the_public_key_as_a_secret,
            forger.changed_afterwards,
            lambda claims: signed(claims, STRANGERS),
            lambda claims: signed(claims, typ="logout+jwt"),
            lambda claims: signed(claims, typ="at+jwt"),
            lambda claims: signed({**claims, "long": "x" * 40_000}),
            lambda claims: "",
            lambda claims: "a.b.c",
            lambda claims: "no token",
        ],
    )
    def test_what_is_not_signed_by_the_provider(
        self, liar: Forger, signs: Callable[[Claims], str]
    ) -> None:
        liar.signs = signs

        assert not let_in(liar)

    def test_a_key_nobody_knows_yet_is_asked_for_once(
        self, liar: Forger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert let_in(liar)
        liar.published, liar.signs = [KEY, NEXT], lambda claims: signed(claims, NEXT)
        monkeypatch.setattr(published, "ASK_AGAIN", 0.0)

        assert let_in(liar)
        assert liar.asked.count("/jwks") == 2

    def test_and_not_again_for_a_while(self, liar: Forger) -> None:
        liar.signs = lambda claims: signed(claims, NEXT)

        assert [let_in(liar) for _time in range(4)] == [False] * 4
        assert liar.asked.count("/jwks") == 1

    def test_a_key_that_is_gone_is_believed_no_more(
        self, liar: Forger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert let_in(liar)
        liar.published = [NEXT]
        monkeypatch.setattr(published.Kept.get, "__kwdefaults__", {"not_older_than": 0.0})
        monkeypatch.setattr(published, "FRESH", 0.0)

        assert not let_in(liar)

    def test_without_a_name_the_only_key_there_is(self, liar: Forger) -> None:
        liar.signs = lambda claims: forger.jwt.encode({"alg": "RS256"}, claims, KEY, ["RS256"])

        assert let_in(liar)

    def test_and_none_when_there_are_several(self, liar: Forger) -> None:
        liar.published = [KEY, NEXT]
        liar.signs = lambda claims: forger.jwt.encode({"alg": "RS256"}, claims, KEY, ["RS256"])

        assert not let_in(liar)

    def test_keys_of_other_kinds_are_passed_over(self, liar: Forger) -> None:
        odd = json.dumps(
            {
                "keys": [
                    {"kty": "oct", "k": "AAAA", "kid": "a"},
                    {"kty": "odd"},
                    "no key",
                    {"kty": "RSA", "kid": "a", "n": "AA"},
                    {**KEY.as_dict(private=False), "use": "enc", "kid": "c"},
                    KEY.as_dict(private=False),
                ]
            }
        )
        liar.away["/jwks"] = 200, BODY, odd.encode()

        assert let_in(liar)
