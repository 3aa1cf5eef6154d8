"""Whose a certificate is and what it is for; and that a chain is more than a name."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from dialog.adapters.cms.authority import SIGNING, Authority
from dialog.adapters.cms.certificates import NotACertificate, certificate, certificates_in
from dialog.adapters.cms.chains import Trust, Use
from dialog.adapters.cms.revocation import MemoryRevocation
from dialog.interop.conditions import Condition, Refused
from tests.adapters.cms.by_hand import CERTIFICATES, NON_REPUDIATION, made, own_key
from tests.adapters.cms.enterprises import OFFICE, authority, office


class TestWhose:
    @pytest.mark.parametrize(
        ("names", "organisation"),
        [
            ({"number": "987654325"}, "987654325"),
            ({"identifier": "NTRNO-987654325"}, "987654325"),
            ({"identifier": "NTRNO-987654325", "number": "912345678"}, "987654325"),
            ({"number": "UN:NO-9578-4050-100001"}, ""),
            ({}, ""),
        ],
    )
    def test_the_enterprises_number(self, names: dict[str, str], organisation: str) -> None:
        assert certificate(made(office().signing, **names)).organisation == organisation

    def test_what_it_may_be_used_for(self) -> None:
        sign, encrypt = office().signing.certificate, office().encryption.certificate
        neither = certificate(made(office().signing))

        assert (sign.may_sign, sign.may_encrypt) == (True, False)
        assert (encrypt.may_sign, encrypt.may_encrypt) == (False, True)
        assert (neither.may_sign, neither.may_encrypt) == (False, False)

    def test_several_in_a_file(self) -> None:
        pem = b"".join(
            certificate(one).x509.public_bytes(Encoding.PEM)
            for one in (authority().root, authority().issuing)
        )

        assert certificates_in(pem) == (authority().root, authority().issuing)
        assert certificates_in(authority().root) == (authority().root,)

    @given(st.data())
    def test_bytes_changed_in_it_are_read_or_no_certificate(self, data: st.DataObject) -> None:
        changed = bytearray(office().signing.certificate.der)
        for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=3)):
            changed[at] ^= data.draw(st.integers(1, 255))

        try:
            read = certificate(bytes(changed))
        except NotACertificate:
            return

        assert isinstance(read.issuer, bytes) and isinstance(read.key_id, bytes)
        assert read.key is None or read.key.key_size >= 2048


class TestChains:
    @pytest.fixture
    def trust(self) -> Trust:
        return trusted(authority())

    def test_an_enterprise_cannot_vouch_for_another(self, trust: Trust) -> None:
        """Signed by a real enterprise's key, which is no authority."""
        forged = made(office().signing, NON_REPUDIATION, number=OFFICE)
        with_it = Trust(
            [authority().root],
            [authority().issuing, office().signing.certificate.der],
            revocation=MemoryRevocation(),
        )

        for one in (trust, with_it):
            assert condition(one, forged) is Condition.UNVERIFIED_CERTIFICATE

    @pytest.mark.parametrize(
        ("is_authority", "may_sign", "good"),
        [(True, True, True), (False, True, False), (True, False, False)],
    )
    def test_an_issuer_is_an_authority_and_may_sign_certificates(
        self, is_authority: bool, may_sign: bool, good: bool
    ) -> None:
        first = own_key(office().signing)
        root = own_key(
            first,
            x509.BasicConstraints(True, None),
            CERTIFICATES,
            private=first.private,
        )
        issuer = own_key(
            root,
            x509.BasicConstraints(is_authority, None),
            CERTIFICATES if may_sign else NON_REPUDIATION,
            number="1",
        )
        one = made(issuer, NON_REPUDIATION, number=OFFICE)
        trust = Trust(
            [root.certificate.der], [issuer.certificate.der], revocation=MemoryRevocation()
        )

        if good:
            assert trust.must_be_good(one, Use.SIGN, whose="them").der == one
        else:
            assert condition(trust, one) is Condition.UNVERIFIED_CERTIFICATE

    def test_nobody_is_trusted_without_a_root(self) -> None:
        nobody = Trust([], revocation=MemoryRevocation())

        good = office().signing.certificate.der
        assert condition(nobody, good) is Condition.UNVERIFIED_CERTIFICATE

    def test_the_name_of_an_authority_is_not_enough(self, trust: Trust) -> None:
        """Another authority of the same name has signed it."""
        forged = Authority().issue("X", OFFICE, SIGNING).certificate.der

        assert condition(trust, forged) is Condition.UNVERIFIED_CERTIFICATE

    def test_a_key_that_is_not_rsa_or_too_short(self, trust: Trust) -> None:
        curve = ec.generate_private_key(ec.SECP256R1())
        short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - what is refused

        for key in (curve, short):
            one = made(office().signing, NON_REPUDIATION, private=key)
            assert condition(trust, one) is Condition.INVALID_CERTIFICATE

    def test_a_good_one_for_its_use_and_no_other(self, trust: Trust) -> None:
        good = office().encryption.certificate.der

        assert trust.must_be_good(good, Use.ENCRYPT, whose="us").der == good
        assert condition(trust, good) is Condition.INVALID_CERTIFICATE

    def test_a_chain_is_good_no_longer_than_all_of_it(self) -> None:
        """The chain is remembered; its periods are looked at every time."""
        times = [now()]
        trust = Trust(
            [authority().root],
            [authority().issuing],
            revocation=MemoryRevocation(),
            now=lambda: times[-1],
        )
        long = (
            authority()
            .issue("Lang", OFFICE, SIGNING, ends=now() + timedelta(days=800))
            .certificate.der
        )
        assert trust.must_be_good(long, Use.SIGN, whose="us").der == long

        times.append(now() + timedelta(days=700))

        assert condition(trust, long) is Condition.UNVERIFIED_CERTIFICATE


def trusted(one: Authority) -> Trust:
    return Trust([one.root], [one.issuing], revocation=MemoryRevocation())


def condition(trust: Trust, der_: bytes) -> Condition:
    with pytest.raises(Refused) as refused:
        trust.must_be_good(der_, Use.SIGN, whose="them")
    return refused.value.condition
