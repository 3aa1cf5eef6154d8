"""An office that closes takes nothing new from its day, and its patients read why (R223)."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff, WrongState
from dialog.people import actions, queries
from tests.content.scene import raw
from tests.doors import post
from tests.econsultations.asked import words_of
from tests.people.on_lists import enquiry

AsRole = Callable[[str], AbstractContextManager[None]]
Close = Callable[..., None]
LATE = "Og hvordan er det i romjula, har dere åpent da?"


@pytest.fixture
def close(cast: Cast, as_role: AsRole) -> Close:
    """Dr Lund's office closes, from today unless told otherwise."""

    def said(on: date | None = None, practice_id: int = cast.lund.practice) -> None:
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            actions.close_practice(by=PLATFORM, practice_id=practice_id, on=on)

    return said


class TestClosePractice:
    def test_until_its_day_everything_goes_on_and_the_patients_are_told(
        self, cast: Cast, close: Close, as_kari: Client
    ) -> None:
        close(queries.today() + timedelta(days=30))

        enquiry(cast.kari)

        assert "Legekontoret ditt legges ned" in words_of(as_kari.get("/"))

    def test_from_its_day_nothing_new_is_taken_from_anybody(self, cast: Cast, close: Close) -> None:
        close(queries.today())

        with pytest.raises(ServiceOff):
            enquiry(cast.kari)
        with pytest.raises(NotFound):
            conversations.start(by=cast.siri, kind="enquiry", patient_id=cast.kari.patient)
        enquiry(cast.bjarne)

    def test_nor_an_answer_that_nobody_would_read_and_the_words_are_kept(
        self, cast: Cast, close: Close, as_kari: Client
    ) -> None:
        asked = enquiry(cast.kari)
        close(queries.today())

        with pytest.raises(WrongState):
            conversations.reply(by=cast.kari, conversation_id=asked.id, text=LATE)
        page = as_kari.get(f"/meldinger/{asked.id}")
        refused = post(as_kari, f"/meldinger/{asked.id}", text=LATE)

        assert "ingen leser det som skrives her" in words_of(page)
        assert LATE in words_of(refused)
        conversations.reply(by=cast.siri, conversation_id=asked.id, text="Ring den nye legen.")

    def test_every_way_in_says_plainly_that_it_has_closed(
        self, cast: Cast, close: Close, as_kari: Client
    ) -> None:
        close(queries.today())

        for address in ("/", "/kontakt?gjelder=valgt"):
            assert "Legekontoret ditt er lagt ned" in words_of(as_kari.get(address))
        for address in ("/time?gjelder=valgt", "/e-konsultasjon?gjelder=valgt"):
            assert "Legekontoret er lagt ned." in words_of(as_kari.get(address))
        assert as_kari.get("/resept?gjelder=valgt").status_code < 500

    def test_it_can_be_called_off_and_each_is_a_fact(self, cast: Cast, close: Close) -> None:
        close(queries.today())
        close(None)
        close(None)

        enquiry(cast.kari)
        told = raw("SELECT details FROM ledger_entry WHERE kind = 'PracticeCloses' ORDER BY id")
        assert [json.loads(one)["on"] for (one,) in told] == [str(queries.today()), None]

    def test_nobody_closes_in_the_past_nor_what_is_not_there_nor_from_within(
        self, cast: Cast, close: Close
    ) -> None:
        with pytest.raises(InvalidInput):
            close(queries.today() - timedelta(days=1))
        with pytest.raises(NotFound):
            close(queries.today(), practice_id=0)
        with pytest.raises(NotAllowed):
            actions.close_practice(by=cast.lund, practice_id=cast.lund.practice, on=None)
