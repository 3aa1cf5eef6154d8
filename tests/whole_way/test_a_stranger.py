"""The platform as it runs, and at the other end a record system with nothing of ours: another AMQP
client, the system's openssl, its own reader of XML and messages written as text. Over our broker,
and over Debian's RabbitMQ.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast, number
from dialog.interop.models import Transmission
from dialog.interop.names import Process
from dialog.people.queries import today
from tests.appointments.people_and_times import at, clinician, free
from tests.econsultations.asked import asked
from tests.epj.numbers import LUND, PORTAL, PORTAL_ENTERPRISE, STORGATA
from tests.epj.running import Ends, between
from tests.interop.hearing import thread
from tests.platform_processes import Platform, on_the_bus, wait_until
from tests.rabbit import Rabbit
from tests.whole_way.stranger import Stranger, at_work

WITHIN = 1.5  # seconds that somebody waits for an answer; where it must come, more than once
WORDS = "Utslettet er tilbake på armen <i> & klør"
GIVEN_UP = "SELECT id FROM appointments_timesasked WHERE failed_at IS NOT NULL"
JUST_NOW = " AND failed_at > now() - interval '100 s'"
ANSWERED = "SELECT id FROM appointments_timesasked WHERE answered_at IS NOT NULL"
A_WHILE_AGO = """
UPDATE appointments_timesasked SET asked_at = asked_at - interval '150 s',
failed_at = failed_at - interval '150 s'
"""


@pytest.fixture(params=["ours", pytest.param("rabbit", marks=pytest.mark.rabbit)])
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ends]:
    """Nobody of ours is at the office."""
    rabbit: Rabbit | None = None
    if request.param == "rabbit":
        rabbit = request.getfixturevalue("rabbit")
    with between(tmp_path, rabbit=rabbit) as made:
        yield made


@pytest.fixture
def platform(own_database: str, ends: Ends, tmp_path: Path) -> Iterator[Platform]:
    folder = tmp_path / "platform"
    with on_the_bus(own_database, folder, ends.portal, answer_within=WITHIN) as made:
        yield made


@pytest.fixture
def times() -> list[dict[str, str]]:
    """What is free at the office."""
    begin = [at(time(hour)).astimezone(UTC) for hour in (9, 10)]
    return [
        {"uid": str(uuid4()), "start": written(one), "end": written(one + timedelta(minutes=20))}
        for one in begin
    ]


def written(moment: datetime) -> str:
    """As calendars write it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@pytest.fixture
def stranger(ends: Ends, times: list[dict[str, str]]) -> Iterator[Stranger]:
    with at_work(ends, times, withhold=1) as made:
        yield made


@pytest.fixture
def everybody(platform: Platform) -> Cast:
    return people_in_it.find()


def test_a_record_system_with_nothing_of_ours(
    everybody: Cast, platform: Platform, stranger: Stranger, times: list[dict[str, str]]
) -> None:
    what_is_free_is_asked(everybody)  # and not answered until nobody waits any more
    asked_first = stranger.sees("asked")
    assert (asked_first["first"], asked_first["type"]) == (str(today()), Process.BOOKING.upper())

    an_econsultation(everybody, platform, stranger)
    what_cannot_be_believed_is_told(stranger)
    what_it_complains_of_is_heard(everybody, platform, stranger)

    an_answer_that_is_too_late(everybody, platform, stranger)
    an_answer_in_time(everybody, platform, {one["uid"] for one in times})


def what_is_free_is_asked(cast: Cast) -> None:
    appointments.ask_for_times(
        by=cast.kari, practitioners=[clinician(cast.lund)], first=today(), days=28
    )


def an_econsultation(cast: Cast, platform: Platform, stranger: Stranger) -> None:
    one = asked(cast.kari, WORDS)
    came = stranger.sees("message", words=WORDS)
    assert came["patient"] == number("kari")
    assert came["from"] == [str(PORTAL_ENTERPRISE), str(PORTAL)]
    assert [came["to"][0], came["to"][-1]] == [str(STORGATA), str(LUND)]

    back = f"Hei Kari. Du skrev: {WORDS}"
    wait_until(lambda: back in texts(cast, one.id), platform)
    stranger.sees("receipt", receipt="1", about=stranger.sees("said"))

    conversations.reply(by=cast.kari, conversation_id=one.id, text="I to uker")
    more = stranger.sees("message", words="I to uker")
    assert (more["conversation"], more["isQuestion"]) == (came["id"], False)
    wait_until(lambda: "Hei Kari. Du skrev: I to uker" in texts(cast, one.id), platform)
    stranger.sees("receipt", receipt="1", about=stranger.sees("said"))
    wait_until(lambda: states(cast, one.id) == {"received", "handled"}, platform)


def what_cannot_be_believed_is_told(stranger: Stranger) -> None:
    for order, condition in (
        ("send-unencrypted", "transport:unsupported-message"),
        ("send-signed-by-another", "transport:unverified-certificate"),
    ):
        stranger.does(order)
        stranger.sees("error", error=condition, about=stranger.sees("sent"))


def what_it_complains_of_is_heard(cast: Cast, platform: Platform, stranger: Stranger) -> None:
    one = asked(cast.per, "Dette kan ikke leses")
    stranger.sees("message", words="Dette kan ikke leses")
    wait_until(lambda: states(cast, one.id) == {"rejected"}, platform)
    assert states(cast, one.id, "code") == {"transport:expired-certificate"}


def an_answer_that_is_too_late(cast: Cast, platform: Platform, stranger: Stranger) -> None:
    wait_until(lambda: platform.rows(GIVEN_UP), platform)
    stranger.does("answer-late")
    wait_until(lambda: f"late answer from {LUND} thrown away" in platform.said(), platform)
    assert free(cast.kari) == []


def an_answer_in_time(cast: Cast, platform: Platform, wanted: set[str]) -> None:
    def answered() -> bool:
        if platform.rows(GIVEN_UP + JUST_NOW):
            platform.rows(A_WHILE_AGO)
            what_is_free_is_asked(cast)
        return len(platform.rows(ANSWERED)) == 1

    wait_until(answered, platform)
    assert {str(one.id) for one in free(cast.kari)} == wanted


def texts(cast: Cast, conversation_id: UUID) -> list[str]:
    """What Kari reads."""
    return [one.text for one in thread(cast, conversation_id).messages]


def states(cast: Cast, conversation_id: UUID, what: str = "state") -> set[str]:
    """How far what was said of a matter has come, receipts aside."""
    with rows.seeing(practice=cast.lund.practice_id):
        said = Transmission.objects.filter(conversation_id=conversation_id)
        return set(said.exclude(function="APPREC").values_list(what, flat=True))
