"""A new key protects what is encrypted, and everything is read as before, all the while."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from dialog.adapters import content_keys
from dialog.adapters.content_keys import KeyFile
from dialog.cli import rewrap
from dialog.content import rewrapping, stored
from dialog.content.keys import make_wrapping, wrapping_of
from dialog.content.ports import ContentFault
from dialog.demo.cast import Cast
from tests.content.scene import WORDS, answered, asked, key_row, raw, texts

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def path(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the tests' own file of keys, to turn."""
    mine = tmp_path / "content-keys"
    mine.write_bytes(Path(settings.CONTENT_KEYS_FILE).read_bytes())
    mine.chmod(0o600)
    keys = KeyFile(mine)
    monkeypatch.setattr(stored, "outside_keys", lambda: keys)
    monkeypatch.setattr("dialog.content.keys.outside_keys", lambda: keys)
    monkeypatch.setattr(rewrapping, "outside_keys", lambda: keys)
    monkeypatch.setattr(rewrap, "outside_keys", lambda: keys)
    forget_unwrapped()
    yield mine
    forget_unwrapped()


@pytest.fixture
def as_owner(as_role: Callable[[str], Any]) -> Iterator[None]:
    with as_role("dialog_owner"):
        yield


def forget_unwrapped() -> None:
    """What a process that starts now has not unwrapped yet."""
    stored.wrapping_key.cache_clear()
    stored.data_key.cache_clear()


def with_rights(as_role: Callable[[str], Any], do: Callable[[], Any]) -> Any:
    with as_role("dialog_owner"):
        return do()


class TestFromOutside:
    def test_another_key_outside_and_the_words_are_the_same(
        self, cast: Cast, path: Path, as_role: Callable[[str], Any]
    ) -> None:
        thread = asked(cast)
        before = content_keys.read(path)[0].name
        content_keys.prepare(path)
        assert texts(cast, thread) == [WORDS]
        name = content_keys.turn(path)
        answered(cast, thread)

        done = with_rights(as_role, rewrapping.wrap_from_outside)

        assert [(done,)] == raw("SELECT count(*) FROM content_wrappingkey")
        assert with_rights(as_role, rewrapping.names_in_use) == {name}
        content_keys.drop(path, {before})
        forget_unwrapped()
        assert texts(cast, thread) == [WORDS, "Det er de."]
        assert texts(cast, asked(cast)) == [WORDS]  # as wrapped by what was dropped it is not used

    def test_a_second_time_there_is_nothing_to_do(
        self, cast: Cast, path: Path, as_role: Callable[[str], Any]
    ) -> None:
        asked(cast)

        assert with_rights(as_role, rewrapping.wrap_from_outside) == 0

    def test_a_key_that_was_dropped_too_early_is_named(self, cast: Cast, path: Path) -> None:
        thread = asked(cast)
        before = content_keys.read(path)[0].name
        content_keys.prepare(path)
        content_keys.turn(path)
        content_keys.drop(path, {before})
        forget_unwrapped()

        with pytest.raises(ContentFault, match=before):
            texts(cast, thread)

    def test_a_few_at_a_time(
        self,
        cast: Cast,
        path: Path,
        as_role: Callable[[str], Any],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked(cast)
        for number in range(5):
            make_wrapping(f"practice {10_000 + number}")
        content_keys.prepare(path)
        content_keys.turn(path)
        monkeypatch.setattr(rewrapping, "AT_A_TIME", 2)

        (all_of_them,) = raw("SELECT count(*) FROM content_wrappingkey")
        assert with_rights(as_role, rewrapping.wrap_from_outside) == all_of_them[0]


class TestPractices:
    def test_each_matters_key_is_wrapped_by_the_new_one_and_is_the_same_key(
        self, cast: Cast, path: Path, as_role: Callable[[str], Any]
    ) -> None:
        thread = asked(cast)
        id, wrapping, wrapped = key_row(f"conversation {thread}")
        (before,) = raw("SELECT count(*) FROM content_datakey")

        done = with_rights(as_role, rewrapping.renew_wrapping_keys)

        assert done == before[0]
        assert key_row(f"conversation {thread}")[0] == id
        assert key_row(f"conversation {thread}")[1:] != (wrapping, wrapped)
        forget_unwrapped()
        assert texts(cast, thread) == [WORDS]
        answered(cast, thread)
        assert len(texts(cast, thread)) == 2
        assert key_row(f"conversation {asked(cast)}")[1] != wrapping

    def test_who_read_the_old_one_a_moment_ago_can_still_wrap_by_it(
        self, cast: Cast, path: Path, as_role: Callable[[str], Any]
    ) -> None:
        thread = asked(cast)
        office = f"practice {cast.siri.practice_id}"
        old, _outer = wrapping_of(office)

        with_rights(as_role, rewrapping.renew_wrapping_keys)

        raw("UPDATE content_datakey SET wrapped_by_id = wrapped_by_id")
        assert raw("SELECT retired_at IS NOT NULL FROM content_wrappingkey WHERE id = %s", old) == [
            (True,)
        ]
        raw("UPDATE content_wrappingkey SET retired_at = retired_at - interval '2 hours'")
        with_rights(as_role, rewrapping.wrap_what_is_left)
        assert raw("SELECT 1 FROM content_wrappingkey WHERE id = %s", old) == []
        assert texts(cast, thread) == [WORDS]

    def test_what_was_interrupted_is_finished(
        self,
        cast: Cast,
        path: Path,
        as_role: Callable[[str], Any],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        threads = [asked(cast) for _ in range(3)]
        monkeypatch.setattr(rewrapping, "AT_A_TIME", 1)
        real, turns = rewrapping._moved, []

        def breaks(*one: Any) -> None:
            turns.append(one)
            if len(turns) == 3:
                raise KeyboardInterrupt
            real(*one)

        monkeypatch.setattr(rewrapping, "_moved", breaks)
        with (
            as_role("dialog_owner"),
            pytest.raises(KeyboardInterrupt),
            transaction.atomic(),
        ):
            rewrapping.renew_wrapping_keys()
        monkeypatch.setattr(rewrapping, "_moved", real)
        assert [texts(cast, one) for one in threads] == [[WORDS]] * 3

        with_rights(as_role, rewrapping.wrap_what_is_left)

        assert [texts(cast, one) for one in threads] == [[WORDS]] * 3
        assert raw(
            "SELECT count(*) FROM content_datakey d JOIN content_wrappingkey w "
            "ON w.id = d.wrapped_by_id WHERE w.retired_at IS NOT NULL"
        ) == [(0,)]


def test_the_command_says_what_it_did(
    cast: Cast, path: Path, as_owner: None, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = ArgumentParser()
    rewrap.arguments(parser)

    assert rewrap.run(parser.parse_args(["--practices"])) == 0

    said = capsys.readouterr().out
    assert "data keys were wrapped anew" in said
    assert said.count(content_keys.read(path)[0].name) == 2
