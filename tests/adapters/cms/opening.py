"""A message opened by the portal, and messages that are nearly right."""

import pytest

from dialog.adapters.cms import asn1
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.interop.conditions import Refused
from dialog.interop.ports import Opened
from dialog.interop.profiles import Profile
from tests.adapters.cms.enterprises import (
    Enterprise,
    office,
    portal,
    protection_of,
    sealed_for,
    signed_by,
)


def opened(
    data: bytes,
    sender: Enterprise | None = None,
    *,
    revocation: MemoryRevocation | None = None,
    old_ciphers: bool = False,
    own: Profile | None = None,
) -> Opened:
    protection = protection_of(*portal().keys, revocation=revocation, old_ciphers=old_ciphers)
    sender = sender or office()
    return protection.open(data, sender=sender.profile, own=own or portal().profile)


def refused(data: bytes, sender: Enterprise | None = None, **how: bool) -> Refused:
    with pytest.raises(Refused) as error:
        opened(data, sender, **how)
    return error.value


def good() -> bytes:
    return sealed_for(portal().encryption, signed_by(office().signing))


def exchanged(data: bytes, before: bytes, after: bytes) -> bytes:
    """The same ASN.1 with one value exchanged, and every length around it made right again."""

    def rebuilt(value: asn1.Value) -> bytes:
        if value.whole == before:
            return after
        if not value.constructed or before not in value.content:
            return value.whole
        content = b"".join(rebuilt(one) for one in value.children())
        length = len(content)
        sized = length.to_bytes((length.bit_length() + 7) // 8 or 1, "big")
        head = bytes([length]) if length < 128 else bytes([0x80 | len(sized)]) + sized
        return value.whole[:1] + head + content

    return rebuilt(asn1.whole(data))
