"""Keys that take long to make, made once for many runs; and as few authorities as can be to read.

Making an RSA key takes a twentieth of a second, and reading all authorities of the machine for
each connection nearly as long. Neither is what a test is about.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import Any

import certifi
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from dialog.broker import certificate

PLACE = Path(__file__).resolve().parent.parent / "var" / "test"
EXPONENT, BITS = 65537, 2048  # what the profile asks for; whoever wants another makes it

_make = rsa.generate_private_key


class Keys:
    """Hands out made keys: never one that another may still have.

    A key is free again when the test that asked for it is over and nobody holds it. What a fixture
    of several tests asked for, and may have written into a file, stays its own.
    """

    def __init__(self) -> None:
        self.lasting = 0  # how many fixtures of several tests are being made
        self._had = 0
        self._free: list[rsa.RSAPrivateKey] = []
        self._lent: list[rsa.RSAPrivateKey] = []

    def lend(self, public_exponent: int, key_size: int, backend: Any = None) -> rsa.RSAPrivateKey:
        if (public_exponent, key_size) != (EXPONENT, BITS):
            return _make(public_exponent, key_size, backend)
        if self.lasting:
            return self._next()
        key = self._free.pop() if self._free else self._next()
        self._lent.append(key)
        return key

    def _next(self) -> rsa.RSAPrivateKey:
        """One this process has not had; of those that earlier runs made, as long as there are."""
        self._had += 1
        return stocked(PLACE / f"key-{self._had}.der")

    def take_back(self) -> None:
        """Keep those that nobody holds any more; the others are whose they are."""
        while self._lent:
            key = self._lent.pop()
            if sys.getrefcount(key) == 2:  # this variable, and the question itself
                self._free.append(key)


def stocked(place: Path) -> rsa.RSAPrivateKey:
    """The key that is kept there, or a new one to keep: reading takes a hundredth of the time."""
    if kept := _kept(place):
        return kept
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / "keys").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # each worker begins with the first, and one makes it
        if kept := _kept(place):
            return kept
        key = _make(EXPONENT, BITS)
        with NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        Path(file.name).replace(place)  # whole, whoever reads it meanwhile
    return key


def _kept(place: Path) -> rsa.RSAPrivateKey | None:
    with suppress(OSError, ValueError):  # not made yet, or by a machine that stopped
        kept = load_der_private_key(place.read_bytes(), None, unsafe_skip_rsa_key_validation=True)
        assert isinstance(kept, rsa.RSAPrivateKey)
        return kept
    return None


KEYS = Keys()


def know_one_authority() -> None:
    """One authority that nobody has the key of, instead of all that the machine knows."""
    known = PLACE / "no-authority"
    if not (known / certificate.CERTIFICATE).exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=PLACE))
        certificate.create(made, "localhost")
        with suppress(OSError):  # another worker was first
            made.rename(known)
    certifi.where = lambda: str(known / certificate.AUTHORITY)  # what httpx reads
    os.environ["SSL_CERT_FILE"] = str(known / certificate.AUTHORITY)  # what everybody else reads
    os.environ["SSL_CERT_DIR"] = str(known / "none")


know_one_authority()
rsa.generate_private_key = KEYS.lend


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
    lasting = fixturedef.scope != "function"
    KEYS.lasting += lasting
    try:
        return (yield)
    finally:
        KEYS.lasting -= lasting


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    KEYS.take_back()
