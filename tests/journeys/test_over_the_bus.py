"""An office in its own record system, the whole way: the product as it runs, a broker over TLS and
passwords (ours, and Debian's RabbitMQ), the record system at the other end, and a patient with a
phone.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.appointments.people_and_times import workday
from tests.buses import soon
from tests.epj.running import Ends
from tests.epj.running import running as record_system
from tests.journeys.walking import Walk
from tests.platform_processes import PATIENCE, Platform, on_the_bus, wait_until, web_server
from tests.rabbit import Rabbit

pytestmark = pytest.mark.browser

REASON = "Vondt i kneet etter et fall"
PENDING, BOOKED, DELIVERED = (
    "Vi venter på svar fra legekontoret",
    "Time bestilt",
    "Levert til legekontoret",
)
AWAY = "svarer ikke akkurat nå"
A_WHILE_AGO = (
    "UPDATE conversations_message SET sent_at = sent_at - interval '150 s'",
    "UPDATE conversations_conversation SET started_at = started_at - interval '150 s',"
    " arrived_at = arrived_at - interval '150 s'",
    "UPDATE appointments_timesasked SET asked_at = asked_at - interval '150 s',"
    " answered_at = answered_at - interval '150 s', failed_at = failed_at - interval '150 s'",
)


@pytest.fixture(params=["ours", pytest.param("rabbit", marks=pytest.mark.rabbit)])
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ends]:
    """A broker with TLS and passwords, and a record system where a person says yes to bookings."""
    rabbit: Rabbit | None = None
    if request.param == "rabbit":
        rabbit = request.getfixturevalue("rabbit")
    with record_system(tmp_path, "--bookings", "by-hand", rabbit=rabbit) as both:
        yield both


@pytest.fixture
def platform(own_database: str, ends: Ends, tmp_path: Path) -> Iterator[Platform]:
    """Relay and listener, and Dr Lund's office in its record system."""
    with on_the_bus(own_database, tmp_path / "platform", ends.portal) as made:
        yield made


@pytest.fixture
def site(chromium: Browser, platform: Platform) -> Iterator[str]:
    """The web server as it serves people."""
    with web_server(platform) as address:
        yield address


class Office:
    """Whoever sits at the record system."""

    def __init__(self, ends: Ends, platform: Platform) -> None:
        self.ends, self.platform = ends, platform

    def number(self, words: str) -> str:
        """The number of what awaits an answer with these words in it, when it has come."""
        found: list[str] = []

        def comes() -> bool:
            lines = self.ends.do("inbox").splitlines()
            found[:] = [line.split()[0] for line in lines if words in line]
            return bool(found)

        wait_until(comes, self.platform)
        return found[0]

    def came(self, *words: str) -> list[str]:
        """Which of these words have come, each as often as it did, in the order they came."""
        lines = sorted(self.ends.do("inbox", "--all").splitlines())
        return [one for line in lines for one in words if one in line]


@pytest.fixture
def office(ends: Ends, platform: Platform) -> Office:
    return Office(ends, platform)


def until(walk: Walk, *words: str, never: str = "") -> Walk:
    """Look at the page again until it says this."""
    body = walk.page.locator("body")

    def says() -> bool:
        walk.page.reload()
        said = body.inner_text()
        assert not never or never not in said
        return all(one in said for one in words)

    assert soon(says, PATIENCE), body.inner_text()
    return walk


def at(day: date, clock: str) -> str:
    """A time as the record system's commands take it."""
    return f"{day}T{clock}"


def asks(kari: Walk, words: str) -> Walk:
    """An enquiry."""
    kari.go("/kontakt?gjelder=valgt").tick("Det haster ikke").page.get_by_role("radio").last.check()
    kari.write("Skriv til legekontoret", words).press("Send til legekontoret")
    return kari.sees(words)


def consults(kari: Walk, words: str) -> Walk:
    """An e-consultation."""
    kari.go("/e-konsultasjon?gjelder=valgt").tick("Det haster ikke").press("Gå videre og skriv")
    kari.page.get_by_role("radio").first.check()
    kari.write("Skriv til legen", words).page.get_by_role("checkbox").last.check()
    return kari.press("Send til legen").sees(words)


def test_a_day_with_an_office_in_its_own_record_system(
    ends: Ends, office: Office, platform: Platform, walks: Callable[..., Walk]
) -> None:
    kari = walks("Kari")
    a_time_is_found_and_booked(kari, office)
    words_are_answered(kari, office)
    a_renewal_and_a_wish(kari, office)
    the_calendar_says_it_first(kari, office)
    the_record_system_is_away(kari, office)
    assert "!" not in ends.do("status"), ends.do("status")


def a_time_is_found_and_booked(kari: Walk, office: Office) -> None:
    day = workday(4)
    offered = ("--from", at(day, "09:00"), "--to", at(day, "10:00"))
    office.ends.do("calendar", "free", *offered)

    kari.go("/time?gjelder=valgt").sees("Ingrid Lund").keep("bus-1-times")
    kari.press("Ingrid Lund").keep("bus-2-free").sees("09.00", "09.20", "09.40")
    assert kari.page.locator("button.time").count() == 3
    kari.follow(kari.page.locator("button.time"))
    kari.sees("Legekontoret må svare ja før timen er din.").keep("bus-3-book")
    kari.write("Hva gjelder timen?", REASON).press("Bestill timen")
    kari.sees(PENDING).does_not_see(BOOKED).keep("bus-4-pending")

    asked = office.number(REASON)
    until(kari, PENDING, never=BOOKED)
    office.ends.do("confirm", asked)
    until(kari, BOOKED).does_not_see(PENDING).keep("bus-5-booked")


def words_are_answered(kari: Walk, office: Office) -> None:
    asks(kari, "Kan jeg få kopi av attesten?")
    until(kari, DELIVERED).keep("bus-6-delivered")
    asked, enquiry = office.number("attesten"), kari.page.url
    consults(kari, "Utslettet er tilbake på armen")
    until(kari, DELIVERED)
    consulted = office.number("Utslettet")

    office.ends.do("answer", asked, "Den ligger klar i skranken.", "--close")
    office.ends.do("answer", consulted, "Hvor lenge har du hatt det?", "--ask")
    until(kari, "Hvor lenge har du hatt det?").keep("bus-7-econsultation")
    kari.write("Din melding", "I to uker").press("Send").sees("I to uker")
    again = office.number("I to uker")
    office.ends.do("answer", again, "Bruk kremen to ganger om dagen.")
    until(kari, "Bruk kremen to ganger om dagen.").keep("bus-8-econsultation")
    until(kari.go(enquiry), "Den ligger klar i skranken.", "Avsluttet").keep("bus-9-enquiry")


def a_renewal_and_a_wish(kari: Walk, office: Office) -> None:
    kari.go("/").press("Forny resept").press("Meg selv")
    kari.page.get_by_role("checkbox").first.check()
    kari.press("Gå videre").press("Ja, send").sees("Reseptfornyelse")
    renewal = kari.page.url
    kari.go("/time/onske").write("Hva trenger du time til?", "Årlig kontroll av hjertet")
    kari.press("Send ønsket").sees("Ønske sendt")
    wish = kari.page.url

    office.ends.do("renew", office.number("fornye resept"))
    day = workday(5)
    office.ends.do("give", office.number("hjertet"), "Velkommen", "--at", at(day, "10:00"))
    until(kari.go(renewal), "Fornyet").keep("bus-10-renewed")
    until(kari.go(wish), BOOKED, "10.00", "Velkommen").keep("bus-11-given")


def the_calendar_says_it_first(kari: Walk, office: Office) -> None:
    printed = office.ends.do("calendar", "book", "Nordmann", "--at", at(workday(6), "13:20"))
    uid = printed.split()[0]
    until(kari.go("/time/mine"), "13.20").keep("bus-12-mine")
    kari.follow(kari.page.get_by_role("link").filter(has_text="13.20"))
    kari.sees("13.20").does_not_see("Avlyst").keep("bus-13-theirs")
    office.ends.do("calendar", "cancel", uid, "--text", "Legen er syk.")
    until(kari, "Avlyst").keep("bus-14-cancelled")


def the_record_system_is_away(kari: Walk, office: Office) -> None:
    platform, words = office.platform, ("Nummer en", "Nummer to", "Nummer tre")
    asks(kari, words[0])
    until(kari, DELIVERED)
    number, thread = office.number(words[0]), kari.page.url
    office.ends.do("answer", number, "Fortell mer", "--ask")
    until(kari, "Fortell mer")

    office.ends.stop()
    time_goes_by(platform)
    kari.go("/time?gjelder=valgt").sees("Vi henter timer").keep("bus-15-fetching")
    times = kari.page.context.new_page()
    times.goto("/time?gjelder=valgt")
    kari.go(thread).write("Din melding", words[1]).press("Send").sees(words[1])
    consults(kari, words[2])
    time_goes_by(platform)
    until(kari, "Mottatt", AWAY).keep("bus-16-away")
    Walk(times, "Kari").sees(AWAY).keep("bus-17-times-away")

    office.ends.start()
    until(kari, DELIVERED).keep("bus-18-back").does_not_see(AWAY)
    wait_until(lambda: office.came(words[2]), platform)
    assert office.came(*words) == list(words)


def time_goes_by(platform: Platform) -> None:
    """Two minutes and a half, for what patients have written and what was said to be free."""
    for statement in A_WHILE_AGO:
        platform.rows(statement)
