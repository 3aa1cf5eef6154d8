"""Being let in at the registers with a token from Maskinporten; a simulated one proves who asks."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from joserfc import jwt
from joserfc.jwk import ECKey

from dialog.adapters import asking
from dialog.adapters.access import Access
from dialog.adapters.oidc import own_keys
from dialog.errors import PortError
from dialog.registers.kept import Registers
from tests.adapters.at_maskinporten import (
    ANOTHERS,
    ASKS,
    NEXT,
    ORGANISATION,
    OURS,
    SCOPE,
    US,
    Clock,
    clock,
    forget,
    one_wire,
    public,
    simulated,
)
from tests.providers import key_file

clock, one_wire, simulated = clock, one_wire, simulated


class TestBeingLetIn:
    def test_every_register_that_wants_a_token_gets_one(self, simulated: Registers) -> None:
        assert all(ask() for ask in ASKS.values())

    def test_and_answers_nobody_without(self, simulated: Registers, settings: Any) -> None:
        settings.REGISTERS = {
            name: Access(url=one.url, authorization="Bearer made.up.token")
            for name, one in settings.REGISTERS.items()
        }

        for ask in ASKS.values():
            with pytest.raises(PortError):
                ask()

    def test_a_token_serves_every_question_until_shortly_before_it_ends(
        self, simulated: Registers, clock: Clock
    ) -> None:
        seen = []
        for seconds in (0, 500, 69, 2):  # 600 in all, less the half minute before it ends
            clock.at += seconds
            for ask in ASKS.values():
                assert ask()
            seen.append(simulated.maskinporten.given)

        assert seen == [1, 1, 1, 2]

    def test_many_who_ask_at_once_ask_for_one(self, simulated: Registers) -> None:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: ASKS["GP"](), range(16)))

        assert all(found) and simulated.maskinporten.given == 1

    def test_one_that_a_register_no_longer_takes_is_fetched_anew(
        self, simulated: Registers, clock: Clock
    ) -> None:
        assert ASKS["GP"]()
        simulated.maskinporten._key = NEXT
        clock.at += 20

        assert ASKS["GP"]() and simulated.maskinporten.given == 2

    def test_but_not_for_ever(
        self, simulated: Registers, settings: Any, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        simulated.read({"changes": [{"register": "gp", "trouble": {"status": 401}}]})

        for _thrice in range(3):
            with pytest.raises(PortError):
                ASKS["GP"]()

        assert simulated.maskinporten.given == 1
        assert "The GP register does not take our token: 401." in caplog.text

    def test_the_resource_and_whom_we_ask_for_go_along(
        self, simulated: Registers, settings: Any
    ) -> None:
        simulated.read({"maskinporten": {"registers": {"gp": {"scope": SCOPE, "resource": "r"}}}})
        with pytest.raises(PortError):
            ASKS["GP"]()
        meant = replace(settings.REGISTERS["GP"], resource="r")
        settings.REGISTERS = {**settings.REGISTERS, "GP": meant}
        settings.MASKINPORTEN = replace(settings.MASKINPORTEN, consumer_org=ORGANISATION)
        asking.tokens.cache_clear()

        assert ASKS["GP"]()
        token = asking.tokens().token(asking.wanted(meant))
        claims = jwt.decode(token, simulated.maskinporten._own(), ["RS256"]).claims
        assert (claims["aud"], claims["consumer"]["ID"]) == ("r", f"0192:{ORGANISATION}")

    def test_a_register_may_know_us_as_another_client(
        self, simulated: Registers, settings: Any
    ) -> None:
        theirs = {"keys": [public(OURS)], "scopes": ["krr"]}
        demands = {"contact": {"scope": "krr"}}
        simulated.read({"maskinporten": {"clients": {"krr": theirs}, "registers": demands}})
        other = replace(settings.REGISTERS["CONTACT"], scope="krr", client_id="krr")
        settings.REGISTERS = {**settings.REGISTERS, "CONTACT": other}

        assert ASKS["CONTACT"]() and ASKS["GP"]()
        assert simulated.maskinporten.given == 2


class TestKeys:
    def test_the_next_is_used_from_its_day(
        self,
        simulated: Registers,
        settings: Any,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(own_keys, "LOOK_AGAIN", -1.0)
        assert ASKS["GP"]()
        key_file(tmp_path, "2026-01-01.pem", NEXT)
        asking.tokens.cache_clear()
        with pytest.raises(PortError):  # not registered there yet
            ASKS["GP"]()

        client = {"keys": [public(OURS), public(NEXT)], "scopes": [SCOPE]}
        simulated.read({"maskinporten": {"clients": {US: client}}})
        asking.tokens.cache_clear()

        assert ASKS["GP"]()

    def test_a_certificate_speaks_for_the_key_beside_it(
        self, simulated: Registers, tmp_path: Path
    ) -> None:
        authority = rsa.generate_private_key(65537, 2048)
        root = certificate(authority, authority)
        client = {"authorities": [root], "scopes": [SCOPE]}
        simulated.read({"maskinporten": {"clients": {US: client}}})
        with pytest.raises(PortError):
            ASKS["GP"]()

        ours: Any = OURS.private_key
        (tmp_path / "first.crt").write_text(certificate(ours, authority) + root)
        forget()

        assert ASKS["GP"]()

    @pytest.mark.parametrize("hours", [-1, 25])
    def test_but_not_out_of_its_time(
        self, simulated: Registers, tmp_path: Path, hours: int
    ) -> None:
        authority = rsa.generate_private_key(65537, 2048)
        client = {"authorities": [certificate(authority, authority)], "scopes": [SCOPE]}
        simulated.read({"maskinporten": {"clients": {US: client}}})
        ours: Any = OURS.private_key
        off = certificate(ours, authority, begins=-timedelta(hours=hours))
        (tmp_path / "first.crt").write_text(off)

        with pytest.raises(PortError):
            ASKS["GP"]()

    @pytest.mark.parametrize("words", ["no certificate", "another's"])
    def test_nor_another_key_s(
        self, simulated: Registers, tmp_path: Path, words: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        one: Any = ANOTHERS.private_key
        (tmp_path / "first.crt").write_text(
            certificate(one, one) if words == "another's" else words
        )

        with pytest.raises(PortError):
            ASKS["GP"]()

        assert "we have no key to ask with" in caplog.text and "first.crt" in caplog.text

    def test_only_rsa_is_taken_there(
        self, simulated: Registers, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        key_file(tmp_path, "2026-01-01.pem", ECKey.generate_key("P-256"))

        with pytest.raises(PortError):
            ASKS["GP"]()

        assert "must be for RS256: see docs/maskinporten.md" in caplog.text


def certificate(
    key: rsa.RSAPrivateKey,
    authority: rsa.RSAPrivateKey,
    *,
    begins: timedelta = -timedelta(hours=1),
) -> str:
    """For a day, by somebody called like the one it is for."""
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Somebody")])
    first = datetime.now(UTC) + begins
    made = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(first + timedelta(days=1))
        .sign(authority, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()
