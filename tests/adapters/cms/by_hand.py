"""Certificates no authority would make."""

from datetime import timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.utils.timezone import now

from dialog.adapters.cms.certificates import certificate
from dialog.adapters.cms.keys import OwnKey

NON_REPUDIATION = x509.KeyUsage(False, True, *[False] * 7)
CERTIFICATES = x509.KeyUsage(*[False] * 5, True, False, False, False)
_KINDS = {"number": NameOID.SERIAL_NUMBER, "identifier": NameOID.ORGANIZATION_IDENTIFIER}


def own_key(
    issuer: OwnKey,
    *extensions: x509.ExtensionType,
    private: rsa.RSAPrivateKey | None = None,
    **names: str,
) -> OwnKey:
    """A key, and a certificate with these extensions and no others, whoever signs it."""
    private = private or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return OwnKey(certificate(made(issuer, *extensions, private=private, **names)), private)


def made(
    issuer: OwnKey,
    *extensions: x509.ExtensionType,
    private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
    **names: str,
) -> bytes:
    """Its certificate alone (DER)."""
    private = private or issuer.private
    subject = [x509.NameAttribute(NameOID.COMMON_NAME, "X")]
    subject += [x509.NameAttribute(_KINDS[kind], said) for kind, said in names.items()]
    to_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.private.public_key())
    making = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(subject))
        .issuer_name(issuer.certificate.x509.subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(hours=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(to_issuer, False)
    )
    for one in extensions:
        making = making.add_extension(one, critical=isinstance(one, x509.KeyUsage))
    return making.sign(issuer.private, hashes.SHA256()).public_bytes(Encoding.DER)
