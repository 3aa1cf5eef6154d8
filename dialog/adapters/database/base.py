"""What Django asks of a database backend; it looks for it under this name."""

from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg.pq import ExecStatus, Format, TransactionStatus

TIMESTAMPTZ = "timestamptz"
# As fast as psycopg can. Django reads a moment in Python, and then gives it another zone, which
# takes seven times as long; a page of free times has hundreds.
OWN_WAY = psycopg.adapters.get_loader(psycopg.adapters.types[TIMESTAMPTZ].oid, Format.TEXT)


class DatabaseWrapper(base.DatabaseWrapper):
    """Savepoints go straight to the server.

    psycopg forgets every prepared statement when it sees a rollback, also one to a savepoint: a
    table may have been made in what is undone. Here none is, and whoever is refused (a time that
    somebody else took) would leave the next to plan everything anew.
    """

    _undone = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Keys found or made in this transaction, by whose they are; nothing that may be undone
        # stays in it (dialog/content/keys.py).
        self.content_keys: dict[str, Any] = {}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, and read moments in psycopg's own way: in the zone that the server speaks in,
        which Django has told it.
        """
        made = super().get_new_connection(conn_params)
        made.adapters.register_loader(TIMESTAMPTZ, OWN_WAY)
        return made

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django does, who would ask each time how moments are read, and say it anew."""
        if name is None:
            return self.connection.cursor()
        return self.connection.cursor(name, scrollable=False, withhold=self.connection.autocommit)

    def _commit(self) -> None:
        self.content_keys.clear()
        super()._commit()  # type: ignore[misc]  # not in the stubs

    def close(self) -> None:
        """What was known of a connection goes with it."""
        self.content_keys.clear()
        super().close()

    def _savepoint(self, sid: str) -> None:
        self._straight(f"SAVEPOINT {self.ops.quote_name(sid)}")

    def _savepoint_commit(self, sid: str) -> None:
        if sid == self._undone:
            self._undone = ""
            return
        self._straight(f"RELEASE SAVEPOINT {self.ops.quote_name(sid)}")

    def _savepoint_rollback(self, sid: str) -> None:
        self.content_keys.clear()
        # ``atomic`` always lets go of a savepoint it has gone back to: one word for both.
        name = self.ops.quote_name(sid)
        self._straight(f"ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}")
        self._undone = sid

    def _straight(self, command: str) -> None:
        self.ensure_connection()
        server = self.connection.pgconn
        if server.transaction_status == TransactionStatus.IDLE:
            with self.cursor() as cursor:
                cursor.execute(command)  # the transaction begins with it
            return
        with self.wrap_database_errors:
            done = server.exec_(command.encode())
        if done.status != ExecStatus.COMMAND_OK:
            raise OperationalError(server.get_error_message())

    def _rollback(self) -> None:
        """The same for a whole transaction: what is refused leaves the next its plans."""
        self.content_keys.clear()
        if self.connection is None:
            return
        with self.wrap_database_errors:
            server = self.connection.pgconn
            if server.transaction_status == TransactionStatus.IDLE:
                return
            done = server.exec_(b"ROLLBACK")
        if done.status != ExecStatus.COMMAND_OK:
            raise OperationalError(server.get_error_message())


__all__ = ["DatabaseWrapper"]
