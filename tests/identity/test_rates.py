"""Nobody floods an office or guesses at the door, and nobody is kept from the emergency numbers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from dialog.appointments import actions as appointments
from dialog.demo.cast import Cast
from dialog.identity.rates import address_of
from dialog.ui.allowances import A_MINUTE, Allowance
from tests.doors import post, signed_in
from tests.providers import Foreign

WORDS = "Når åpner dere på fredag, og kan jeg hente papirene da?"


class TestAllowance:
    def test_so_many_at_once_and_then_as_many_a_minute(self) -> None:
        allowance = Allowance(3)

        assert [allowance.wait("kari", 0.0) for _time in range(3)] == [0, 0, 0]
        assert allowance.wait("kari", 0.0) == pytest.approx(A_MINUTE / 3)
        assert allowance.wait("kari", 19.9) == pytest.approx(0.1)
        assert allowance.wait("kari", 20.0) == 0
        assert allowance.wait("kari", 20.0) > 0

    def test_whoever_waits_long_has_no_more_than_the_first_time(self) -> None:
        allowance = Allowance(2)
        allowance.wait("kari", 0.0)

        later = [allowance.wait("kari", 9000.0) for _time in range(3)]

        assert [one > 0 for one in later] == [False, False, True]

    def test_one_does_not_use_what_is_anothers(self) -> None:
        allowance = Allowance(1)
        allowance.wait("kari", 0.0)

        assert allowance.wait("per", 0.0) == 0

    def test_no_more_are_known_than_there_is_room_for(self) -> None:
        allowance = Allowance(1, known=2)
        for whose in ("kari", "per", "anne"):
            allowance.wait(whose, 0.0)

        assert len(allowance._left) == 2
        assert allowance.wait("kari", 0.0) == 0  # the one that was quiet longest


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "found"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2::1", "2001:0db8:0001:0002"),
            ("2001:db8:1:2:ffff::9", "2001:0db8:0001:0002"),
            ("unix:", ""),
        ],
    )
    def test_as_the_connection_says(self, rf: RequestFactory, address: str, found: str) -> None:
        request = rf.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR="198.51.100.1")

        assert address_of(request) == found

    def test_as_the_proxy_says_and_not_as_the_visitor_does(
        self, rf: RequestFactory, settings: Any
    ) -> None:
        settings.BEHIND_PROXY = True
        told = "203.0.113.9, 192.0.2.7"
        request = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=told)

        assert address_of(request) == "192.0.2.7"


def asks(client: Client) -> HttpResponse:
    return post(client, "/kontakt", calm="on", topic="opening-hours", text=WORDS)


class TestNotTooFast:
    def test_a_patient_who_sends_too_fast_keeps_the_words_and_the_numbers(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.ACTS_A_MINUTE_PATIENT = 2
        client = signed_in(cast.kari)
        before = [asks(client).status_code for _time in range(2)]

        stopped = asks(client)

        page = stopped.content.decode()
        assert 429 not in before
        assert stopped.status_code == 429
        assert 0 < int(stopped.headers["Retry-After"]) <= A_MINUTE
        assert WORDS in page and "Litt for fort" in page
        assert "tel:113" in page and "tel:116117" in page
        assert client.get("/").status_code == 200

    @pytest.mark.parametrize("way_out", ["/logg-ut", "/logg-ut/overalt", "/sikkerhet/sperr"])
    def test_whoever_is_stopped_may_sign_out_and_lock_the_door(
        self, cast: Cast, settings: Any, way_out: str
    ) -> None:
        settings.ACTS_A_MINUTE_PATIENT = 1
        client = signed_in(cast.kari)
        asks(client)

        assert asks(client).status_code == 429
        assert post(client, way_out).status_code == 302

    def test_a_provider_tells_of_as_many_as_there_are(
        self, cast: Cast, providers: Foreign, settings: Any
    ) -> None:
        settings.REQUESTS_A_MINUTE_SIGNED_OUT = 1
        provider = Client()

        told = [provider.post("/logg-ut/id-porten/over").status_code for _time in range(3)]

        assert told == [400, 400, 400]

    def test_an_address_that_knocks_too_often_waits_and_sees_the_numbers(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.REQUESTS_A_MINUTE_SIGNED_OUT = 3
        client = Client()
        before = [client.get("/logg-inn").status_code for _time in range(3)]

        stopped = client.get("/logg-inn")

        assert before == [200, 200, 200]
        assert stopped.status_code == 429
        assert "tel:113" in stopped.content.decode()
        assert client.get("/logg-inn", REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/health").status_code != 429


class TestADay:
    def test_what_a_patient_may_begin_in_a_day_is_bounded_for_each_service(
        self, cast: Cast, settings: Any
    ) -> None:
        settings.NEW_MATTERS_A_DAY = 2
        client = signed_in(cast.kari)
        begun = [asks(client).status_code for _time in range(2)]

        refused = asks(client)

        page = refused.content.decode()
        assert begun == [302, 302]
        assert refused.status_code == 429
        assert WORDS in page and "det siste døgnet" in page
        appointments.request_appointment(by=cast.kari, text="Time om ryggen.")
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            assert asks(signed_in(cast.kari)).status_code == 302
