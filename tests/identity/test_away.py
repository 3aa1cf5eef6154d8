"""What happens while a provider is away, and what it may tell us by itself."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from dialog.adapters.oidc import published
from dialog.adapters.oidc.refusals import Away
from dialog.adapters.oidc.tokens import LOGOUT
from tests.doors import post
from tests.identity.forger import MINUTE, Claims, Forger, let_in, signed, who
from tests.providers import CLIENT

BODY: dict[str, str] = {"Content-Type": "application/json"}
OVER = "/logg-ut/id-porten/over"


class TestAway:
    DISCOVERY = "/.well-known/openid-configuration"

    @pytest.mark.parametrize("where", [DISCOVERY, "/par", "/token", "/jwks"])
    @pytest.mark.parametrize(
        "answer",
        [
            (500, {}, b""),
            (429, {}, b""),
            (302, {"Location": "http://127.0.0.1:9/elsewhere"}, b""),
            (200, BODY, b"[" * 5000),
            (200, BODY, b"x" * 300_000),
        ],
        ids=["broken", "busy", "elsewhere", "nonsense", "too-long"],
    )
    def test_nothing_is_lost(self, liar: Forger, where: str, answer: Any) -> None:
        liar.away[where] = answer
        browser = Client()
        page = browser.get("/logg-inn/id-porten", {"neste": "/timer"})
        if page.status_code == 302:
            page = liar.comes_back(browser)

        words = page.content.decode()
        assert page.status_code in (403, 503)
        assert "Du er ikke logget inn" in words
        assert "/logg-inn/id-porten?neste=%2Ftimer" in words
        liar.away.clear()
        assert let_in(liar)

    def test_it_says_who_does_not_answer(self, liar: Forger) -> None:
        liar.away["/par"] = 503, {}, b""

        page = Client().get("/logg-inn/id-porten").content.decode()

        assert "ID\u2011porten svarer ikke akkurat nå. Prøv igjen om litt." in page

    def test_when_it_is_back_the_same_answer_is_taken_by_a_reload(self, liar: Forger) -> None:
        liar.away["/token"] = 503, {}, b""
        browser = Client()
        page = liar.comes_back(browser)
        address = page.wsgi_request.get_full_path()
        assert page.status_code == 503

        liar.away.clear()

        assert browser.get(address).headers["Location"] == "/timer"

    def test_for_a_while_what_it_said_before_is_enough(
        self, liar: Forger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert let_in(liar)
        monkeypatch.setattr(published.Kept.get, "__kwdefaults__", {"not_older_than": 0.0})
        liar.away[self.DISCOVERY] = 500, {}, b""

        assert let_in(liar)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"issuer": "https://other.example"},
            {"token_endpoint": "https://other.example/token"},
            {"pushed_authorization_request_endpoint": None},
            {"pushed_authorization_request_endpoint": ""},
        ],
    )
    def test_metadata_that_cannot_be_is_not_used(self, liar: Forger, wrong: Claims) -> None:
        liar.metadata = wrong

        assert Client().get("/logg-inn/id-porten").status_code == 503

    @pytest.mark.parametrize(
        ("error", "status"), [("temporarily_unavailable", 503), ("invalid_scope", 403)]
    )
    def test_what_it_says_is_wrong(self, liar: Forger, error: str, status: int) -> None:
        answer = liar.comes_back(Client(), error=error, code="")

        assert answer.status_code == status

    @pytest.mark.parametrize(
        ("error", "status"), [("invalid_grant", 403), ("invalid_client", 503), ("<b>", 503)]
    )
    def test_when_it_gives_no_token(
        self, liar: Forger, error: str, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        liar.away["/token"] = 400, BODY, json.dumps({"error": error}).encode()

        assert liar.comes_back(Client()).status_code == status
        assert "<b>" not in caplog.text

    def test_when_it_does_not_take_what_we_ask(self, liar: Forger) -> None:
        liar.away["/par"] = 400, BODY, b'{"error": "invalid_client"}'

        assert Client().get("/logg-inn/id-porten").status_code == 503

    def test_whoever_leaves_then_is_out_here(
        self, liar: Forger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_asked: object) -> str:
            raise Away("no answer")

        browser = Client()
        liar.comes_back(browser)
        monkeypatch.setattr(published.Published, "address", away)

        assert post(browser, "/logg-ut").headers["Location"] == "/logget-ut"
        assert who(browser) is None

    def test_a_token_of_another_kind_than_was_asked_for(self, liar: Forger) -> None:
        liar.away["/token"] = 200, BODY, b'{"access_token": "x", "id_token": "y"}'

        assert not let_in(liar)


class TestLogoutTokens:
    @pytest.fixture
    def kari(self, liar: Forger) -> Client:
        browser = Client()
        liar.comes_back(browser)
        return browser

    def token(self, liar: Forger, **changed: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": liar.issuer,
            "aud": CLIENT["id-porten"],
            "iat": now,
            "exp": now + MINUTE,
            "jti": f"one-{time.monotonic()}",
            "sid": "a-session",
            "events": {LOGOUT: {}},
            **changed,
        }
        return signed({name: one for name, one in claims.items() if one is not None})

    @pytest.mark.parametrize(
        "said", [{}, {"sub": "somebody"}, {"sid": None, "sub": "somebody"}, {"exp": None}]
    )
    def test_ends_the_session_it_names(self, liar: Forger, kari: Client, said: Claims) -> None:
        answer = Client().post(OVER, {"logout_token": self.token(liar, **said)})

        assert answer.status_code == 200
        assert who(kari) is None

    @pytest.mark.parametrize(
        "said",
        [
            {"iss": "https://other.example"},
            {"aud": "somebody-else"},
            {"events": None},
            {"events": {"another": {}}},
            {"events": {LOGOUT: "yes"}},
            {"nonce": "n"},
            {"jti": None},
            {"sid": None},
        ],
    )
    def test_is_not_believed(self, liar: Forger, kari: Client, said: Claims) -> None:
        self.must_not_be_believed(liar, kari, said)

    @pytest.mark.parametrize(
        ("name", "seconds"), [("iat", -20 * MINUTE), ("iat", 5 * MINUTE), ("exp", -MINUTE)]
    )
    def test_nor_at_another_time(self, liar: Forger, kari: Client, name: str, seconds: int) -> None:
        self.must_not_be_believed(liar, kari, {name: int(time.time()) + seconds})

    def must_not_be_believed(self, liar: Forger, kari: Client, said: Claims) -> None:
        answer = Client().post(OVER, {"logout_token": self.token(liar, **said)})

        assert answer.status_code == 400
        assert who(kari) is not None

    @pytest.mark.parametrize("said", [{"sid": "another"}, {"sub": "another"}])
    def test_leaves_the_others(self, liar: Forger, kari: Client, said: Claims) -> None:
        assert Client().post(OVER, {"logout_token": self.token(liar, **said)}).status_code == 200
        assert who(kari) is not None

    def test_while_the_provider_is_away_nothing_is_believed_and_it_is_told_to_try_again(
        self, liar: Forger
    ) -> None:
        liar.away["/jwks"] = 503, {}, b""

        assert Client().post(OVER, {"logout_token": self.token(liar)}).status_code == 503
