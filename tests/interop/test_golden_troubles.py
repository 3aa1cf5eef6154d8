"""A file for each trouble, and what must become of it: for the sender, the operator and us."""

import logging
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dialog import rows
from dialog.conversations import queries as conversations
from dialog.demo.cast import Cast
from dialog.interop.conditions import Condition
from dialog.interop.messages import Receipt
from dialog.interop.models import Transmission, Wire
from dialog.interop.policy import Direction, State
from dialog.interop.ports import BusFault
from dialog.interop.reading import read
from tests.adapters.cms.enterprises import protection_of
from tests.interop import enterprises
from tests.interop.conftest import Connect
from tests.interop.everything import everything
from tests.interop.record_system import LUND, AsRole, Bus, RecordSystem

HERE = Path(__file__).parent / "messages"
TROUBLES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "troubles.toml").read_text())
SUBJECT = "DIALOG_INNBYGGER_EKONTAKT"


@dataclass
class Came:
    """What became of one."""

    told: str
    kept: Transmission
    body: bytes
    log: list[str]


@dataclass
class Office:
    """The office's end, with real keys."""

    bus: Bus
    epj: RecordSystem
    log: pytest.LogCaptureFixture

    def say(self, name: str, how: dict[str, Any]) -> Came:
        xml = _file(how.get("file", name))
        body = enterprises.WAYS[how.get("protected", "")](xml)
        outside = {"receiver": how["receiver"]} if "receiver" in how else {}
        before, lines = len(self.bus.sent), len(self.log.messages)
        self.epj.deliver(body, how.get("subject", SUBJECT), **outside)
        self.epj.pay()
        with self.epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
            kept = Transmission.objects.filter(direction=Direction.IN).latest("id")
            wire = Wire.objects.get(transmission=kept)
        told = [self.told(envelope.fault, data) for envelope, data in self.bus.sent[before:]]
        assert len(told) <= 1
        assert bytes(wire.body) == body
        return Came(told[0] if told else "nothing", kept, body, self.log.messages[lines:])

    def told(self, fault: BusFault | None, body: bytes) -> str:
        if fault is not None:
            return fault.condition
        theirs = protection_of(*enterprises.office().keys)
        opened = theirs.open(
            body, sender=enterprises.ours().profile, own=enterprises.office().profile
        )
        receipt = read(opened.content)
        assert isinstance(receipt, Receipt)
        errors = ",".join(one.value for one in receipt.errors)
        return "taken" if receipt.taken else f"receipt {errors}"


def _file(name: str) -> bytes:
    found = HERE / f"{name}.xml"
    return (found if found.exists() else HERE / "proper.xml").read_bytes()


@pytest.fixture
def office(
    bus: Bus,
    connect: Connect,
    as_role: AsRole,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    request: pytest.FixtureRequest,
) -> Office:
    connect()
    enterprises.connected(monkeypatch, bus, TROUBLES[request.param].get("protected", ""))
    caplog.set_level(logging.WARNING, "dialog.interop")
    return Office(bus, RecordSystem(bus, as_role, her_id=LUND), caplog)


@pytest.mark.parametrize(
    ("office", "name"), [(name, name) for name in TROUBLES], indirect=["office"], ids=list(TROUBLES)
)
def test_each_trouble(cast: Cast, office: Office, name: str, as_role: AsRole) -> None:
    how = TROUBLES[name]
    state = State(how.get("state", State.REFUSED))
    if "after" in how:
        assert office.say(how["after"], {}).told == "taken"
    with as_role("postgres"):
        before = everything()

    came = office.say(name, how)

    code = how["told"].removeprefix("receipt ") if state is State.REFUSED else ""
    assert came.told == how["told"]
    assert (came.kept.state, came.kept.code) == (state, how.get("code", code))
    assert came.kept.tolerated == how.get("tolerated", [])
    with as_role("postgres"):
        changed = {table for table, rows in everything().items() if rows != before[table]}
    assert bool(changed) == (state is State.HANDLED)
    _the_operator_reads(came, how.get("line", ""))
    if "shown" in how:
        assert _newest(cast) == how["shown"]


def _the_operator_reads(came: Came, line: str) -> None:
    """One line with the message's name, what was wrong in words, and nothing anybody wrote."""
    said = [one for one in came.log if str(came.kept.uuid) in one]
    assert len(said) == bool(line)
    assert all(line in one for one in said)
    for words in ("åpningstider", "klokka", "Kari", "Bjarne", "Aas", "14838500073", "25848800026"):
        assert words not in "".join(came.log)


def _newest(cast: Cast) -> str:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        matter = conversations.my_matters(cast.kari)[0]
        return conversations.thread(cast.kari, matter.id).messages[-1].text


def test_every_file_is_of_a_trouble_and_small() -> None:
    used = {how.get("file", name) for name, how in TROUBLES.items()}
    files = {one.stem: one.stat().st_size for one in HERE.glob("*.xml")}

    assert files.keys() <= used
    assert max(files.values()) < 12_000


def test_every_condition_is_met_but_a_fault_of_ours() -> None:
    told = {how["told"] for how in TROUBLES.values()}

    assert set(Condition) - told == {Condition.INTERNAL_ERROR}
