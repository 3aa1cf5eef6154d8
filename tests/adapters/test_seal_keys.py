"""The key that seals: one class of tests for every way to keep it, and what is the file's own."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters import seal_keys
from dialog.adapters.memory_seals import MemorySealKeys
from dialog.adapters.seal_keys import KeyFile
from dialog.ledger.ports import SealFault, SealKeys

Renew = Callable[[], str]


@pytest.fixture(params=["file", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[SealKeys, Renew]:
    """Keys, and how a new one is made."""
    if request.param == "memory":
        memory = MemorySealKeys()
        return memory, memory.renew
    seal_keys.make(tmp_path / "key.pem")
    return KeyFile(tmp_path / "key.pem"), lambda: seal_keys.renew(tmp_path / "key.pem")


class TestEveryWay:
    def test_what_it_signs_it_knows_again(self, kept: tuple[SealKeys, Renew]) -> None:
        keys, _ = kept
        key = keys.current()
        signature = keys.sign(key, b"words")

        assert keys.holds(key, b"words", signature)
        assert not keys.holds(key, b"other words", signature)
        assert not keys.holds(key, b"words", signature[:-1] + bytes([signature[-1] ^ 1]))
        assert not keys.holds(key, b"words", b"")
        assert not keys.holds("another", b"words", signature)

    def test_a_new_key_seals_and_the_old_is_known(self, kept: tuple[SealKeys, Renew]) -> None:
        keys, renew = kept
        old = keys.current()
        signature = keys.sign(old, b"words")

        new = renew()

        assert keys.current() == new != old
        assert (keys.age(new), keys.age(old), keys.age("another")) == (0, 1, None)
        assert keys.holds(old, b"words", signature)
        with pytest.raises(SealFault):
            keys.sign(old, b"words")


class TestFile:
    def test_it_is_for_its_owner_alone_and_made_once(self, tmp_path: Path) -> None:
        path = tmp_path / "folder" / "key.pem"
        seal_keys.make(path)
        before = path.read_bytes()

        with pytest.raises(FileExistsError):
            seal_keys.make(path)
        assert path.read_bytes() == before
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [one.name for one in path.parent.iterdir()] == ["key.pem"]

    def test_a_new_one_keeps_no_old_private_key(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        seal_keys.make(path)
        seal_keys.renew(path)
        seal_keys.renew(path)

        assert path.read_text().count("BEGIN PRIVATE KEY") == 1
        assert path.read_text().count("BEGIN PUBLIC KEY") == 2
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(seal_keys.read(path).public) == 3

    def test_a_file_that_changed_is_read_again(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        seal_keys.make(path)
        keys = KeyFile(path)
        before = keys.current()
        path.unlink()
        with pytest.raises(SealFault, match="cannot be read"):
            keys.current()
        time.sleep(0.01)
        after = seal_keys.make(path)

        assert keys.current() == after != before

    def test_anybody_can_verify_with_the_public_half(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        name = seal_keys.make(path)
        signature = KeyFile(path).sign(name, b"words")
        public = load_pem_public_key(seal_keys.public_half(path).encode())

        assert isinstance(public, Ed25519PublicKey)
        public.verify(signature, b"words")

    def test_with_the_public_half_nothing_is_signed(self, tmp_path: Path) -> None:
        seal_keys.make(tmp_path / "key.pem")
        half = tmp_path / "public.pem"
        half.write_text(seal_keys.public_half(tmp_path / "key.pem"))

        for refused in (
            KeyFile(half).current,
            lambda: seal_keys.renew(half),
            lambda: KeyFile(half).sign("", b""),
        ):
            with pytest.raises(SealFault):
                refused()

    def test_one_that_others_can_read_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        seal_keys.make(path)
        path.chmod(0o640)

        with pytest.raises(SealFault, match=r"can be read by others: chmod 600"):
            KeyFile(path).current()

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "no key in it"),
            ("-----BEGIN PRIVATE KEY-----\nbm8=\n-----END PRIVATE KEY-----\n", "not a key"),
        ],
    )
    def test_what_is_no_key_is_said(self, tmp_path: Path, text: str, words: str) -> None:
        path = tmp_path / "key.pem"
        path.write_text(text)

        with pytest.raises(SealFault, match=words):
            KeyFile(path).current()

    def test_nor_is_another_kind_of_key(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        rsa = generate_private_key(65537, 2048)
        path.write_bytes(rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

        with pytest.raises(SealFault, match="not an Ed25519 key"):
            KeyFile(path).current()

    def test_there_is_one_private_key_and_it_stands_first(self, tmp_path: Path) -> None:
        path = tmp_path / "key.pem"
        seal_keys.make(path)
        path.write_bytes(path.read_bytes() * 2)

        with pytest.raises(SealFault, match="stands first"):
            KeyFile(path).current()

    def test_it_has_to_be_named(self, settings: object) -> None:
        settings.SEAL_KEY_FILE = ""  # type: ignore[attr-defined]

        with pytest.raises(ImproperlyConfigured, match="seal-key make"):
            KeyFile()
