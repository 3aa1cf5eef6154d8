"""What the content needs from outside: a cipher, and the key that is not in the database."""

from typing import Protocol

from dialog.ports import port


class ContentFault(Exception):
    """Something that was encrypted cannot be opened, or nothing can be encrypted; for operators.

    The words name the key and what to do, and never the content.
    """


class Cipher(Protocol):
    """Authenticated encryption with keys of 32 bytes."""

    def new_key(self) -> bytes:
        """A key that nobody has had before."""

    def seal(self, key: bytes, data: bytes, bound: bytes) -> bytes:
        """Encrypted; it opens only with the same key and the same ``bound``."""

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        """What it was; ContentFault when it has been changed, moved, or was another key's."""


class OutsideKeys(Protocol):
    """The keys that are not in the database: a file, or a vault that never lets them out."""

    def current(self) -> str:
        """The name of the key that wraps now; ContentFault when there is none."""

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """A key, wrapped by the one that wraps now; says in itself by which."""

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """The key again; ContentFault when it was wrapped by a key that is not here."""

    def wrapped_by(self, wrapped: bytes) -> str:
        """The name of the key that wrapped this."""


def cipher() -> Cipher:
    """The cipher that the settings name."""
    found: Cipher = port("CONTENT_CIPHER")
    return found


def outside_keys() -> OutsideKeys:
    """Where the settings say that the outermost keys are."""
    found: OutsideKeys = port("CONTENT_KEYS")
    return found
