"""Users: passwords are kept hashed, and nobody receives for another."""

import json
import secrets
import stat
from pathlib import Path

import pytest

from dialog.broker import users as file_of_users
from dialog.broker.users import ANYBODY, BadUser, User, Users, hashed, matches, owner_of

PASSWORD = secrets.token_urlsafe()
CHOSEN = "en lang frase for kontoret"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path / "users.json")
    made.add("kontor", PASSWORD, [8141704], drawn=True)
    return made


def test_the_password_is_in_no_file(users: Users, tmp_path: Path) -> None:
    file = tmp_path / "users.json"

    assert PASSWORD not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_the_password_opens(users: Users) -> None:
    assert users.checked("kontor", PASSWORD) == User("kontor", frozenset({8141704}))
    assert users.checked("kontor", PASSWORD + "x") is None
    assert users.checked("kontor", "") is None
    assert users.checked("ingen", PASSWORD) is None


def test_a_new_password_is_known_without_a_new_start(users: Users, tmp_path: Path) -> None:
    assert users.checked("kontor", PASSWORD)

    Users(tmp_path / "users.json").add("kontor", CHOSEN, [8141704])

    assert users.checked("kontor", PASSWORD) is None
    assert users.checked("kontor", CHOSEN)


def test_to_guess_what_somebody_thought_of_costs_and_what_was_drawn_nobody_guesses(
    users: Users, tmp_path: Path
) -> None:
    users.add("lege", CHOSEN, [1])

    kept = json.loads((tmp_path / "users.json").read_text())
    assert kept["lege"]["password"].startswith("scrypt:16384:8:1:")
    assert kept["kontor"]["password"].startswith("scrypt:2:8:1:")


def test_it_takes_as_long_when_there_is_no_such_user(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[str] = []

    def judge(password: str, stored: str) -> bool:
        costs.append(stored.rpartition(":")[0])
        return matches(password, stored)

    monkeypatch.setattr(file_of_users, "matches", judge)

    assert users.checked("kontor", CHOSEN) is None
    assert users.checked("ingen", PASSWORD) is None
    assert len(costs) == 2 and costs[0] == costs[1]


def test_nor_is_it_told_who_has_a_password_that_could_be_guessed(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add("lege", CHOSEN, [1])
    costs: list[str] = []
    monkeypatch.setattr(
        file_of_users, "matches", lambda _password, stored: costs.append(stored.split(":")[1])
    )

    assert users.checked("lege", PASSWORD) is None
    assert users.checked("ingen", PASSWORD) is None
    assert costs == ["16384", "16384"]


def test_the_same_password_is_never_kept_the_same_way() -> None:
    first, second = hashed(CHOSEN), hashed(CHOSEN)

    assert first != second
    assert matches(CHOSEN, first) and matches(CHOSEN, second)
    assert not matches(CHOSEN, "scrypt:nonsense")


@pytest.mark.parametrize(
    ("name", "password", "drawn"),
    [("med mellomrom", CHOSEN, False), ("kontor", "kort", False), ("kontor", "a" * 21, True)],
)
def test_a_bad_name_or_a_short_password_is_refused(
    users: Users, name: str, password: str, drawn: bool
) -> None:
    with pytest.raises(BadUser):
        users.add(name, password, [1], drawn=drawn)


@pytest.mark.parametrize(
    ("queue", "owner"),
    [
        ("8141704_async", 8141704),
        ("8141704_sync", 8141704),
        ("8141704_error", 8141704),
        ("8141704_syncreply", 8141704),
        ("8141704_syncreply_maskin-2", 8141704),
        ("8141704_async_dlq", 8141704),
        ("8141704", None),
        ("8141704_annet", None),
        ("x8141704_async", None),
        ("reply.0123", None),
        ("", None),
    ],
)
def test_a_queue_belongs_to_the_her_id_in_its_name(queue: str, owner: int | None) -> None:
    assert owner_of(queue) == owner


def test_one_receives_only_for_oneself(users: Users) -> None:
    user = users.checked("kontor", PASSWORD)

    assert user is not None
    assert user.may_receive("8141704_async") and user.may_receive("8141704_async_dlq")
    assert not user.may_receive("8141703_async")
    assert not user.may_receive("annet")
    assert ANYBODY.may_receive("8141703_async")
    assert users.has_owner("8141704_sync") and not users.has_owner("8141703_sync")
