"""Where somebody is told things, how old that may be, and in which language: tables."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from dialog.people import policy
from dialog.people.policy import Given, Heard, Hindrance, NotificationKind

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATELY, LONG_AGO = NOW - timedelta(days=30), NOW - timedelta(days=600)
OWN, REGISTERED = "+4799900001", "+4799900002"
TIMES = (NotificationKind.APPOINTMENT, NotificationKind.REMINDER)


def given(phone=OWN, at=LATELY):
    return Given(phone=phone, confirmed_at=at)


def heard(**words):
    known = {"registered": True, "reserved": False, "may_be_told": True, "phone": REGISTERED}
    return Heard(**{**known, "confirmed_at": LATELY, "heard_at": NOW, **words})


SAID = {
    "as one would wish": (heard(), REGISTERED, None),
    "never asked": (None, "", Hindrance.NOT_HEARD),
    "reserved": (heard(reserved=True), "", Hindrance.RESERVED),
    "not there": (heard(registered=False), "", Hindrance.NOT_REGISTERED),
    "no number": (heard(phone=""), "", Hindrance.NO_PHONE),
    "old": (heard(confirmed_at=LONG_AGO), "", Hindrance.OLD_CONTACT),
    "never confirmed": (heard(confirmed_at=None), "", Hindrance.OLD_CONTACT),
    "may not be told": (heard(may_be_told=False), "", Hindrance.OLD_CONTACT),
}


def phone(kind, *, own=None, said=None, connected=True):
    return policy.phone_for(kind, given=own or given(), heard=said, connected=connected, now=NOW)


@pytest.mark.parametrize(("kind", "name"), list(product(NotificationKind, SAID)))
def test_the_registers_number_and_only_for_times_the_one_given_here(kind, name):
    said, number, hindrance = SAID[name]

    instead = kind in TIMES and hindrance not in (None, Hindrance.RESERVED)
    assert phone(kind, said=said) == ((OWN, None) if instead else (number, hindrance))


@pytest.mark.parametrize("name", SAID)
def test_one_given_here_long_ago_stands_in_for_nothing(name):
    said, number, hindrance = SAID[name]

    assert phone(TIMES[0], own=given(at=LONG_AGO), said=said) == (number, hindrance)


@pytest.mark.parametrize("kind", NotificationKind)
def test_without_a_register_what_is_given_here_counts_as_long(kind):
    assert phone(kind, connected=False) == (OWN, None)
    assert phone(kind, own=given(""), connected=False) == ("", Hindrance.NO_PHONE)
    assert phone(kind, own=given(at=LONG_AGO), connected=False) == ("", Hindrance.OLD_CONTACT)


@pytest.mark.parametrize(
    ("confirmed", "last"),
    [
        (datetime(2025, 5, 28, 12, tzinfo=UTC), datetime(2026, 11, 28, 12, tzinfo=UTC)),
        (datetime(2024, 8, 31, 9, tzinfo=UTC), datetime(2026, 2, 28, 9, tzinfo=UTC)),
    ],
)
def test_eighteen_months_to_the_minute(confirmed, last):
    assert policy.still_counts(confirmed, last - timedelta(minutes=1))
    assert not policy.still_counts(confirmed, last)


@pytest.mark.parametrize(
    ("chosen_at", "registered", "registered_at", "language"),
    [
        (None, "", None, "nb"),
        (None, "nn", LATELY, "nn"),
        (None, "nn", None, "nn"),
        (LATELY, "nn", LONG_AGO, "nb"),
        (LONG_AGO, "nn", LATELY, "nn"),
        (LATELY, "nn", None, "nb"),
        (LATELY, "", LATELY, "nb"),
    ],
)
def test_the_language_said_last(chosen_at, registered, registered_at, language):
    used = policy.language_to_use(
        "nb", chosen_at=chosen_at, registered=registered, registered_at=registered_at
    )

    assert used == language


@pytest.mark.parametrize("hindrance", Hindrance)
def test_what_the_office_does_not_write_past(hindrance):
    stops = {Hindrance.NO_CONSENT, Hindrance.WITHDRAWN, Hindrance.RESERVED, Hindrance.LOCKED}

    assert policy.stops_writing([hindrance]) is (hindrance in stops)
