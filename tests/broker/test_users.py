"""Users: passwords are kept hashed, and nobody receives for another."""

import stat
from pathlib import Path

import pytest

from dialog.broker.users import ANYBODY, BadUser, User, Users, hashed, matches, owner_of

PASSWORD = "en lang frase for kontoret"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path / "users.json")
    made.add("kontor", PASSWORD, [8141704])
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

    Users(tmp_path / "users.json").add("kontor", "en helt annen frase", [8141704])

    assert users.checked("kontor", PASSWORD) is None
    assert users.checked("kontor", "en helt annen frase")


def test_the_same_password_is_never_kept_the_same_way() -> None:
    first, second = hashed(PASSWORD), hashed(PASSWORD)

    assert first != second
    assert matches(PASSWORD, first) and matches(PASSWORD, second)
    assert not matches(PASSWORD, "scrypt:nonsense")


@pytest.mark.parametrize(("name", "password"), [("med mellomrom", PASSWORD), ("kontor", "kort")])
def test_a_bad_name_or_a_short_password_is_refused(users: Users, name: str, password: str) -> None:
    with pytest.raises(BadUser):
        users.add(name, password, [1])


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
