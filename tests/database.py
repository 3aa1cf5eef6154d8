"""The database of the tests: a server of this checkout's own, and a fresh copy for each worker.

Tests sign in as the web server's role, so row security holds in every one of them, and their
statements are planned as the web server's are: once. The migrated database is kept as a template,
named after the migrations it was made from.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from dialog.adapters import content_keys, postgres_places
from dialog.adapters import database_roles as roles
from dialog.adapters.postgres import BOOTSTRAP, Server
from dialog.adapters.postgres_places import PostgresFault
from tests import memory

CHECKOUT = Path(__file__).resolve().parent.parent
PLACE = CHECKOUT / "var" / "test"
STATEMENTS = 2000  # more than a run has; psycopg keeps the plans of a hundred, of whatever is asked
PLANS = "-c plan_cache_mode=force_generic_plan"
os.environ.pop("POSTGRES_DIR", None)  # this one lasts from run to run
SERVER = Server(
    PLACE,
    settings=[
        *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
        "max_connections=200",  # each worker may have a crowd of forty at the same moment
    ],
)

(PLACE / "static").mkdir(parents=True, exist_ok=True)
os.environ.update(
    DJANGO_SETTINGS_MODULE="dialog.config.settings",
    DIALOG_PROCESS="owner",
    DIALOG_DEMONSTRATION="1",
    SECRET_KEY="only-for-tests-" * 4,
    IDENTITY_HASH_KEY="only-for-tests-too-" * 4,
    DATABASE_URL=SERVER.url(BOOTSTRAP, "none") + f"&options=-c%20role%3D{roles.WEB}",
    STATIC_ROOT=str(PLACE / "static"),
    CONTENT_KEYS_FILE=str(PLACE / "content-keys"),
    # Tests do in a second what people do in a week; those about how much is too much say how much.
    ACTS_A_MINUTE_PATIENT="1000000",
    ACTS_A_MINUTE_PRACTICE="1000000",
    REQUESTS_A_MINUTE_SIGNED_OUT="1000000",
    NEW_MATTERS_A_DAY="1000000",
    COPIES_AN_HOUR_PATIENT="1000000",
    STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
    **memory.settings(SERVER),
)

with suppress(FileExistsError):
    content_keys.make(PLACE / "content-keys")

import django  # noqa: E402 - the environment above must be in place first

django.setup()

from django.db import connection, connections, transaction  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from django.dispatch import receiver  # noqa: E402

from dialog.cli import tables  # noqa: E402
from dialog.demo import cast  # noqa: E402


@receiver(connection_created)
def keep_every_plan(connection: Any, **_: Any) -> None:
    """Plan a statement once for all tests of a worker, not once for each that asks it thrice."""
    connection.connection.prepared_max = STATEMENTS


@contextmanager
def locked(name: str, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold one of this checkout's locks."""
    with (PLACE / name).open("ab") as lock:
        fcntl.flock(lock, how)
        yield


LASTING: dict[str, dict[str, Any]] = {}
"""Databases that last from test to test, and a connection with its plans for each role in them."""


@contextmanager
def connected_to(name: str, role: str = roles.WEB) -> Iterator[None]:
    """Let Django use another database, and be another role there."""
    chosen: dict[str, Any] = connections.settings["default"]
    before = chosen["NAME"], chosen["OPTIONS"]
    kept = connections["default"]  # with its plans, which cost more to make than most tests
    del connections["default"]
    chosen["NAME"], chosen["OPTIONS"] = name, {**before[1], "options": f"-c role={role} {PLANS}"}
    if role in LASTING.get(name, {}):
        connections["default"] = LASTING[name].pop(role)
    try:
        yield
    finally:
        _keep_or_close(name, role)
        connections["default"] = kept
        chosen["NAME"], chosen["OPTIONS"] = before


def _keep_or_close(name: str, role: str) -> None:
    """Keep the connection where the next test may go on with it: it has nothing in hand."""
    used = connections["default"]
    idle = used.connection is not None and not (
        used.connection.closed or used.in_atomic_block or used.connection.info.transaction_status
    )
    if idle and name in LASTING and role not in LASTING[name]:
        LASTING[name][role] = used
        del connections["default"]
    else:
        connections.close_all()


def template(admin: psycopg.Connection, *, bare: bool = False) -> str:
    """The migrated database that all others are copied from; made when the migrations changed.

    ``bare``: without the cast, as an office finds it that starts.
    """
    digest = hashlib.sha256()
    sources = [*CHECKOUT.glob("dialog/*/migrations/*.py"), *CHECKOUT.glob("dialog/demo/cast*.py")]
    for source in sorted(sources):
        digest.update(str(source.relative_to(CHECKOUT)).encode() + source.read_bytes())
    name, empty = (f"{kind}_{digest.hexdigest()[:12]}" for kind in ("template", "bare"))
    known = "SELECT datname FROM pg_database WHERE datname SIMILAR TO '(template|bare)\\_%'"
    found = {row[0] for row in admin.execute(known).fetchall()}
    if not {name, empty} <= found:
        for stale in found | {"unfinished"}:
            drop(admin, stale)
        roles.make_roles(admin)
        roles.make_database(admin, "unfinished")
        with connected_to("unfinished", roles.OWNER):
            tables.bring_up_to_date()
        _rename(admin, empty)
        roles.make_database(admin, "unfinished", template=empty)
        with connected_to("unfinished", roles.OWNER):
            cast.make()
        _rename(admin, name)
    return empty if bare else name


def _rename(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("ALTER DATABASE unfinished RENAME TO {}").format(sql.Identifier(name)))


def drop(admin: psycopg.Connection, name: str) -> None:
    """Drop a database, whoever still looks at it."""
    for kept in LASTING.pop(name, {}).values():
        kept.close()
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    """The running test server, and a superuser's connection to it; the last to leave stops it."""
    with ExitStack() as stay:
        with locked("gate"):
            _start()
            admin = stay.enter_context(psycopg.connect(SERVER.url(), autocommit=True))
            with suppress(BlockingIOError), locked("users", fcntl.LOCK_EX | fcntl.LOCK_NB):
                forget_killed_tests(admin)
                memory.make_room(SERVER, admin)
            stay.enter_context(locked("users", fcntl.LOCK_SH))
        yield admin
    with (
        suppress(BlockingIOError),
        locked("gate"),
        locked("users", fcntl.LOCK_EX | fcntl.LOCK_NB),
    ):
        if SERVER.answers():  # two may leave at once
            with psycopg.connect(SERVER.url(), autocommit=True) as admin:
                forget_killed_tests(admin)
                memory.clear(SERVER, admin)
        SERVER.stop()


def _start() -> None:
    """Start the server; data that a crash left beyond repair, with what was in memory, are made
    anew.
    """
    try:
        SERVER.start(lasting=True)
    except PostgresFault:
        postgres_places.remove(SERVER.cluster)
        SERVER.start(lasting=True)


def forget_killed_tests(admin: psycopg.Connection) -> None:
    """Drop what tests left that did not live to do it."""
    left = "SELECT datname FROM pg_database WHERE datname ~ '^((test|own|office)_|bare_[0-9]+$)'"
    for (name,) in admin.execute(left).fetchall():
        drop(admin, name)


@pytest.fixture(scope="session")
def empty_database(server: psycopg.Connection, django_db_blocker: Any) -> str:
    """The name of a migrated database with the cast in it, to make copies of."""
    with locked("gate"), django_db_blocker.unblock():
        return template(server)


@pytest.fixture(scope="session")
def django_db_setup(server: psycopg.Connection, empty_database: str) -> Iterator[None]:
    """A copy of the migrated database for this worker; every test rolls back."""
    name = f"test_{os.getpid()}"
    drop(server, name)
    memory.copy(server, name, empty_database)
    with connected_to(name):
        yield
    drop(server, name)


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One transaction, undone when the test is over; what constraints have put off is asked first.

    What pytest-django does with a test case made for each test, in three statements fewer.
    """
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # as Django's own test cases say it
    with django_db_blocker.unblock(), whole:
        yield
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


@pytest.fixture
def own_database(
    server: psycopg.Connection, empty_database: str, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A database of the test's own, where transactions commit and threads meet; its name."""
    name = f"own_{os.getpid()}"
    with django_db_blocker.unblock():
        drop(server, name)
        memory.copy(server, name, empty_database)
        with connected_to(name):
            yield name
        drop(server, name)


@pytest.fixture
def bare_database(
    server: psycopg.Connection, django_db_setup: None, django_db_blocker: Any
) -> Iterator[str]:
    """A migrated database with nobody in it, where transactions commit; its name."""
    name = f"own_bare_{os.getpid()}"
    with django_db_blocker.unblock():
        with locked("gate"):
            empty = template(server, bare=True)
        drop(server, name)
        memory.copy(server, name, empty)
        with connected_to(name):
            yield name
        drop(server, name)


@pytest.fixture
def as_role() -> Callable[[str], AbstractContextManager[None]]:
    """Be another database role for a while, inside the test's transaction.

    ``dialog_owner`` and ``dialog_relay`` are the product's own; ``postgres`` sees every row.
    """

    @contextmanager
    def become(role: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
        yield
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(roles.WEB)))

    return become
