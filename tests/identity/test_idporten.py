"""Patients sign in at a provider nobody here wrote, set up as ID-porten is."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import time_machine
from django.test import Client
from joserfc import jws

from dialog import rows
from dialog.adapters.oidc.wire import Wire
from dialog.demo.cast import Cast, number
from dialog.identity.models import Session
from dialog.ledger.models import Entry
from dialog.people.identity_number import synthetic
from tests.providers import LOCAL, MISSPELT, Foreign, come_in, off, through


@pytest.fixture
def kari(providers: Foreign, cast: Cast) -> Client:
    """Kari's browser, and Kari at the provider."""
    providers.at_the_door("a-word-for-kari", pid=number("kari"))
    return Client()


def who(browser: Client) -> object:
    return browser.get("/.well-known/jwks.json").wsgi_request.actor  # type: ignore[attr-defined]


class TestComingIn:
    def test_a_patient_comes_in_and_goes_on_to_where_she_was_going(
        self, kari: Client, cast: Cast
    ) -> None:
        answer = come_in(kari, neste="/meldinger?side=2")

        assert (answer.status_code, answer.headers["Location"]) == (302, "/meldinger?side=2")
        assert who(kari) == cast.kari

    def test_it_is_written_down(self, kari: Client, cast: Cast) -> None:
        come_in(kari)

        with rows.seeing(account=cast.kari.account_id):
            assert Entry.objects.order_by("id").last().kind == "SignedIn"  # type: ignore[union-attr]

    def test_she_is_known_by_her_number_and_never_by_the_providers_word(
        self, kari: Client, cast: Cast, providers: Foreign
    ) -> None:
        come_in(kari)
        providers.at_the_door("a-word-for-kari", pid=number("per"))
        other = Client()

        come_in(other)

        assert who(kari) == cast.kari
        assert who(other) == cast.per

    def test_the_session_is_another_than_before(self, kari: Client) -> None:
        kari.get("/logg-inn")
        session = kari.session
        session["before"] = True
        session.save()
        before = session.session_key

        come_in(kari)

        assert kari.session.session_key != before
        assert "before" not in kari.session
        assert not Session.objects.filter(session_key=before).exists()

    def test_the_page_has_both_ways_and_keeps_where_one_was_going(self, kari: Client) -> None:
        page = kari.get("/logg-inn", {"neste": "/timer"}).content.decode()

        assert "/logg-inn/id-porten?neste=%2Ftimer" in page
        assert "/logg-inn/helseid?neste=%2Ftimer" in page

    def test_nothing_of_what_is_asked_can_be_changed_in_the_browser(self, kari: Client) -> None:
        asked = parse_qs(urlsplit(off(kari)).query)

        assert set(asked) == {"client_id", "request_uri"}

    def test_it_leads_nowhere_else(self, kari: Client) -> None:
        assert come_in(kari, neste="//example.org/").headers["Location"] == "/"


class TestWhoIsRefused:
    def refused(self, answer: object, browser: Client) -> str:
        assert answer.status_code == 403  # type: ignore[attr-defined]
        assert who(browser) is None
        return str(answer.content.decode())  # type: ignore[attr-defined]

    def test_at_a_lower_level(self, kari: Client, providers: Foreign) -> None:
        providers.at_the_door("kari", acr="idporten-loa-substantial", pid=number("kari"))

        assert "ikke er sikkert nok" in self.refused(come_in(kari, neste="/timer"), kari)

    def test_somebody_on_nobodys_list(self, kari: Client, providers: Foreign) -> None:
        stranger = synthetic(datetime(1990, 1, 1, tzinfo=UTC).date(), 0)
        providers.at_the_door("stranger", pid=stranger)

        assert stranger not in self.refused(come_in(kari), kari)

    @pytest.mark.parametrize("pid", ["", MISSPELT, "Kari"])
    def test_somebody_without_a_number(self, kari: Client, providers: Foreign, pid: str) -> None:
        providers.at_the_door("kari", pid=pid)

        self.refused(come_in(kari), kari)

    def test_who_gave_up_there(self, kari: Client, providers: Foreign) -> None:
        providers.at_the_door("kari", refuses=True)

        page = self.refused(come_in(kari, neste="/timer"), kari)

        assert "avbrutt" in page
        assert "/logg-inn/id-porten?neste=%2Ftimer" in page


class TestReplay:
    def test_the_same_answer_twice(self, kari: Client) -> None:
        back = through(off(kari))
        kari.get(back)
        cookies = kari.cookies["innlogging"].value
        thief = Client()
        thief.cookies["innlogging"] = cookies

        assert thief.get(back).status_code == 403
        assert who(thief) is None

    def test_in_a_browser_that_did_not_begin(self, kari: Client, cast: Cast) -> None:
        back, other = through(off(kari)), Client()

        assert other.get(back).status_code == 403
        assert who(other) is None
        assert kari.get(back).status_code == 302

    def test_in_a_browser_that_began_something_else(self, kari: Client) -> None:
        back, victim = through(off(kari)), Client()
        off(victim)

        assert victim.get(back).status_code == 403

    def test_an_old_code_with_a_new_question(self, kari: Client) -> None:
        back = through(off(kari))
        kari.get(back)
        used, again = parse_qs(urlsplit(back).query), Client()
        fresh = parse_qs(urlsplit(through(off(again))).query)

        answer = again.get(
            "/logg-inn/id-porten/tilbake", {**_first(fresh), "code": used["code"][0]}
        )

        assert answer.status_code == 403

    def test_a_code_made_for_another_browser(self, kari: Client) -> None:
        theirs, mine = through(off(Client())), through(off(kari))
        given = _first(parse_qs(urlsplit(mine).query))

        answer = kari.get(
            "/logg-inn/id-porten/tilbake",
            {**given, "code": parse_qs(urlsplit(theirs).query)["code"][0]},
        )

        assert answer.status_code == 403

    def test_our_assertion_is_refused_the_second_time(
        self, kari: Client, providers: Foreign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = spy(monkeypatch)
        come_in(kari)

        url, form, _headers = sent[-1]
        answer = httpx.post(url, data=form, **LOCAL)

        assert url.endswith("/token")
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")

    def test_after_ten_minutes_one_begins_again(self, kari: Client) -> None:
        back = through(off(kari))

        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
            assert kari.get(back).status_code == 403


def _first(query: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in query.items()}


def spy(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str], dict[str, str]]]:
    """What we send."""
    sent: list[tuple[str, dict[str, str], dict[str, str]]] = []
    post = Wire.post

    def noted(self: Wire, url: str, form: object, headers: object = None) -> object:
        sent.append((url, dict(form), dict(headers or {})))  # type: ignore[call-overload]
        return post(self, url, form, headers)  # type: ignore[arg-type]

    monkeypatch.setattr(Wire, "post", noted)
    return sent


class TestMixedUp:
    def test_the_other_providers_answer_to_this_ones_address(
        self, kari: Client, providers: Foreign
    ) -> None:
        theirs = through(off(kari, "helseid"))
        off(kari, "id-porten")

        answer = kari.get(theirs.replace("helseid", "id-porten"))

        assert answer.status_code == 403

    @pytest.mark.parametrize("iss", ["other", "none"])
    def test_our_answer_with_another_sender_never_shows_the_code_to_anybody(
        self, kari: Client, providers: Foreign, monkeypatch: pytest.MonkeyPatch, iss: str
    ) -> None:
        given = _first(parse_qs(urlsplit(through(off(kari))).query))
        sent = spy(monkeypatch)
        del given["iss"]
        sender = {"iss": providers.issuers["helseid"]} if iss == "other" else {}

        answer = kari.get("/logg-inn/id-porten/tilbake", {**given, **sender})

        assert answer.status_code == 403
        assert not sent

    def test_a_way_that_is_not_there(self, kari: Client) -> None:
        assert kari.get("/logg-inn/noe-annet").status_code == 404

    def test_nobody_is_picked_here(self, kari: Client) -> None:
        assert kari.post("/logg-inn", {"person": "x", "side": "patient"}).status_code == 403


class TestClocks:
    @pytest.mark.parametrize("minutes", [5, -5])
    def test_five_minutes_off_is_too_much_for_them(self, kari: Client, minutes: int) -> None:
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
            answer = kari.get("/logg-inn/id-porten", {"neste": "/timer"})

        assert answer.status_code == 503
        assert "svarer ikke akkurat nå" in answer.content.decode()

    def test_and_what_they_say_is_too_old_for_us(self, kari: Client) -> None:
        back = through(off(kari))

        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
            assert kari.get(back).status_code in (403, 503)


class TestOurKeys:
    def test_they_are_published(self, kari: Client) -> None:
        keys = kari.get("/.well-known/jwks.json").json()["keys"]

        assert [one["kty"] for one in keys] == ["EC", "RSA"]
        assert not any({"d", "p", "q"} & one.keys() for one in keys)

    def test_when_the_day_of_the_next_has_come_it_is_used_and_nobody_notices(
        self, kari: Client, providers: Foreign, monkeypatch: pytest.MonkeyPatch, cast: Cast
    ) -> None:
        day = datetime(2099, 1, 2, tzinfo=UTC).date()
        monkeypatch.setattr("dialog.adapters.oidc.own_keys.timezone.localdate", lambda: day)
        sent = spy(monkeypatch)

        answer = come_in(kari)

        assert answer.status_code == 302
        header = jws.extract_compact(sent[-1][1]["client_assertion"].encode()).headers()
        assert header["alg"] == "RS256"
