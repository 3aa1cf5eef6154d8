"""The patient's pages for getting a time, through the front door."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.policy import MeetingType
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from tests.doors import post, signed_in
from tests.portal.times import mine, slots


def kind_of(slot: queries.FreeSlot) -> dict[str, str]:
    return {"hos": str(slot.practitioner_uuid), "hva": str(slot.type.uuid)}


def list_of(actor: Actor) -> int:
    return next(iter(actor.list_ids))


class TestFree:
    def test_one_chooses_the_kind_of_time_first(self, cast: Cast, as_kari: Client) -> None:
        page = as_kari.get("/time?gjelder=valgt").content.decode()

        for slot in slots(cast.kari):
            assert f"{slot.type.name} hos {slot.practitioner_name}" in page

    def test_the_free_times_are_buttons_with_full_names(self, cast: Cast, as_kari: Client) -> None:
        first = slots(cast.kari)[0]

        page = as_kari.get("/time", kind_of(first)).content.decode()

        assert str(first.id) in page
        assert first.practitioner_name in page

    def test_there_are_more_days_to_see(self, cast: Cast, as_kari: Client) -> None:
        first = slots(cast.kari)[0]
        page = as_kari.get("/time", kind_of(first)).content.decode()
        (day,) = re.findall(r"fra_dag=([0-9-]+)", page)

        later = as_kari.get("/time", {**kind_of(first), "fra_dag": day}).content.decode()

        assert str(first.id) not in later
        assert 'name="time"' in later

    def test_no_calendar_is_shown_when_the_doctor_offers_requests_only(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast.lund), feature=Feature.DIRECT_BOOKING, on=False
        )

        page = as_kari.get("/time?gjelder=valgt").content.decode()

        assert 'name="time"' not in page
        assert "/time/onske" in page

    def test_nothing_can_be_asked_when_the_service_is_off(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast.lund), feature=Feature.APPOINTMENT, on=False
        )

        assert "/time/onske" not in as_kari.get("/time?gjelder=valgt").content.decode()
        assert as_kari.get("/time/onske").status_code == 302

    @pytest.mark.parametrize("query", ["fra_dag=x", "fra_dag=2026-13-45", "fra_dag=1900-01-01"])
    def test_a_senseless_day_shows_the_first_ones(
        self, cast: Cast, as_kari: Client, query: str
    ) -> None:
        first = slots(cast.kari)[0]

        page = as_kari.get(f"/time?{urlencode(kind_of(first))}&{query}")

        assert str(first.id) in page.content.decode()


class TestBook:
    def test_a_free_time_is_taken_with_the_reason(self, cast: Cast, as_kari: Client) -> None:
        slot = slots(cast.kari)[0]
        assert as_kari.get(f"/time/bestill?time={slot.id}").status_code == 200

        answer = book(as_kari, slot, text="Vondt i kneet")

        (own,) = mine(cast.kari).coming
        assert answer["Location"] == f"/meldinger/{own.conversation_id}"
        assert own.starts == slot.starts
        assert "Time bestilt" in as_kari.get(answer["Location"]).content.decode()

    def test_the_same_click_twice_is_one_appointment_and_the_winner_is_told(
        self, cast: Cast, as_kari: Client
    ) -> None:
        slot, key = slots(cast.kari)[0], str(uuid4())

        first, second = (book(as_kari, slot, text="Kneet", key=key) for _ in range(2))

        assert first["Location"] == second["Location"]
        assert len(mine(cast.kari).coming) == 1

    def test_what_it_is_too_late_to_cancel_for_nothing_is_said_before_it_is_taken(
        self, cast: Cast
    ) -> None:
        slot = next(one for one in slots(cast.kari) if one.practitioner_name == "Ingrid Lund")

        with time_machine.travel(slot.starts - timedelta(hours=2), tick=False):
            page = signed_in(cast.kari).get(f"/time/bestill?time={slot.id}").content.decode()

        assert "For sent for denne timen. Avbestiller du den, koster det" in page
        assert "Fram til" not in page

    def test_whoever_goes_back_to_a_time_they_have_taken_is_shown_that_it_is_theirs(
        self, cast: Cast, as_kari: Client, as_per: Client
    ) -> None:
        slot = slots(cast.kari)[0]
        first = book(as_kari, slot, text="Kneet")

        back = as_kari.get(f"/time/bestill?time={slot.id}")
        again = book(as_kari, slot, text="Kneet, fra et annet vindu")

        assert back.headers["Location"] == again.headers["Location"] == first.headers["Location"]
        assert len(mine(cast.kari).coming) == 1
        assert as_per.get(f"/time/bestill?time={slot.id}").status_code == 409

    def test_the_loser_keeps_the_words_and_sees_what_is_left(
        self, cast: Cast, as_kari: Client
    ) -> None:
        slot = slots(cast.kari)[0]
        actions.book_slot(by=cast.per, slot_id=slot.id)

        answer = book(as_kari, slot, text="Kneet har vært vondt lenge")

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Kneet har vært vondt lenge" in page
        assert str(slots(cast.kari)[0].id) in page
        assert mine(cast.kari).coming == ()

    def test_an_alternative_is_taken_with_the_same_words(self, cast: Cast, as_kari: Client) -> None:
        lost, other = slots(cast.kari)[:2]
        actions.book_slot(by=cast.per, slot_id=lost.id)
        book(as_kari, lost, text="Kneet")

        book(as_kari, other, text="Kneet")

        assert [one.starts for one in mine(cast.kari).coming] == [other.starts]

    def test_a_service_switched_off_while_the_form_is_open_loses_no_word(
        self, cast: Cast, as_kari: Client
    ) -> None:
        slot = slots(cast.kari)[0]
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast.lund), feature=Feature.APPOINTMENT, on=False
        )

        answer = book(as_kari, slot, text="Kneet har vært vondt lenge")

        assert answer.status_code == 422
        assert "Kneet har vært vondt lenge" in answer.content.decode()

    def test_a_time_that_has_been_is_refused(self, cast: Cast) -> None:
        slot = slots(cast.kari)[0]

        with time_machine.travel(slot.starts + timedelta(minutes=1), tick=False):
            answer = book(signed_in(cast.kari), slot, text="Kneet har vært vondt lenge")

        assert answer.status_code == 409
        assert "Kneet har vært vondt lenge" in answer.content.decode()
        assert mine(cast.kari).coming == ()

    def test_another_offices_time_is_not_found(self, cast: Cast, as_kari: Client) -> None:
        elsewhere = slots(cast.bjarne)[0]

        assert as_kari.get(f"/time/bestill?time={elsewhere.id}").status_code == 404
        assert book(as_kari, elsewhere, text="Kneet").status_code == 404

    @pytest.mark.parametrize("way", ["blood-sample", "by-pigeon"])
    def test_a_way_to_meet_that_this_time_is_not_for_is_said_and_no_word_is_lost(
        self, cast: Cast, as_kari: Client, way: str
    ) -> None:
        slot = with_a_doctor(cast)
        wish = {"time": str(slot.id), "text": "Kneet har vært vondt lenge"}

        answer = post(as_kari, "/time/bestill", **wish, meeting=way)

        page = answer.content.decode()
        assert answer.status_code == 422 and mine(cast.kari).coming == ()
        assert wish["text"] in page and 'aria-invalid="true"' in page
        assert all(f'value="{one}"' in page for one in slot.type.meetings)

    def test_a_time_that_is_held_in_one_way_is_held_so_whatever_was_chosen_for_another(
        self, cast: Cast, as_kari: Client
    ) -> None:
        only_by = {MeetingType.PHONE}
        slot = next(one for one in slots(cast.kari) if set(one.type.meetings) == only_by)

        post(as_kari, "/time/bestill", time=str(slot.id), text="Kneet", meeting="in-person")

        (own,) = mine(cast.kari).coming
        assert own.meeting is MeetingType.PHONE

    @pytest.mark.parametrize("time", ["", "x", str(UUID(int=1))])
    def test_an_id_that_is_none_is_no_page_with_a_fault(
        self, cast: Cast, as_kari: Client, time: str
    ) -> None:
        assert as_kari.get("/time/bestill", {"time": time}).status_code in (302, 404)

    def test_the_words_of_a_declined_matter_are_carried_along(
        self, cast: Cast, as_kari: Client
    ) -> None:
        wished = actions.request_appointment(by=cast.kari, text="Utslett på armen")
        slot = slots(cast.kari)[0]

        page = as_kari.get(
            "/time/bestill", {"time": str(slot.id), "fra": str(wished.conversation_id)}
        ).content.decode()

        assert "Utslett på armen" in page

    def test_nobody_carries_a_strangers_words(self, cast: Cast, as_per: Client) -> None:
        wished = actions.request_appointment(by=cast.kari, text="Utslett på armen")

        assert as_per.get("/time", {"fra": str(wished.conversation_id)}).status_code == 404


def with_a_doctor(cast: Cast) -> queries.FreeSlot:
    return next(one for one in slots(cast.kari) if MeetingType.IN_PERSON in one.type.meetings)


def book(client: Client, slot: queries.FreeSlot, *, text: str, key: str = "") -> Any:
    ways = sorted(slot.type.meetings)
    chosen = {"meeting": str(ways[0])} if len(ways) > 1 else {}
    return post(client, "/time/bestill", key=key, time=str(slot.id), text=text, **chosen)


class TestWish:
    def test_a_wish_says_which_days_suit(self, cast: Cast, as_kari: Client) -> None:
        answer = post(
            as_kari, "/time/onske", text="Årskontroll", weekdays=["0", "3"], parts=["morning"]
        )

        (wish,) = mine(cast.kari).wishes
        assert answer["Location"] == f"/meldinger/{wish.conversation_id}"
        assert wish.wish.weekdays == {0, 3}
        page = as_kari.get(answer["Location"]).content.decode()
        assert "mandag, torsdag" in page

    def test_a_wish_without_words_is_asked_for_them(self, cast: Cast, as_kari: Client) -> None:
        answer = post(as_kari, "/time/onske", text="", weekdays=["3"])

        assert answer.status_code == 422
        assert mine(cast.kari).wishes == ()
