"""One test for each trouble with signature and certificate: what it is called on the bus."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from dialog.adapters.cms import asn1
from dialog.adapters.cms.certificates import certificate
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.interop.conditions import Condition, ProtectionError, Refused, TryLater
from dialog.interop.profiles import Profile
from tests.adapters.cms import openssl
from tests.adapters.cms.enterprises import (
    MESSAGE,
    OFFICE,
    authority,
    office,
    portal,
    protection_of,
    sealed_for,
    signed_by,
    signing_with,
    special,
    stranger,
)
from tests.adapters.cms.opening import exchanged, good, opened, refused


class TestTheSignature:
    def test_by_another_than_the_agreement_says(self) -> None:
        data = sealed_for(portal().encryption, signed_by(stranger().signing))

        error = refused(data)

        assert error.condition is Condition.UNVERIFIED_CERTIFICATE

    def test_the_agreements_certificate_beside_another_signature(self) -> None:
        """Anybody has the office's certificate; putting it in a message proves nothing."""
        inner = openssl.sign(MESSAGE, stranger().signing, extra=(office().signing.certificate.der,))

        error = refused(sealed_for(portal().encryption, inner))

        assert error.condition is Condition.UNVERIFIED_CERTIFICATE
        assert "nobody has signed" in error.sentence

    @pytest.mark.parametrize("words", ["-md sha256", "-md sha256 -noattr"])
    def test_changed_content(self, words: str) -> None:
        inner = openssl.sign_as(MESSAGE, office().signing, words)
        changed = inner.replace(b"Bl\xc3\xa5", b"Bl\xc3\xa6")
        assert changed != inner

        error = refused(sealed_for(portal().encryption, changed))

        assert error.condition is Condition.UNVERIFIED_CERTIFICATE

    def test_signed_attributes_are_not_taken_for_content(self) -> None:
        """A signature over attributes is also one over a «message» that consists of them."""
        real = openssl.sign_as(MESSAGE, office().signing, "-md sha256")
        attributes = _attributes(real)
        with_none = openssl.sign_as(attributes, office().signing, "-md sha256 -noattr")

        error = refused(sealed_for(portal().encryption, with_none))

        assert error.condition is Condition.UNVERIFIED_CERTIFICATE
        assert "not a message" in error.sentence

    def test_attributes_that_speak_of_another_kind_of_content(self) -> None:
        real = openssl.sign_as(MESSAGE, office().signing, "-md sha256")
        before = _attributes(real)
        of_data, of_signed = (
            bytes.fromhex("2a864886f70d010701"),
            bytes.fromhex("2a864886f70d010702"),
        )
        assert before.count(of_data) == 1
        after = before.replace(of_data, of_signed)
        old, new = (
            office().signing.private.sign(one, padding.PKCS1v15(), hashes.SHA256())
            for one in (before, after)
        )
        changed = real.replace(before[1:], after[1:]).replace(old, new)

        error = refused(sealed_for(portal().encryption, changed))

        assert "cannot be read" in error.sentence
        assert opened(sealed_for(portal().encryption, real)).content == MESSAGE

    @pytest.mark.parametrize("first", [True, False])
    def test_of_two_signers_the_agreements_counts(self, first: bool) -> None:
        keys = [office().signing, stranger().signing]
        inner = openssl.sign(MESSAGE, *(keys if first else reversed(keys)))

        found = opened(sealed_for(portal().encryption, inner))

        assert found.organisation == OFFICE and found.content == MESSAGE

    def test_certificates_of_authorities_come_along(self) -> None:
        inner = openssl.sign(
            MESSAGE, office().signing, extra=(authority().issuing, authority().root)
        )

        found = opened(sealed_for(portal().encryption, inner))

        assert found.certificate == office().signing.certificate.der

    def test_without_any_certificate_in_it(self) -> None:
        inner = openssl.sign_as(MESSAGE, office().signing, "-md sha256 -nocerts")

        error = refused(sealed_for(portal().encryption, inner))

        assert error.condition is Condition.UNVERIFIED_CERTIFICATE

    def test_without_its_content(self) -> None:
        whole = openssl.sign_as(MESSAGE, office().signing, "-md sha256")
        bare = exchanged(whole, _octets(MESSAGE), b"")

        assert refused(sealed_for(portal().encryption, bare)).condition in {
            Condition.INVALID_CERTIFICATE,
            Condition.UNVERIFIED_CERTIFICATE,
        }


class TestTheCertificate:
    @pytest.mark.parametrize(
        ("kind", "condition"),
        [
            ("expired", Condition.EXPIRED_CERTIFICATE),
            ("not begun", Condition.EXPIRED_CERTIFICATE),
            ("wrong use", Condition.INVALID_CERTIFICATE),
            ("wrong use and expired", Condition.INVALID_CERTIFICATE),
            ("another authority", Condition.UNVERIFIED_CERTIFICATE),
        ],
    )
    def test_what_is_wrong_with_it_is_told(self, kind: str, condition: Condition) -> None:
        sender = signing_with(special(kind))
        data = sealed_for(portal().encryption, signed_by(special(kind)))

        assert refused(data, sender).condition is condition

    def test_one_that_is_no_certificate(self) -> None:
        sender = replace(office(), profile=replace(office().profile, signing=b"0\x03abc"))

        assert refused(good(), sender).condition is Condition.INVALID_CERTIFICATE

    @pytest.mark.parametrize("how", ["revoked", "unknown"])
    def test_called_back_or_of_unknown_standing(self, how: str) -> None:
        revocation = MemoryRevocation()
        getattr(revocation, how).add(office().signing.certificate.serial)

        with pytest.raises(Refused) as error:
            opened(good(), revocation=revocation)

        assert error.value.condition is Condition.REVOKED_CERTIFICATE

    def test_the_one_that_issued_it_is_called_back(self) -> None:
        revocation = MemoryRevocation()
        revocation.revoked.add(certificate(authority().issuing).serial)

        with pytest.raises(ProtectionError, match="revoked"):
            opened(good(), revocation=revocation)

    def test_nobody_can_say_whether_it_is_called_back(self) -> None:
        revocation = MemoryRevocation()
        revocation.away = True

        with pytest.raises(TryLater):
            opened(good(), revocation=revocation)

    def test_ours_being_called_back_is_no_fault_of_theirs(self) -> None:
        revocation = MemoryRevocation()
        revocation.revoked.add(portal().encryption.certificate.serial)

        with pytest.raises(TryLater, match="ourselves"):
            opened(good(), revocation=revocation)


class TestSending:
    def test_a_receiver_with_a_bad_certificate_gets_nothing(self) -> None:
        revocation = MemoryRevocation()
        revocation.revoked.add(portal().encryption.certificate.serial)
        protection = protection_of(*office().keys, revocation=revocation)

        with pytest.raises(Refused) as error:
            protection.protect(MESSAGE, to=portal().profile, own=office().profile)

        assert error.value.condition is Condition.REVOKED_CERTIFICATE

    def test_our_own_bad_certificate_stops_it_and_is_ours(self) -> None:
        own = signing_with(special("expired"))
        protection = protection_of(own.signing)

        with pytest.raises(TryLater, match="expired"):
            protection.protect(MESSAGE, to=portal().profile, own=own.profile)

    def test_a_renewed_key_signs_when_the_agreements_is_gone(self) -> None:
        sending = protection_of(special("renewed"), office().encryption)

        data = sending.protect(MESSAGE, to=portal().profile, own=office().profile)

        renewed = signing_with(special("renewed"))
        assert opened(data, renewed).content == MESSAGE

    def test_with_keys_of_two_enterprises_and_no_word_of_which(self) -> None:
        sending = protection_of(*office().keys, *stranger().keys)

        with pytest.raises(TryLater, match="which enterprise"):
            sending.protect(MESSAGE, to=portal().profile, own=Profile(her_id=1))


def _attributes(signed: bytes) -> bytes:
    content = asn1.whole(signed).children()[1].children()[0]
    signer = content.children()[-1].children()[0]
    return b"\x31" + signer.children()[3].whole[1:]


def _octets(data: bytes) -> bytes:
    return b"\x04" + bytes([len(data)]) + data
