"""The outer layer: CMS EnvelopedData and AuthEnvelopedData, opened with a key of ours.

What `cryptography` reads by itself is AES-CBC with RSA PKCS #1 v1.5. Others on the bus use OAEP
and GCM as well, and old ones DES and 3DES; so the envelope is taken apart here and decrypted with
primitives. A wrong key, a changed body and a body that is no signed message end in the same error,
because whoever sends changed copies of somebody's message must not learn how far each came.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, algorithms, modes

from dialog.adapters.cms import asn1
from dialog.adapters.cms.asn1 import Garbled, Value
from dialog.adapters.cms.digests import DIGESTS, MGF1
from dialog.interop.conditions import Condition, Refused

ENVELOPED, AUTHENTICATED = "1.2.840.113549.1.7.3", "1.2.840.113549.1.9.16.1.23"
NOT_ENCRYPTED: Mapping[str, str] = {
    "1.2.840.113549.1.7.1": "bare data",
    "1.2.840.113549.1.7.2": "signed and not encrypted",
    "1.2.840.113549.1.9.16.1.9": "compressed data",
}
TRIPLE_DES, DES = "1.2.840.113549.3.7", "1.3.14.3.2.7"
# Content ciphers: name, and length of the key in bytes.
CBC: Mapping[str, tuple[str, int]] = {
    "2.16.840.1.101.3.4.1.2": ("AES-128-CBC", 16),
    "2.16.840.1.101.3.4.1.22": ("AES-192-CBC", 24),
    "2.16.840.1.101.3.4.1.42": ("AES-256-CBC", 32),
    TRIPLE_DES: ("3DES", 24),
}
GCM: Mapping[str, tuple[str, int]] = {
    "2.16.840.1.101.3.4.1.6": ("AES-128-GCM", 16),
    "2.16.840.1.101.3.4.1.26": ("AES-192-GCM", 24),
    "2.16.840.1.101.3.4.1.46": ("AES-256-GCM", 32),
}
_PKCS1, _OAEP = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.7"
_MOST_RECIPIENTS = 50
_LONGEST_NAMED = 4096  # bytes, of an issuer's name or an algorithm's parameters
_SET = b"\x31"
_SHORTEST_TAG = 12  # what RFC 5084 has where nothing is said


class Recipient(NamedTuple):
    """Whom the envelope is for: serial number and issuer of a certificate, or its key's id."""

    serial: int | None
    issuer: bytes
    key_id: bytes
    wrapping: str
    wrapping_about: Value | None
    wrapped: bytes


class Envelope(NamedTuple):
    """An envelope taken apart; ``tag`` and ``attributes`` only of an authenticated one."""

    recipients: Sequence[Recipient]
    cipher: str
    nonce: bytes
    tag: bytes
    body: bytes
    attributes: bytes

    @property
    def cipher_name(self) -> str:
        """The cipher of the content in words."""
        return (CBC if self.cipher in CBC else GCM)[self.cipher][0]


def cannot_be_opened(why: str) -> Refused:
    """The one answer to whatever is wrong between the envelope and the signature."""
    return Refused(Condition.INVALID_CERTIFICATE, f"It cannot be opened: {why}.")


def unsupported(why: str, algorithm: str = "") -> Refused:
    """An algorithm or a form we do not take, named."""
    told = (algorithm,) if algorithm else ()
    return Refused(Condition.UNSUPPORTED_MESSAGE, f"It is not taken: {why}.", *told)


def envelope(data: bytes, *, old_ciphers: bool = False) -> Envelope:
    """Take an envelope apart; ``old_ciphers`` lets 3DES through, DES never."""
    try:
        kind, content = _content_info(asn1.whole(data))
        if kind in NOT_ENCRYPTED:
            raise unsupported(NOT_ENCRYPTED[kind])
        if kind not in (ENVELOPED, AUTHENTICATED):
            raise unsupported(f"content of the type {kind}")
        return _taken_apart(content, kind == AUTHENTICATED, old_ciphers)
    except (Garbled, IndexError, ValueError) as error:
        raise unsupported("these bytes are not an encrypted message (CMS)") from error


def decrypted(sealed: Envelope, recipient: Recipient, key: RSAPrivateKey) -> bytes:
    """The content, with the key the recipient's certificate belongs to."""
    unwrap = _unwrapping(recipient)
    try:
        secret = key.decrypt(recipient.wrapped, unwrap)
        if sealed.cipher in GCM:
            return _opened_gcm(sealed, secret)
        return _opened_cbc(sealed, secret)
    except UnsupportedAlgorithm as error:
        raise unsupported("this machine's library has not got its algorithms") from error
    except (ValueError, InvalidTag) as error:
        raise cannot_be_opened("the key or the body is not right") from error


def _content_info(outer: Value) -> tuple[str, Value]:
    kind, content = outer.must_be(asn1.SEQUENCE).children()[:2]
    if not content.context(0):
        raise Garbled
    return kind.oid(), content.children()[0].must_be(asn1.SEQUENCE)


def _taken_apart(content: Value, authenticated: bool, old_ciphers: bool) -> Envelope:
    fields = [one for one in content.children()[1:] if not one.context(0)]  # originator: not used
    recipients = fields[0].must_be(asn1.SET).children()[:_MOST_RECIPIENTS]
    _kind, algorithm, *body = fields[1].must_be(asn1.SEQUENCE).children()
    cipher, parameters = _algorithm(algorithm)
    _must_be_taken(cipher, authenticated, old_ciphers)
    if parameters is None or not body or not body[0].context(0):
        raise Garbled
    attributes, tag = b"", b""
    if authenticated:
        nonce = parameters.children()[0].octets()
        attributes, tag = _authentication(fields[2:])
    else:
        nonce = parameters.must_be(asn1.OCTETS).octets()
    return Envelope(
        recipients=[found for one in recipients if (found := _recipient(one))],
        cipher=cipher,
        nonce=nonce,
        tag=tag,
        body=body[0].octets(),
        attributes=attributes,
    )


def _authentication(after: Sequence[Value]) -> tuple[bytes, bytes]:
    """The authenticated attributes, as the set they are counted as, and the tag."""
    attributes = next((one for one in after if one.context(1)), None)
    (tag,) = [one for one in after if one.family == 0]
    counted = _SET + attributes.whole[1:] if attributes else b""
    return counted, tag.must_be(asn1.OCTETS).octets()


def _must_be_taken(cipher: str, authenticated: bool, old_ciphers: bool) -> None:
    if cipher == DES:
        raise unsupported("encrypted with DES, which everybody can break", "DES")
    if cipher == TRIPLE_DES and not old_ciphers:
        raise unsupported("encrypted with 3DES, which the settings do not allow", "3DES")
    if cipher not in (GCM if authenticated else CBC):
        raise unsupported(f"encrypted with the unknown algorithm {cipher}", cipher)


def _algorithm(value: Value) -> tuple[str, Value | None]:
    kind, *parameters = value.must_be(asn1.SEQUENCE).children()
    return kind.oid(), parameters[0] if parameters else None


def _recipient(value: Value) -> Recipient | None:
    """One recipient with a key of its own; other kinds (agreed keys, passwords) are passed over."""
    if value.family:
        return None
    _version, who, algorithm, wrapped = value.must_be(asn1.SEQUENCE).children()[:4]
    kind, parameters = named(algorithm.whole)
    serial, issuer, key_id = who_is(who.whole)
    return Recipient(serial, issuer, key_id, kind, parameters, wrapped.octets())


@lru_cache(256)  # the same few in every message; what is long is nobody's
def named(data: bytes) -> tuple[str, Value | None]:
    """An algorithm's identifier, and what is said about it."""
    if len(data) > _LONGEST_NAMED:
        raise Garbled
    return _algorithm(asn1.whole(data))


@lru_cache(256)
def who_is(data: bytes) -> tuple[int | None, bytes, bytes]:
    """Serial number and issuer, or the key's id, by which a certificate is named."""
    if len(data) > _LONGEST_NAMED:
        raise Garbled
    value = asn1.whole(data)
    if value.context(0):
        return None, b"", value.octets()
    issuer, serial = value.must_be(asn1.SEQUENCE).children()
    return serial.number(), issuer.whole, b""


def _unwrapping(recipient: Recipient) -> padding.AsymmetricPadding:
    if recipient.wrapping == _PKCS1:
        return padding.PKCS1v15()
    if recipient.wrapping == _OAEP:
        try:
            return _oaep(recipient.wrapping_about)
        except (Garbled, IndexError, ValueError) as error:
            raise unsupported("its OAEP parameters cannot be read", "RSA-OAEP") from error
    raise unsupported(f"a key wrapped with {recipient.wrapping}", recipient.wrapping)


def _oaep(about: Value | None) -> padding.OAEP:
    """OAEP with its own digest, mask and label; SHA-1 where it says nothing (RFC 8017, A.2.1)."""
    digest: hashes.HashAlgorithm = hashes.SHA1()  # noqa: S303 - as a mask it is not broken
    mask: hashes.HashAlgorithm = digest
    label = b""
    for one in about.children() if about else ():
        inner = one.children()[0]
        if one.context(2):
            label = _algorithm(inner)[1].octets()  # type: ignore[union-attr]  # Garbled if None
            continue
        kind, parameters = _algorithm(inner)
        if one.context(0):
            digest = _digest(kind)
        elif one.context(1) and kind == MGF1 and parameters is not None:
            mask = _digest(_algorithm(parameters)[0])
    return padding.OAEP(mgf=padding.MGF1(mask), algorithm=digest, label=label or None)


def _digest(kind: str) -> hashes.HashAlgorithm:
    if kind == "1.3.14.3.2.26":
        return hashes.SHA1()  # noqa: S303 - as a mask it is not broken
    if kind not in DIGESTS:
        raise Garbled
    return DIGESTS[kind]


def _opened_cbc(sealed: Envelope, secret: bytes) -> bytes:
    _name, length = CBC[sealed.cipher]
    if len(secret) != length:
        raise ValueError
    make: Callable[[bytes], CipherAlgorithm] = (
        TripleDES if sealed.cipher == TRIPLE_DES else algorithms.AES
    )
    opener = Cipher(make(secret), modes.CBC(sealed.nonce)).decryptor()
    padded = opener.update(sealed.body) + opener.finalize()
    return _without_padding(padded, len(sealed.nonce))


def _without_padding(padded: bytes, block: int) -> bytes:
    last = padded[-1] if padded else 0
    if not 0 < last <= block or padded[-last:] != bytes([last]) * last:
        raise ValueError
    return padded[:-last]


def _opened_gcm(sealed: Envelope, secret: bytes) -> bytes:
    _name, length = GCM[sealed.cipher]
    if len(secret) != length:
        raise ValueError
    mode = modes.GCM(sealed.nonce, sealed.tag, min_tag_length=_SHORTEST_TAG)
    opener = Cipher(algorithms.AES(secret), mode).decryptor()
    opener.authenticate_additional_data(sealed.attributes)
    return opener.update(sealed.body) + opener.finalize()
