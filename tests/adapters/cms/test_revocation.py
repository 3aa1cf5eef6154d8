"""Whether a certificate is called back: the port, in memory and over HTTP, and its cache."""

import time
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.utils.timezone import now

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING, Authority
from dialog.adapters.cms.certificates import Certificate, certificate
from dialog.adapters.cms.chains import Trust, Use
from dialog.adapters.cms.keys import GivenKeys
from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import (
    Answer,
    MemoryRevocation,
    Remembered,
    Revocation,
    Standing,
    Unreachable,
)
from dialog.adapters.cms.revocation_http import HttpRevocation
from dialog.interop.conditions import Condition, Refused, TryLater
from dialog.interop.profiles import Profile
from tests.adapters.cms.by_hand import own_key
from tests.adapters.cms.enterprises import authority as without_addresses
from tests.adapters.cms.responder import OFFICE, Responder, responder

__all__ = ["responder"]  # the fixture


@pytest.fixture
def http() -> Iterator[HttpRevocation]:
    with httpx.Client(trust_env=False) as client:
        yield HttpRevocation(client, patience=20)


def issuer(one: Authority) -> Certificate:
    return certificate(one.issuing)


class TestRevocation:
    """The port: the same is said by the one in memory and the one that asks."""

    @pytest.fixture(params=["memory", "ocsp", "crl"])
    def asked(
        self, request: pytest.FixtureRequest, responder: Responder, http: HttpRevocation
    ) -> tuple[Revocation, Responder, MemoryRevocation]:
        memory = MemoryRevocation()
        if request.param == "crl":
            responder.ocsp = 503
        return (memory if request.param == "memory" else http), responder, memory

    def test_good_until_it_is_called_back(
        self, asked: tuple[Revocation, Responder, MemoryRevocation]
    ) -> None:
        revocation, responder, memory = asked
        one, other = responder.issue(), responder.issue()
        signer = issuer(responder.authority)
        assert revocation.asked(one.certificate, signer).standing is Standing.GOOD

        responder.authority.call_back(one)
        memory.revoked.add(one.certificate.serial)

        assert revocation.asked(one.certificate, signer).standing is Standing.REVOKED
        assert revocation.asked(other.certificate, signer).standing is Standing.GOOD


class TestAsking:
    def test_the_list_is_asked_for_only_when_nobody_answers(
        self, responder: Responder, http: HttpRevocation
    ) -> None:
        one = responder.issue()

        http.asked(one.certificate, issuer(responder.authority))
        responder.ocsp = b"not an answer"
        http.asked(one.certificate, issuer(responder.authority))

        assert responder.asked == ["ocsp", "ocsp", "crl"]

    def test_nobody_there(self, responder: Responder, http: HttpRevocation) -> None:
        one = responder.issue()
        responder.ocsp, responder.crl = 503, 404

        with pytest.raises(Unreachable):
            http.asked(one.certificate, issuer(responder.authority))

    def test_too_slow(self, responder: Responder) -> None:
        one = responder.issue()
        responder.slow = 30
        begun = time.monotonic()

        with httpx.Client(trust_env=False) as client, pytest.raises(Unreachable):
            HttpRevocation(client, patience=0.2).asked(one.certificate, issuer(responder.authority))

        assert time.monotonic() - begun < 15

    def test_answers_that_nobody_believes(self, responder: Responder, http: HttpRevocation) -> None:
        """Of another certificate, by another authority, out of date, or cut."""
        one, other = responder.issue(), responder.issue()
        yesterday = now() - timedelta(days=1)
        answer = responder.authority.answer
        impostor = Authority()
        not_believed = [
            (answer(other.certificate.der), b"x"),
            (answer(one.certificate.der)[:-40], responder.authority.list_of_called_back()[:-9]),
            (
                answer(one.certificate.der, ends=yesterday + timedelta(hours=23)),
                responder.authority.list_of_called_back(ends=yesterday + timedelta(hours=23)),
            ),
            (impostor.answer(one.certificate.der), impostor.list_of_called_back()),
        ]

        for responder.ocsp, responder.crl in not_believed:
            with pytest.raises(Unreachable):
                http.asked(one.certificate, issuer(responder.authority))

    def test_a_certificate_without_an_address_is_of_unknown_standing(
        self, http: HttpRevocation
    ) -> None:
        one = without_addresses().issue("X", OFFICE, SIGNING)

        said = http.asked(one.certificate, issuer(without_addresses()))

        assert said.standing is Standing.UNKNOWN


class TestDelegates:
    """An answer may be signed by somebody the authority has given that task, and nobody else."""

    def test_one_with_the_task_is_believed(
        self, responder: Responder, http: HttpRevocation
    ) -> None:
        one = responder.issue()
        delegate = responder.authority.issue("Svarer", "", {"digital_signature"}, answers=True)
        responder.ocsp = responder.authority.answer(one.certificate.der, by=delegate)
        responder.crl = 404

        said = http.asked(one.certificate, issuer(responder.authority))

        assert said.standing is Standing.GOOD

    def test_others_are_not(self, responder: Responder, http: HttpRevocation) -> None:
        one, responder.crl = responder.issue(), 404
        yesterday = now() - timedelta(days=1)
        without = responder.authority.issue("X", "", {"digital_signature"})
        ended = responder.authority.issue(
            "X", "", {"digital_signature"}, begins=yesterday, ends=now() - timedelta(hours=2),
            answers=True,
        )  # fmt: skip
        anothers = Authority().issue("X", "", {"digital_signature"}, answers=True)

        for_the_web = own_key(
            responder.authority._issuing,
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
        )

        for impostor in (without, ended, anothers, for_the_web):
            responder.ocsp = responder.authority.answer(one.certificate.der, by=impostor)
            with pytest.raises(Unreachable):
                http.asked(one.certificate, issuer(responder.authority))


class TestTheWholeWay:
    """A message between two, with everything asked for over HTTP."""

    def test_good_then_out_of_reach_then_called_back(
        self, responder: Responder, http: HttpRevocation
    ) -> None:
        sign, encrypt = responder.issue(), responder.issue(ENCRYPTION)
        own = Profile(her_id=1, signing=sign.certificate.der, encryption=encrypt.certificate.der)
        trust = Trust([responder.authority.root], [responder.authority.issuing], revocation=http)
        protection = CmsProtection(keys=GivenKeys([sign, encrypt]), trust=trust)
        data = protection.protect(b"<a/>", to=own, own=own)
        assert protection.open(data, sender=own, own=own).content == b"<a/>"

        responder.ocsp = responder.crl = 503
        with pytest.raises(TryLater):
            protection.open(data, sender=own, own=own)

        responder.ocsp = responder.crl = None
        responder.authority.call_back(sign)
        with pytest.raises(Refused) as refused:
            protection.open(data, sender=own, own=own)
        assert refused.value.condition is Condition.REVOKED_CERTIFICATE

    @pytest.mark.parametrize("by_list", [False, True])
    def test_the_one_that_issued_them_is_called_back(
        self, responder: Responder, http: HttpRevocation, by_list: bool
    ) -> None:
        one = responder.issue()
        responder.ocsp = 503 if by_list else None
        trust = Trust([responder.authority.root], [responder.authority.issuing], revocation=http)
        assert trust.must_be_good(one.certificate.der, Use.SIGN, whose="them")

        responder.authority.call_back_issuing()

        with pytest.raises(Refused, match="revoked"):
            trust.must_be_good(one.certificate.der, Use.SIGN, whose="them")


class TestRemembering:
    def test_an_answer_is_repeated_for_as_long_as_it_holds(self, responder: Responder) -> None:
        times = [now()]
        memory = MemoryRevocation(now=lambda: times[-1])
        remembered = Remembered(memory, longest=timedelta(minutes=10), now=lambda: times[-1])
        one, signer = responder.issue().certificate, issuer(responder.authority)
        assert remembered.asked(one, signer).standing is Standing.GOOD
        memory.revoked.add(one.serial)

        times.append(times[0] + timedelta(minutes=9))
        assert remembered.asked(one, signer).standing is Standing.GOOD
        times.append(times[0] + timedelta(minutes=11))
        assert remembered.asked(one, signer).standing is Standing.REVOKED
        assert memory.times_asked == 2

    def test_no_longer_than_the_answer_says(self, responder: Responder) -> None:
        class Short(MemoryRevocation):
            def asked(self, one: Certificate, issuer: Certificate) -> Answer:
                return Answer(super().asked(one, issuer).standing, now())

        short = Short()
        remembered = Remembered(short)
        one, signer = responder.issue().certificate, issuer(responder.authority)

        remembered.asked(one, signer)
        remembered.asked(one, signer)

        assert short.times_asked == 2

    def test_that_nobody_answered_is_not_remembered(self, responder: Responder) -> None:
        memory = MemoryRevocation()
        remembered = Remembered(memory)
        one, signer = responder.issue().certificate, issuer(responder.authority)
        memory.away = True
        with pytest.raises(Unreachable):
            remembered.asked(one, signer)

        memory.away = False

        assert remembered.asked(one, signer).standing is Standing.GOOD
