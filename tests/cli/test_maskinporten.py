"""The command for Maskinporten, against the simulated registers in a process of their own."""

import json
import signal
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from dialog.adapters import asking, maskinporten
from dialog.adapters.access import Access, AtMaskinporten
from dialog.adapters.gp_register import HttpGpRegister
from dialog.adapters.processes import die_with_parent
from dialog.cli import maskinporten as command
from dialog.cli.surroundings import Refusal
from dialog.demo.registers import people
from dialog.demo.who import number
from tests.providers import key_file

KEY, SCOPE = RSAKey.generate_key(2048), "some:scope"


def do(what: str) -> int:
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args([what]))


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """We have one key, and are called nothing yet."""
    key_file(tmp_path, "2026-01-01.pem", KEY)
    settings.MASKINPORTEN = AtMaskinporten(
        issuer="", client_id="us", consumer_org="", keys=str(tmp_path)
    )
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    if asking.wire.cache_info().currsize:
        asking.wire().close()
    for one in (asking.wire, asking.tokens, maskinporten.keys):
        one.cache_clear()


@pytest.fixture
def registers(keys: Path, settings: Any) -> Iterator[str]:
    """A process with the cast's registers, of which one wants a token that we may have."""
    known = {**KEY.as_dict(private=False), "kid": KEY.thumbprint()}
    clients = {"us": {"keys": [known], "scopes": [SCOPE]}}
    script = keys / "script.json"
    demands = {"gp": {"scope": SCOPE}}
    script.write_text(
        json.dumps({**people(), "maskinporten": {"clients": clients, "registers": demands}})
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "dialog", "register", "--data", str(script)],
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(signal.SIGKILL),
    )
    assert process.stdout
    here = process.stdout.readline().split()[-1] + "/"
    settings.MASKINPORTEN = AtMaskinporten(
        issuer=here, client_id="us", consumer_org="", keys=str(keys)
    )
    settings.REGISTERS = {"GP": Access(url=f"{here}gp", scope=SCOPE), "CONTACT": Access(url=here)}
    yield here
    process.terminate()
    process.wait()
    process.stdout.close()


def test_the_keys_to_register_are_public(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert do("keys") == 0

    (one,) = json.loads(capsys.readouterr().out)["keys"]
    assert (one["kid"], one["alg"], one["kty"]) == (KEY.thumbprint(), "RS256", "RSA")
    assert not {"d", "p", "q"} & one.keys()


def test_what_is_registered_is_tried(
    registers: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    well = do("check")
    settings.REGISTERS = {**settings.REGISTERS, "CONTACT": Access(url=registers, scope="not:ours")}
    ill = do("check")

    assert (well, ill) == (0, 1)
    assert capsys.readouterr().out.splitlines() == [
        "GP: a token for some:scope.",
        "GP: a token for some:scope.",
        "CONTACT: no token for not:ours: the scope is not our client's (invalid_scope).",
    ]
    assert HttpGpRegister().list_of(number("kari"))


def test_with_no_register_to_be_let_in_at_it_says_what_to_set(settings: Any) -> None:
    settings.REGISTERS = {"GP": Access()}

    with pytest.raises(Refusal, match="_REGISTER_SCOPE"):
        do("check")
