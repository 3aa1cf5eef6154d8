"""The inner layer: CMS SignedData, checked with the certificate the agreement names.

The certificates in a message prove nothing: anybody can put any there. The agreement's must be
among them, and then it is the agreement's key the signature is checked with. The national library
signs without signed attributes; others sign with them; both are read.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.constant_time import bytes_eq

from dialog.adapters.cms import asn1
from dialog.adapters.cms.asn1 import Garbled, Value
from dialog.adapters.cms.certificates import Certificate, serial_number
from dialog.adapters.cms.digests import DIGESTS, MGF1, SHA1
from dialog.adapters.cms.envelopes import cannot_be_opened, named, unsupported, who_is
from dialog.interop.conditions import Condition, Refused

DATA, SIGNED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_RSA, _PSS = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"
_RSA_WITH = {
    "1.2.840.113549.1.1.11": "2.16.840.1.101.3.4.2.1",
    "1.2.840.113549.1.1.12": "2.16.840.1.101.3.4.2.2",
    "1.2.840.113549.1.1.13": "2.16.840.1.101.3.4.2.3",
}
_RSA_WITH_SHA1 = "1.2.840.113549.1.1.5"
_SET = b"\x31"
_LONGEST_SALT = 512  # bytes; some salt with all that the key has room for
_MOST_SIGNERS = 10
_MOST_CERTIFICATES = 20


class Signer(NamedTuple):
    """One signature, taken apart; ``attributes`` is None where there are none."""

    serial: int | None
    key_id: bytes
    digest: str
    attributes: Value | None
    algorithm: str
    algorithm_about: Value | None
    signature: bytes


class Signed(NamedTuple):
    """A signed message, taken apart."""

    content: bytes
    certificates: Value | None
    signers: Sequence[Signer]


def signed(data: bytes) -> Signed:
    """Take a signed message apart, in the envelope's error when it is none."""
    try:
        kind, content = asn1.whole(data).must_be(asn1.SEQUENCE).children()[:2]
        if kind.oid() != SIGNED or not content.context(0):
            raise Garbled
        return _taken_apart(content.children()[0].must_be(asn1.SEQUENCE))
    except (Garbled, IndexError, ValueError) as error:
        raise cannot_be_opened("there is no signed message in it") from error


def verified(message: Signed, by: Certificate) -> str:
    """See that the certificate's owner has signed the content; the digest's name is answered.

    Of several signers only those with this certificate count, and all of them must be right.
    """
    try:
        if not _is_among(by, message.certificates):
            raise _unverified("the agreement's signing certificate is not among those in it")
        mine = [
            one
            for one in message.signers
            if (one.key_id == by.key_id if one.serial is None else one.serial == by.serial)
        ]
        digests = [_must_be_right(one, message.content, by) for one in mine]
    except (Garbled, IndexError, ValueError) as error:
        raise _unverified("a signature in it cannot be read") from error
    if not digests:
        raise _unverified("nobody has signed with the agreement's certificate")
    return digests[0].name


def _taken_apart(content: Value) -> Signed:
    _version, _digests, inner, *after = content.children()
    kind, *body = inner.must_be(asn1.SEQUENCE).children()
    if kind.oid() != DATA or not body or not body[0].context(0):
        raise Garbled
    signers = after[-1].must_be(asn1.SET).children()
    if not 0 < len(signers) <= _MOST_SIGNERS:
        raise Garbled
    return Signed(
        content=body[0].children()[0].must_be(asn1.OCTETS).octets(),
        certificates=next((one for one in after if one.context(0)), None),
        signers=[_signer(one) for one in signers],
    )


def _signer(value: Value) -> Signer:
    _version, who, digest, *after = value.must_be(asn1.SEQUENCE).children()
    attributes = after.pop(0) if after[0].context(0) else None
    kind, about = named(after[0].whole)
    serial, _issuer, key_id = who_is(who.whole)
    return Signer(
        serial=serial,
        key_id=key_id,
        digest=named(digest.whole)[0],
        attributes=attributes,
        algorithm=kind,
        algorithm_about=about,
        signature=after[1].must_be(asn1.OCTETS).octets(),
    )


def _is_among(by: Certificate, certificates: Value | None) -> bool:
    """Whether a certificate with this serial number came along; nearly always it is this one."""
    if certificates is None:
        return False
    if by.der in certificates.content:
        return True
    came = certificates.children()[:_MOST_CERTIFICATES]
    return any(serial_number(one.whole) == by.serial for one in came if not one.family)


def _must_be_right(signer: Signer, content: bytes, by: Certificate) -> hashes.HashAlgorithm:
    digest, way = _algorithm(signer)
    if by.key is None:
        raise Refused(Condition.INVALID_CERTIFICATE, "Its key is not RSA of 2,048 bits or more.")
    if signer.attributes is None:
        counted = _as_it_is(content)
    else:
        _must_be_digest_of(content, signer.attributes, digest)
        counted = _SET + signer.attributes.whole[1:]
    try:
        by.key.verify(signer.signature, counted, way, digest)
    except InvalidSignature as error:
        raise _unverified("the signature is not made with that key, or not of this") from error
    return digest


def _as_it_is(content: bytes) -> bytes:
    """Content signed without attributes. A set is refused: it could be somebody's attributes,
    signed for another message (RFC 8933, security considerations).
    """
    if content.startswith(_SET):
        raise _unverified("its content is not a message")
    return content


def _must_be_digest_of(content: bytes, attributes: Value, digest: hashes.HashAlgorithm) -> None:
    """The attributes must say the right digest, and what kind of content it is of."""
    said: dict[str, Value] = {}
    for one in attributes.children():
        kind, values = one.must_be(asn1.SEQUENCE).children()
        if kind.oid() in said:
            raise Garbled
        said[kind.oid()] = values.must_be(asn1.SET)
    if _CONTENT_TYPE not in said or _MESSAGE_DIGEST not in said:
        raise Garbled
    if said[_CONTENT_TYPE].children()[0].oid() != DATA:
        raise Garbled
    (claimed,) = said[_MESSAGE_DIGEST].children()[:1]
    counting = hashes.Hash(digest)
    counting.update(content)
    if not bytes_eq(claimed.must_be(asn1.OCTETS).octets(), counting.finalize()):
        raise _unverified("the content is not what was signed")


def _algorithm(signer: Signer) -> tuple[hashes.HashAlgorithm, padding.AsymmetricPadding]:
    if SHA1 in (signer.digest,) or signer.algorithm == _RSA_WITH_SHA1:
        raise unsupported("signed with SHA-1, which can be forged", "SHA-1")
    digest = DIGESTS.get(signer.digest)
    if digest is None:
        raise unsupported(f"signed over the unknown digest {signer.digest}", signer.digest)
    if signer.algorithm == _RSA or _RSA_WITH.get(signer.algorithm) == signer.digest:
        return digest, padding.PKCS1v15()
    if signer.algorithm == _PSS:
        return digest, _pss(signer)
    raise unsupported(f"signed with {signer.algorithm}", signer.algorithm)


def _pss(signer: Signer) -> padding.PSS:
    """PSS over the same digest, in its mask as well; the salt is as long as it says."""
    salt, spoken = 20, set()
    for one in signer.algorithm_about.children() if signer.algorithm_about else ():
        inner = one.children()[0]
        if one.context(0):
            spoken.add(inner.children()[0].oid())
        elif one.context(1):
            kind, about = inner.children()[:2]
            spoken.add(about.children()[0].oid() if kind.oid() == MGF1 else kind.oid())
        elif one.context(2):
            salt = inner.number()
    if spoken != {signer.digest} or not 0 <= salt <= _LONGEST_SALT:
        raise unsupported("signed with PSS over other digests than it says", "RSA-PSS")
    return padding.PSS(padding.MGF1(DIGESTS[signer.digest]), salt)


def _unverified(why: str) -> Refused:
    return Refused(Condition.UNVERIFIED_CERTIFICATE, f"It is not believed: {why}.")
