"""Bytes to a message in our own terms, and back, beside the bare primitives in the same run.

Processor time of one core. Decoding is to find whose certificates count, decrypt, verify, parse,
hold to the grammar and read; bare is what OpenSSL and libxml2 take for the same bytes. Each has its
turn every few calls, for a machine that others use too is not equally quick all the time.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from lxml import etree

from bench import parties
from bench.scenarios import Measured
from dialog.adapters.cms.envelopes import envelope
from dialog.interop.grammar import is_right
from dialog.interop.messages import Message
from dialog.interop.understanding import Outside, understood
from dialog.interop.writing import write

DECODE, ENCODE = "decode a message", "encode a message"
BARE_DECODE, BARE_ENCODE = "bare: decode a message", "bare: encode a message"
A_TURN = 20
_PLAIN, _DIGEST = padding.PKCS1v15(), hashes.SHA256()


def codec(number: str, seconds: float) -> Iterator[Measured]:
    """Both ways, with a message about whoever has this identity number."""
    message = parties.more_words(parties.first_words(number).header)
    acts = {
        DECODE: _decode(message),
        BARE_DECODE: _bare_decode(message),
        ENCODE: _encode(message),
        BARE_ENCODE: _bare_encode(message),
    }
    for name, (many, spent) in zip(acts, in_turn([*acts.values()], seconds), strict=True):
        each = 1000 * spent / many
        yield Measured(
            name=name, many=many, rate=many / spent, p50=each, p99=0.0, server=each, database=0.0
        )


def in_turn(acts: Sequence[Callable[[], object]], seconds: float) -> list[tuple[int, float]]:
    """How often each was done, and the processor time (seconds) of that."""
    for act in acts:
        act()
    done = [(0, 0.0) for _act in acts]
    while any(spent < seconds for _many, spent in done):
        for place, act in enumerate(acts):
            began = time.process_time()
            for _time in range(A_TURN):
                act()
            many, spent = done[place]
            done[place] = many + A_TURN, spent + time.process_time() - began
    return done


def _decode(message: Message) -> Callable[[], object]:
    body = parties.parties().to_us(write(message))
    outside = Outside(
        sender=parties.DOCTOR,
        receiver=parties.US,
        function=message.header.type.value,
        agreement="",
    )
    return lambda: understood(body, outside)


def _bare_decode(message: Message) -> Callable[[], object]:
    both, xml = parties.parties(), write(message)
    sealed = envelope(both.to_us(xml))
    key, by = both.us.encrypt.private, both.them.sign.private.public_key()
    signature = both.them.sign.private.sign(xml, _PLAIN, _DIGEST)

    def bare() -> None:
        secret = key.decrypt(sealed.recipients[0].wrapped, _PLAIN)
        cipher = Cipher(algorithms.AES(secret), modes.CBC(sealed.nonce)).decryptor()
        padded = cipher.update(sealed.body) + cipher.finalize()
        padder = PKCS7(128).unpadder()
        padder.update(padded)
        padder.finalize()
        by.verify(signature, xml, _PLAIN, _DIGEST)
        is_right(etree.fromstring(xml))

    return bare


def _encode(message: Message) -> Callable[[], object]:
    return lambda: parties.parties().to_us(write(message))


def _bare_encode(message: Message) -> Callable[[], object]:
    both = parties.parties()
    root = etree.fromstring(write(message))
    key, to = both.them.sign.private, both.us.encrypt.private.public_key()

    def bare() -> None:
        xml = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        key.sign(xml, _PLAIN, _DIGEST)
        secret, nonce = os.urandom(32), os.urandom(16)
        padder = PKCS7(128).padder()
        padded = padder.update(xml) + padder.finalize()
        cipher = Cipher(algorithms.AES(secret), modes.CBC(nonce)).encryptor()
        cipher.update(padded)
        cipher.finalize()
        to.encrypt(secret, _PLAIN)

    return bare
