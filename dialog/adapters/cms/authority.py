"""An authority of our own, for development and tests: it makes enterprise certificates as the
real ones are, calls them back, and says so in a list (CRL) and when asked (OCSP).

Nobody outside trusts it, and its keys are worth nothing.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from dialog.adapters.cms.certificates import certificate, right_now
from dialog.adapters.cms.keys import OwnKey

_YEAR = timedelta(days=365)
_HOUR = timedelta(hours=1)
_USES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
SIGNING = frozenset({"content_commitment"})
ENCRYPTION = frozenset({"digital_signature", "key_encipherment", "data_encipherment"})
_AUTHORITY = frozenset({"key_cert_sign", "crl_sign"})


class Authority:
    """A root and, below it, the one that issues. ``responder`` and ``lists`` are the addresses
    that certificates say they can be asked at; without them a certificate's standing is unknown.
    The root's own list is at ``lists`` with ``/root`` after it.
    """

    def __init__(self, name: str = "Utvikling", *, responder: str = "", lists: str = "") -> None:
        self._responder, self._lists = responder, lists
        self._root = self._made(f"{name} rot", None, _AUTHORITY, authority=1)
        self._issuing = self._made(f"{name} utsteder", self._root, _AUTHORITY, authority=0)
        self._called_back: dict[int, datetime] = {}

    @property
    def root(self) -> bytes:
        """The root's certificate."""
        return self._root.certificate.der

    @property
    def issuing(self) -> bytes:
        """The certificate of the one that issues."""
        return self._issuing.certificate.der

    def issue(
        self,
        name: str,
        organisation: str,
        uses: Iterable[str],
        *,
        begins: datetime | None = None,
        ends: datetime | None = None,
        answers: bool = False,
    ) -> OwnKey:
        """A key and its certificate, valid from an hour ago and for a year if nothing is said.

        One that ``answers`` may speak for the authority when it is asked (OCSP).
        """
        return self._made(
            name,
            self._issuing,
            uses,
            organisation=organisation,
            begins=begins,
            ends=ends,
            answers=answers,
        )

    def call_back(self, one: OwnKey) -> None:
        """From now on it is not good."""
        self._called_back[one.certificate.serial] = right_now()

    def call_back_issuing(self) -> None:
        """From now on nothing that has been issued is good."""
        self.call_back(self._issuing)

    def list_of_called_back(self, *, root: bool = False, ends: datetime | None = None) -> bytes:
        """The list (CRL, DER) as it stands, of the one that issues or of the root."""
        now, signer = right_now(), self._root if root else self._issuing
        making = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(signer.certificate.x509.subject)
            .last_update(now - 2 * _HOUR)
            .next_update(ends or now + _HOUR)
        )
        for serial, when in self._called_back.items():
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
            making = making.add_revoked_certificate(one.build())
        made = making.sign(signer.private, hashes.SHA256())
        return made.public_bytes(Encoding.DER)

    def answer(
        self, one: bytes, *, ends: datetime | None = None, by: OwnKey | None = None
    ) -> bytes:
        """What is answered (OCSP, DER) when somebody asks for a certificate (DER).

        ``by`` is somebody else who signs the answer, and sends the certificate along.
        """
        read, now = certificate(one), right_now()
        issuer = self._root if one == self.issuing else self._issuing
        signer = by or issuer
        when = self._called_back.get(read.serial)
        status = ocsp.OCSPCertStatus.GOOD if when is None else ocsp.OCSPCertStatus.REVOKED
        saying = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                cert=read.x509,
                issuer=issuer.certificate.x509,
                algorithm=hashes.SHA1(),  # noqa: S303 - names the certificate
                cert_status=status,
                this_update=now - 2 * _HOUR,
                next_update=ends or now + _HOUR,
                revocation_time=when,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate.x509)
        )
        if by is not None:
            saying = saying.certificates([by.certificate.x509])
        made = saying.sign(signer.private, hashes.SHA256())
        return made.public_bytes(Encoding.DER)

    def _made(
        self,
        name: str,
        issuer: OwnKey | None,
        uses: Iterable[str],
        *,
        organisation: str = "",
        authority: int | None = None,
        begins: datetime | None = None,
        ends: datetime | None = None,
        answers: bool = False,
    ) -> OwnKey:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        signer = issuer.private if issuer else private
        subject = _name(name, organisation)
        now = right_now()
        making = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.x509.subject if issuer else subject)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begins or now - _HOUR)
            .not_valid_after(ends or now + _YEAR)
        )
        extensions = [*_extensions(private, signer, set(uses), authority)]
        if answers:
            extensions.append((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False))
        if issuer is not None:
            extensions += self._addresses(authority is not None)
        for extension, critical in extensions:
            making = making.add_extension(extension, critical)
        made = making.sign(signer, hashes.SHA256())
        return OwnKey(certificate(made.public_bytes(Encoding.DER)), private)

    def _addresses(self, by_root: bool) -> Iterator[tuple[x509.ExtensionType, bool]]:
        """Where its standing can be asked for, as certificates have it."""
        if self._responder:
            at = x509.UniformResourceIdentifier(self._responder)
            way = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, at)
            yield x509.AuthorityInformationAccess([way]), False
        if self._lists:
            address = f"{self._lists}/root" if by_root else self._lists
            full = [x509.UniformResourceIdentifier(address)]
            point = x509.DistributionPoint(full, None, None, None)
            yield x509.CRLDistributionPoints([point]), False


def _extensions(
    private: rsa.RSAPrivateKey, signer: rsa.RSAPrivateKey, uses: set[str], authority: int | None
) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """Those that enterprise certificates have."""
    yield x509.BasicConstraints(authority is not None, authority), True
    yield x509.KeyUsage(**{use: use in uses for use in _USES}), True
    yield x509.SubjectKeyIdentifier.from_public_key(private.public_key()), False
    yield x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), False


def _name(name: str, organisation: str) -> x509.Name:
    said = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "NO"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name.upper()),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ]
    if organisation:
        said.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, organisation))
    return x509.Name(said)
