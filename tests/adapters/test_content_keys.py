"""The key outside the database, in a file; and the cipher."""

import re
import stat
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from dialog.adapters import content_keys
from dialog.adapters.content_cipher import AesGcm
from dialog.adapters.content_keys import KeyFile
from dialog.cli import content_key
from dialog.cli.surroundings import Refusal
from dialog.content.ports import ContentFault

KEY = b"k" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    content_keys.make(tmp_path / "keys")
    return tmp_path / "keys"


class TestCipher:
    @given(st.binary(max_size=300), st.binary(max_size=40))
    def test_what_it_seals_it_opens(self, data: bytes, bound: bytes) -> None:
        assert AesGcm().open(KEY, AesGcm().seal(KEY, data, bound), bound) == data

    @given(st.binary(min_size=1, max_size=60), st.data())
    def test_anything_else_is_a_fault(self, data: bytes, draw: st.DataObject) -> None:
        sealed = AesGcm().seal(KEY, data, b"here")
        place = draw.draw(st.integers(0, len(sealed) - 1))
        turned = bytes([*sealed[:place], sealed[place] ^ 1, *sealed[place + 1 :]])

        for key, given_, bound in [
            (KEY, turned, b"here"),
            (KEY, sealed, b"there"),
            (b"o" * 32, sealed, b"here"),
            (KEY, sealed[:place], b"here"),
        ]:
            with pytest.raises(ContentFault):
                AesGcm().open(key, given_, bound)

    def test_no_two_are_alike(self) -> None:
        assert len({AesGcm().seal(KEY, b"same", b"") for _ in range(100)}) == 100
        assert len({AesGcm().new_key() for _ in range(100)}) == 100


class TestFile:
    def test_it_is_for_its_owner_alone(self, path: Path) -> None:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o640)
        with pytest.raises(ContentFault, match="chmod 600"):
            KeyFile(path).current()

    def test_what_it_wraps_it_unwraps_and_says_by_which(self, path: Path) -> None:
        keys = KeyFile(path)
        wrapped = keys.wrap(KEY, b"whose")

        assert KEY not in wrapped
        assert keys.unwrap(wrapped, b"whose") == KEY
        assert keys.wrapped_by(wrapped) == keys.current()
        with pytest.raises(ContentFault):
            keys.unwrap(wrapped, b"another's")

    def test_the_next_is_used_only_after_its_turn_and_without_a_restart(self, path: Path) -> None:
        keys = KeyFile(path)
        first = keys.current()
        wrapped = keys.wrap(KEY, b"")

        second = content_keys.prepare(path)
        assert keys.current() == first
        content_keys.turn(path)

        assert keys.current() == second
        assert keys.unwrap(wrapped, b"") == KEY
        content_keys.drop(path, {first})
        with pytest.raises(ContentFault, match=first):
            keys.unwrap(wrapped, b"")

    def test_a_machine_that_has_the_next_key_can_unwrap_by_it(
        self, path: Path, tmp_path: Path
    ) -> None:
        content_keys.prepare(path)
        elsewhere = tmp_path / "copy"
        elsewhere.write_bytes(path.read_bytes())
        elsewhere.chmod(0o600)
        content_keys.turn(path)

        wrapped = KeyFile(path).wrap(KEY, b"")

        assert KeyFile(elsewhere).unwrap(wrapped, b"") == KEY

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("", "no key in it"),
            ("# only words\n", "no key in it"),
            ("nothing like it", "line 1: not a key"),
            ("0123456789abcdef AAAA", "line 1: the key is not the one its name says"),
            ("æøå", "line 1: not a key"),
            ("next", "line 1: not a key"),
        ],
    )
    def test_what_is_wrong_in_it_is_told_by_line(
        self, tmp_path: Path, content: str, says: str
    ) -> None:
        path = tmp_path / "keys"
        path.write_text(content)
        path.chmod(0o600)

        with pytest.raises(ContentFault, match=says):
            KeyFile(path).current()

    def test_a_file_with_only_a_next_key_wraps_nothing(self, path: Path) -> None:
        first = content_keys.read(path)[0].name
        content_keys.prepare(path)
        content_keys.drop(path, {first})

        with pytest.raises(ContentFault, match="no key that wraps"):
            KeyFile(path).current()

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ContentFault, match="content-key make"):
            KeyFile(tmp_path / "keys").current()

    def test_it_has_to_be_named(self, settings: Any) -> None:
        settings.CONTENT_KEYS_FILE = ""

        with pytest.raises(ImproperlyConfigured, match="Set CONTENT_KEYS_FILE"):
            KeyFile()

    def test_nothing_printed_shows_a_key(self, path: Path) -> None:
        (kept,) = content_keys.read(path)

        assert str(kept.key) not in repr(kept)
        assert "key=" not in repr(kept)


class TestCommand:
    @pytest.fixture(autouse=True)
    def named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = tmp_path / "made"
        monkeypatch.setenv("CONTENT_KEYS_FILE", str(self.path))

    def do(self, capsys: pytest.CaptureFixture[str], *words: str) -> str:
        parser = ArgumentParser()
        content_key.arguments(parser)
        assert content_key.run(parser.parse_args(words)) == 0
        return capsys.readouterr().out

    def test_the_whole_life_of_a_key(self, capsys: pytest.CaptureFixture[str]) -> None:
        first = re.findall(r"[0-9a-f]{16}", self.do(capsys, "make"))[0]
        second = re.findall(r"[0-9a-f]{16}", self.do(capsys, "prepare"))[0]
        assert second in self.do(capsys, "turn")
        assert first in self.do(capsys, "drop", first)

        assert [one.name for one in content_keys.read(self.path)] == [second]

    def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(Refusal, match="cannot be used: No such file"):
            self.do(capsys, "prepare")
        self.do(capsys, "make")
        before = self.path.read_bytes()
        for words, says in [
            (["make"], "Nothing was changed"),
            (["turn"], "no next key"),
            (["drop"], "Name the keys"),
            (["make", "0123"], "Name the keys"),
        ]:
            with pytest.raises(Refusal, match=says):
                self.do(capsys, *words)
        assert self.path.read_bytes() == before
        self.do(capsys, "prepare")
        with pytest.raises(Refusal, match="a next key already"):
            self.do(capsys, "prepare")
