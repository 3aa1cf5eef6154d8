"""A subscriber that tests can hear, and make fail; and a ledger that is sealed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dialog.conversations.events import MessageSent
from dialog.errors import PortError
from dialog.ledger import actions, relay, subscribers
from dialog.ledger.subscribers import Fact
from tests.database import connected_to
from tests.ledger.nobody import Nobody, nobody_on
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
def chosen(ear: Ear) -> Ear:
    """The same ear, for those who are served."""
    listening = Ear()
    subscribers.subscribe("chosen", listening, to=(MessageSent,), by_choice=True)
    return listening


@pytest.fixture
def away() -> PortError:
    """What an adapter says when the other end is away for now."""
    return PortError()


@pytest.fixture(scope="session")
def nobody(
    server: "psycopg.Connection[tuple[object, ...]]", django_db_setup: None, django_db_blocker: Any
) -> Iterator[Nobody]:
    """Where the ledger's tests are, one after another."""
    there = nobody_on(server)
    yield there
    with django_db_blocker.unblock():
        there.gone()


@pytest.fixture
def ledger(nobody: Nobody, django_db_blocker: Any, tmp_path: Path) -> Iterator[Ledger]:
    with django_db_blocker.unblock():
        admin = nobody.made_ready()
        with connected_to(nobody.name):
            yield Ledger(nobody.name, tmp_path, admin)


@pytest.fixture
def sealed(ledger: Ledger) -> Ledger:
    """Entries 1 to 3, 4 to 7 and 8 to 9, in batches 1 to 3."""
    ledger.batches(3, 4, 2)
    return ledger
