"""Out, because the provider says so; and shutting one's own access."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import time_machine
from django.test import Client
from joserfc import jws

from dialog import rows
from dialog.adapters.oidc.attempts import opened
from dialog.demo.cast import Cast, number
from dialog.ledger.models import Entry
from dialog.people import queries
from tests.doors import post
from tests.providers import CLIENT, LOCAL, SITE, Foreign, come_in, off, through

OVER = "/logg-ut/id-porten/over"


def who(browser: Client) -> object:
    return browser.get("/.well-known/jwks.json").wsgi_request.actor  # type: ignore[attr-defined]


@pytest.fixture
def kari(providers: Foreign, cast: Cast) -> Client:
    """Kari, who has come in."""
    providers.at_the_door("a-word-for-kari", pid=number("kari"))
    browser = Client()
    come_in(browser)
    return browser


def claims(browser: Client) -> dict[str, Any]:
    token = opened(browser.session["proof"]["token"])
    return dict(json.loads(jws.extract_compact(token.encode()).payload))


@pytest.fixture
def leaves_there(providers: Foreign) -> Callable[[Client, httpx.Client], str]:
    """Somebody leaves at the provider; the token it tells us with."""

    def leave(browser: Client, jar: httpx.Client) -> str:
        hint = opened(browser.session["proof"]["token"])
        issuer = providers.issuers["id-porten"]
        page = jar.get(f"{issuer}/session/end", params={"id_token_hint": hint}).text
        xsrf = page.split('name="xsrf" value="')[1].split('"')[0]
        jar.post(f"{issuer}/session/end/confirm", data={"xsrf": xsrf, "logout": "yes"})
        return providers.told[-1]

    return leave


class TestGoingOut:
    def test_the_provider_is_told_with_its_own_token(
        self, kari: Client, providers: Foreign
    ) -> None:
        token = opened(kari.session["proof"]["token"])

        page = sign_out(kari)

        address = page.headers["Refresh"].removeprefix("0; url=")
        asked = parse_qs(urlsplit(address).query)
        assert address.startswith(providers.issuers["id-porten"])
        assert asked["id_token_hint"] == [token]
        assert asked["post_logout_redirect_uri"] == [f"{SITE}/logget-ut"]
        assert httpx.get(address, **LOCAL).status_code == 200
        assert who(kari) is None

    def test_the_token_lies_sealed_in_the_session(self, kari: Client) -> None:
        token = opened(kari.session["proof"]["token"])

        assert token.count(".") == 2
        assert token not in str(dict(kari.session))

    def test_whoever_is_away_there_is_out_here_all_the_same(
        self, kari: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dialog.adapters.oidc.published.Published.address", lambda *_any: "")

        assert sign_out(kari).headers["Location"] == "/logget-ut"
        assert who(kari) is None

    def test_in_every_browser_at_once(self, kari: Client, cast: Cast) -> None:
        phone = Client()
        come_in(phone)

        sign_out(kari, "/logg-ut/overalt")

        assert who(phone) is None
        assert who(kari) is None


def sign_out(browser: Client, address: str = "/logg-ut") -> object:
    return post(browser, address)


class TestToldByTheProvider:
    def test_a_session_that_is_over_there_is_over_here(
        self, providers: Foreign, cast: Cast, leaves_there: Callable[..., str]
    ) -> None:
        providers.at_the_door("a-word-for-kari", pid=number("kari"))
        here, elsewhere = Client(), Client()
        with httpx.Client(**LOCAL) as jar:
            come_in(here, jar=jar)
            come_in(elsewhere)
            token = leaves_there(here, jar)

        told = Client(enforce_csrf_checks=True).post(OVER, {"logout_token": token})

        assert told.status_code == 200
        assert told.headers["Cache-Control"] == "no-store"
        assert who(here) is None
        assert who(elsewhere) == cast.kari
        with rows.seeing(account=cast.kari.account_id):
            last = Entry.objects.order_by("id").last()
        assert last is not None
        assert (last.kind, last.account_id) == ("SignedOut", cast.kari.account_id)
        assert Client().post(OVER, {"logout_token": token}).status_code == 400

    def test_the_session_is_found_when_its_key_has_changed(
        self, kari: Client, cast: Cast, providers: Foreign
    ) -> None:
        session = kari.session
        session.cycle_key()
        kari.cookies["sessionid"] = session.session_key

        kari.get(OVER, {"iss": providers.issuers["id-porten"], "sid": claims(kari)["sid"]})

        assert who(kari) is None

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30."])
    def test_not_by_anybody_else(self, kari: Client, cast: Cast, token: str) -> None:
        assert Client().post(OVER, {"logout_token": token}).status_code == 400
        assert who(kari) == cast.kari

    def test_nor_with_the_token_one_came_in_with(self, kari: Client, cast: Cast) -> None:
        token = opened(kari.session["proof"]["token"])

        assert Client().post(OVER, {"logout_token": token}).status_code == 400
        assert who(kari) == cast.kari

    def test_by_way_of_the_browser(self, kari: Client, providers: Foreign) -> None:
        asked = {"iss": providers.issuers["id-porten"], "sid": claims(kari)["sid"]}

        assert Client().get(OVER, asked).status_code == 200
        assert who(kari) is None

    @pytest.mark.parametrize("said", [{}, {"iss": "https://other.example"}, {"sid": "none"}])
    def test_not_without_both_names(
        self, kari: Client, cast: Cast, providers: Foreign, said: dict[str, str]
    ) -> None:
        right = {"iss": providers.issuers["id-porten"], "sid": claims(kari)["sid"]}
        asked = {name: said.get(name, value) for name, value in right.items() if said}

        Client().get(OVER, asked)

        assert who(kari) == cast.kari

    def test_a_session_without_a_name_is_nobodys(
        self, kari: Client, cast: Cast, providers: Foreign
    ) -> None:
        answer = Client().get(OVER, {"iss": providers.issuers["id-porten"], "sid": ""})

        assert answer.status_code == 400
        assert who(kari) == cast.kari

    def test_the_other_provider_ends_none_of_this_ones(
        self, kari: Client, cast: Cast, providers: Foreign
    ) -> None:
        asked = {"iss": providers.issuers["helseid"], "sid": claims(kari)["sid"]}

        Client().get("/logg-ut/helseid/over", asked)

        assert who(kari) == cast.kari


class TestLock:
    def test_every_browser_is_out_at_once_and_nobody_comes_in(self, kari: Client) -> None:
        phone = Client()
        come_in(phone)

        assert post(kari, "/sikkerhet/sperr").headers["Location"] == "/sperret"

        assert who(phone) is None
        assert who(kari) is None
        again = come_in(kari, neste="/timer")
        assert again.status_code == 403
        page = again.content.decode()
        assert "/logg-inn?pa_nytt=1&amp;neste=%2Ftimer" in page
        assert who(kari) is None

    def test_whoever_proves_anew_who_she_is_comes_in(self, kari: Client, cast: Cast) -> None:
        post(kari, "/sikkerhet/sperr")
        page = kari.get("/logg-inn", {"pa_nytt": "1"}).content.decode()
        assert "/logg-inn/id-porten?pa_nytt=1" in page

        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=2)):
            answer = come_in(kari, pa_nytt="1")

        assert answer.status_code == 302
        assert who(kari) == cast.kari
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            kinds = list(Entry.objects.order_by("-id").values_list("kind", flat=True)[:3])
        assert kinds == ["SignedIn", "AccessUnlocked", "AccessLocked"]

    def test_not_by_a_sign_in_that_was_begun_before(self, kari: Client) -> None:
        begun = through(off(other := Client(), pa_nytt="1"))
        post(kari, "/sikkerhet/sperr")

        assert other.get(begun).status_code == 403
        assert who(other) is None

    def test_it_is_asked_first(self, kari: Client, cast: Cast) -> None:
        page = kari.get("/sikkerhet/sperr").content.decode()

        assert "Vil du sperre tilgangen din?" in page
        assert who(kari) == cast.kari

    def test_both_sides_can_leave_everywhere_and_patients_can_lock(
        self, as_kari: Client, as_siri: Client
    ) -> None:
        assert "Sperr tilgangen" in as_kari.get("/sikkerhet").content.decode()
        page = as_siri.get("/sikkerhet").content.decode()
        assert "Logg ut overalt" in page
        assert "Sperr tilgangen" not in page

    def test_picking_a_person_opens_again_too(self, as_kari: Client, cast: Cast) -> None:
        post(as_kari, "/sikkerhet/sperr")
        with rows.seeing(scope="door"):
            account = queries.account_at_the_door(number("kari"))
        assert account is not None
        browser, picked = Client(), {"person": account.uuid, "side": "patient"}

        assert post(browser, "/logg-inn", **picked).status_code == 403
        assert post(browser, "/logg-inn", pa_nytt="1", **picked).status_code == 302


def test_what_one_is_asked_anew_the_provider_asks_too(kari: Client) -> None:
    with httpx.Client(**LOCAL) as jar:
        come_in(Client(), jar=jar)
        there = off(Client(), pa_nytt="1")
        hop = jar.get(there).headers["Location"]

    assert "/at-the-door/" in hop
    assert set(parse_qs(urlsplit(there).query)) == {"client_id", "request_uri"}
    assert CLIENT["id-porten"] in there
