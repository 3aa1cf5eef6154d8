"""Every cell of the table that says who may act for whom, at which age, and in what."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from dialog.actor import ALL_AREAS, Area
from dialog.conversations.policy import SERVICES
from dialog.people import policy
from dialog.people.policy import ProxyKind, Reach, Stage, Stop

BORN = date(2010, 6, 15)
DAYS = {
    "as a baby": date(2010, 6, 16),
    "the day before twelve": date(2022, 6, 14),
    "at twelve": date(2022, 6, 15),
    "the day before sixteen": date(2026, 6, 14),
    "on the sixteenth birthday": date(2026, 6, 15),
    "the day before eighteen": date(2028, 6, 14),
    "at eighteen": date(2028, 6, 15),
    "at eighty": date(2090, 6, 15),
}
CHILD, OLDER = list(DAYS)[:2], list(DAYS)[2:4]
GIVEN, NARROWED = frozenset({Area.RENEWAL}), frozenset({Area.APPOINTMENT})
NOTHING = frozenset[Area]()


def expected(kind: ProxyKind, when: str) -> frozenset[Area]:
    """Written out apart from the table."""
    if kind is ProxyKind.GUARDIAN:
        return GIVEN
    if kind is ProxyKind.MANDATE:
        return NOTHING if when in CHILD + OLDER else GIVEN
    if when in CHILD:
        return ALL_AREAS
    return NARROWED if when in OLDER else NOTHING


@pytest.mark.parametrize(("kind", "when"), list(product(ProxyKind, DAYS)))
def test_in_what_somebody_acts_at_which_age(kind, when):
    found = policy.areas_for(kind, born=BORN, on=DAYS[when], given=GIVEN, narrowed=NARROWED)

    assert found == expected(kind, when)
    assert policy.may_act_for(kind, born=BORN, on=DAYS[when]) is bool(expected(kind, when))


def test_the_table_has_every_cell():
    assert policy.REACH.keys() == set(product(ProxyKind, Stage))
    assert set(policy.REACH.values()) == set(Reach)


def test_there_is_an_area_for_each_service():
    assert {str(area) for area in Area} == {str(kind) for kind in SERVICES}


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2011, 2, 28), 2),
        (date(2012, 2, 28), 3),
        (date(2012, 2, 29), 4),
        (date(2013, 2, 28), 4),
        (date(2013, 3, 1), 5),
    ],
)
def test_somebody_born_on_a_leap_day_turns_older_on_the_first_of_march(on, years):
    assert policy.age(date(2008, 2, 29), on) == years


@pytest.mark.parametrize("born", [date(2008, 2, 29), date(2009, 12, 31), date(2010, 1, 1)])
@pytest.mark.parametrize("years", [12, 13, 16, 18])
def test_a_birthday_is_the_first_day_of_being_that_old(born, years):
    day = policy.birthday(born, years)

    assert policy.age(born, day) == years
    assert policy.age(born, date.fromordinal(day.toordinal() - 1)) == years - 1


@pytest.mark.parametrize("kind", list(ProxyKind))
def test_only_a_parents_right_ends_with_age(kind):
    ends = policy.ends_with_age(kind, BORN)

    assert ends == (DAYS["on the sixteenth birthday"] if kind is ProxyKind.PARENT else None)


@pytest.mark.parametrize(("kind", "when"), list(product(ProxyKind, [*DAYS, "unknown"])))
def test_a_mandate_is_received_by_grown_ups(kind, when):
    on = DAYS.get(when, BORN)
    born = BORN if when in DAYS else None

    grown = when in ("at eighteen", "at eighty")
    assert policy.may_receive(kind, born=born, on=on) is (grown or kind is not ProxyKind.MANDATE)


@pytest.mark.parametrize(
    ("kind", "responsible", "at_home", "closed"),
    list(product(ProxyKind, (True, False), (True, False), (True, False))),
)
def test_what_the_population_register_has_against_it(kind, responsible, at_home, closed):
    found = policy.stop(kind, responsible=responsible, at_home=at_home, closed=closed)

    parent, mandate = kind is ProxyKind.PARENT, kind is ProxyKind.MANDATE
    cells = [
        (closed, Stop.REGISTER),
        (not responsible and not mandate, Stop.NOT_RESPONSIBLE),
        (parent and not at_home, Stop.LIVES_ELSEWHERE),
        (True, Stop.NONE),
    ]
    assert found is next(stop for holds, stop in cells if holds)


@pytest.mark.parametrize(("minutes", "young"), [(0, True), (60, True), (61, False)])
def test_an_answer_counts_while_it_is_young(minutes, young):
    now = datetime(2026, 11, 28, 8, tzinfo=UTC)
    said = now - timedelta(minutes=minutes)

    assert policy.recent(said, now, at_most=timedelta(hours=1)) is young
    assert not policy.recent(None, now, at_most=timedelta(hours=1))


@pytest.mark.parametrize("years", [0, 12, 13, 15, 16, 80])
@pytest.mark.parametrize("consented", [True, False])
def test_in_what_somebody_acts_for_themselves(years, consented):
    on = policy.birthday(BORN, years)

    found = policy.own_areas(BORN, on, consented=consented)

    young = years in (13, 15)
    everything = years >= 16 or (young and consented)
    time_only = frozenset({Area.APPOINTMENT}) if young else NOTHING
    assert found == (ALL_AREAS if everything else time_only)
    assert policy.may_consent(BORN, on) is young
