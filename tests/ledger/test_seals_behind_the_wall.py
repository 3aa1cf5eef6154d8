"""Seals are added by the relay, read by whoever verifies, and changed by nobody."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import Error, ProgrammingError, connection, transaction

from dialog import rows
from dialog.adapters import database_roles as roles

AsRole = Callable[[str], AbstractContextManager[None]]
ADD = """
INSERT INTO ledger_seal VALUES (1, '', '', 1, '{1,1}', 1, 1, now(), 'key', '', '', '')
"""
CHANGES = ["UPDATE ledger_seal SET floor = 0", "DELETE FROM ledger_seal", "TRUNCATE ledger_seal"]

pytestmark = pytest.mark.usefixtures("db")


def do(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def seen() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_seal")
        (many,) = cursor.fetchone()
    return int(many)


@pytest.fixture
def sealed(as_role: AsRole) -> None:
    with as_role(roles.RELAY), rows.seeing(scope="relay"):
        do(ADD)


class TestWall:
    @pytest.mark.parametrize(
        ("role", "scope", "many"),
        [
            (roles.RELAY, "relay", 1),
            (roles.OWNER, "setup", 1),
            (roles.RELAY, "setup", 0),
            (roles.RELAY, "", 0),
            (roles.OWNER, "relay", 0),
            (roles.WEB, "relay", 0),
            (roles.WEB, "setup", 0),
        ],
    )
    def test_who_sees_them(
        self, sealed: None, as_role: AsRole, role: str, scope: str, many: int
    ) -> None:
        with as_role(role), rows.seeing(scope=scope):
            assert seen() == many

    @pytest.mark.parametrize(
        ("role", "scope"),
        [
            (roles.WEB, "relay"),
            (roles.WEB, "setup"),
            (roles.RELAY, ""),
            (roles.OWNER, "setup"),
            (roles.OWNER, "relay"),
        ],
    )
    def test_nobody_but_the_relay_adds_one(self, as_role: AsRole, role: str, scope: str) -> None:
        with as_role(role), rows.seeing(scope=scope), pytest.raises(ProgrammingError):
            do(ADD)

    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("role", [roles.WEB, roles.RELAY])
    def test_these_may_not_change_them(
        self, sealed: None, as_role: AsRole, role: str, change: str
    ) -> None:
        with (
            as_role(role),
            rows.seeing(scope="relay"),
            pytest.raises(ProgrammingError, match="permission denied"),
        ):
            do(change)

    @pytest.mark.parametrize("change", CHANGES)
    def test_whoever_may_is_stopped_all_the_same(
        self, sealed: None, as_role: AsRole, change: str
    ) -> None:
        with as_role("postgres"), pytest.raises(Error, match="never changed or removed"):
            do(change)

    @pytest.mark.parametrize("role", ["postgres", roles.OWNER])
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE ledger_entry SET kind = ''",
            "DELETE FROM ledger_entry",
            "TRUNCATE ledger_entry CASCADE",
        ],
    )
    def test_nor_are_entries_changed(
        self, people_of_the_cast: object, as_role: AsRole, role: str, change: str
    ) -> None:
        with (
            as_role(role),
            rows.seeing(scope="setup"),
            pytest.raises(Error, match="never changed or removed"),
        ):
            do(change)
