"""At the office: a time that waits for the record system is answered by hand when it must be."""

from django.test import Client

from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus
from dialog.demo.cast import Cast
from tests.appointments.elsewhere import confirming, reserved
from tests.appointments.people_and_times import booked, clinician, day_of, free, matter, view
from tests.doors import post

ONE = "/kontor/sak/{}"


class TestConfirmByHand:
    def test_the_office_reads_that_the_record_system_has_not_answered(
        self, cast: Cast, as_siri: Client
    ) -> None:
        made = reserved(cast)

        page = as_siri.get(ONE.format(made.conversation_id)).content.decode()

        assert "Venter på journalsystemet" in page
        assert "Bekreft timen" in page and "Si nei til timen" in page
        assert "Gratis å avbestille" not in page and "Avlys timen" not in page

    def test_it_stands_so_in_the_calendar_too(self, cast: Cast, as_siri: Client) -> None:
        confirming(cast)
        slot = free(cast.kari)[0]
        booked(cast.kari, slot)

        address = f"/kontor/kalender/{clinician(cast.lund)}?dag={day_of(slot).isoformat()}"
        page = as_siri.get(address).content.decode()

        assert "Venter på journalsystemet" in page

    def test_a_yes_gives_the_time_and_the_words(self, cast: Cast, as_siri: Client) -> None:
        made = reserved(cast)
        seen = matter(cast, made.conversation_id).version

        post(
            as_siri,
            ONE.format(made.conversation_id) + "/time/bekreft",
            text="Ta med listen over medisiner.",
            seen=str(seen),
        )

        assert view(cast.kari, made.conversation_id).status is AppointmentStatus.BOOKED

    def test_a_yes_beside_something_new_is_not_said(self, cast: Cast, as_siri: Client) -> None:
        made = reserved(cast)
        seen = matter(cast, made.conversation_id).version

        answer = post(
            as_siri,
            ONE.format(made.conversation_id) + "/time/bekreft",
            text="Ta med listen.",
            seen=str(seen - 1),
        )

        assert answer.status_code == 409
        assert "Ta med listen." in answer.content.decode()
        assert view(cast.kari, made.conversation_id).status is AppointmentStatus.PENDING

    def test_a_no_is_asked_about_once_more(self, cast: Cast, as_siri: Client) -> None:
        made = reserved(cast)
        address = ONE.format(made.conversation_id) + "/time/si-nei"

        page = as_siri.get(address).content.decode()
        seen = matter(cast, made.conversation_id).version
        refused = post(as_siri, address, text="Legen er på kurs.", seen=str(seen - 1))
        post(as_siri, address, text="Legen er på kurs.", seen=str(seen))

        assert "Vil du si nei til timen?" in page and refused.status_code == 409
        assert view(cast.kari, made.conversation_id).status is AppointmentStatus.CANCELLED
        assert "Avslått" in as_siri.get(ONE.format(made.conversation_id)).content.decode()

    def test_what_is_answered_already_is_not_asked_about(self, cast: Cast, as_siri: Client) -> None:
        made = reserved(cast)
        actions.confirm(by=cast.siri, conversation_id=made.conversation_id)
        address = ONE.format(made.conversation_id)

        assert as_siri.get(f"{address}/time/si-nei").status_code == 302
        assert "Bekreft timen" not in as_siri.get(address).content.decode()

    def test_another_office_finds_nothing(self, cast: Cast, as_berg: Client) -> None:
        made = reserved(cast)
        address = ONE.format(made.conversation_id)

        assert as_berg.get(f"{address}/time/si-nei").status_code == 404
        assert post(as_berg, f"{address}/time/bekreft", text="").status_code == 404
        assert view(cast.kari, made.conversation_id).status is AppointmentStatus.PENDING


class TestTimebook:
    def test_it_says_that_the_record_system_decides(self, cast: Cast, as_lund: Client) -> None:
        address = f"/kontor/timebok/{clinician(cast.lund)}"
        before = as_lund.get(address).content.decode()
        confirming(cast)

        page = as_lund.get(address).content.decode()

        assert "Journalsystemet bestemmer" in page and "Journalsystemet bestemmer" not in before
