"""The three roles of the database, as the tests themselves use them."""

import pytest
from django.db import connection

from dialog.adapters import database_roles as roles


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_no_role_is_above_row_security(server):
    rights = server.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb, rolcanlogin"
        " FROM pg_roles WHERE rolname = ANY(%s)",
        [list(roles.ROLES)],
    ).fetchall()

    assert sorted(rights) == [(role, False, True) for role in sorted(roles.ROLES)]


def test_making_the_roles_again_makes_none(server):
    assert roles.make_roles(server) == []


@pytest.mark.usefixtures("db")
def test_tests_run_as_the_web_server():
    assert current_user() == roles.WEB


@pytest.mark.usefixtures("db")
def test_a_test_may_be_the_relay_for_a_while(as_role):
    with as_role(roles.RELAY):
        inside = current_user()

    assert (inside, current_user()) == (roles.RELAY, roles.WEB)


@pytest.mark.parametrize("turn", [1, 2])
def test_what_is_committed_in_a_database_of_ones_own_is_gone_afterwards(own_database, turn):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), has_schema_privilege('public', 'CREATE')")
        name, may_create = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'left_behind'")
        found = cursor.fetchone()[0]
        cursor.execute("SET ROLE postgres")
        cursor.execute("CREATE TABLE left_behind (number integer)")

    assert (name, may_create, found) == (own_database, False, 0)
