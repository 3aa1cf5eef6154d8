"""Times from a record system: a yes or a no, and what its calendar tells."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from django.test import Client

from dialog import rows
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import queries as conversations
from dialog.demo.cast import Cast
from dialog.interop.building import Content, with_state
from dialog.interop.messages import Event
from dialog.interop.names import Process
from tests.appointments.elsewhere import morning, offer
from tests.appointments.people_and_times import at, booked, free, view, wished
from tests.interop.hearing import KARI, heard, receipts
from tests.interop.record_system import KNOWN, LUND, RecordSystem


def event(uid: str, hour: int, *, state: str = "booked", related_to: str = "") -> Event:
    starts = at(time(hour))
    told = Event(
        uid=uid,
        start=starts,
        end=starts + timedelta(minutes=20),
        contact=str(LUND),
        related_to=related_to,
    )
    return with_state(told, state, KNOWN)


class TestTimes:
    def test_a_wish_is_given_a_time(self, cast: Cast, epj: RecordSystem) -> None:
        one = wished(cast.kari)

        epj.answer(
            heard(epj).header,
            Process.WISH,
            "SvarOnske",
            Content(text="Velkommen", events=(event(str(uuid4()), 10),)),
        )

        assert view(cast.kari, one.conversation_id).status is AppointmentStatus.BOOKED

    def test_a_time_that_was_chosen_is_nobodys_before_the_yes(
        self, cast: Cast, epj: RecordSystem, as_kari: Client
    ) -> None:
        offer(cast, morning())
        slot = free(cast.kari)[0]
        one = booked(cast.kari, slot)
        there = heard(epj)
        waiting = as_kari.get(f"/meldinger/{one.conversation_id}").content.decode()
        asked_for = there.calendar.events[0]

        yes = with_state(
            Event(
                uid=str(uuid4()),
                start=asked_for.start,
                end=asked_for.end,
                contact=str(LUND),
                related_to=asked_for.uid,
            ),
            "booked",
            KNOWN,
        )
        epj.answer(there.header, Process.BOOKING, "SvarAvtaleReservasjon", Content(events=(yes,)))

        assert "Vi venter på svar fra legekontoret" in waiting
        assert "Time bestilt" not in waiting
        assert view(cast.kari, one.conversation_id).status is AppointmentStatus.BOOKED

    def test_a_no_lets_the_patient_choose_again(self, cast: Cast, epj: RecordSystem) -> None:
        offer(cast, morning())
        one = booked(cast.kari)

        epj.answer(
            heard(epj).header,
            Process.BOOKING,
            "SvarAvtaleReservasjon",
            Content(text="Den er dessverre tatt."),
        )

        assert view(cast.kari, one.conversation_id).status is AppointmentStatus.CANCELLED

    def test_a_refused_receipt_is_a_no(self, cast: Cast, epj: RecordSystem) -> None:
        offer(cast, morning())
        one = booked(cast.kari)

        epj.receives(heard(epj).header, "X99")

        assert view(cast.kari, one.conversation_id).status is AppointmentStatus.CANCELLED

    def test_the_calendar_tells_of_a_time_moves_it_and_cancels_it(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        uid = str(uuid4())
        for hour, state, expected in (
            (9, "booked", AppointmentStatus.BOOKED),
            (11, "booked", AppointmentStatus.BOOKED),
            (11, "cancelled", AppointmentStatus.CANCELLED),
        ):
            epj.begin(
                Process.APPOINTMENTS,
                "Avtale",
                Content(events=(event(uid, hour, state=state),)),
                KARI,
                datetime.now(UTC),
            )
            (one,) = self.of_kari(cast)
            assert view(cast.kari, one).status is expected
            assert view(cast.kari, one).starts.astimezone(UTC) == event(uid, hour).start

    def of_kari(self, cast: Cast) -> list[UUID]:
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            return [one.id for one in conversations.my_matters(cast.kari)]

    def test_an_older_word_that_comes_late_changes_nothing(
        self, cast: Cast, epj: RecordSystem
    ) -> None:
        uid, now = str(uuid4()), datetime.now(UTC)
        for hour, sent in ((9, now), (13, now - timedelta(minutes=5))):
            epj.begin(
                Process.APPOINTMENTS, "Avtale", Content(events=(event(uid, hour),)), KARI, sent
            )

        (one,) = self.of_kari(cast)
        assert view(cast.kari, one).starts.astimezone(UTC) == event(uid, 9).start
        assert all(receipt.taken for receipt in receipts(epj))
