"""Bytes that no honest portal sends: without a signature, or with a stranger's."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from dialog.adapters.cms.authority import SIGNING, Authority
from dialog.adapters.cms.certificates import certificate
from dialog.interop.profiles import Profile

STRANGER, NUMBER = "Ukjent foretak", "999999999"  # nobody's enterprise, and nobody's authority
_AS_IT_IS = [pkcs7.PKCS7Options.Binary]


def unsigned(data: bytes, to: Profile) -> bytes:
    """Encrypted, and not signed."""
    sealing = pkcs7.PKCS7EnvelopeBuilder().set_data(data)
    sealing = sealing.add_recipient(certificate(to.encryption or b"").x509)
    sealing = sealing.set_content_encryption_algorithm(AES256)
    return sealing.encrypt(Encoding.DER, _AS_IT_IS)


def by_a_stranger(data: bytes, to: Profile) -> bytes:
    """Signed with a key that nobody the receiver trusts has vouched for, and encrypted."""
    key = Authority(STRANGER).issue(STRANGER, NUMBER, SIGNING)
    signing = pkcs7.PKCS7SignatureBuilder().set_data(data)
    signing = signing.add_signer(key.certificate.x509, key.private, hashes.SHA256())
    return unsigned(signing.sign(Encoding.DER, _AS_IT_IS), to)
