"""A database with nobody in it, for tests that leave nothing but lines of the ledger there."""

import os
from functools import cache
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from tests import memory
from tests.database import LASTING, SERVER, drop, locked, template

# Whoever changes a table, a trigger or a policy writes these anew; emptying a table does not.
SHAPE = """
SELECT 'constraints', count(*), sum(xmin::text::bigint) FROM pg_constraint
UNION ALL SELECT 'triggers', count(*), sum(xmin::text::bigint) FROM pg_trigger
UNION ALL SELECT 'columns', count(*), sum(xmin::text::bigint) FROM pg_attribute
UNION ALL SELECT 'policies', count(*), sum(xmin::text::bigint) FROM pg_policy
UNION ALL SELECT 'functions', count(*), sum(xmin::text::bigint) FROM pg_proc
UNION ALL SELECT 'tables', count(*),
    sum(hashtextextended((relname, relkind, relacl, relrowsecurity, relforcerowsecurity)::text, 0))
    FROM pg_class
ORDER BY 1
"""


@cache
def nobody_on(server: psycopg.Connection) -> "Nobody":
    """The one of this worker, whichever room's tests ask for it."""
    return Nobody(server)


class Nobody:
    """Is emptied between tests, and copied again after one that changed more than lines: a copy
    is six hundred files.
    """

    def __init__(self, server: psycopg.Connection) -> None:
        self._server, self.name = server, f"own_nobody_{os.getpid()}"
        self.admin: psycopg.Connection[Any] | None = None
        self._shape: list[tuple[object, ...]] = []

    def made_ready(self) -> "psycopg.Connection[Any]":
        """As it is when an office starts; somebody's connection who may do everything there."""
        if self.admin is None or not self._emptied(self.admin):
            self._copied()
        assert self.admin is not None
        return self.admin

    def gone(self) -> None:
        if self.admin is not None:
            self.admin.close()
        drop(self._server, self.name)

    def _copied(self) -> None:
        with locked("gate"):
            empty = template(self._server, bare=True)
        self.gone()
        memory.copy(self._server, self.name, empty)
        LASTING[self.name] = {}
        self.admin = psycopg.connect(SERVER.url(database=self.name), autocommit=True)
        self._shape = self.admin.execute(SHAPE).fetchall()

    def _emptied(self, admin: "psycopg.Connection[Any]") -> bool:
        admin.execute("RESET ALL")
        if admin.execute(SHAPE).fetchall() != self._shape:
            return False
        names = [one._meta.db_table for one in apps.get_app_config("ledger").get_models()]
        tables = sql.SQL(", ").join(map(sql.Identifier, names))
        with admin.transaction():
            admin.execute("SET LOCAL session_replication_role = replica")
            admin.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        return True
