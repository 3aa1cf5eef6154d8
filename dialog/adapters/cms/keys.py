"""Our own keys: from a folder, with old and new side by side."""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from dialog.adapters.cms.certificates import (
    Certificate,
    NotACertificate,
    certificate,
    certificates_in,
)

log = logging.getLogger(__name__)

_BUNDLES = (".p12", ".pfx")
_SUFFIXES = (*_BUNDLES, ".pem")


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A private key and the certificate it belongs to. Printed, it shows no key."""

    certificate: Certificate
    private: RSAPrivateKey = field(repr=False)


class Keys(Protocol):
    """All keys of ours, of every enterprise we speak for."""

    def all(self) -> Sequence[OwnKey]:
        """Those that can be used now."""


class GivenKeys:
    """Keys somebody has handed over."""

    def __init__(self, keys: Iterable[OwnKey]) -> None:
        self._keys = tuple(keys)

    def all(self) -> Sequence[OwnKey]:
        """The same every time."""
        return self._keys


class KeyFolder:
    """A folder of keys: ``.p12`` and ``.pfx`` as authorities hand them out, or ``.pem`` with key
    and certificate in one file. Read again when something in it changes, looked at every
    ``every`` seconds. A file that cannot be used is named in the log and passed over.
    """

    def __init__(self, folder: Path, *, password: str = "", every: float = 30.0) -> None:
        self._folder, self._every = folder, every
        self._password = password.encode() or None
        self._looked = float("-inf")
        self._seen: tuple[tuple[str, int, int], ...] = ()
        self._keys: tuple[OwnKey, ...] = ()
        self._lock = Lock()

    def all(self) -> Sequence[OwnKey]:
        """The keys of every file that can be used."""
        with self._lock:
            if time.monotonic() - self._looked >= self._every:
                self._looked = time.monotonic()
                self._look()
            return self._keys

    def _look(self) -> None:
        files = sorted(one for one in self._folder.glob("*") if one.suffix.lower() in _SUFFIXES)
        seen = tuple((one.name, *_changed(one)) for one in files)
        if seen != self._seen:
            self._keys = tuple(key for one in files for key in self._read(one))
            self._seen = seen

    def _read(self, path: Path) -> Iterator[OwnKey]:
        try:
            yield _own_key(path, self._password)
        except (ValueError, TypeError, OSError, NotACertificate, UnsupportedAlgorithm):
            log.warning("key file cannot be used: %s: wrong password, or no RSA key", path.name)


def _changed(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_mtime_ns, about.st_size


def _own_key(path: Path, password: bytes | None) -> OwnKey:
    data = path.read_bytes()
    if path.suffix.lower() in _BUNDLES:
        private, found, _others = pkcs12.load_key_and_certificates(data, password)
        ders: tuple[bytes, ...] = () if found is None else (found.public_bytes(Encoding.DER),)
    else:
        private = load_pem_private_key(data, password if b"ENCRYPTED" in data else None)
        ders = certificates_in(data)
    if not isinstance(private, RSAPrivateKey):
        raise TypeError
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    for der in ders:
        read = certificate(der)
        theirs = read.x509.public_key()
        if theirs.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) == public:
            return OwnKey(read, private)
    raise NotACertificate
