"""The key that seals the ledger, in a file: Ed25519, so that who verifies need not be able to seal.

The file has the private key that seals now and, after it, the public keys of those before. One with
public keys alone is enough to verify with.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.lasting import replace_file
from dialog.ledger.ports import SealFault

PEM = re.compile(rb"-----BEGIN ([A-Z ]+)-----\s.+?-----END \1-----", re.DOTALL)
FOR_OTHERS = 0o077
UNNAMED = (
    "Set SEAL_KEY_FILE: the file with the key that seals the ledger. Make it once with "
    "digital-dialog seal-key make, and keep a copy (docs/running.md)."
)


@dataclass(frozen=True, slots=True)
class Keys:
    """What is in the file, the newest first. Printed, it shows no key."""

    private: Ed25519PrivateKey | None = field(repr=False)
    public: Sequence[Ed25519PublicKey]

    def names(self) -> list[str]:
        """What they are called."""
        return [name_of(one) for one in self.public]


class KeyFile:
    """Reads the file again when it has changed, so that a new key needs no restart."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None and not settings.SEAL_KEY_FILE:
            raise ImproperlyConfigured(UNNAMED)
        self.path = path or Path(settings.SEAL_KEY_FILE)
        self._seen: tuple[int, int] | None = None
        self._keys = Keys(None, ())

    def keys(self) -> Keys:
        """What is there now; SealFault says what is wrong with it."""
        try:
            found = self.path.stat()
            if (found.st_ino, found.st_mtime_ns) != self._seen:
                self._keys = read(self.path)
                self._seen = found.st_ino, found.st_mtime_ns
        except OSError as error:
            raise SealFault(
                f"SEAL_KEY_FILE names {self.path}, which cannot be read: {error.strerror}. Put the "
                "copy back, or make the first one with digital-dialog seal-key make."
            ) from error
        return self._keys

    def current(self) -> str:
        """The name of the key that seals now."""
        keys = self.keys()
        if keys.private is None:
            raise SealFault(f"{self.path} has no private key: it is for verifying only.")
        return keys.names()[0]

    def sign(self, key: str, words: bytes) -> bytes:
        """Sign with the key that seals now."""
        keys = self.keys()
        if keys.private is None or keys.names()[0] != key:
            raise SealFault(f"{self.path} was given another key a moment ago.")
        return keys.private.sign(words)

    def holds(self, key: str, words: bytes, signature: bytes) -> bool:
        """Whether a key of ours has signed these words."""
        for one in self.keys().public:
            if name_of(one) == key:
                try:
                    one.verify(signature, words)
                except InvalidSignature:
                    return False
                return True
        return False

    def age(self, key: str) -> int | None:
        """How many keys have come after it; none when it is not ours."""
        names = self.keys().names()
        return names.index(key) if key in names else None


def name_of(public: Ed25519PublicKey) -> str:
    """What a key is called: the beginning of its own hash."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def read(path: Path) -> Keys:
    """The keys in a file."""
    private: Ed25519PrivateKey | None = None
    public: list[Ed25519PublicKey] = []
    for found in PEM.finditer(path.read_bytes()):
        one = _key(found[0], path)
        if isinstance(one, Ed25519PrivateKey):
            if public:
                raise SealFault(f"{path}: the private key stands first, and there is one.")
            private, one = one, one.public_key()
        public.append(one)
    if not public:
        raise SealFault(f"{path} has no key in it.")
    if private is not None and path.stat().st_mode & FOR_OTHERS:
        raise SealFault(f"{path} can be read by others: chmod 600 {path}")
    return Keys(private, tuple(public))


def _key(pem: bytes, path: Path) -> Ed25519PrivateKey | Ed25519PublicKey:
    try:
        one = (
            load_pem_private_key(pem, None)
            if b"PRIVATE KEY" in pem.splitlines()[0]
            else load_pem_public_key(pem)
        )
    except (ValueError, TypeError) as error:
        raise SealFault(f"{path}: not a key we can read.") from error
    if not isinstance(one, Ed25519PrivateKey | Ed25519PublicKey):
        raise SealFault(f"{path}: not an Ed25519 key.")
    return one


def make(path: Path) -> str:
    """Make the first key, in a file for its owner alone; its name. FileExistsError if it is there.

    It is made beside its place and linked there, so that a crash leaves no half a key.
    """
    private = Ed25519PrivateKey.generate()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, _private(private), anew=True)
    return name_of(private.public_key())


def renew(path: Path) -> str:
    """Let a new key seal from now on; of the one before only the public half is kept."""
    keys = read(path)
    if keys.private is None:
        raise SealFault(f"{path} has no private key: renew where it is, and copy the file.")
    private = Ed25519PrivateKey.generate()
    replace_file(path, b"".join([_private(private), *map(_public, keys.public)]))
    return name_of(private.public_key())


def public_half(path: Path) -> str:
    """The file as it may be given to whoever is to verify."""
    return b"".join(map(_public, read(path).public)).decode()


def _private(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
