"""What signing, encrypting, opening and checking a message costs, beside the bare primitives.

``python -m bench.protection [seconds]``: processor time of one core, a message of 9 kB, the
certificates and their standing known. Needs neither database nor web server.
"""

import os
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING, Authority
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.envelopes import envelope
from dialog.adapters.cms.keys import GivenKeys
from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import MemoryRevocation, Remembered
from dialog.interop.profiles import Profile

MESSAGE = b"<MsgHead>" + b"x" * 9000 + b"</MsgHead>"
TARGET = 0.6
_PLAIN, _DIGEST = padding.PKCS1v15(), hashes.SHA256()


def measured(seconds: float) -> dict[str, tuple[float, float]]:
    """Messages a second, ours and bare, of writing and of reading."""
    authority = Authority()
    sign = authority.issue("A", "987654325", SIGNING)
    encrypt = authority.issue("A", "987654325", ENCRYPTION)
    own = Profile(her_id=1, signing=sign.certificate.der, encryption=encrypt.certificate.der)
    standing = Remembered(MemoryRevocation())
    trust = Trust([authority.root], [authority.issuing], revocation=standing)
    ours = CmsProtection(keys=GivenKeys([sign, encrypt]), trust=trust)
    sent = ours.protect(MESSAGE, to=own, own=own)
    sealed = envelope(sent)
    wrapped, signature = sealed.recipients[0].wrapped, sign.private.sign(MESSAGE, _PLAIN, _DIGEST)
    to, by = encrypt.private.public_key(), sign.private.public_key()

    def bare_writing() -> None:
        sign.private.sign(MESSAGE, _PLAIN, _DIGEST)
        key, nonce = os.urandom(32), os.urandom(16)
        padder = PKCS7(128).padder()
        padded = padder.update(MESSAGE) + padder.finalize()
        cipher = Cipher(algorithms.AES(key), modes.CBC(nonce)).encryptor()
        cipher.update(padded)
        cipher.finalize()
        to.encrypt(key, _PLAIN)

    def bare_reading() -> None:
        key = encrypt.private.decrypt(wrapped, _PLAIN)
        cipher = Cipher(algorithms.AES(key), modes.CBC(sealed.nonce)).decryptor()
        padded = cipher.update(sealed.body) + cipher.finalize()
        padder = PKCS7(128).unpadder()
        padder.update(padded)
        padder.finalize()
        by.verify(signature, MESSAGE, _PLAIN, _DIGEST)

    return {
        "sign and encrypt": (
            _rate(lambda: ours.protect(MESSAGE, to=own, own=own), seconds),
            _rate(bare_writing, seconds),
        ),
        "decrypt and verify": (
            _rate(lambda: ours.open(sent, sender=own, own=own), seconds),
            _rate(bare_reading, seconds),
        ),
    }


def _rate(once: Callable[[], object], seconds: float) -> float:
    once()
    done, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        once()
        done += 1
    return done / spent


def main() -> int:
    """Print both, and say whether they are as quick as they should be."""
    found = measured(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    for name, (ours, bare) in found.items():
        print(f"{name:20} {ours:7.0f}/s of {bare:7.0f}/s bare: {ours / bare:.0%}")
    return 0 if all(ours >= TARGET * bare for ours, bare in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
