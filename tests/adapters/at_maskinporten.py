"""The simulated registers, each with a door that Maskinporten has the key to; and us outside it."""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from dialog.adapters import asking, maskinporten
from dialog.adapters.access import Access, AtMaskinporten
from dialog.adapters.contact_register import HttpContactRegister
from dialog.adapters.gp_register import HttpGpRegister
from dialog.adapters.national_registers import HttpPopulationRegister
from dialog.adapters.oidc import own_keys
from dialog.adapters.oidc.wire import Wire
from dialog.adapters.personnel_register import HttpPersonnelRegister
from dialog.demo.registers import people
from dialog.demo.who import number
from dialog.registers.kept import Registers
from dialog.registers.server import HOST, server
from tests.providers import key_file

US, SCOPE, ORGANISATION = "digital-dialog", "some:scope", "974760673"
OURS, NEXT, ANOTHERS, THEIRS = (RSAKey.generate_key(2048) for _ in range(4))
KNOWN = cache(own_keys._imported)  # to read a key takes long too
ASKS: dict[str, Callable[[], object]] = {
    "POPULATION": lambda: HttpPopulationRegister().person(number("kari")),
    "PERSONNEL": lambda: HttpPersonnelRegister().professional(number("lund")),
    "GP": lambda: HttpGpRegister().list_of(number("kari")),
    "CONTACT": lambda: HttpContactRegister().people([number("kari")]),
}


def public(key: RSAKey) -> dict[str, Any]:
    return {**key.as_dict(private=False), "kid": key.thumbprint()}


@pytest.fixture(scope="module")
def one_wire() -> Iterator[Wire]:
    """To make one takes long; each test has its own port, and with it its own state in it."""
    made = Wire()
    yield made
    made.close()


@pytest.fixture
def simulated(
    settings: Any, tmp_path: Path, one_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Registers]:
    """The cast's registers, of which each demands a token; we have one key, and are known by it."""
    registers = Registers()
    registers.maskinporten._key = THEIRS
    monkeypatch.setattr(asking, "wire", lambda: one_wire)
    monkeypatch.setattr(own_keys, "_imported", KNOWN)
    client = {"keys": [public(OURS)], "scopes": [SCOPE], "acts_for": [ORGANISATION]}
    demands = {name.lower(): {"scope": SCOPE} for name in ASKS}
    script = {"clients": {US: client}, "registers": demands, "lasts": 600}
    registers.read({**people(), "maskinporten": script})
    serving = server(registers)
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    here = f"http://{HOST}:{serving.server_address[1]}/"
    key_file(tmp_path, "first.pem", OURS)
    settings.REGISTERS = {
        name: Access(url=f"{here}{name.lower()}", scope=SCOPE) for name in settings.REGISTERS
    }
    settings.MASKINPORTEN = AtMaskinporten(
        issuer=here, client_id=US, consumer_org="", keys=str(tmp_path)
    )
    forget()
    yield registers
    forget()
    serving.shutdown()
    serving.server_close()
    thread.join()


def forget() -> None:
    """As a process that has just begun."""
    asking.tokens.cache_clear()
    maskinporten.keys.cache_clear()


def trouble(**how: Any) -> dict[str, Any]:
    return {"changes": [{"register": "maskinporten", "trouble": how}]}


class Clock:
    """Our own, which nothing but a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(simulated: Registers, monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(maskinporten.time, "monotonic", made)
    return made
