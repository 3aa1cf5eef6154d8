"""A contact register in memory, in which Kari, Per, Anne and Bjarne are as one would wish."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from dialog import ports
from dialog.adapters.memory_registers import MemoryContact
from dialog.demo.contact import phone_of
from dialog.demo.who import number
from dialog.people.contact_register import Contacted


class Contacts(MemoryContact):
    def change(self, who: str, **words: object) -> None:
        self.known[number(who)] = replace(self.known.get(number(who), Contacted()), **words)  # type: ignore[arg-type]


def as_one_would_wish(who: str) -> dict[str, object]:
    at = timezone.now() - timedelta(days=60)
    return {
        "registered": True,
        "may_be_told": True,
        "phone": f"+47{phone_of(who)}",
        "phone_confirmed_at": at,
        "email": f"{who}@example.org",
        "email_confirmed_at": at,
        "language": "nb",
        "language_at": at,
    }


@pytest.fixture
def contacts(settings: object) -> Contacts:
    """Connected."""
    settings.PORTS = {  # type: ignore[attr-defined]
        **settings.PORTS,  # type: ignore[attr-defined]
        "CONTACT": "tests.people.contact_in_memory.Contacts",
    }
    ports.port.cache_clear()
    made: Contacts = ports.port("CONTACT")
    for who in ("kari", "per", "anne", "bjarne"):
        made.change(who, **as_one_would_wish(who))
    yield made
    ports.port.cache_clear()
