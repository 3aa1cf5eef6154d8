"""The platform as it runs and the record system, with Debian's RabbitMQ between them over TLS:
everything an office and its patients say to each other. What the platform never says itself
(BehandlerOversikt, Avtaleavbestilling) ``certify`` says over RabbitMQ, see tests/certify.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Topic
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop.models import Transmission
from dialog.interop.names import APPREC, Process
from dialog.people.queries import today
from dialog.renewals.policy import ItemStatus
from tests.appointments.people_and_times import booked, clinician, free, view, wished, workday
from tests.econsultations.asked import asked
from tests.epj.running import Ends
from tests.epj.running import running as record_system
from tests.interop.hearing import thread
from tests.platform_processes import Platform, on_the_bus, wait_until
from tests.rabbit import Rabbit
from tests.renewals.prescribed import ask, lines, prescribe

pytestmark = pytest.mark.rabbit
TOLD_THERE = {
    *(Process.ENQUIRY, Process.ECONSULTATION, Process.RENEWAL, Process.WISH, Process.BOOKING)
}
TOLD_HERE = TOLD_THERE | {Process.APPOINTMENTS}


@pytest.fixture
def ends(tmp_path: Path, rabbit: Rabbit) -> Iterator[Ends]:
    with record_system(tmp_path, rabbit=rabbit) as made:
        yield made


@pytest.fixture
def platform(own_database: str, ends: Ends, tmp_path: Path) -> Iterator[Platform]:
    with on_the_bus(own_database, tmp_path / "platform", ends.portal) as made:
        yield made


class Day:
    """The patients, their office, and what lies between them."""

    def __init__(self, ends: Ends, platform: Platform) -> None:
        self.cast: Cast = people_in_it.find()
        self.ends, self.platform = ends, platform

    def office(self, words: str, verb: str, *more: str) -> None:
        """Somebody there answers the message with these words."""
        self.ends.do(verb, self.ends.number(words), *more)

    def reads(self, conversation_id: UUID, words: str) -> None:
        """The patient sees these words, soon."""
        self.becomes(
            lambda: any(words in one.text for one in thread(self.cast, conversation_id).messages)
        )

    def stands(self, conversation_id: UUID, status: AppointmentStatus) -> None:
        """An appointment stands so, soon."""
        self.becomes(lambda: view(self.cast.kari, conversation_id).status == status)

    def becomes(self, so: Callable[[], object]) -> None:
        """Something is so, soon."""
        wait_until(so, self.platform)

    def there(self, words: str) -> bool:
        """Whether it stands in the office's calendar."""
        return words in self.ends.do("calendar")


@pytest.fixture
def day(ends: Ends, platform: Platform) -> Day:
    return Day(ends, platform)


def test_everything_an_office_and_its_patients_say(day: Day) -> None:
    words_are_answered(day)
    a_renewal_and_a_wish(day)
    a_time_is_found_had_and_given_back(day)
    the_calendar_changes(day)
    assert "8000001 answered in" in day.ends.do("test")
    all_of_it_was_received(day)


def words_are_answered(day: Day) -> None:
    kari = day.cast.kari
    one = enquiries.ask_practice(by=kari, topic=Topic.OTHER, text="Kan jeg få attesten?")
    day.office("attesten", "answer", "Hvilken av dem?", "--ask")
    day.reads(one.id, "Hvilken av dem?")
    conversations.reply(by=kari, conversation_id=one.id, text="Den fra mandag")
    day.office("fra mandag", "answer", "Den ligger i skranken.", "--close")
    day.reads(one.id, "Den ligger i skranken.")

    two = asked(kari, "Utslettet er tilbake på armen")
    day.office("Utslettet", "answer", "Bruk kremen to ganger om dagen.")
    day.reads(two.id, "Bruk kremen to ganger om dagen.")
    asked(day.cast.kari_for_ola, "Ola har feber")
    day.office("Ola har feber", "answer", "Gi ham mye å drikke.")


def a_renewal_and_a_wish(day: Day) -> None:
    kari = day.cast.kari
    renewal = ask(kari, prescribe(day.cast, kari, "Metoprolol"))
    day.office("fornye resept", "renew")
    day.becomes(lambda: {one.status for one in lines(kari, renewal)} == {ItemStatus.RENEWED})

    given = wished(kari, "Årlig kontroll").conversation_id
    day.office("Årlig kontroll", "give", "Velkommen", "--at", f"{workday(5)}T10:00")
    day.stands(given, AppointmentStatus.BOOKED)

    regretted = wished(kari, "Synsprøve").conversation_id
    day.ends.number("Synsprøve")
    appointments.cancel(by=kari, conversation_id=regretted)
    day.becomes(lambda: "Synsprøve" not in day.ends.do("inbox"))


def a_time_is_found_had_and_given_back(day: Day) -> None:
    kari, on = day.cast.kari, workday(4)
    day.ends.do("calendar", "free", "--from", f"{on}T09:00", "--to", f"{on}T10:00")
    appointments.ask_for_times(
        by=kari, practitioners=[clinician(day.cast.lund)], first=today(), days=28
    )
    day.becomes(lambda: len(free(kari)) == 3)

    one = booked(kari, free(kari)[0]).conversation_id
    day.stands(one, AppointmentStatus.BOOKED)
    assert day.there(f"{on} 09:00–09:20  booked")
    appointments.cancel(by=kari, conversation_id=one)
    day.becomes(lambda: day.there(f"{on} 09:00–09:20  free"))


def the_calendar_changes(day: Day) -> None:
    on = workday(6)
    uid = day.ends.do("calendar", "book", "Kari", "--at", f"{on}T13:20").split()[0]
    day.becomes(lambda: told_of(day))
    (told,) = told_of(day)
    begins = view(day.cast.kari, told).starts
    assert isinstance(begins, datetime)

    day.ends.do("calendar", "move", uid, "--at", f"{on}T14:20")
    later = begins + timedelta(hours=1)
    day.becomes(lambda: view(day.cast.kari, told).starts == later)
    day.ends.do("calendar", "cancel", uid)
    day.stands(told, AppointmentStatus.CANCELLED)


def told_of(day: Day) -> set[UUID]:
    """The appointments the office has told of by itself."""
    with rows.seeing(practice=day.cast.lund.practice_id):
        told = Transmission.objects.filter(function=Process.APPOINTMENTS.upper(), state="handled")
        return set(told.values_list("conversation_id", flat=True))


def all_of_it_was_received(day: Day) -> None:
    """Each had its receipt, and nobody has anything to complain of."""
    told = {("out", "received", one.upper()) for one in TOLD_THERE}
    told |= {("in", "handled", one.upper()) for one in TOLD_HERE}

    def states() -> set[tuple[str, str, str]]:
        with rows.seeing(practice=day.cast.lund.practice_id):
            said = Transmission.objects.exclude(function=APPREC)
            return set(said.values_list("direction", "state", "function"))

    day.becomes(lambda: states() == told)
    day.becomes(lambda: "receipt not here yet: 0" in day.ends.do("status"))
    assert "!" not in day.ends.do("status"), day.ends.do("status")
