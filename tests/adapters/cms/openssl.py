"""OpenSSL's own CMS, as somebody else's hand. Without the program the tests that use it fail."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from dialog.adapters.cms.certificates import certificate
from dialog.adapters.cms.keys import OwnKey

AS_IT_IS = ("-binary", "-nosmimecap")


def sign(data: bytes, *keys: OwnKey, extra: tuple[bytes, ...] = (), words: str = "") -> bytes:
    """Signed by each of these, with the content inside and these certificates as well."""
    with TemporaryDirectory() as folder:
        at = Path(folder)
        signers = [
            word
            for number, key in enumerate(keys)
            for word in (
                *("-signer", _pem(at / f"{number}.pem", key.certificate.der)),
                *("-inkey", _key(at / f"{number}.key", key)),
                *words.split(),
            )
        ]
        others = ["-certfile", _pem(at / "extra.pem", *extra)] if extra else []
        return _run(at, data, "-sign", "-nodetach", *signers, *others, "-md", "sha256")


def sign_as(data: bytes, key: OwnKey, words: str) -> bytes:
    """Signed by one, with options of its own instead of our usual ones."""
    with TemporaryDirectory() as folder:
        at = Path(folder)
        who = ("-signer", _pem(at / "s.pem", key.certificate.der))
        return _run(
            at, data, "-sign", "-nodetach", *who, "-inkey", _key(at / "s.key", key), *words.split()
        )


def encrypt(data: bytes, *to: bytes, words: str = "-aes-256-cbc") -> bytes:
    """Encrypted for each of these certificates."""
    with TemporaryDirectory() as folder:
        at = Path(folder)
        receivers = [
            word
            for number, der in enumerate(to)
            for word in ("-recip", _pem(at / f"{number}.pem", der))
        ]
        cipher, *options = words.split()
        return _run(at, data, "-encrypt", cipher, *receivers, *options)


def decrypt(data: bytes, key: OwnKey) -> bytes:
    with TemporaryDirectory() as folder:
        at = Path(folder)
        who = ("-recip", _pem(at / "r.pem", key.certificate.der))
        return _run(at, data, "-decrypt", *who, "-inkey", _key(at / "r.key", key), "-inform", "DER")


def verify(data: bytes, *roots: bytes) -> bytes:
    """The content of a signed message whose signer these roots vouch for."""
    with TemporaryDirectory() as folder:
        at = Path(folder)
        trusted = ("-CAfile", _pem(at / "roots.pem", *roots), "-purpose", "any")
        return _run(at, data, "-verify", "-inform", "DER", *trusted)


def _run(at: Path, data: bytes, *words: str | Path) -> bytes:
    (at / "in").write_bytes(data)
    out = at / "out"
    form = () if "-decrypt" in words or "-verify" in words else ("-outform", "DER")
    subprocess.run(
        ["openssl", "cms", *words, *AS_IT_IS[: 1 + ("-sign" in words)], "-in", at / "in",
         *form, "-out", out],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return out.read_bytes()


def _pem(path: Path, *ders: bytes) -> Path:
    path.write_bytes(b"".join(certificate(one).x509.public_bytes(Encoding.PEM) for one in ders))
    return path


def _key(path: Path, key: OwnKey) -> Path:
    path.write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path
