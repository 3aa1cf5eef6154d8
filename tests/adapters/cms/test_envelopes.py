"""One test for each trouble with the outer layer, and for each algorithm others use."""

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from dialog.adapters.cms.envelopes import envelope
from dialog.interop.conditions import Condition, Refused
from tests.adapters.cms import openssl
from tests.adapters.cms.enterprises import (
    MESSAGE,
    new_encryption,
    office,
    portal,
    protection_of,
    sealed_for,
    signed_by,
    stranger,
)
from tests.adapters.cms.opening import exchanged, opened, refused


class TestTheEnvelope:
    @pytest.mark.parametrize(
        "data", [b"", b"<MsgHead/>", b"\x30\x80", b"\x30\x03\x02\x01", b"\x00" * 50]
    )
    def test_bytes_that_are_no_message(self, data: bytes) -> None:
        assert refused(data).condition is Condition.UNSUPPORTED_MESSAGE

    def test_something_after_the_message(self) -> None:
        data = sealed_for(portal().encryption, signed_by(office().signing))

        assert refused(data + b"x").condition is Condition.UNSUPPORTED_MESSAGE

    def test_signed_and_not_encrypted(self) -> None:
        error = refused(signed_by(office().signing))

        assert error.condition is Condition.UNSUPPORTED_MESSAGE
        assert "not encrypted" in error.sentence

    def test_for_another_receiver(self) -> None:
        data = sealed_for(stranger().encryption, signed_by(office().signing))

        error = refused(data)

        assert error.condition is Condition.INVALID_CERTIFICATE
        assert "other certificates than ours" in error.sentence

    def test_for_another_practice_that_we_have_the_key_of_too(self) -> None:
        protection = protection_of(*portal().keys, *stranger().keys)
        data = sealed_for(stranger().encryption, signed_by(office().signing))

        with pytest.raises(Refused, match="other certificates than ours"):
            protection.open(data, sender=office().profile, own=portal().profile)
        same = protection.open(data, sender=office().profile, own=stranger().profile)
        assert same.content == MESSAGE

    def test_of_several_receivers_we_are_one(self) -> None:
        data = openssl.encrypt(
            signed_by(office().signing),
            stranger().encryption.certificate.der,
            portal().encryption.certificate.der,
        )

        assert opened(data).content == MESSAGE

    def test_named_by_the_key_instead_of_the_issuer(self) -> None:
        data = openssl.encrypt(
            signed_by(office().signing),
            portal().encryption.certificate.der,
            words="-aes-256-cbc -keyid",
        )

        assert opened(data).content == MESSAGE

    def test_the_new_and_the_old_key_side_by_side(self) -> None:
        protection = protection_of(new_encryption(), *portal().keys)
        inner = signed_by(office().signing)

        for key in (portal().encryption, new_encryption()):
            found = protection.open(
                sealed_for(key, inner), sender=office().profile, own=portal().profile
            )
            assert found.content == MESSAGE

    def test_an_unsigned_message_is_like_one_that_cannot_be_opened(self) -> None:
        error = refused(sealed_for(portal().encryption, MESSAGE))

        assert error.condition is Condition.INVALID_CERTIFICATE
        assert "no signed message" in error.sentence and error.told == ()

    def test_a_changed_body_is_told_in_the_same_way(self) -> None:
        data = bytearray(sealed_for(portal().encryption, signed_by(office().signing)))
        data[-1] ^= 0xFF

        error = refused(bytes(data))

        assert error.condition is Condition.INVALID_CERTIFICATE and error.told == ()


class TestAlgorithms:
    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("-aes-128-cbc", "AES-128-CBC"),
            ("-aes-192-cbc", "AES-192-CBC"),
            ("-aes-256-cbc -keyopt rsa_padding_mode:oaep", "AES-256-CBC"),
            (
                "-aes-256-cbc -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256",
                "AES-256-CBC",
            ),
            (
                "-aes-256-cbc -keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha512"
                " -keyopt rsa_mgf1_md:sha256 -keyopt rsa_oaep_label:616263",
                "AES-256-CBC",
            ),
            ("-aes-128-gcm", "AES-128-GCM"),
            ("-aes-256-gcm", "AES-256-GCM"),
            ("-aes-256-cbc -stream", "AES-256-CBC"),
        ],
    )
    def test_what_others_use_is_read(self, words: str, name: str) -> None:
        data = openssl.encrypt(
            signed_by(office().signing), portal().encryption.certificate.der, words=words
        )

        found = opened(data)

        assert found.content == MESSAGE
        assert found.algorithms == (name, "sha256")

    def test_3des_only_where_the_settings_allow_it(self) -> None:
        data = openssl.encrypt(
            signed_by(office().signing), portal().encryption.certificate.der, words="-des3"
        )

        error = refused(data)

        assert error.condition is Condition.UNSUPPORTED_MESSAGE and error.told == ("3DES",)
        assert opened(data, old_ciphers=True).content == MESSAGE

    def test_des_never(self) -> None:
        sealed = sealed_for(portal().encryption, signed_by(office().signing))
        aes = bytes.fromhex("0609 6086 4801 6503 0401 2a".replace(" ", ""))
        des = bytes.fromhex("0605 2b0e 0302 07".replace(" ", ""))
        assert sealed.count(aes) == 1

        error = refused(exchanged(sealed, aes, des), old_ciphers=True)

        assert error.condition is Condition.UNSUPPORTED_MESSAGE and error.told == ("DES",)

    def test_an_unknown_cipher_is_named(self) -> None:
        data = openssl.encrypt(
            signed_by(office().signing),
            portal().encryption.certificate.der,
            words="-camellia256",
        )

        error = refused(data)

        assert error.condition is Condition.UNSUPPORTED_MESSAGE
        assert error.told == ("1.2.392.200011.61.1.1.1.4",)

    def test_gcm_that_was_changed(self) -> None:
        data = bytearray(
            openssl.encrypt(
                signed_by(office().signing),
                portal().encryption.certificate.der,
                words="-aes-256-gcm",
            )
        )
        data[-30] ^= 1

        assert refused(bytes(data)).condition is Condition.INVALID_CERTIFICATE

    def test_gcm_with_authenticated_attributes(self) -> None:
        """They count as one set, which is not how they stand in the message (RFC 5083, 2.2)."""
        data, changed = with_attributes(b"attribute 1"), with_attributes(b"attribute 2", b"1")

        assert opened(data).content == MESSAGE
        assert refused(changed).condition is Condition.INVALID_CERTIFICATE

    def test_pss_with_another_digest_in_its_mask(self) -> None:
        words = "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:sha512"
        inner = openssl.sign_as(MESSAGE, office().signing, words)

        error = refused(sealed_for(portal().encryption, inner))

        assert error.condition is Condition.UNSUPPORTED_MESSAGE and error.told == ("RSA-PSS",)

    @pytest.mark.parametrize(
        ("words", "digest"),
        [
            ("-md sha384", "sha384"),
            ("-md sha512", "sha512"),
            ("-md sha256 -noattr", "sha256"),
            ("-md sha256 -keyopt rsa_padding_mode:pss", "sha256"),
            ("-md sha512 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20", "sha512"),
            ("-md sha256 -keyid", "sha256"),
            ("-md sha256 -stream", "sha256"),
        ],
    )
    def test_signatures_of_others_are_read(self, words: str, digest: str) -> None:
        inner = openssl.sign_as(MESSAGE, office().signing, words)

        found = opened(sealed_for(portal().encryption, inner))

        assert found.content == MESSAGE and found.algorithms[1] == digest

    @pytest.mark.parametrize("words", ["-md sha1", "-md sha1 -noattr"])
    def test_sha1_is_refused(self, words: str) -> None:
        inner = openssl.sign_as(MESSAGE, office().signing, words)

        error = refused(sealed_for(portal().encryption, inner))

        assert error.condition is Condition.UNSUPPORTED_MESSAGE and error.told == ("SHA-1",)


def with_attributes(said: bytes, counted: bytes = b"") -> bytes:
    """A message in GCM with an attribute, and a tag over this one or over another."""
    inner, to = signed_by(office().signing), portal().encryption
    data = openssl.encrypt(inner, to.certificate.der, words="-aes-256-gcm")
    sealed = envelope(data)
    key = to.private.decrypt(sealed.recipients[0].wrapped, padding.PKCS1v15())
    oid = bytes.fromhex("0603551d0e")
    attributes = [
        b"\x30" + _sized(oid + b"\x31" + _sized(b"\x04" + _sized(one)))
        for one in (said, said[:-1] + counted if counted else said)
    ]
    both = AESGCM(key).encrypt(sealed.nonce, inner, b"\x31" + _sized(attributes[1]))
    data = data.replace(sealed.body, both[:-16])
    after = b"\xa1" + _sized(attributes[0]) + b"\x04\x10" + both[-16:]
    return exchanged(data, b"\x04\x10" + sealed.tag, after)


def _sized(content: bytes) -> bytes:
    return bytes([len(content)]) + content
