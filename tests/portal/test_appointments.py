"""The patient's pages for the times they have, through the front door."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog.appointments import actions
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.people import actions as people
from dialog.ui import dates
from tests.doors import post, signed_in
from tests.portal.times import booked, mine, offered, slots


def switched_off(cast: Cast) -> None:
    """Dr Lund lets nobody pick a time themselves any more."""
    conversations.switch_service(
        by=cast.lund, list_id=min(cast.lund.list_ids), feature=Feature.DIRECT_BOOKING, on=False
    )


class TestAnswer:
    def test_a_proposal_is_accepted(self, cast: Cast, as_kari: Client) -> None:
        conversation = offered(cast)
        assert "foreslår" in as_kari.get(f"/meldinger/{conversation}").content.decode()

        post(as_kari, f"/time/{conversation}/ja")

        assert "Time bestilt" in as_kari.get(f"/meldinger/{conversation}").content.decode()

    def test_or_declined_and_the_time_is_free_again(self, cast: Cast, as_kari: Client) -> None:
        before = len(slots(cast.kari))
        conversation = offered(cast)

        post(as_kari, f"/time/{conversation}/nei")

        assert len(slots(cast.kari)) == before

    def test_or_another_is_asked_for(self, cast: Cast, as_kari: Client) -> None:
        conversation = offered(cast)

        post(as_kari, f"/time/{conversation}/annen", text="Kan ikke da", weekdays=["4"])

        (wish,) = mine(cast.kari).wishes
        assert wish.wish.weekdays == {4}

    @pytest.mark.parametrize("answer", ["ja", "nei", "annen"])
    def test_a_stranger_answers_nothing(
        self, cast: Cast, as_kari: Client, as_per: Client, answer: str
    ) -> None:
        conversation = offered(cast)

        assert post(as_per, f"/time/{conversation}/{answer}").status_code == 404
        assert post(as_kari, f"/time/{conversation}/{answer}").status_code == 302


class TestMove:
    def test_the_time_is_moved_in_one_step(self, cast: Cast, as_kari: Client) -> None:
        conversation = booked(cast, -1)
        new = slots(cast.kari)[-4]
        assert as_kari.get(f"/time/{conversation}/flytt").status_code == 200
        assert as_kari.get(f"/time/{conversation}/flytt/til?time={new.id}").status_code == 200

        post(as_kari, f"/time/{conversation}/flytt/til", time=str(new.id))

        assert [one.starts for one in mine(cast.kari).coming] == [new.starts]

    def test_the_old_time_is_kept_when_the_new_one_was_just_taken(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = booked(cast, -1)
        (old,) = mine(cast.kari).coming
        new = slots(cast.kari)[-4]
        actions.book_slot(by=cast.per, slot_id=new.id)

        answer = post(as_kari, f"/time/{conversation}/flytt/til", time=str(new.id))

        assert answer.status_code == 409
        assert mine(cast.kari).coming == (old,)

    def test_when_times_can_no_longer_be_picked_the_old_one_is_kept_and_there_is_a_way_on(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = booked(cast, -1)
        (old,) = mine(cast.kari).coming
        new = slots(cast.kari)[-4]
        switched_off(cast)

        answer = post(as_kari, f"/time/{conversation}/flytt/til", time=str(new.id))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Timen er ikke flyttet" in page and dates.period(old.starts, old.ends) in page
        assert f'href="/meldinger/{conversation}#skriv"' in page
        assert f'href="/time/{conversation}/avbestill"' in page
        assert mine(cast.kari).coming == (old,)
        post(as_kari, f"/meldinger/{conversation}", text="Kan jeg komme senere?")
        assert "Kan jeg komme senere?" in as_kari.get(f"/meldinger/{conversation}").content.decode()

    @pytest.mark.parametrize("where", ["flytt", "flytt/til?time={new}"])
    def test_and_whoever_only_looks_for_another_is_told_the_same(
        self, cast: Cast, as_kari: Client, where: str
    ) -> None:
        conversation = booked(cast, -1)
        new = slots(cast.kari)[-4]
        switched_off(cast)

        answer = as_kari.get(f"/time/{conversation}/{where.format(new=new.id)}")

        assert answer.status_code == 422
        assert "Timen er ikke flyttet" in answer.content.decode()

    def test_nor_is_a_time_lost_by_whoever_is_on_no_list_any_more(self, cast: Cast) -> None:
        conversation = booked(cast, -1)
        people.leave_list(by=cast.siri, patient_id=cast.kari.patient)

        answer = signed_in(cast.kari).get(f"/time/{conversation}/flytt")

        assert answer.status_code == 422
        assert "Timen er ikke flyttet" in answer.content.decode()

    def test_a_stranger_moves_nothing(self, cast: Cast, as_per: Client) -> None:
        conversation = booked(cast)

        assert as_per.get(f"/time/{conversation}/flytt").status_code == 404
        new = str(slots(cast.per)[0].id)
        assert post(as_per, f"/time/{conversation}/flytt/til", time=new).status_code == 404


class TestCancel:
    def test_the_last_free_moment_is_said_before_one_cancels(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = booked(cast, -1)

        page = as_kari.get(f"/time/{conversation}/avbestill").content.decode()

        assert "gratis å avbestille fram til" in page
        post(as_kari, f"/time/{conversation}/avbestill", text="Er frisk")
        assert mine(cast.kari).coming == ()

    def test_when_it_is_late_the_fee_must_be_accepted(self, cast: Cast) -> None:
        conversation = booked(cast, -1)
        (own,) = mine(cast.kari).coming
        assert own.starts is not None

        with time_machine.travel(own.starts - timedelta(hours=2), tick=False):
            as_kari = signed_in(cast.kari)
            page = as_kari.get(f"/time/{conversation}/avbestill").content.decode()
            refused = post(as_kari, f"/time/{conversation}/avbestill", text="")
            done = post(as_kari, f"/time/{conversation}/avbestill", text="", accepted_fee="on")

        assert "Jeg forstår at det koster" in page
        assert refused.status_code == 409
        assert done.status_code == 302
        assert mine(cast.kari).past[0].accepted_late_fee == own.late_fee

    def test_a_stranger_cancels_nothing(self, cast: Cast, as_per: Client) -> None:
        conversation = booked(cast)

        assert post(as_per, f"/time/{conversation}/avbestill").status_code == 404
        assert len(mine(cast.kari).coming) == 1


class TestAnotherTimeThanTheOneShown:
    """The office has proposed another time, or moved it, while the page was open."""

    def shown(self, client: Client, address: str) -> str:
        (version,) = re.findall(r'name="shown" value="(\d+)"', client.get(address).content.decode())
        return str(version)

    def test_a_yes_to_what_was_shown_is_no_yes_to_another(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = offered(cast)
        shown = self.shown(as_kari, f"/meldinger/{conversation}")
        other = slots(cast.kari)[-1]
        actions.propose_time(by=cast.siri, conversation_id=conversation, slot_id=other.id)

        answer = post(as_kari, f"/time/{conversation}/ja", shown=shown)

        assert answer.status_code == 409
        (still,) = mine(cast.kari).coming
        assert still.status == "offered" and still.starts == other.starts

    def test_nor_is_a_cancellation(self, cast: Cast, as_kari: Client) -> None:
        conversation = booked(cast, -1)
        here = f"/time/{conversation}/avbestill"
        shown, new = self.shown(as_kari, here), slots(cast.kari)[-4]
        actions.move(by=cast.siri, conversation_id=conversation, slot_id=new.id)

        refused = post(as_kari, here, shown=shown, text="Kan ikke da")
        (now,) = re.findall(r'name="shown" value="(\d+)"', refused.content.decode())
        kept = mine(cast.kari).coming
        done = post(as_kari, here, shown=now, text="Kan ikke da heller")

        assert refused.status_code == 409 and [one.starts for one in kept] == [new.starts]
        assert done.status_code == 302 and mine(cast.kari).coming == ()


class TestTooLate:
    """An old window asks about what has ended: the matter as it stands is shown instead."""

    @pytest.mark.parametrize("what", ["flytt", "annen", "avbestill"])
    def test_what_can_no_longer_be_done_is_not_asked_about(
        self, cast: Cast, as_kari: Client, what: str
    ) -> None:
        conversation = booked(cast, -1)
        actions.cancel(by=cast.siri, conversation_id=conversation)

        answer = as_kari.get(f"/time/{conversation}/{what}")

        assert answer.headers["Location"] == f"/meldinger/{conversation}"

    @pytest.mark.parametrize("what", ["flytt/til", "annen", "avbestill"])
    def test_a_yes_in_an_old_window_is_answered_with_how_things_stand(
        self, cast: Cast, as_kari: Client, what: str
    ) -> None:
        conversation = booked(cast, -1)
        free = slots(cast.kari)[0]
        actions.cancel(by=cast.siri, conversation_id=conversation)

        answer = post(
            as_kari,
            f"/time/{conversation}/{what}",
            text="Det kom noe i veien på jobben",
            time=free.id,
        )

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Noe har endret seg" in page and "Avlyst" in page
        assert "Det kom noe i veien på jobben" in page or what == "flytt/til"


class TestCalendar:
    def test_the_file_says_nothing_of_health(self, cast: Cast, as_kari: Client) -> None:
        conversation = booked(cast)

        answer = as_kari.get(f"/time/{conversation}/kalender.ics")

        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert b"SUMMARY:Time" in answer.content
        assert "kne" not in answer.content.decode().lower()

    def test_a_stranger_gets_none(self, cast: Cast, as_per: Client) -> None:
        assert as_per.get(f"/time/{booked(cast)}/kalender.ics").status_code == 404


def test_ones_own_times_are_listed(cast: Cast, as_kari: Client) -> None:
    booked(cast)
    now = timezone.now()

    page = as_kari.get("/time/mine").content.decode()

    assert "Time bestilt" in page
    assert now < (mine(cast.kari).coming[0].starts or now)
