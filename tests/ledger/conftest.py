"""A subscriber that tests can hear, and make fail; and a ledger that is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from dialog.conversations.events import MessageSent
from dialog.errors import PortError
from dialog.ledger import actions, relay, subscribers
from dialog.ledger.subscribers import Fact
from tests.database import SERVER
from tests.ledger.sealed import Ledger


@dataclass
class Ear:
    """Hears every message, unless told to fail."""

    heard: list[Fact] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    deaf: bool = False

    def read(self, fact: Fact) -> object | None:
        return None if self.deaf else fact

    def send(self, word: object) -> object:
        if self.faults:
            raise self.faults.pop(0)
        assert isinstance(word, Fact)
        self.heard.append(word)
        return "ok"

    def settle(self, fact: Fact, word: object, result: object) -> None:
        self.settled.append(fact.entry_id)


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """The only subscriber while the test runs."""
    listening = Ear()
    monkeypatch.setattr(subscribers, "LISTENING", {})
    monkeypatch.setattr(subscribers, "SUBSCRIBERS", {})
    monkeypatch.setattr("dialog.ledger.relay.SUBSCRIBERS", subscribers.SUBSCRIBERS)
    patient: set[str] = set()
    for where in (subscribers, relay):
        monkeypatch.setattr(where, "PATIENT", patient)
    chosen: set[str] = set()
    for where in (subscribers, actions):
        monkeypatch.setattr(where, "BY_CHOICE", chosen)
    subscribers.subscribe("ear", listening, to=(MessageSent,))
    yield listening


@pytest.fixture
def away() -> PortError:
    """What an adapter says when the other end is away for now."""
    return PortError()


@pytest.fixture
def ledger(bare_database: str, tmp_path: Path) -> Iterator[Ledger]:
    with psycopg.connect(SERVER.url(database=bare_database), autocommit=True) as admin:
        yield Ledger(bare_database, tmp_path, admin)


@pytest.fixture
def sealed(ledger: Ledger) -> Ledger:
    """Entries 1 to 3, 4 to 7 and 8 to 9, in batches 1 to 3."""
    ledger.batches(3, 4, 2)
    return ledger
