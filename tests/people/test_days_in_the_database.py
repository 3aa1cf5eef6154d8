"""Somebody's days at an office, as the database itself keeps them."""

import pytest
from django.db import connection

from dialog import rows
from dialog.actor import Role
from dialog.demo.cast import Cast
from dialog.people import actions, queries
from tests.breaches.scene import registered
from tests.econsultations.asked import asked
from tests.people.at_work import A_DAY, add, now, put
from tests.people.personnel_in_memory import Personnel, note

DAYS = [(-3, -1, False), (-3, 0, True), (0, 3, True), (1, 3, False)]
DAY_NAMES = ["after", "last day", "first day", "before"]


class TestTheSecondWall:
    """Wrong queries, which name nobody and no day: what is left out, the database has left out."""

    @pytest.mark.parametrize(("first", "last", "here"), DAYS, ids=DAY_NAMES)
    def test_an_office_is_seen_on_ones_days_there_alone(
        self, cast: Cast, first: int, last: int, here: bool
    ) -> None:
        mona, today = add(cast.lund), queries.today()
        put(cast.lund, mona, today + first * A_DAY, today + last * A_DAY)

        with rows.seeing(account=mona):
            seen = {
                table: ask(f"SELECT count(*) FROM people_{table}")  # noqa: S608 - ours
                for table in ("practice", "practitioner", "membership", "patientlist")
            }

        assert {table for table, many in seen.items() if bool(many) is not here} == set()

    @pytest.mark.parametrize(("first", "last", "here"), DAYS, ids=DAY_NAMES)
    def test_nor_is_what_only_some_there_see_on_other_days_with_the_office_named(
        self, cast: Cast, first: int, last: int, here: bool
    ) -> None:
        """As in a transaction that had been given the office, by a mistake of ours."""
        asked(cast.kari)
        registered(cast)
        mona, today = add(cast.lund), queries.today()
        actions.set_reviewers(by=cast.lund, account_ids=frozenset({cast.lund.account, mona}))
        put(cast.lund, mona, today + first * A_DAY, today + last * A_DAY)

        with rows.seeing(account=mona, practice=cast.lund.practice_id):
            seen = (
                ask("SELECT count(*) FROM econsultations_econsultation"),
                ask("SELECT count(*) FROM breaches_breach"),
            )

        assert seen == ((1, 1) if here else (0, 0))

    @pytest.mark.parametrize(("first", "last", "here"), DAYS, ids=DAY_NAMES)
    def test_what_the_register_says_of_somebody_is_the_offices_on_these_days(
        self, cast: Cast, personnel: Personnel, first: int, last: int, here: bool
    ) -> None:
        mona, today = add(cast.lund, Role.STAFF), queries.today()
        note(now(mona))
        put(cast.lund, mona, today + first * A_DAY, today + last * A_DAY)

        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            known = ask("SELECT count(*) FROM people_professional")

        assert bool(known) is here

    @pytest.mark.parametrize(("first", "last", "here"), DAYS, ids=DAY_NAMES)
    def test_a_record_system_speaks_for_somebody_on_these_days_alone(
        self, cast: Cast, first: int, last: int, here: bool
    ) -> None:
        mona, today = add(cast.lund), queries.today()
        with rows.seeing(account=mona):
            practitioner = queries.practice_actor(mona).practitioner_id
        put(cast.lund, mona, today + first * A_DAY, today + last * A_DAY)

        with rows.seeing(practice=cast.lund.practice_id):
            acting = queries.practitioner_at_work(practitioner)

        assert (acting is not None) is here


def ask(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        (many,) = cursor.fetchone()
    return int(many)
