"""AES-256-GCM: 12 random bytes, then what it made of the content, with its tag."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dialog.content.ports import ContentFault

NONCE = 12
BITS = 256
REMEMBERED = 512


@lru_cache(REMEMBERED)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class AesGcm:
    """A new nonce each time: a key may seal 2^32 times before two of them are likely the same."""

    def new_key(self) -> bytes:
        """From the operating system."""
        return AESGCM.generate_key(BITS)

    def seal(self, key: bytes, data: bytes, bound: bytes) -> bytes:
        """Nonce, content and tag."""
        nonce = os.urandom(NONCE)
        return nonce + _cipher(key).encrypt(nonce, data, bound)

    def open(self, key: bytes, sealed: bytes, bound: bytes) -> bytes:
        """The content; ContentFault when anything about it is not as it was."""
        try:
            return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise ContentFault(
                "Something encrypted has been changed or moved, or its key was another's."
            ) from error
