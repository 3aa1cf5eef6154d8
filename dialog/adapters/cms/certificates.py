"""Certificates: read once, and what they say of whose they are and what they may be used for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dialog.adapters.cms import asn1

SHORTEST_KEY = 2048
_KEPT = 8192
# The number in the central register of enterprises, bare or as NTRNO-123456789 (EN 319 412-1).
_ENTERPRISE = re.compile(r"(?:NTRNO-)?(\d{9})")
_WHOSE = (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)
_UNREADABLE = (
    *(asn1.Garbled, ValueError, TypeError, OverflowError, UnsupportedAlgorithm),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType),
)
_FEWEST_FIELDS = 6
_PEM = b"-----BEGIN CERTIFICATE-----"


class NotACertificate(Exception):
    """The bytes are no certificate."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """A certificate with what we ask of it."""

    der: bytes = field(repr=False)
    x509: x509.Certificate
    begins: datetime
    ends: datetime
    may_sign: bool
    may_encrypt: bool
    organisation: str

    @property
    def serial(self) -> int:
        """Its number at its issuer."""
        return self.x509.serial_number

    @cached_property
    def issuer(self) -> bytes:
        """Its issuer's name, byte for byte as in the certificate."""
        return _issuer_as_written(self.x509)

    @cached_property
    def key(self) -> RSAPublicKey | None:
        """Its public key; None when it is not RSA of at least 2,048 bits."""
        try:
            found = self.x509.public_key()
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return None
        if isinstance(found, RSAPublicKey) and found.key_size >= SHORTEST_KEY:
            return found
        return None

    @cached_property
    def key_id(self) -> bytes:
        """Its subject key identifier; empty without one."""
        try:
            found = self.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
        except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
            return b""
        return found.value.digest

    def is_valid_at(self, now: datetime) -> bool:
        """Whether its period has begun and not ended."""
        return self.begins <= now <= self.ends


def right_now() -> datetime:
    """The time, where nobody gives another."""
    return datetime.now(UTC)


@lru_cache(_KEPT)
def certificate(der: bytes) -> Certificate:
    """The certificate in these bytes (DER); NotACertificate when there is none."""
    try:
        if serial_number(der) <= 0:
            raise NotACertificate  # the library is going to refuse it, and warns until then
        found = x509.load_der_x509_certificate(der)
        sign, encrypt = _usage(found)
        return Certificate(
            der=der,
            x509=found,
            begins=found.not_valid_before_utc,
            ends=found.not_valid_after_utc,
            may_sign=sign,
            may_encrypt=encrypt,
            organisation=_organisation(found.subject),
        )
    except _UNREADABLE as error:
        raise NotACertificate from error


def certificates_in(data: bytes) -> tuple[bytes, ...]:
    """The certificates of a file, as PEM or DER, each as DER."""
    if _PEM not in data:
        return (certificate(data).der,)
    try:
        read = x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise NotACertificate from error
    return tuple(certificate(one.public_bytes(Encoding.DER)).der for one in read)


def _usage(found: x509.Certificate) -> tuple[bool, bool]:
    """Non-repudiation and key encipherment; a certificate that says nothing may neither."""
    try:
        usage = found.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False, False
    return usage.content_commitment, usage.key_encipherment


def _organisation(subject: x509.Name) -> str:
    for kind in _WHOSE:
        for one in subject.get_attributes_for_oid(kind):
            matched = _ENTERPRISE.fullmatch(str(one.value).strip())
            if matched:
                return matched[1]
    return ""


def serial_number(der: bytes) -> int:
    """The number in a certificate, with nothing else of it read; Garbled when there is none."""
    return _fields(asn1.whole(der).must_be(asn1.SEQUENCE).children()[:1])[0].number()


def _issuer_as_written(found: x509.Certificate) -> bytes:
    return _fields([asn1.whole(found.tbs_certificate_bytes)])[2].whole


def _fields(signed: Sequence[asn1.Value]) -> Sequence[asn1.Value]:
    """The fields of what is signed in a certificate, from the serial number on."""
    fields = [one for value in signed for one in value.must_be(asn1.SEQUENCE).children()]
    fields = fields[1:] if fields and fields[0].context(0) else fields
    if len(fields) < _FEWEST_FIELDS:
        raise asn1.Garbled
    return fields
