"""One request: one transaction, one actor, and one act for one click."""

from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast, number
from dialog.identity.middleware import LAST_SEEN_AS
from dialog.ledger import actions as ledger
from dialog.people import actions as people
from dialog.people import queries


def persona(who: str) -> str:
    with rows.seeing(scope="door"):
        account = queries.account_at_the_door(number(who))
    assert account is not None
    return str(account.uuid)


def sign_in(who: str, side: str, client: Client | None = None) -> Client:
    client = client or Client()
    answer = client.post("/logg-inn", {"person": persona(who), "side": side})
    assert answer.status_code == 302
    return client


class TestSignIn:
    def test_a_patient_comes_to_the_portal(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")

        assert client.get("/").status_code == 200

    def test_somebody_at_work_comes_to_the_workspace(self, cast: Cast) -> None:
        client = sign_in("siri", "practice")

        assert client.get("/kontor/").status_code == 200

    @pytest.mark.parametrize(
        ("who", "side", "address"),
        [("kari", "patient", "/kontor/"), ("siri", "practice", "/")],
    )
    def test_the_other_sides_pages_show_the_door(
        self, cast: Cast, who: str, side: str, address: str
    ) -> None:
        client = sign_in(who, side)

        answer = client.get(address)

        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/logg-inn")

    def test_a_patient_is_not_let_in_as_staff(self, cast: Cast) -> None:
        answer = Client().post("/logg-inn", {"person": persona("kari"), "side": "practice"})

        assert answer.status_code == 403

    def test_signing_in_leads_nowhere_else(self, cast: Cast) -> None:
        answer = Client().post(
            "/logg-inn",
            {"person": persona("kari"), "side": "patient", "neste": "//example.org/"},
        )

        assert answer.headers["Location"] == "/"

    def test_somebody_who_left_the_office_is_out_at_the_next_request(self, cast: Cast) -> None:
        client = sign_in("siri", "practice")

        people.remove_member(by=cast.lund, account_id=cast.siri.account_id or 0)

        assert client.get("/kontor/").status_code == 302


class TestWhoseRows:
    """The rows a session saw last are tried first; who acts decides which are seen."""

    @pytest.mark.parametrize("account", ["own", "another"])
    def test_what_a_session_remembers_wrongly_is_put_right(self, cast: Cast, account: str) -> None:
        client = sign_in("kari", "patient")
        session = client.session
        whose = cast.kari if account == "own" else cast.per
        session[LAST_SEEN_AS] = [whose.account_id, cast.per.patient_id, cast.lund.practice_id, ""]
        session.save()

        asked = client.get("/").wsgi_request

        assert asked.actor == cast.kari  # type: ignore[attr-defined]  # set by WhoActs
        assert client.session[LAST_SEEN_AS] == list(rows.view_of(cast.kari))

    def test_the_second_page_says_it_once(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")
        session = client.session
        del session[LAST_SEEN_AS]
        session.save()
        said = f"'dialog.account', '{cast.kari.account_id}'"

        times = []
        for _page in range(2):
            with CaptureQueriesContext(connection) as asked:
                client.get("/")
            times.append(sum(said in one["sql"] for one in asked))

        assert times == [2, 1]


class TestActFor:
    def test_a_mother_acts_for_her_son_until_she_may_not(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")
        with rows.seeing(account=cast.kari.account_id):
            ola = next(
                one
                for one in queries.represented_by(cast.kari.account_id or 0)
                if one.id == cast.kari_for_ola.patient_id
            )

        chosen = client.post("/hvem", {"person": str(ola.uuid), "request_key": str(uuid4())})

        assert chosen.status_code == 302
        assert client.get("/").wsgi_request.actor == cast.kari_for_ola  # type: ignore[attr-defined]

    def test_nobody_acts_for_a_stranger(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")
        with rows.seeing(patient=cast.per.patient_id):
            per = queries.the_patient(cast.per)

        answer = client.post("/hvem", {"person": str(per.uuid), "request_key": str(uuid4())})

        assert answer.status_code == 404


class TestOpenPages:
    """What stands open in another window when the reader becomes, or acts for, somebody else."""

    @pytest.fixture
    def browser(self, cast: Cast) -> Client:
        client = Client(enforce_csrf_checks=True)
        return sign_in_as_browsers_do("kari", client)

    def test_what_was_written_for_oneself_is_not_sent_for_ones_son(
        self, cast: Cast, browser: Client
    ) -> None:
        open_page = token(browser.get("/kontakt"))
        chosen = click(browser, "/hvem", token(browser.get("/hvem")), person=whom(cast))
        assert chosen.status_code == 302

        late = click(browser, "/kontakt", open_page, **WORDS)

        assert late.status_code == 403
        assert WORDS["text"] in late.content.decode()
        assert not asked_by(cast.kari_for_ola)

    def test_what_one_wrote_is_not_sent_by_the_next_who_signs_in(
        self, cast: Cast, browser: Client
    ) -> None:
        open_page = token(browser.get("/kontakt"))
        sign_in_as_browsers_do("per", browser)

        assert click(browser, "/kontakt", open_page, **WORDS).status_code == 403
        assert not asked_by(cast.per)

    def test_a_page_opened_after_is_sent(self, cast: Cast, browser: Client) -> None:
        click(browser, "/hvem", token(browser.get("/hvem")), person=whom(cast))

        assert (
            click(browser, "/kontakt", token(browser.get("/kontakt")), **WORDS).status_code == 302
        )
        assert asked_by(cast.kari_for_ola)


WORDS = {"calm": "on", "topic": "other", "text": "Når er dere åpne i julen i år?"}


def token(page: object) -> str:
    return str(page.context["csrf_token"])  # type: ignore[attr-defined]  # a page as drawn


def click(client: Client, address: str, its_token: str, **words: str) -> HttpResponse:
    own = {"csrfmiddlewaretoken": its_token, "request_key": str(uuid4())}
    return client.post(address, {**own, **words})  # type: ignore[return-value]


def sign_in_as_browsers_do(who: str, client: Client) -> Client:
    its_token = token(client.get("/logg-inn"))
    click(client, "/logg-inn", its_token, person=persona(who), side="patient")
    return client


def whom(cast: Cast) -> str:
    with rows.seeing(account=cast.kari.account_id):
        represented = queries.represented_by(cast.kari.account)
    return next(str(one.uuid) for one in represented if one.id == cast.kari_for_ola.patient_id)


def asked_by(by: Actor) -> list[conversations.Matter]:
    with rows.seeing(patient=by.patient_id):
        return conversations.my_matters(by, kind=Kind.ENQUIRY)


class TestSameClickOnce:
    def test_a_post_without_a_key_is_refused(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")

        assert client.post("/logg-ut").status_code == 400

    def test_the_second_of_the_same_click_is_shown_where_the_first_led(self, cast: Cast) -> None:
        key = uuid4()
        with rows.seeing(account=cast.kari.account_id):
            first = ledger.claim_request(cast.kari, key=key, digest=b"x")
            ledger.settle_request(cast.kari, key=key, location="/meldinger/1")
            again = ledger.claim_request(cast.kari, key=key, digest=b"x")

        assert first is None
        assert again is not None
        assert again.location == "/meldinger/1"

    def test_the_same_key_with_other_words_is_a_conflict(self, cast: Cast) -> None:
        client = sign_in("kari", "patient")
        key = str(uuid4())
        with rows.seeing(account=cast.kari.account_id):
            own = str(queries.represented_by(cast.kari.account_id or 0)[0].uuid)
        assert client.post("/hvem", {"person": own, "request_key": key}).status_code == 302

        answer = client.post("/hvem", {"person": str(uuid4()), "request_key": key})

        assert answer.status_code == 409

    def test_whoever_went_back_and_changed_the_words_is_shown_what_was_sent(
        self, cast: Cast
    ) -> None:
        client, key = sign_in("kari", "patient"), str(uuid4())
        first = client.post("/kontakt", {**WORDS, "request_key": key})

        answer = client.post(
            "/kontakt", {**WORDS, "text": "Og når er dere åpne i påsken?", "request_key": key}
        )

        page = answer.content.decode()
        assert f'href="{first.headers["Location"]}"' in page
        assert "Og når er dere åpne i påsken?" in page
        assert len(asked_by(cast.kari)) == 1
