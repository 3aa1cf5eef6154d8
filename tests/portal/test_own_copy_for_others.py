"""Copies of what is another's, as far as one may see it; and how often a copy is taken."""

import gc

import pytest
from django.test import Client, override_settings

from dialog.actor import Area
from dialog.conversations import actions
from dialog.demo.cast import Cast
from dialog.portal.own_copy import turns
from tests.appointments.people_and_times import booked
from tests.authorisation.actors import acting
from tests.authorisation.world import given
from tests.doors import post, signed_in
from tests.people.on_lists import enquiry, mother_of, uuid_of, young_patient
from tests.portal.own_copies import (
    PAGE,
    Copy,
    nobody_has_taken_any,
    taken,
    with_a_picture,
)

__all__ = ["nobody_has_taken_any"]
pytestmark = pytest.mark.usefixtures("nobody_has_taken_any")


class TestForAnother:
    def test_what_is_kept_from_parents_leaves_no_trace(self, cast: Cast) -> None:
        ung = young_patient(cast)
        secret, other = with_a_picture(ung), enquiry(ung)
        mother = mother_of(cast, ung)
        before = taken(acting(mother, uuid_of(ung)))
        actions.keep_from_parents(by=cast.lund, conversation_id=secret.id, kept=True)

        after = taken(acting(mother, uuid_of(ung)))

        assert len(before.conversations) == 2
        assert [one["id"] for one in after.conversations] == [str(other.id)]
        assert after.names == ["les-meg.txt", "kopi.pdf", "data.json"]
        everything = after.paper + after.files["data.json"].decode()
        assert str(secret.id) not in everything and "klamydia" not in everything
        kinds = [line["kind"] for line in after.exact["log"]]
        assert kinds.count("ConversationStarted") == 1

    def test_the_areas_of_a_mandate_hold(self, cast: Cast) -> None:
        enquiry(cast.kari)
        booked(cast.kari)
        given(cast, cast.anne, [Area.APPOINTMENT])

        copy = taken(acting(cast.anne, uuid_of(cast.kari)))

        assert {one["kind"] for one in copy.conversations} == {"appointment"}
        assert copy.exact["taken_by"] == {"name": cast.anne.name, "role": "proxy"}
        assert "Når åpner dere?" not in copy.paper
        log = signed_in(cast.kari).get("/innsyn?vis=sett").content.decode()
        assert "Tok ut en kopi av samtalene og loggen" in log and cast.anne.name in log

    def test_what_is_no_longer_theirs_when_its_turn_comes_is_not_there(
        self, cast: Cast, as_kari_for_ola: Client
    ) -> None:
        first, second = enquiry(cast.kari_for_ola), enquiry(cast.kari_for_ola)
        answer = post(as_kari_for_ola, PAGE, what="alt")
        actions.keep_from_parents(by=cast.lund, conversation_id=first.id, kept=True)

        copy = Copy(answer)

        assert [one["id"] for one in copy.conversations] == [str(second.id)]


class TestNotTooOften:
    def test_a_person_is_told_to_wait_and_it_is_not_on_the_log(
        self, cast: Cast, as_kari: Client
    ) -> None:
        with override_settings(COPIES_AN_HOUR_PATIENT=1):
            taken(as_kari, "logg")

            refused = post(as_kari, PAGE, what="logg")

        assert refused.status_code == 429
        assert "Vent en stund" in refused.content.decode()
        turns._allowance.cache_clear()
        kinds = [line["kind"] for line in taken(as_kari, "logg").exact["log"]]
        assert kinds.count("LogTaken") == 2

    def test_others_are_not_kept_waiting_by_many_copies_at_once(
        self, as_kari: Client, as_per: Client
    ) -> None:
        half = post(as_kari, PAGE, what="logg")
        next(iter(half))

        busy = post(as_per, PAGE, what="logg")
        half._iterator.close()

        assert busy.status_code == 429
        assert "Prøv igjen om et minutt" in busy.content.decode()
        assert taken(as_per, "logg").names

    def test_a_copy_that_nobody_fetches_gives_its_place_back(
        self, as_kari: Client, as_per: Client
    ) -> None:
        answer = post(as_kari, PAGE, what="logg")
        del answer
        gc.collect()

        assert taken(as_per, "logg").names
