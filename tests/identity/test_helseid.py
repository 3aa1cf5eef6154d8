"""Those who work at an office sign in at a provider set up as HelseID is: every token bound."""

from dataclasses import replace

import httpx
import pytest
from django.test import Client

from dialog import rows
from dialog.actor import PLATFORM, Role
from dialog.adapters.oidc.wire import Answer, Wire
from dialog.demo.cast import Cast, number
from dialog.people import actions as people
from dialog.people.models import Practitioner
from tests.elsewhere import AsRole
from tests.identity.test_idporten import spy
from tests.providers import HPR, IDENTITY, LEVEL, LOCAL, ORGANISATION, Foreign, come_in

STORGATA, ELSEWHERE = "999999999", "888888888"


@pytest.fixture
def lund(providers: Foreign, cast: Cast) -> Client:
    """Dr Lund's browser, and Dr Lund at the provider."""
    at_the_door(providers, **{IDENTITY: number("lund"), HPR: "9900001"})
    return Client()


def at_the_door(providers: Foreign, level: str = "4", **of: str) -> None:
    providers.at_the_door("a-word-for-somebody", acr="Level4", **{LEVEL: level, **of})


def who(browser: Client) -> object:
    return browser.get("/.well-known/jwks.json").wsgi_request.actor  # type: ignore[attr-defined]


def registered(as_role: AsRole, cast: Cast, hpr: str) -> None:
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        Practitioner.objects.filter(account_id=cast.lund.account_id).update(hpr_number=hpr)


class TestComingIn:
    def test_a_doctor_comes_to_the_office(self, lund: Client, cast: Cast) -> None:
        answer = come_in(lund, "helseid", neste="/kontor/kalender")

        assert (answer.status_code, answer.headers["Location"]) == (302, "/kontor/kalender")
        assert who(lund) == cast.lund

    def test_whoever_treats_nobody_needs_no_hpr_number(
        self, lund: Client, cast: Cast, providers: Foreign
    ) -> None:
        at_the_door(providers, **{IDENTITY: number("siri")})

        come_in(lund, "helseid")

        assert who(lund) == cast.siri

    def test_a_doctor_the_provider_knows_by_hpr_number_alone(
        self, lund: Client, cast: Cast, providers: Foreign, as_role: AsRole
    ) -> None:
        registered(as_role, cast, "9900001")
        at_the_door(providers, **{HPR: "9900001"})

        come_in(lund, "helseid")

        assert who(lund) == cast.lund

    def test_for_the_office_the_provider_names(
        self, lund: Client, cast: Cast, providers: Foreign
    ) -> None:
        said = {IDENTITY: number("lund"), ORGANISATION: STORGATA}
        at_the_door(providers, **said)

        come_in(lund, "helseid")

        assert who(lund) == cast.lund
        assert "practice" in lund.session

    def test_an_organisation_that_is_no_office_here_says_nothing(
        self, lund: Client, cast: Cast, providers: Foreign
    ) -> None:
        at_the_door(providers, **{IDENTITY: number("lund"), ORGANISATION: ELSEWHERE})

        come_in(lund, "helseid")

        assert who(lund) == cast.lund


class TestWhoIsRefused:
    def refused(self, browser: Client) -> str:
        answer = come_in(browser, "helseid")
        assert answer.status_code == 403
        assert who(browser) is None
        return str(answer.content.decode())

    def test_at_a_lower_level(self, lund: Client, providers: Foreign) -> None:
        at_the_door(providers, level="3", **{IDENTITY: number("lund")})

        assert "ikke er sikkert nok" in self.refused(lund)

    def test_a_patient_who_works_nowhere(self, lund: Client, providers: Foreign) -> None:
        at_the_door(providers, **{IDENTITY: number("kari"), HPR: "9900009"})

        assert "finner deg ikke blant dem som arbeider her" in self.refused(lund)

    def test_whoever_left_the_office(self, lund: Client, cast: Cast, providers: Foreign) -> None:
        at_the_door(providers, **{IDENTITY: number("siri")})
        people.remove_member(by=cast.lund, account_id=cast.siri.account)

        self.refused(lund)

    def test_another_hpr_number_than_the_office_has_written(
        self, lund: Client, cast: Cast, as_role: AsRole
    ) -> None:
        registered(as_role, cast, "9900002")

        self.refused(lund)

    def test_an_hpr_number_nobody_here_has(self, lund: Client, providers: Foreign) -> None:
        at_the_door(providers, **{HPR: "9900009"})

        self.refused(lund)

    def test_an_hpr_number_that_two_have(
        self, lund: Client, cast: Cast, providers: Foreign, as_role: AsRole
    ) -> None:
        registered(as_role, cast, "9900001")
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            Practitioner.objects.filter(account_id=cast.berg.account_id).update(
                hpr_number="9900001"
            )
        at_the_door(providers, **{HPR: "9900001"})

        self.refused(lund)

    def test_for_an_office_here_where_one_does_not_work(
        self, lund: Client, cast: Cast, providers: Foreign, as_role: AsRole
    ) -> None:
        at_the_door(providers, **{IDENTITY: number("berg"), ORGANISATION: STORGATA})

        self.refused(lund)

    def test_whoever_the_provider_does_not_name(self, lund: Client, providers: Foreign) -> None:
        at_the_door(providers)

        self.refused(lund)

    def test_and_a_doctor_who_locked_her_own_access(
        self, lund: Client, cast: Cast, as_role: AsRole
    ) -> None:
        people.lock_access(by=replace(cast.lund, role=Role.PATIENT, practice_id=None))

        assert "Tilgangen er sperret" in self.refused(lund)
        people.unlock_access(by=PLATFORM, account_id=cast.lund.account)
        assert come_in(lund, "helseid").status_code == 302


class TestPossession:
    def test_a_nonce_is_asked_for_and_given_with_a_new_proof_and_a_new_assertion(
        self, lund: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = spy(monkeypatch)

        come_in(lund, "helseid")

        first, second = (one for one in sent if one[0].endswith("/token"))
        assert first[2]["DPoP"] != second[2]["DPoP"]
        assert first[1]["client_assertion"] != second[1]["client_assertion"]

    def test_the_next_one_has_the_nonce_already(
        self, lund: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        come_in(lund, "helseid")
        sent = spy(monkeypatch)

        come_in(Client(), "helseid")

        assert len([one for one in sent if one[0].endswith("/token")]) == 1

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str]]]:
        """What we ask for, and with what."""
        found: list[tuple[str, dict[str, str]]] = []
        get = Wire.get

        def noted(self: Wire, url: str, headers: object = None) -> Answer:
            found.append((url, dict(headers or {})))  # type: ignore[call-overload]
            return get(self, url, headers)  # type: ignore[arg-type]

        monkeypatch.setattr(Wire, "get", noted)
        return found

    def test_the_provider_refuses_a_proof_the_second_time(
        self, lund: Client, asked: list[tuple[str, dict[str, str]]]
    ) -> None:
        come_in(lund, "helseid")
        url, headers = asked[-1]

        answer = httpx.get(url, headers=headers, **LOCAL)

        assert headers["Authorization"].startswith("DPoP ")
        assert answer.status_code == 401
        assert "invalid_token" in answer.headers["WWW-Authenticate"]

    def test_and_the_token_without_one(
        self, lund: Client, asked: list[tuple[str, dict[str, str]]]
    ) -> None:
        come_in(lund, "helseid")
        url, headers = asked[-1]
        bearer = headers["Authorization"].replace("DPoP", "Bearer")

        answer = httpx.get(url, headers={"Authorization": bearer}, **LOCAL)

        assert answer.status_code in (400, 401)
