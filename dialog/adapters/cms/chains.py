"""Whether a certificate may be trusted for a use: its chain, period, usage and standing.

The chain is built by `cryptography`'s verifier, with its rules for web servers taken out:
enterprise certificates name no host (no subject alternative name), have no extended key usage for
TLS, and carry a critical key usage of non-repudiation alone. What is left is what a chain is:
signatures, periods, names, an issuer that is an authority, may sign certificates, and stands not
deeper than it may.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from threading import Lock

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from dialog.adapters.cms.certificates import Certificate, NotACertificate, certificate, right_now
from dialog.adapters.cms.revocation import Revocation, Standing, Unreachable
from dialog.interop.conditions import Condition, ProtectionError, Refused, TryLater

_MOST_KEPT = 4096


class Use(StrEnum):
    """What a certificate is to be used for."""

    SIGN = "sign"
    ENCRYPT = "encrypt"


class Trust:
    """Which authorities we trust, and what is between them and those who send."""

    def __init__(
        self,
        roots: Iterable[bytes],
        between: Iterable[bytes] = (),
        *,
        revocation: Revocation,
        now: Callable[[], datetime] = right_now,
    ) -> None:
        self._roots = [certificate(one).x509 for one in roots]
        self._between = [certificate(one).x509 for one in between]
        self._revocation, self._now = revocation, now
        self._chains: dict[bytes, Sequence[Certificate]] = {}
        self._lock = Lock()

    def must_be_good(self, der: bytes | None, use: Use, *, whose: str) -> Certificate:
        """The certificate, when nothing is wrong with it; Refused with the bus's condition.

        With several faults it is invalid, as the bus has it; TryLater when its standing cannot be
        asked for now. ``whose`` is for the sentence.
        """
        if not der:
            raise Refused(Condition.MISSING_CERTIFICATE, f"There is no certificate for {whose}.")
        try:
            read = certificate(der)
        except NotACertificate as error:
            said = f"The certificate of {whose} cannot be read."
            raise Refused(Condition.INVALID_CERTIFICATE, said) from error
        now = self._now()
        faults = [*_own_faults(read, use, now)] or [*self._faults_of_chain(read, now)]
        if faults:
            raise _refused(faults, read, whose)
        return read

    def _faults_of_chain(self, read: Certificate, now: datetime) -> Iterable[Condition]:
        chain = self._chain(read)
        if not chain or not all(one.is_valid_at(now) for one in chain):
            yield Condition.UNVERIFIED_CERTIFICATE
            return
        for one, issuer in pairwise(chain):
            try:
                answer = self._revocation.asked(one, issuer)
            except Unreachable as error:
                said = f"Nobody could say whether certificate {one.serial:x} is called back."
                raise TryLater(said) from error
            if answer.standing is not Standing.GOOD:
                yield Condition.REVOKED_CERTIFICATE
                return

    def _chain(self, read: Certificate) -> Sequence[Certificate]:
        """From the certificate to the root; empty when there is no way to one. Built once."""
        kept = self._chains.get(read.der)
        if kept is None:
            kept = self._built(read)
            with self._lock:
                if len(self._chains) >= _MOST_KEPT:
                    self._chains.clear()
                if kept:  # a chain that failed may come right with the clock
                    self._chains[read.der] = kept
        return kept

    def _built(self, read: Certificate) -> Sequence[Certificate]:
        if not self._roots:
            return ()
        try:
            builder = PolicyBuilder().store(Store(self._roots)).time(self._now())
            builder = builder.extension_policies(ca_policy=_authority(), ee_policy=_enterprise())
            found = builder.build_client_verifier().verify(read.x509, self._between)
            return [certificate(one.public_bytes(Encoding.DER)) for one in found.chain]
        except (VerificationError, NotACertificate, ValueError):
            return ()


def _own_faults(read: Certificate, use: Use, now: datetime) -> Iterable[Condition]:
    if not read.is_valid_at(now):
        yield Condition.EXPIRED_CERTIFICATE
    if not (read.may_sign if use is Use.SIGN else read.may_encrypt) or read.key is None:
        yield Condition.INVALID_CERTIFICATE


def _refused(faults: Sequence[Condition], read: Certificate, whose: str) -> ProtectionError:
    condition = faults[0] if len(set(faults)) == 1 else Condition.INVALID_CERTIFICATE
    said = f"The certificate of {whose} ({read.serial:x}) is not good: {', '.join(faults)}."
    return Refused(condition, said)


def _authority() -> ExtensionPolicy:
    """The verifier itself sees that it is an authority, and how deep it may stand."""
    return (
        ExtensionPolicy.permit_all()
        .require_present(x509.BasicConstraints, Criticality.AGNOSTIC, None)
        .require_present(x509.KeyUsage, Criticality.AGNOSTIC, _may_sign_certificates)
    )


def _enterprise() -> ExtensionPolicy:
    return ExtensionPolicy.permit_all().require_present(x509.KeyUsage, Criticality.AGNOSTIC, None)


def _may_sign_certificates(_policy: Policy, _one: x509.Certificate, said: x509.KeyUsage) -> None:
    if not said.key_cert_sign:
        raise ValueError("An issuer in the chain may not sign certificates.")
