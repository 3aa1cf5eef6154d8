"""Two enterprises that write to each other, the authority behind both, and a third nobody knows."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from django.utils.timezone import now

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING, Authority
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.keys import GivenKeys, OwnKey
from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.interop.profiles import Profile

MESSAGE = "<MsgHead>Blåbær på tå</MsgHead>".encode()
OFFICE, PORTAL = "987654325", "912345678"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Enterprise:
    """An enterprise with its keys, and the profile in which others find its certificates."""

    signing: OwnKey
    encryption: OwnKey
    profile: Profile

    @property
    def keys(self) -> list[OwnKey]:
        return [self.signing, self.encryption]


@cache
def authority() -> Authority:
    return Authority()


@cache
def enterprise(her_id: int, organisation: str) -> Enterprise:
    name = f"Virksomhet {organisation}"
    sign = authority().issue(name, organisation, SIGNING)
    encrypt = authority().issue(name, organisation, ENCRYPTION)
    profile = Profile(
        her_id=her_id, encryption=encrypt.certificate.der, signing=sign.certificate.der
    )
    return Enterprise(sign, encrypt, profile)


def office() -> Enterprise:
    return enterprise(8141705, OFFICE)


def portal() -> Enterprise:
    return enterprise(93238, PORTAL)


@cache
def stranger() -> Enterprise:
    """An enterprise with certificates from the same authority, in nobody's agreement."""
    return enterprise(700700, "955555551")


@cache
def special(kind: str) -> OwnKey:
    """The office's signing certificate, had something been wrong with it."""
    name, long_ago = f"Virksomhet {OFFICE}", now() - 2 * YEAR
    match kind:
        case "expired":
            return authority().issue(name, OFFICE, SIGNING, begins=long_ago, ends=now() - YEAR)
        case "not begun":
            return authority().issue(name, OFFICE, SIGNING, begins=now() + YEAR / 2)
        case "wrong use":
            return authority().issue(name, OFFICE, ENCRYPTION)
        case "wrong use and expired":
            return authority().issue(name, OFFICE, ENCRYPTION, begins=long_ago, ends=now() - YEAR)
        case "another authority":
            return Authority("Ukjent").issue(name, OFFICE, SIGNING)
        case "renewed":
            return authority().issue(name, OFFICE, SIGNING)
    raise KeyError(kind)


@cache
def new_encryption() -> OwnKey:
    """The portal's next key for encryption."""
    return authority().issue(f"Virksomhet {PORTAL}", PORTAL, ENCRYPTION)


def signing_with(key: OwnKey, whose: Enterprise | None = None) -> Enterprise:
    """The office, had this been its signing certificate in the agreement."""
    whose = whose or office()
    profile = replace(whose.profile, signing=key.certificate.der)
    return replace(whose, signing=key, profile=profile)


def protection_of(
    *keys: OwnKey, revocation: MemoryRevocation | None = None, old_ciphers: bool = False
) -> CmsProtection:
    trust = Trust(
        [authority().root], [authority().issuing], revocation=revocation or MemoryRevocation()
    )
    return CmsProtection(keys=GivenKeys(keys), trust=trust, old_ciphers=old_ciphers)


def signed_by(key: OwnKey, data: bytes = MESSAGE) -> bytes:
    making = pkcs7.PKCS7SignatureBuilder().set_data(data)
    making = making.add_signer(key.certificate.x509, key.private, hashes.SHA256())
    return making.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])


def sealed_for(key: OwnKey, data: bytes) -> bytes:
    making = pkcs7.PKCS7EnvelopeBuilder().set_data(data).add_recipient(key.certificate.x509)
    making = making.set_content_encryption_algorithm(AES256)
    return making.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
