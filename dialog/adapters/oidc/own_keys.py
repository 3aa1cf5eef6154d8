"""Our own keys for signing: a folder, so that they are changed without anybody being shut out.

A key is a file, ``2026-12-01.pem``: published as soon as it lies there, used from that day (in
Norway) until the day of a newer one. Files without a day in their name are used from the start. The
folder is looked at again within a minute; what could not be read then leaves the keys as they were.
A certificate for a key lies beside it, ``2026-12-01.crt``, with the authorities above it.
"""

import logging
import re
import threading
import time
from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

log = logging.getLogger(__name__)

LOOK_AGAIN = 60.0
SHORTEST_RSA = 2048
ALGORITHMS = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}
DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One of our keys."""

    since: date
    kid: str
    algorithm: str
    key: RSAKey | ECKey
    # Its certificate, and those above it, as ``x5c`` carries them (RFC 7517, 4.7).
    chain: tuple[str, ...] = ()

    def published(self) -> dict[str, Any]:
        """Its public half, as a provider reads it."""
        public = self.key.as_dict(private=False)
        return {**public, "kid": self.kid, "alg": self.algorithm, "use": "sig"}


class OwnKeys:
    """The keys in a folder; only those of some ``algorithms``, where the other side takes no other,
    and ``told_in`` which document.
    """

    def __init__(
        self, folder: str, *, algorithms: Collection[str] = (), told_in: str = "docs/sign-in.md"
    ) -> None:
        self._folder = Path(folder)
        self._algorithms = algorithms
        self._told_in = told_in
        self._lock = threading.Lock()
        self._keys: list[Own] = []
        self._files: list[tuple[str, int]] = []
        self._looked_at = float("-inf")

    def now(self) -> Own:
        """The one to sign with today: the newest whose day has come."""
        today = timezone.localdate()
        come = [one for one in self._all() if one.since <= today]
        if not come:
            raise ImproperlyConfigured(
                f"No key in {self._folder} may be used yet: see {self._told_in}."
            )
        return come[-1]

    def published(self) -> dict[str, Any]:
        """All of them, public."""
        return {"keys": [one.published() for one in self._all()]}

    def _all(self) -> list[Own]:
        with self._lock:
            if time.monotonic() - self._looked_at > LOOK_AGAIN:
                self._look()
                self._looked_at = time.monotonic()
            return self._keys

    def _look(self) -> None:
        named = [*self._folder.glob("*.pem"), *self._folder.glob("*.crt")]
        files = sorted((one.name, one.stat().st_mtime_ns) for one in named)
        if files == self._files and self._keys:
            return
        try:
            self._keys, self._files = self._read(), files
        except ImproperlyConfigured as error:
            if not self._keys:
                raise
            log.warning("The keys to sign with are as they were: %s", error)

    def _read(self) -> list[Own]:
        files = sorted(self._folder.glob("*.pem")) if self._folder.is_dir() else []
        if not files:
            raise ImproperlyConfigured(
                f"There is no key (.pem) to sign with in {self._folder}: see {self._told_in}."
            )
        found = [_key(one) for one in files]
        if self._algorithms and any(one.algorithm not in self._algorithms for one in found):
            raise ImproperlyConfigured(
                f"Every key in {self._folder} must be for {' or '.join(self._algorithms)}: "
                f"see {self._told_in}."
            )
        return sorted(found, key=lambda one: (one.since, one.kid))


def _key(path: Path) -> Own:
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(f"Others can read {path}: make it the product's alone.")
    day = DAY.match(path.name)
    try:
        since = date.fromisoformat(day[1]) if day else date.min
        key, algorithm = _imported(path.read_bytes())
    except (JoseError, ValueError, TypeError, KeyError, UnsupportedAlgorithm) as error:
        raise ImproperlyConfigured(
            f"{path} is not a private key we sign with (EC, or RSA of {SHORTEST_RSA} bits)."
        ) from error
    chain = _chain(path.with_suffix(".crt"), key)
    return Own(since=since, kid=key.thumbprint(), algorithm=algorithm, key=key, chain=chain)


def _chain(path: Path, key: RSAKey | ECKey) -> tuple[str, ...]:
    if not path.exists():
        return ()
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} is not a certificate (PEM).") from error
    theirs, ours = (
        one.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        for one in (found[0].public_key(), key.public_key)
    )
    if theirs != ours:
        raise ImproperlyConfigured(f"{path} must begin with the certificate of the key beside it.")
    return tuple(b64encode(one.public_bytes(Encoding.DER)).decode() for one in found)


def _imported(words: bytes) -> tuple[RSAKey | ECKey, str]:
    """The key, and the one way it is used."""
    private = load_pem_private_key(words, None)
    if isinstance(private, EllipticCurvePrivateKey):
        curved = ECKey.import_key(private)
        return curved, ALGORITHMS[curved.curve_name]
    if not isinstance(private, RSAPrivateKey) or private.key_size < SHORTEST_RSA:
        raise ValueError
    return RSAKey.import_key(private), "RS256"
