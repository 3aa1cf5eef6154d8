"""What a patient reads of a time the record system must say yes to."""

from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions
from dialog.appointments.models import Appointment
from dialog.conversations.arrivals import SOON
from dialog.demo.cast import Cast
from dialog.people import actions as people
from dialog.portal.left_behind import left_behind
from tests.appointments.elsewhere import confirming, reserved
from tests.appointments.people_and_times import booked, free
from tests.doors import post, signed_in
from tests.elsewhere import AsRole, elsewhere

WAITING = "Vi venter på svar fra legekontoret"
NOT_YET = "Du får beskjed når legekontoret har svart. Timen er ikke din før da."
BOOKED = "Time bestilt"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def thread(client: Client, one: Appointment) -> str:
    return read(client, f"/meldinger/{one.conversation_id}")


class TestBeforeTheAnswer:
    def test_the_page_where_one_takes_it_says_what_will_happen(
        self, cast: Cast, as_kari: Client
    ) -> None:
        confirming(cast)
        slot = free(cast.kari)[0]

        page = read(as_kari, f"/time/bestill?time={slot.id}")

        assert "Legekontoret må svare ja før timen er din." in page

    def test_a_time_that_is_ones_own_at_once_says_nothing_of_it(
        self, cast: Cast, as_kari: Client
    ) -> None:
        page = read(as_kari, f"/time/bestill?time={free(cast.kari)[0].id}")

        assert "må svare ja" not in page

    def test_it_is_nowhere_said_to_be_booked(self, cast: Cast, as_kari: Client) -> None:
        confirming(cast)
        slot = free(cast.kari)[0]

        answer = post(as_kari, "/time/bestill", time=str(slot.id), text="Vondt i kneet")

        for address in (answer["Location"], "/time/mine", "/meldinger", "/"):
            page = read(as_kari, address)
            assert BOOKED not in page, address
            assert "kalender.ics" not in page, address
        page = read(as_kari, answer["Location"])
        assert WAITING in page and NOT_YET in page
        assert "Avbestille gratis" not in page
        assert "Venter på svar" in read(as_kari, "/time/mine")

    def test_a_record_system_that_does_not_answer_is_told(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        elsewhere(cast.lund, as_role)
        made = reserved(cast)

        with time_machine.travel(timezone.now() + 2 * SOON, tick=False):
            page = thread(signed_in(cast.kari), made)

        assert WAITING in page
        assert "Systemet til legekontoret svarer ikke akkurat nå." in page

    @pytest.mark.parametrize(
        ("language", "words"),
        [("nn", "Timen er ikkje din før då."), ("en", "The appointment is not yours until then.")],
    )
    def test_so_it_is_in_every_language(
        self, cast: Cast, as_kari: Client, language: str, words: str
    ) -> None:
        made = reserved(cast)
        as_kari.cookies["django_language"] = language

        page = thread(as_kari, made)

        assert words in page

    def test_there_is_no_file_for_the_calendar(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)

        assert as_kari.get(f"/time/{made.conversation_id}/kalender.ics").status_code == 404

    def test_it_is_taken_back_without_a_word_of_a_fee(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)
        address = f"/time/{made.conversation_id}/avbestill"

        page = read(as_kari, address)
        post(as_kari, address, shown=str(made.version), text="")

        assert "Vil du trekke bestillingen?" in page and "Det koster ingenting." in page
        assert "Trukket tilbake" in thread(as_kari, made)

    def test_there_is_nothing_to_move(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)

        assert f"/time/{made.conversation_id}/flytt" not in thread(as_kari, made)
        assert as_kari.get(f"/time/{made.conversation_id}/flytt").status_code == 302

    def test_whoever_changes_gp_reads_that_the_answer_comes_there(self, cast: Cast) -> None:
        reserved(cast)

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            (left,) = left_behind(cast.kari, before_a_change=True)

        assert "timen er ikke din før da" in left.becomes
        assert left.words == "Trekk bestillingen"


class TestYes:
    def test_it_is_booked_with_the_time_as_it_is(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)

        page = thread(as_kari, made)

        assert BOOKED in page and "kalender.ics" in page and WAITING not in page
        assert "avbestill denne først" in page
        assert BOOKED in read(as_kari, "/time/mine")


class TestNo:
    def test_the_nearest_times_are_there_and_the_words_go_along(
        self, cast: Cast, as_kari: Client
    ) -> None:
        made = reserved(cast, text="Vondt i kneet etter et fall")
        actions.refuse(by=cast.siri, conversation_id=made.conversation_id, text="Legen er på kurs.")

        page = thread(as_kari, made)
        other = free(cast.kari)[0]
        next_page = read(as_kari, f"/time/bestill?time={other.id}&fra={made.conversation_id}")

        assert "Legekontoret kunne ikke gi deg denne timen" in page
        assert (
            str(made.slot_id) not in page and str(other.id) in page and "Legen er på kurs." in page
        )
        assert "Avlyst" not in page
        assert "Vondt i kneet etter et fall" in next_page

    def test_another_one_is_taken_from_there(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)
        actions.refuse(by=cast.siri, conversation_id=made.conversation_id)
        other = free(cast.kari)[1]

        answer = post(
            as_kari,
            "/time/bestill",
            time=str(other.id),
            fra=str(made.conversation_id),
            text="Vondt i kneet",
        )

        assert WAITING in read(as_kari, answer["Location"])

    def test_without_a_list_there_is_nothing_to_choose(self, cast: Cast, as_kari: Client) -> None:
        made = reserved(cast)
        actions.refuse(by=cast.siri, conversation_id=made.conversation_id)
        people.leave_list(by=cast.lund, patient_id=cast.kari.patient)

        page = thread(as_kari, made)

        assert "kunne ikke gi deg denne timen" in page and 'name="time"' not in page


class TestNoAnswer:
    def test_the_patient_is_told_that_the_office_did_not_answer(self, cast: Cast) -> None:
        made = reserved(cast)
        with time_machine.travel(made.period.lower, tick=False):
            with rows.seeing(practice=cast.lund.practice_id):
                actions.expire_unanswered(by=PLATFORM, conversation_id=made.conversation_id)
            page = thread(signed_in(cast.kari), made)

        assert "Legekontoret svarte ikke i tide" in page
        assert "Haster det, ring legekontoret" in page and 'name="time"' not in page


class TestStranger:
    def test_sees_nothing_of_it(self, cast: Cast, as_per: Client) -> None:
        made = reserved(cast)
        about: UUID = made.conversation_id

        for address in (f"/meldinger/{about}", f"/time/{about}/avbestill"):
            assert as_per.get(address).status_code == 404
        assert booked(cast.per, free(cast.per)[0])
