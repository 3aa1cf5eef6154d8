"""A PostgreSQL server of somebody else's making: prepared, refused, used."""

import re

import psycopg
import pytest

from dialog.adapters import database_roles as roles
from dialog.adapters import postgres_places
from dialog.adapters.postgres import BOOTSTRAP, Server
from dialog.cli import main


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A bare server, as a hosting provider hands it over."""
    server = Server(tmp_path_factory.mktemp("elsewhere"), settings=["fsync=off"])
    server.start()
    yield server
    server.stop()
    server.release()
    postgres_places.remove(server.home)


@pytest.fixture
def bare(elsewhere):
    """Without our roles and database, whatever an earlier test left."""
    with psycopg.connect(elsewhere.url(), autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS dialog")
        for role in roles.ROLES:
            admin.execute(f"DROP ROLE IF EXISTS {role}")
    return elsewhere


@pytest.fixture(autouse=True)
def own_data_dir(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def prepare(server):
    return main(["database", "prepare", "--admin-url", server.url()])


def test_preparing_makes_roles_database_and_lines_for_the_environment(bare, capsys):
    code = prepare(bare)
    told = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())

    assert code == 0
    assert list(told) == ["DATABASE_URL", "DATABASE_URL_WEB", "DATABASE_URL_RELAY"]
    for role, url in zip(roles.ROLES, told.values(), strict=True):
        with psycopg.connect(url) as connection:
            assert connection.info.user == role
            assert connection.info.dbname == "dialog"
            assert len(connection.info.password) >= 24


def test_preparing_again_changes_nothing_and_shows_no_password(bare, capsys):
    prepare(bare)
    capsys.readouterr()

    code = prepare(bare)

    assert code == 0
    assert capsys.readouterr().out == ""


def test_only_the_owner_may_change_tables(bare, capsys):
    prepare(bare)
    urls = re.findall(r"=(postgresql://.*)", capsys.readouterr().out)
    make = "CREATE TABLE made (number integer)"

    with psycopg.connect(urls[0]) as owner:
        owner.execute(make)
        owner.rollback()
    for url in urls[1:]:
        with psycopg.connect(url) as other, pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute(make)


def test_a_server_without_the_roles_is_refused_with_what_to_run(bare, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", bare.url())

    code = main(["migrate"])

    assert code == 1
    assert "lacks dialog_owner, dialog_web, dialog_relay" in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_a_sentence(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://somebody@/dialog?host={tmp_path}")

    code = main(["migrate"])

    assert code == 1
    assert "The database at DATABASE_URL does not answer" in capsys.readouterr().err


def test_an_address_that_is_none_is_a_sentence(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "over there")

    code = main(["migrate"])

    assert code == 1
    assert "DATABASE_URL is not an address" in capsys.readouterr().err


def test_an_admin_who_is_no_superuser_can_prepare_twice(bare):
    with psycopg.connect(bare.url(), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS hosted")
        admin.execute("CREATE ROLE hosted LOGIN CREATEROLE CREATEDB")
    words = ["database", "prepare", "--admin-url", bare.url("hosted", BOOTSTRAP)]

    first, second = main(words), main(words)

    assert (first, second) == (0, 0)
    assert roles.missing(bare.url()) == []


def test_a_role_that_somebody_raised_above_row_security_is_brought_down(bare):
    prepare(bare)
    with psycopg.connect(bare.url(), autocommit=True) as admin:
        admin.execute("ALTER ROLE dialog_web BYPASSRLS")

        prepare(bare)

        raised = admin.execute(roles.ABOVE, [list(roles.ROLES)]).fetchall()
    assert dict(raised) == dict.fromkeys(roles.ROLES, False)


def test_an_admin_who_may_not_is_told_so(bare, capsys):
    with psycopg.connect(bare.url(), autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS plain")
        admin.execute("CREATE ROLE plain LOGIN")

    code = main(["database", "prepare", "--admin-url", bare.url("plain", BOOTSTRAP)])

    assert code == 1
    assert "The server at --admin-url refused: permission denied" in capsys.readouterr().err


def test_the_web_server_alone_needs_a_database_elsewhere(monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL")

    code = main(["web"])

    assert code == 1
    assert "Set DATABASE_URL" in capsys.readouterr().err


def test_the_web_server_alone_becomes_granian_in_its_own_role(bare, monkeypatch):
    prepare(bare)
    monkeypatch.setenv("DATABASE_URL", bare.url(roles.OWNER, "dialog"))
    monkeypatch.setenv("PORT", "8765")
    became = []

    def become(*words):
        became.extend(words)
        raise SystemExit

    monkeypatch.setattr("os.execve", become)

    with pytest.raises(SystemExit):
        main(["web"])

    _, command, environment = became
    assert command[1:3] == ["-m", "granian"]
    assert command[command.index("--port") + 1] == "8765"
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert environment["DIALOG_PROCESS"] == "web"


def test_an_unknown_command_shows_those_there_are(capsys):
    code = main(["fly"])

    told = capsys.readouterr().err
    assert code == 2
    assert "There is no command 'fly'." in told
    assert "  run  " in told


def test_no_command_shows_those_there_are(capsys):
    assert main([]) == 0
    assert "digital-dialog COMMAND" in capsys.readouterr().out
