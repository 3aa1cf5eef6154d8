"""One request: one transaction, one actor, and one act for one click."""

from uuid import uuid4

import pytest
from django.test import Client

from dialog import rows
from dialog.demo.cast import Cast, number
from dialog.ledger import actions as ledger
from dialog.people import actions as people
from dialog.people import queries


def persona(who: str) -> str:
    with rows.seeing(scope="door"):
        account = queries.account_at_the_door(number(who))
    assert account is not None
    return str(account.uuid)


def sign_in(who: str, side: str) -> Client:
    client = Client()
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
