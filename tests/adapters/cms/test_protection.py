"""The port, held against what is real and what is in memory: the same is let through by both."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.adapters.memory import MemoryProtection
from dialog.interop.conditions import Condition, ProtectionError, Refused, TryLater
from dialog.interop.ports import MessageProtection
from dialog.interop.trees import MOST_BYTES
from tests.adapters.cms import openssl
from tests.adapters.cms.enterprises import (
    MESSAGE,
    OFFICE,
    office,
    portal,
    protection_of,
    sealed_for,
    signed_by,
    stranger,
)


def real() -> MessageProtection:
    return protection_of(*office().keys, *portal().keys)


@pytest.fixture(params=["memory", "cms"])
def protection(request: pytest.FixtureRequest) -> MessageProtection:
    return MemoryProtection() if request.param == "memory" else real()


def sent(protection: MessageProtection, data: bytes = MESSAGE) -> bytes:
    return protection.protect(data, to=portal().profile, own=office().profile)


class TestMessageProtection:
    def test_what_is_protected_is_opened_again(self, protection: MessageProtection) -> None:
        opened = protection.open(sent(protection), sender=office().profile, own=portal().profile)

        assert opened.content == MESSAGE
        assert opened.organisation == OFFICE
        assert opened.certificate == office().profile.signing
        assert "Blåbær" not in repr(opened)

    def test_every_byte_comes_through(self, protection: MessageProtection) -> None:
        data = b"<a>\r\n\n\r\x00" + bytes(range(256)) + "æøå\U0001f600".encode()

        opened = protection.open(
            sent(protection, data), sender=office().profile, own=portal().profile
        )

        assert opened.content == data

    def test_another_receiver_cannot_open_it(self, protection: MessageProtection) -> None:
        data = protection.protect(MESSAGE, to=stranger().profile, own=office().profile)

        with pytest.raises(Refused) as refused:
            protection.open(data, sender=office().profile, own=portal().profile)

        assert refused.value.condition is Condition.INVALID_CERTIFICATE

    def test_it_is_not_another_senders(self, protection: MessageProtection) -> None:
        with pytest.raises(Refused) as refused:
            protection.open(sent(protection), sender=stranger().profile, own=portal().profile)

        assert refused.value.condition is Condition.UNVERIFIED_CERTIFICATE

    def test_a_sender_without_a_certificate_is_told(self, protection: MessageProtection) -> None:
        nobody = replace(office().profile, signing=None)

        with pytest.raises(Refused) as refused:
            protection.open(sent(protection), sender=nobody, own=portal().profile)

        assert refused.value.condition is Condition.MISSING_CERTIFICATE

    def test_nothing_is_sent_to_a_receiver_without_one(self, protection: MessageProtection) -> None:
        nobody = replace(portal().profile, encryption=None)

        with pytest.raises(Refused) as refused:
            protection.protect(MESSAGE, to=nobody, own=office().profile)

        assert refused.value.condition is Condition.MISSING_CERTIFICATE

    def test_what_is_too_large_is_taken_neither_way(self, protection: MessageProtection) -> None:
        large = bytes(MOST_BYTES + 1024 * 1024)

        for tried in (
            lambda: protection.protect(large, to=portal().profile, own=office().profile),
            lambda: protection.open(large, sender=office().profile, own=portal().profile),
        ):
            with pytest.raises(Refused) as refused:
                tried()
            assert refused.value.condition is Condition.UNSUPPORTED_MESSAGE

    @pytest.mark.parametrize("cut", [0, 1, 40, 200, -1])
    def test_a_truncated_body_is_refused(self, protection: MessageProtection, cut: int) -> None:
        data = sent(protection)[:cut]

        with pytest.raises(Refused):
            protection.open(data, sender=office().profile, own=portal().profile)

    def test_a_changed_body_is_refused(self, protection: MessageProtection) -> None:
        whole = sent(protection)
        changed = whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:]

        with pytest.raises(Refused):
            protection.open(changed, sender=office().profile, own=portal().profile)


class TestAnyBytes:
    """Whatever comes, it is one of the two errors, and never another."""

    @given(st.binary(max_size=400))
    def test_garbage(self, data: bytes) -> None:
        for protection in (MemoryProtection(), real()):
            with pytest.raises(ProtectionError):
                protection.open(data, sender=office().profile, own=portal().profile)

    @given(st.data())
    def test_a_message_with_some_bytes_changed(self, data: st.DataObject) -> None:
        changed = data.draw(changes(data.draw(st.sampled_from(every_envelope()))))

        assert opened_or_refused(changed) in (MESSAGE, b"")

    @given(st.data())
    def test_a_signed_message_with_some_bytes_changed(self, data: st.DataObject) -> None:
        changed = data.draw(changes(data.draw(st.sampled_from(every_signature()))))

        assert opened_or_refused(sealed_for(portal().encryption, changed)) in (MESSAGE, b"")


@st.composite
def changes(draw: st.DrawFn, whole: bytes) -> bytes:
    """The same bytes, with a few of them changed, gone or added."""
    changed = bytearray(whole)
    for _time in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(changed) - 1))
        how = draw(st.sampled_from(("other", "gone", "more")))
        if how == "other":
            changed[at] ^= draw(st.integers(1, 255))
        elif how == "gone":
            del changed[at : at + draw(st.integers(1, 8))]
        else:
            changed[at:at] = draw(st.binary(min_size=1, max_size=4))
    return bytes(changed)


@cache
def every_envelope() -> list[bytes]:
    """One for each form and algorithm that is read."""
    ways = (
        "-aes-256-cbc",
        "-aes-256-gcm",
        "-des3",
        "-aes-256-cbc -keyopt rsa_padding_mode:oaep",
        "-aes-256-cbc -stream",
        "-aes-128-cbc -keyid",
    )
    inner, to = signed_by(office().signing), portal().encryption.certificate.der
    return [openssl.encrypt(inner, to, words=one) for one in ways]


@cache
def every_signature() -> list[bytes]:
    """One for each form and algorithm that is read."""
    ways = (
        "-md sha256",
        "-md sha256 -noattr",
        "-md sha256 -keyopt rsa_padding_mode:pss",
        "-md sha256 -stream",
        "-md sha512 -keyid",
    )
    return [openssl.sign_as(MESSAGE, office().signing, one) for one in ways]


def opened_or_refused(data: bytes) -> bytes:
    """The content, where the change was in something nobody reads; nothing where it was refused."""
    protection = protection_of(*office().keys, *portal().keys, old_ciphers=True)
    try:
        found = protection.open(data, sender=office().profile, own=portal().profile)
    except ProtectionError:
        return b""
    return found.content


def test_a_key_of_our_own_that_is_missing_is_our_fault() -> None:
    protection = protection_of(*portal().keys)

    with pytest.raises(TryLater, match="no key to sign with"):
        protection.protect(MESSAGE, to=portal().profile, own=office().profile)
