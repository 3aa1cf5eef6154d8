"""Our own keys: a folder that can be changed while people sign in."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import ECKey

from dialog.adapters.oidc import own_keys
from dialog.adapters.oidc.own_keys import OwnKeys
from tests.providers import key_file

FIRST, SECOND = ECKey.generate_key("P-256"), ECKey.generate_key("P-384")
OF_NO_ALGORITHM = ec.generate_private_key(ec.SECP256K1())
SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to be refused
DAY = date(2026, 12, 1)


def as_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.fixture(autouse=True)
def looked_at_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_keys, "LOOK_AGAIN", -1.0)


def test_the_next_is_published_at_once_and_used_from_its_day(tmp_path: Path) -> None:
    key_file(tmp_path, "first.pem", FIRST)
    key_file(tmp_path, f"{DAY}.pem", SECOND)
    keys = OwnKeys(str(tmp_path))

    with time_machine.travel(DAY - timedelta(days=2), tick=False):
        before = keys.now()
    with time_machine.travel(DAY + timedelta(days=1), tick=False):
        after = keys.now()

    assert (before.algorithm, after.algorithm) == ("ES256", "ES384")
    assert {before.kid, after.kid} == {one["kid"] for one in keys.published()["keys"]}


def test_a_key_that_comes_while_we_run_is_found(tmp_path: Path) -> None:
    key_file(tmp_path, "first.pem", FIRST)
    keys = OwnKeys(str(tmp_path))
    assert len(keys.published()["keys"]) == 1

    key_file(tmp_path, "2026-01-01.pem", SECOND)

    assert keys.now().kid == SECOND.thumbprint()


def test_what_cannot_be_read_leaves_them_as_they_were(tmp_path: Path) -> None:
    key_file(tmp_path, "first.pem", FIRST)
    keys = OwnKeys(str(tmp_path))
    keys.now()

    (tmp_path / "broken.pem").write_text("no key")

    assert keys.now().kid == FIRST.thumbprint()


@pytest.mark.parametrize(
    ("name", "words", "mode"),
    [
        ("one.pem", b"no key", 0o600),
        ("one.pem", FIRST.as_pem(private=False), 0o600),
        ("one.pem", as_pem(SHORT), 0o600),
        ("one.pem", as_pem(OF_NO_ALGORITHM), 0o600),
        ("one.pem", FIRST.as_pem(private=True), 0o644),
        ("2026-13-01.pem", FIRST.as_pem(private=True), 0o600),
        ("2099-01-01.pem", FIRST.as_pem(private=True), 0o600),
        ("one.txt", FIRST.as_pem(private=True), 0o600),
    ],
)
def test_without_a_key_to_sign_with_nothing_starts(
    tmp_path: Path, name: str, words: bytes, mode: int
) -> None:
    (tmp_path / name).write_bytes(words)
    (tmp_path / name).chmod(mode)

    with pytest.raises(ImproperlyConfigured):
        OwnKeys(str(tmp_path)).now()
