"""Asks the issuers themselves: OCSP first, and their list (CRL) where that does not answer."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import httpx
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from dialog.adapters.cms.certificates import Certificate, right_now
from dialog.adapters.cms.revocation import LONGEST, Answer, Standing, Unreachable

PATIENCE = 30.0  # seconds for one question, as the national library has it
_MOST_BYTES = 30 * 1024 * 1024
_CLOCKS_DIFFER = timedelta(minutes=5)
_OLDEST_WITHOUT_END = timedelta(days=1)
_STANDINGS = {
    ocsp.OCSPCertStatus.GOOD: Standing.GOOD,
    ocsp.OCSPCertStatus.REVOKED: Standing.REVOKED,
    ocsp.OCSPCertStatus.UNKNOWN: Standing.UNKNOWN,
}


class HttpRevocation:
    """Asks at the addresses in the certificate, which its issuer has signed."""

    def __init__(
        self,
        client: httpx.Client | None = None,
        *,
        patience: float = PATIENCE,
        now: Callable[[], datetime] = right_now,
    ) -> None:
        self._client = client or httpx.Client(
            timeout=patience, follow_redirects=False, trust_env=True
        )
        self._patience, self._now = patience, now

    def asked(self, one: Certificate, issuer: Certificate) -> Answer:
        """What is said at the first address that answers; unknown when there is no address."""
        ends = time.monotonic() + self._patience
        addresses = 0
        for ask, address in self._ways(one):
            addresses += 1
            try:
                return ask(address, one, issuer, ends)
            except (Unreachable, httpx.HTTPError, httpx.InvalidURL, UnsupportedAlgorithm):
                continue
            except (ValueError, TypeError, InvalidSignature):
                continue
        if addresses:
            raise Unreachable
        return Answer(Standing.UNKNOWN, self._now())

    def _ways(
        self, one: Certificate
    ) -> Iterator[tuple[Callable[[str, Certificate, Certificate, float], Answer], str]]:
        for address in _responders(one.x509):
            yield self._by_ocsp, address
        for address in _lists(one.x509):
            yield self._by_list, address

    def _by_ocsp(self, address: str, one: Certificate, issuer: Certificate, ends: float) -> Answer:
        number = hashes.SHA1()  # noqa: S303 - names the certificate; responders know no other
        asking = ocsp.OCSPRequestBuilder().add_certificate(one.x509, issuer.x509, number)
        request = asking.build().public_bytes(Encoding.DER)
        headers = {"Content-Type": "application/ocsp-request"}
        data = self._fetched("POST", address, ends, content=request, headers=headers)
        said = ocsp.load_der_ocsp_response(data)
        if said.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise Unreachable
        if said.serial_number != one.serial:
            raise Unreachable
        _must_be_from(issuer.x509, said, self._now())
        return self._until(_STANDINGS[said.certificate_status], said.this_update_utc,
                           said.next_update_utc)  # fmt: skip

    def _by_list(self, address: str, one: Certificate, issuer: Certificate, ends: float) -> Answer:
        found = x509.load_der_x509_crl(self._fetched("GET", address, ends))
        if found.issuer != issuer.x509.subject or not _signs(issuer.x509, found):
            raise Unreachable
        called_back = found.get_revoked_certificate_by_serial_number(one.serial)
        standing = Standing.GOOD if called_back is None else Standing.REVOKED
        return self._until(standing, found.last_update_utc, found.next_update_utc)

    def _until(self, standing: Standing, since: datetime, until: datetime | None) -> Answer:
        """The answer, when it is neither of tomorrow nor of yesterday."""
        now = self._now()
        ends = until or since + _OLDEST_WITHOUT_END
        if since > now + _CLOCKS_DIFFER or ends < now - _CLOCKS_DIFFER:
            raise Unreachable
        return Answer(standing, until or now + LONGEST)

    def _fetched(
        self,
        method: str,
        address: str,
        ends: float,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> bytes:
        """The body, within what is left of our patience and no larger than any list is."""
        left = ends - time.monotonic()
        if left <= 0:
            raise Unreachable
        found = bytearray()
        with self._client.stream(
            method, address, content=content, headers=headers, timeout=left
        ) as answer:
            if answer.status_code != httpx.codes.OK:
                raise Unreachable
            for part in answer.iter_bytes():
                found += part
                if len(found) > _MOST_BYTES or time.monotonic() > ends:
                    raise Unreachable
        return bytes(found)


def _responders(one: x509.Certificate) -> Iterator[str]:
    try:
        about = one.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return
    for way in about:
        if way.access_method == AuthorityInformationAccessOID.OCSP:
            yield from _web(way.access_location)


def _lists(one: x509.Certificate) -> Iterator[str]:
    try:
        points = one.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return
    for point in points:
        for named in point.full_name or ():
            yield from _web(named)


def _web(named: x509.GeneralName) -> Iterator[str]:
    """The address, when it is on the web; issuers have LDAP addresses too."""
    is_address = isinstance(named, x509.UniformResourceIdentifier)
    if is_address and named.value.lower().startswith(("http://", "https://")):
        yield named.value


def _must_be_from(issuer: x509.Certificate, said: ocsp.OCSPResponse, now: datetime) -> None:
    """The issuer has signed the answer, or somebody it has given that task alone."""
    signer = next((one for one in said.certificates if _is_delegate(one, issuer, now)), issuer)
    key, digest = signer.public_key(), said.signature_hash_algorithm
    if digest is None:
        raise Unreachable
    if isinstance(key, RSAPublicKey):
        key.verify(said.signature, said.tbs_response_bytes, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(said.signature, said.tbs_response_bytes, ec.ECDSA(digest))
    else:
        raise Unreachable


def _is_delegate(one: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
        usage = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    in_time = one.not_valid_before_utc <= now <= one.not_valid_after_utc
    return in_time and ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _signs(issuer: x509.Certificate, found: x509.CertificateRevocationList) -> bool:
    key = issuer.public_key()
    if not isinstance(key, RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    return found.is_signature_valid(key)
