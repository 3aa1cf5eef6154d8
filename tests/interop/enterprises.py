"""The office and us with real keys of the development authority, and messages nearly protected."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.ports import port
from tests.adapters.cms.enterprises import (
    OFFICE,
    PORTAL,
    Enterprise,
    enterprise,
    protection_of,
    sealed_for,
    signed_by,
    signing_with,
    special,
)
from tests.interop.record_system import LUND, NUMBERS, STORGATA, STRANGER, US, Bus, party

MEGABYTE = 1024 * 1024


def ours() -> Enterprise:
    return enterprise(US, PORTAL)


def office() -> Enterprise:
    return enterprise(LUND, OFFICE)


def stranger() -> Enterprise:
    return enterprise(STRANGER, "955555551")


def protected(xml: bytes, signer: Enterprise | None = None) -> bytes:
    return sealed_for(ours().encryption, signed_by((signer or office()).signing, xml))


def _changed(xml: bytes) -> bytes:
    whole = bytearray(protected(xml))
    whole[-20] ^= 1
    return bytes(whole)


def _special(kind: str) -> Callable[[bytes], bytes]:
    return lambda xml: sealed_for(ours().encryption, signed_by(special(kind), xml))


# What has been done to a message on its way.
WAYS: Mapping[str, Callable[[bytes], bytes]] = {
    "": protected,
    "not at all": lambda xml: xml,
    "signed only": lambda xml: signed_by(office().signing, xml),
    "encrypted only": lambda xml: sealed_for(ours().encryption, xml),
    "for another": lambda xml: sealed_for(stranger().encryption, signed_by(office().signing, xml)),
    "by another": lambda xml: protected(xml, stranger()),
    "of another enterprise": lambda xml: protected(xml, stranger()),
    "expired": _special("expired"),
    "wrong use": _special("wrong use"),
    "another authority": _special("another authority"),
    "called back": protected,
    "without a certificate": protected,
    "cut short": lambda xml: protected(xml)[:-400],
    "changed": _changed,
    "no body": lambda _xml: b"",
    "too large": lambda xml: xml.ljust(21 * MEGABYTE),
}


def known_as(way: str) -> Enterprise:
    """The office as the registry knows it."""
    if way in ("expired", "wrong use", "another authority"):
        return signing_with(special(way), office())
    if way == "without a certificate":
        return replace(office(), profile=replace(office().profile, signing=None))
    if way == "of another enterprise":  # in the agreement, and not in the registry
        return signing_with(stranger().signing, office())
    return office()


def protection(way: str) -> CmsProtection:
    revocation = MemoryRevocation()
    if way == "called back":
        revocation.revoked.add(office().signing.certificate.serial)
    return protection_of(*ours().keys, revocation=revocation)


def registry(way: str) -> MemoryRegistry:
    parties = {number: party(number, name) for number, name in NUMBERS.items()}
    parties[LUND] = replace(parties[LUND], organisations=frozenset({OFFICE}))
    lund = known_as(way).profile
    profiles = [ours().profile, lund, replace(lund, her_id=STORGATA), stranger().profile]
    return MemoryRegistry(parties=parties.values(), profiles=profiles)


def connected(monkeypatch: pytest.MonkeyPatch, bus: Bus, way: str) -> None:
    """Let the product use them."""
    here = {
        "MESSAGE_TRANSPORT": bus,
        "ADDRESS_REGISTRY": registry(way),
        "MESSAGE_PROTECTION": protection(way),
    }
    known = port
    monkeypatch.setattr(
        "dialog.interop.ports.port", lambda name: here[name] if name in here else known(name)
    )
