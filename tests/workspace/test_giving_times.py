"""Times at the office, over HTTP: wishes answered, times given, and given ones changed."""

import re
from datetime import time

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.working_days import OSLO
from tests.appointments.people_and_times import (
    A_MINUTE,
    at,
    booked,
    clinician,
    free,
    matter,
    patient_uuid,
    seen,
    view,
    wished,
    workday,
)
from tests.doors import post, signed_in
from tests.workspace.calendar_pages import on, page

NOT_FOUND = 404


class TestAnsweringAWish:
    def test_the_wish_is_there_with_times_that_suit(self, cast: Cast, as_siri: Client) -> None:
        made = actions.request_appointment(by=cast.kari, text="Kontroll", weekdays=[1])

        words = page(as_siri, "conversation", made.conversation_id)

        assert "tirsdag" in words
        assert "Gi timen" in words

    def test_given_with_one_click(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        answer = post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            give=slot.id,
            text="Velkommen",
        )

        assert answer.status_code == 302
        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.BOOKED

    def test_proposed_with_one_click(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            propose=slot.id,
        )

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.OFFERED

    def test_when_it_was_just_taken_every_word_is_kept(self, cast: Cast, as_siri: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]
        booked(cast.per, slot)

        answer = post(
            as_siri,
            reverse("workspace:answer_wish", args=[made.conversation_id]),
            give=slot.id,
            text="Velkommen skal du være",
        )

        assert answer.status_code == 409
        assert "Velkommen skal du være" in answer.content.decode()

    def test_two_who_answer_at_once_is_one_answer(self, cast: Cast) -> None:
        made, slots = wished(cast.kari), free(cast.kari)
        here = reverse("workspace:answer_wish", args=[made.conversation_id])

        first = post(signed_in(cast.siri), here, give=slots[0].id)
        second = post(signed_in(cast.nina), here, give=slots[1].id)

        assert (first.status_code, second.status_code) == (302, 409)

    def test_any_other_time(self, cast: Cast, as_siri: Client) -> None:
        made = wished(cast.kari)
        here = reverse("workspace:choose_time", args=[made.conversation_id])
        assert as_siri.get(here).status_code == 200

        answer = post(
            as_siri,
            here,
            practitioner=clinician(cast.lund),
            how="give",
            day=workday().isoformat(),
            starts="15.30",
            minutes=30,
        )

        assert answer.status_code == 302
        assert view(cast.kari, made.conversation_id).starts == at(time(15, 30))

    def test_a_word_without_a_time_is_asked_for_one(self, cast: Cast, as_siri: Client) -> None:
        made = wished(cast.kari)

        answer = post(
            as_siri,
            reverse("workspace:choose_time", args=[made.conversation_id]),
            practitioner=clinician(cast.lund),
            how="give",
            text="Kom når du kan",
        )

        assert answer.status_code == 422
        assert "Kom når du kan" in answer.content.decode()

    def test_a_stranger_answers_nothing(self, cast: Cast, as_berg: Client) -> None:
        made, slot = wished(cast.kari), free(cast.kari)[0]

        for name in ("answer_wish", "convert", "mark"):
            answer = post(
                as_berg,
                reverse(f"workspace:{name}", args=[made.conversation_id]),
                give=slot.id,
                came="yes",
                meeting="phone",
            )
            assert answer.status_code == NOT_FOUND
        for name in ("choose_time", "move", "cancel"):
            answer = as_berg.get(reverse(f"workspace:{name}", args=[made.conversation_id]))
            assert answer.status_code == NOT_FOUND


@pytest.mark.usefixtures("on_the_phone")
class TestGivingATime:
    def test_from_the_patients_page(self, cast: Cast, as_siri: Client) -> None:
        slot = free(cast.kari)[0]
        here = reverse("workspace:give_time", args=[patient_uuid(cast.kari)])
        assert str(slot.id) in as_siri.get(here).content.decode()

        answer = post(as_siri, here, time=slot.id, how="give", practitioner=slot.practitioner_uuid)

        assert answer.status_code == 302
        assert seen(cast.kari, lambda: queries.my_appointments(cast.kari)).coming

    def test_double_booking_asks_why(self, cast: Cast, as_siri: Client) -> None:
        taken = booked(cast.per)
        here = reverse("workspace:give_time", args=[patient_uuid(cast.kari)])
        local = taken.period.lower.astimezone(OSLO)
        said = {
            "practitioner": clinician(cast.lund),
            "how": "give",
            "day": local.date().isoformat(),
            "starts": local.strftime("%H.%M"),
        }

        refused = post(as_siri, here, **said)
        assert refused.status_code == 409
        assert "Det er allerede en time da" in refused.content.decode()

        assert post(as_siri, here, **said, overbook_because="Haster").status_code == 302

    def test_another_offices_patient_is_not_found(self, cast: Cast, as_siri: Client) -> None:
        here = reverse("workspace:give_time", args=[patient_uuid(cast.bjarne)])

        assert as_siri.get(here).status_code == NOT_FOUND


class TestChangingATime:
    def test_it_is_moved(self, cast: Cast, as_siri: Client) -> None:
        made, other = booked(cast.kari), free(cast.kari)[5]
        here = reverse("workspace:move", args=[made.conversation_id])
        assert as_siri.get(here).status_code == 200

        post(as_siri, here, time=other.id, practitioner=other.practitioner_uuid)

        assert view(cast.kari, made.conversation_id).starts == other.starts

    def test_it_is_cancelled_with_a_word(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)
        here = reverse("workspace:cancel", args=[made.conversation_id])
        assert "Vil du avlyse timen?" in as_siri.get(here).content.decode()

        post(as_siri, here, text="Legen er syk")

        assert view(cast.kari, made.conversation_id).status == AppointmentStatus.CANCELLED

    def test_another_time_than_the_one_that_was_shown_is_not_cancelled(
        self, cast: Cast, as_siri: Client
    ) -> None:
        made, new = booked(cast.kari, free(cast.kari)[-1]), free(cast.kari)[-4]
        here = reverse("workspace:cancel", args=[made.conversation_id])
        shown = _seen_on(as_siri.get(here))
        actions.move(by=cast.kari, conversation_id=made.conversation_id, slot_id=new.id)

        refused = post(as_siri, here, text="Legen er syk", seen=shown)
        kept = view(cast.kari, made.conversation_id)
        done = post(as_siri, here, text="Legen er syk", seen=_seen_on(refused))

        assert refused.status_code == 409 and kept.starts == new.starts
        assert kept.status == AppointmentStatus.BOOKED and done.status_code == 302

    def test_what_is_cancelled_is_not_asked_about_again(self, cast: Cast, as_siri: Client) -> None:
        made = booked(cast.kari)
        actions.cancel(by=cast.kari, conversation_id=made.conversation_id)

        answer = as_siri.get(reverse("workspace:cancel", args=[made.conversation_id]))

        assert answer.status_code == 302

    def test_one_meets_by_phone_instead(self, cast: Cast, as_lund: Client) -> None:
        made = booked(cast.kari)

        post(as_lund, reverse("workspace:convert", args=[made.conversation_id]), meeting="phone")

        assert view(cast.kari, made.conversation_id).meeting == "phone"

    @pytest.mark.parametrize(("came", "expected"), [("yes", "fulfilled"), ("no", "noshow")])
    def test_who_came_is_noted_from_the_calendar(
        self, cast: Cast, came: str, expected: str
    ) -> None:
        made = booked(cast.kari)

        with time_machine.travel(made.period.lower + A_MINUTE, tick=False):
            client = signed_in(cast.siri)
            words = page(
                client, "calendar", clinician(cast.lund), query=on(made.period.lower.date())
            )
            assert "Møtte ikke" in words
            post(
                client,
                reverse("workspace:mark", args=[made.conversation_id]),
                came=came,
                **{"from": "calendar"},
            )

        assert view(cast.siri, made.conversation_id).status == expected

    def test_the_panel_shows_each_state(self, cast: Cast, as_siri: Client) -> None:
        offered = actions.propose_time(
            by=cast.siri, patient=patient_uuid(cast.kari), slot_id=free(cast.kari)[0].id
        )
        taken = booked(cast.per)
        actions.cancel(by=cast.per, conversation_id=taken.conversation_id)

        assert "Foreslått" in page(as_siri, "conversation", offered.conversation_id)
        assert "Avlyst" in page(as_siri, "conversation", taken.conversation_id)


def _seen_on(answer: HttpResponse) -> str:
    (version,) = re.findall(r'name="seen" value="(\d+)"', answer.content.decode())
    return str(version)


class TestSetAside:
    def test_words_about_a_time_are_set_aside_from_the_page(
        self, cast: Cast, as_siri: Client
    ) -> None:
        made = booked(cast.kari)
        conversations.reply(by=cast.kari, conversation_id=made.conversation_id, text="Takk!")
        where = reverse("workspace:set_time_aside", args=[made.conversation_id])

        before = page(as_siri, "conversation", made.conversation_id)
        answer = post(as_siri, where, seen=matter(cast, made.conversation_id).version)
        after = page(as_siri, "conversation", made.conversation_id)

        assert where in before
        assert answer.status_code == 302
        assert "Sett til side" not in after

    def test_a_wish_has_no_such_button_and_a_made_up_post_is_told_why(
        self, cast: Cast, as_siri: Client
    ) -> None:
        made = wished(cast.kari)
        general = reverse("workspace:rest", args=[made.conversation_id])
        own = reverse("workspace:set_time_aside", args=[made.conversation_id])

        shown = page(as_siri, "conversation", made.conversation_id)
        version = matter(cast, made.conversation_id).version
        answers = [post(as_siri, where, seen=version) for where in (general, own)]

        assert "Sett til side" not in shown
        assert [one.status_code for one in answers] == [409, 409]
        assert "Pasienten venter på en time." in answers[1].content.decode()
        assert str(made.conversation_id) in as_siri.get("/kontor/").content.decode()
