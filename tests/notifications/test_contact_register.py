"""An SMS goes where the contact register says, or not at all (R36, R45)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialog.adapters.memory import MemorySms
from dialog.appointments import actions as appointments
from dialog.demo.cast import Cast
from dialog.notifications.policy import Reason
from tests.notifications.told import PER, Clock, Pay, a_minute_later, answered, attempts
from tests.people.contact_in_memory import Contacts
from tests.portal.times import slots

ELSEWHERE = "+4799900042"


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon."""


def test_to_the_registers_number_in_the_registers_language(
    cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, contacts: Contacts
) -> None:
    contacts.change("kari", phone=ELSEWHERE, language="nn")

    answered(clock, cast, cast.kari)
    a_minute_later(clock, relay_pays)

    (told,) = phones.phones
    assert told.to == ELSEWHERE
    assert "Du har fått ei melding frå legekontoret." in told.text


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"reserved": True}, Reason.RESERVED),
        ({"may_be_told": False}, Reason.OLD_CONTACT),
        ({"phone_confirmed_at": None}, Reason.OLD_CONTACT),
        ({"registered": False}, Reason.NOT_REGISTERED),
        ({"phone": ""}, Reason.NO_PHONE),
        ({"phone": "22334455"}, Reason.NO_PHONE),
    ],
)
def test_or_not_at_all_and_the_office_reads_why(
    cast: Cast,
    clock: Clock,
    phones: MemorySms,
    relay_pays: Pay,
    contacts: Contacts,
    words: dict[str, object],
    reason: Reason,
) -> None:
    contacts.change("kari", **words)

    about = answered(clock, cast, cast.kari)
    a_minute_later(clock, relay_pays)

    assert phones.phones == []
    assert [one.reason for one in attempts(cast.siri, about)] == [reason]


def test_while_it_is_away_it_waits_and_nothing_is_guessed(
    cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, contacts: Contacts
) -> None:
    contacts.away = True
    about = answered(clock, cast, cast.kari)
    a_minute_later(clock, relay_pays)
    before = (list(phones.phones), attempts(cast.siri, about))

    contacts.away = False
    clock.shift(timedelta(minutes=10))
    a_minute_later(clock, relay_pays)

    assert before == ([], [])
    assert len(phones.phones) == 1


def test_what_it_has_come_to_know_since_stops_what_waits(
    cast: Cast,
    clock: Clock,
    phones: MemorySms,
    relay_pays: Pay,
    contacts: Contacts,
    settings: object,
) -> None:
    settings.CONTACT_REGISTER = replace(  # type: ignore[attr-defined]
        settings.CONTACT_REGISTER,
        to_tell=timedelta(seconds=10),  # type: ignore[attr-defined]
    )
    about = answered(clock, cast, cast.kari)
    relay_pays()
    contacts.change("kari", reserved=True)

    a_minute_later(clock, relay_pays)

    assert phones.phones == []
    assert [one.reason for one in attempts(cast.siri, about)] == [Reason.RESERVED]


def test_of_a_time_also_to_the_number_the_office_has_and_without_any_yes(
    cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, contacts: Contacts
) -> None:
    contacts.change("per", registered=False)
    booked = appointments.book_slot(by=cast.per, slot_id=slots(cast.per)[0].id, text="Kneet")
    clock.shift(timedelta(seconds=1))
    appointments.cancel(by=cast.siri, conversation_id=booked.conversation_id)
    a_minute_later(clock, relay_pays)

    assert {one.to for one in phones.phones} == {PER}
