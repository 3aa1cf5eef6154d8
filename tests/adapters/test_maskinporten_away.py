"""When Maskinporten gives no token: the register is away, and why is told."""

import json
import logging
from dataclasses import replace
from typing import Any

import httpx
import pytest

from dialog.adapters import maskinporten
from dialog.demo.who import number
from dialog.errors import PortError
from dialog.people import actions
from dialog.registers.kept import Registers
from tests.adapters.at_maskinporten import (
    ASKS,
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
    trouble,
)
from tests.people.test_hearing_the_register import begins

clock, one_wire, simulated = clock, one_wire, simulated


class TestNoToken:
    @pytest.mark.parametrize(
        ("how", "why"),
        [
            ({"status": 503}, "out of order"),
            ({"status": 429}, "out of order"),
            ({"status": 302}, "it does not publish itself under the name in MASKINPORTEN_ISSUER"),
            ({"broken": True}, "it does not publish itself under the name in MASKINPORTEN_ISSUER"),
        ],
    )
    def test_is_a_register_that_does_not_answer(
        self,
        simulated: Registers,
        how: dict[str, Any],
        why: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        simulated.read(trouble(**how))

        for ask in ASKS.values():
            with pytest.raises(PortError):
                ask()

        assert f"Maskinporten gave no token for {SCOPE}: {why}." in caplog.text

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"scopes": ["another:scope"]}, "the scope is not our client's (invalid_scope)"),
            ({"keys": []}, "it does not take our proof"),
            ({"acts_for": []}, "we may not ask for this organisation (access_denied)"),
        ],
    )
    def test_why_is_told_in_one_sentence_without_a_secret(
        self,
        simulated: Registers,
        settings: Any,
        wrong: dict[str, Any],
        why: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        client = {"keys": [public(OURS)], "scopes": [SCOPE], "acts_for": [ORGANISATION]}
        simulated.read({"maskinporten": {"clients": {US: client | wrong}}})
        settings.MASKINPORTEN = replace(settings.MASKINPORTEN, consumer_org=ORGANISATION)
        caplog.set_level(logging.DEBUG)

        with pytest.raises(PortError) as fault:
            ASKS["GP"]()

        ours = [one.getMessage() for one in caplog.records if one.name == maskinporten.__name__]
        assert len(ours) == 1 and why in ours[0]
        for secret in ("eyJ", number("kari"), ORGANISATION):
            assert secret not in caplog.text + str(fault.value)

    def test_is_not_asked_for_again_at_once(
        self, simulated: Registers, clock: Clock, caplog: pytest.LogCaptureFixture
    ) -> None:
        simulated.read(trouble(status=503))
        for _many in range(5):
            with pytest.raises(PortError):
                ASKS["GP"]()
        simulated.read(trouble())
        with pytest.raises(PortError):
            ASKS["GP"]()
        clock.at += 16

        assert ASKS["GP"]()
        assert caplog.text.count("gave no token") == 1

    def test_what_we_hold_counts_to_its_end_while_none_is_given(
        self, simulated: Registers, clock: Clock
    ) -> None:
        assert ASKS["GP"]()
        simulated.read(trouble(status=503))
        clock.at += 590

        assert ASKS["GP"]()
        clock.at += 11
        with pytest.raises(PortError):
            ASKS["GP"]()

    @pytest.mark.parametrize(
        "words",
        [
            {},
            {"access_token": "t", "expires_in": 60},
            {"access_token": "t", "expires_in": 60, "token_type": "DPoP"},
            {"access_token": "", "expires_in": 60, "token_type": "Bearer"},
            {"access_token": "a\r\nb", "expires_in": 60, "token_type": "Bearer"},
            {"access_token": "t" * 20000, "expires_in": 60, "token_type": "Bearer"},
            {"access_token": "t", "expires_in": 0, "token_type": "Bearer"},
            {"access_token": "t", "expires_in": "60", "token_type": "Bearer"},
            {"access_token": "t", "expires_in": True, "token_type": "Bearer"},
            {"access_token": ["t"], "expires_in": 60, "token_type": "Bearer"},
        ],
    )
    def test_what_is_no_token_is_not_taken_for_one(
        self, simulated: Registers, monkeypatch: pytest.MonkeyPatch, words: dict[str, Any]
    ) -> None:
        said = maskinporten.Answer(
            status=200, headers=httpx.Headers(), body=json.dumps(words).encode()
        )
        monkeypatch.setattr(maskinporten.Wire, "post", lambda *_: said)

        with pytest.raises(PortError):
            ASKS["GP"]()

    def test_lets_nobody_begin_to_act_for_another(
        self, simulated: Registers, settings: Any, cast: Any
    ) -> None:
        adapter = "dialog.adapters.national_registers.HttpPopulationRegister"
        settings.PORTS = {**settings.PORTS, "POPULATION": adapter}
        simulated.read(trouble(status=503))

        heard = actions.hear_whom_to_act_for(by=cast.kari)
        during = begins(cast.kari)
        simulated.read(trouble())
        forget()

        assert (heard, during) == (False, [])
        assert actions.hear_whom_to_act_for(by=cast.kari)
        assert begins(cast.kari) == ["Ola Nordmann"]
