"""The protection of the national messages: sign, then encrypt; decrypt, then check."""

from collections.abc import Sequence

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from dialog.adapters.cms.certificates import (
    Certificate,
    NotACertificate,
    certificate,
)
from dialog.adapters.cms.chains import Trust, Use
from dialog.adapters.cms.envelopes import (
    Recipient,
    cannot_be_opened,
    decrypted,
    envelope,
    unsupported,
)
from dialog.adapters.cms.keys import Keys, OwnKey
from dialog.adapters.cms.signatures import signed, verified
from dialog.interop.conditions import Refused, TryLater
from dialog.interop.ports import Opened
from dialog.interop.profiles import Profile
from dialog.interop.trees import MOST_BYTES

CONTENT_TYPE = "application/pkcs7-mime; smime-type=signed-and-enveloped-data"
# Base64 in XML, signed and encrypted, is the message and a few kilobytes of certificates.
_MOST_PROTECTED = MOST_BYTES + 256 * 1024
_AS_IT_IS = [pkcs7.PKCS7Options.Binary]


class CmsProtection:
    """CMS SignedData inside CMS EnvelopedData, in spite of the content type's name.

    ``old_ciphers`` opens what is encrypted with 3DES; nothing is ever written with it.
    """

    content_type = CONTENT_TYPE

    def __init__(self, *, keys: Keys, trust: Trust, old_ciphers: bool = False) -> None:
        self._keys, self._trust, self._old_ciphers = keys, trust, old_ciphers

    def protect(self, data: bytes, *, to: Profile, own: Profile) -> bytes:
        """Sign with our key, then encrypt for them, with AES-256-CBC and RSA PKCS #1 v1.5."""
        if len(data) > MOST_BYTES:
            raise unsupported(f"the message is larger than {MOST_BYTES // 1024 // 1024} MB")
        theirs = self._trust.must_be_good(
            to.encryption, Use.ENCRYPT, whose=f"the receiver {to.her_id}"
        )
        ours = self._signing_key(own)
        self._ours_must_be_good(ours, Use.SIGN)
        signing = pkcs7.PKCS7SignatureBuilder().set_data(data)
        signing = signing.add_signer(ours.certificate.x509, ours.private, hashes.SHA256())
        inner = signing.sign(Encoding.DER, _AS_IT_IS)
        sealing = pkcs7.PKCS7EnvelopeBuilder().set_data(inner).add_recipient(theirs.x509)
        sealing = sealing.set_content_encryption_algorithm(AES256)
        return sealing.encrypt(Encoding.DER, _AS_IT_IS)

    def open(self, data: bytes, *, sender: Profile, own: Profile) -> Opened:
        """Decrypt with one of our keys, then check with the sender's certificate."""
        if len(data) > _MOST_PROTECTED:
            raise unsupported(f"the body is larger than {MOST_BYTES // 1024 // 1024} MB")
        sealed = envelope(data, old_ciphers=self._old_ciphers)
        ours, recipient = self._meant_for(own, sealed.recipients)
        self._ours_must_be_good(ours, Use.ENCRYPT)
        theirs = self._trust.must_be_good(
            sender.signing, Use.SIGN, whose=f"the sender {sender.her_id}"
        )
        message = signed(decrypted(sealed, recipient, ours.private))
        digest = verified(message, theirs)
        return Opened(
            content=message.content,
            certificate=theirs.der,
            organisation=theirs.organisation,
            algorithms=(sealed.cipher_name, digest),
        )

    def _meant_for(self, own: Profile, recipients: Sequence[Recipient]) -> tuple[OwnKey, Recipient]:
        keys = self._of_the_same_enterprise(own.encryption)
        for recipient in recipients:
            same = [one for one in keys if _is_named(recipient, one.certificate)]
            same.sort(key=lambda one: one.certificate.issuer != recipient.issuer)
            if same:
                return same[0], recipient
        raise cannot_be_opened("it is encrypted for other certificates than ours")

    def _of_the_same_enterprise(self, named: bytes | None) -> Sequence[OwnKey]:
        """Our keys, but of the enterprise in the profile's certificate only, where it names one:
        a message for one practice is not opened for another that we have the key of too.
        """
        keys = self._keys.all()
        whose = _organisation(named)
        return [one for one in keys if not whose or one.certificate.organisation == whose]

    def _signing_key(self, own: Profile) -> OwnKey:
        """The key the agreement says, else the newest for signing of the same enterprise."""
        keys = self._of_the_same_enterprise(own.signing or own.encryption)
        for one in keys:
            if one.certificate.der == own.signing:
                return one
        able = sorted(
            (one for one in keys if one.certificate.may_sign),
            key=lambda one: one.certificate.begins,
        )
        if not able:
            raise TryLater(f"There is no key to sign with for {own.her_id}.")
        if len({one.certificate.organisation for one in able}) > 1:
            raise TryLater(f"Nothing says which enterprise signs for {own.her_id}.")
        return able[-1]

    def _ours_must_be_good(self, ours: OwnKey, use: Use) -> None:
        """A fault in our own certificate is ours: nobody is told, the message is kept."""
        try:
            self._trust.must_be_good(ours.certificate.der, use, whose="ourselves")
        except Refused as error:
            raise TryLater(error.sentence) from error


def _is_named(recipient: Recipient, one: Certificate) -> bool:
    if recipient.serial is None:
        return bool(one.key_id) and recipient.key_id == one.key_id
    return recipient.serial == one.serial


def _organisation(der: bytes | None) -> str:
    try:
        return certificate(der).organisation if der else ""
    except NotACertificate:
        return ""
