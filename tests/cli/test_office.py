"""Making an office from the command line, in a database with nobody in it."""

import io
from argparse import ArgumentParser
from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.adapters import database_roles as roles
from dialog.cli import office
from dialog.cli.surroundings import Refusal
from dialog.conversations import queries as conversations
from dialog.conversations.switches import SWITCHES
from dialog.people import queries as people
from dialog.people.identity_number import NotAnIdentityNumber, parse, synthetic
from tests.database import connected_to

DOCTOR = synthetic(date(1971, 2, 3))
SAID = ["--name", "Havna legekontor", "--phone", "22 33 44 55", "--doctor", "Eva Strand"]


@pytest.fixture
def as_owner(bare_database):
    with connected_to(bare_database, roles.OWNER):
        yield


@pytest.fixture
def create(as_owner, monkeypatch):
    def run(*words, number=DOCTOR):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{number}\n"))
        parser = ArgumentParser()
        office.arguments(parser)
        return office.run(parser.parse_args(["create", *words]))

    return run


def doctor():
    with rows.seeing(scope="setup"):
        account = people.account_at_the_door(DOCTOR)
        return people.practice_actor(account.id)


def works_at():
    with rows.seeing(scope="door"):
        return sorted(one.works_at for one in people.everybody_at_the_door())


def test_the_doctor_works_there_and_has_a_list(create):
    create(*SAID)

    eva = doctor()
    with rows.seeing(account=eva.account_id, practice=eva.practice_id):
        lists = people.lists_of_practice(eva)
    assert [one.name for one in lists] == ["Eva Strand"]
    assert eva.list_ids == {lists[0].list_id}


def test_every_service_is_off_until_the_doctor_says_otherwise(create):
    create(*SAID)

    eva = doctor()
    with rows.seeing(account=eva.account_id, practice=eva.practice_id):
        services = conversations.services_of(next(iter(eva.list_ids)))
    assert not any(services[one].on for one in SWITCHES)


def test_the_same_again_changes_nothing(create, capsys):
    create(*SAID)
    create(*SAID)

    assert works_at() == ["Havna legekontor"]
    assert "already" in capsys.readouterr().out


def test_a_doctor_may_start_a_second_office(create):
    create(*SAID)
    create("--name", "Øya legekontor", "--phone", "55667788", "--doctor", "Eva Strand")

    assert works_at() == ["Havna legekontor", "Øya legekontor"]


@pytest.mark.parametrize(
    ("words", "number", "about"),
    [
        (SAID[:2] + SAID[4:], DOCTOR, "--phone"),
        (["--name", " ", *SAID[2:]], DOCTOR, "name of the office"),
        ([*SAID[:2], "--phone", "ring", *SAID[4:]], DOCTOR, "telephone"),
        (SAID, "", "identity number"),
        (SAID, DOCTOR[:-1] + "x", "identity number"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(create, words, number, about):
    with pytest.raises(Refusal) as refusal:
        create(*words, number=number)

    assert about in str(refusal.value)
    assert number not in str(refusal.value) or not number
    with rows.seeing(scope="setup"):
        assert people.account_at_the_door(number) is None


def test_a_demonstration_takes_only_made_up_people(create):
    somebodys = next(filter(_could_be_real, (f"01017{n:06}" for n in range(999999))))

    with pytest.raises(Refusal, match="identity number"):
        create(*SAID, number=somebodys)


def _could_be_real(digits):
    try:
        return not parse(digits).synthetic
    except NotAnIdentityNumber:
        return False


@pytest.fixture
def office_command(as_owner):
    def run(*words):
        parser = ArgumentParser()
        office.arguments(parser)
        return office.run(parser.parse_args(words))

    return run


def test_an_office_closes_on_a_day_and_not_after_all(create, office_command, capsys):
    create(*SAID)
    tomorrow = str(people.today() + timedelta(days=1))

    office_command("close", "--name", "havna legekontor", "--on", tomorrow)
    office_command("close", "--name", "Havna legekontor", "--call-off")

    said = capsys.readouterr().out
    assert f"takes nothing new from {tomorrow}" in said
    assert "does not close" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--name", "Havna legekontor", "--on", "2020-01-01"], "today or later"),
        (["--name", "Fjellet legekontor", "--on", "2099-01-01"], "no office called"),
    ],
)
def test_what_cannot_close_is_told_why(create, office_command, words, told):
    create(*SAID)

    with pytest.raises(Refusal, match=told):
        office_command("close", *words)


def test_an_office_is_handed_over_as_it_is_at_one_moment_and_erased_when_it_has_closed(
    create, office_command, tmp_path, capsys
):
    create(*SAID)
    name = ["--name", "Havna legekontor"]

    office_command("hand-over", *name, "--to", str(tmp_path / "over"))
    office_command("close", *name, "--on", str(people.today()))
    office_command("erase", *name, "--list", str(tmp_path / "over" / "SHA256SUMS"))

    said = capsys.readouterr().out
    assert "0 matters are in" in said
    assert "0 matters are being erased" in said
    assert "Eva Strand" in (tmp_path / "over/tables/people_practitioner.ndjson").read_text()
