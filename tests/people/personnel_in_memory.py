"""A health-personnel register in memory, with Dr Lund in it; and who works as what by it."""

import pytest

from dialog import ports, rows
from dialog.actor import PLATFORM
from dialog.adapters.memory_registers import MemoryPersonnel
from dialog.demo.who import number
from dialog.people import actions, queries
from dialog.people.personnel_register import Authorised, HealthProfessional

HPR = "9000001"


class Personnel(MemoryPersonnel):
    def knows(self, who: str, *authorised: Authorised, hpr_number: str = HPR) -> None:
        self.known[number(who)] = HealthProfessional(hpr_number=hpr_number, authorised=authorised)


@pytest.fixture
def personnel(settings: object) -> Personnel:
    """Connected: Dr Lund is a doctor; about the others nobody has asked."""
    settings.PORTS = {  # type: ignore[attr-defined]
        **settings.PORTS,  # type: ignore[attr-defined]
        "PERSONNEL": "tests.people.personnel_in_memory.Personnel",
    }
    ports.port.cache_clear()
    made: Personnel = ports.port("PERSONNEL")
    made.knows("lund", Authorised(kind="LE"))
    yield made
    ports.port.cache_clear()


def note(actor):
    """What the register says now of somebody who works here."""
    heard = actions.ask_personnel(actor.account)
    return actions.note_professional(by=PLATFORM, account_id=actor.account, heard=heard)


def at_work(actor):
    """Somebody as their next request finds them."""
    with rows.seeing(account=actor.account_id):
        return queries.practice_actor(actor.account)
