"""Our own keys in a folder, and the whole thing as the settings make it."""

import logging
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.cms import from_settings
from dialog.adapters.cms.certificates import certificate
from dialog.adapters.cms.keys import KeyFolder, OwnKey
from dialog.interop.conditions import Refused
from tests.adapters.cms.enterprises import MESSAGE, authority, office, portal


def as_pem(key: OwnKey, *more: bytes) -> bytes:
    private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    ders = (*more, key.certificate.der)
    return private + b"".join(certificate(one).x509.public_bytes(Encoding.PEM) for one in ders)


def as_p12(key: OwnKey, password: bytes) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"key", key.private, key.certificate.x509, None, BestAvailableEncryption(password)
    )


def serials(folder: KeyFolder) -> set[int]:
    return {one.certificate.serial for one in folder.all()}


class TestKeyFolder:
    def test_both_forms_side_by_side(self, tmp_path: Path) -> None:
        sign, encrypt = office().signing, office().encryption
        (tmp_path / "old.pem").write_bytes(as_pem(sign, authority().issuing))
        (tmp_path / "new.p12").write_bytes(as_p12(encrypt, b"hemmelig"))

        found = KeyFolder(tmp_path, password="hemmelig", every=0)

        assert serials(found) == {sign.certificate.serial, encrypt.certificate.serial}
        assert "PrivateKey" not in repr(found.all())

    def test_a_new_one_is_found_and_one_that_is_gone_is_not(self, tmp_path: Path) -> None:
        found = KeyFolder(tmp_path, every=0)
        assert serials(found) == set()

        (tmp_path / "a.pem").write_bytes(as_pem(office().signing))
        assert serials(found) == {office().signing.certificate.serial}

        (tmp_path / "a.pem").unlink()
        assert serials(found) == set()

    def test_what_cannot_be_used_is_named_without_a_word_of_it(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        curve = ec.generate_private_key(ec.SECP256R1())
        bare = curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / "a.pem").write_bytes(b"not a key")
        (tmp_path / "b.p12").write_bytes(as_p12(office().signing, b"another"))
        (tmp_path / "c.pem").write_bytes(bare)
        (tmp_path / "d.pem").write_bytes(
            as_pem(office().signing).split(b"-----BEGIN CERTIFICATE")[0]
            + certificate(authority().root).x509.public_bytes(Encoding.PEM)
        )
        (tmp_path / "good.pem").write_bytes(as_pem(office().encryption))

        with caplog.at_level(logging.WARNING):
            found = serials(KeyFolder(tmp_path, password="wrong", every=0))

        assert found == {office().encryption.certificate.serial}
        for name in ("a.pem", "b.p12", "c.pem", "d.pem"):
            assert f"key file cannot be used: {name}" in caplog.text
        assert "BEGIN" not in caplog.text and "wrong:" not in caplog.text


class TestTheSettings:
    @pytest.fixture
    def folders(self, tmp_path: Path, settings: Any) -> Path:
        keys, trust = tmp_path / "keys", tmp_path / "trust"
        keys.mkdir()
        trust.mkdir()
        for number, key in enumerate([*office().keys, *portal().keys]):
            (keys / f"{number}.pem").write_bytes(as_pem(key))
        (trust / "root.cer").write_bytes(authority().root)
        (trust / "issuing.cer").write_bytes(authority().issuing)
        settings.MESSAGE_KEYS_DIR = str(keys)
        settings.MESSAGE_TRUST_DIR = str(trust)
        return tmp_path

    def test_a_message_goes_through(self, folders: Path, settings: Any) -> None:
        settings.MESSAGE_REVOCATION = "none"
        protection = from_settings()

        data = protection.protect(MESSAGE, to=portal().profile, own=office().profile)
        opened = protection.open(data, sender=office().profile, own=portal().profile)

        assert opened.content == MESSAGE

    def test_certificates_are_asked_for_unless_it_is_a_demonstration(
        self, folders: Path, settings: Any
    ) -> None:
        settings.MESSAGE_REVOCATION = "http"

        with pytest.raises(Refused, match="revoked"):  # they say nowhere to ask
            from_settings().protect(MESSAGE, to=portal().profile, own=office().profile)

    def test_an_authority_file_that_is_none_stops_the_start(self, folders: Path) -> None:
        (folders / "trust" / "x.pem").write_bytes(b"x")

        with pytest.raises(ImproperlyConfigured, match=r"x\.pem"):
            from_settings()
