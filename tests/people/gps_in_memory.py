"""A GP register in memory; and what it says of the cast."""

import pytest

from dialog import ports, rows
from dialog.actor import PLATFORM
from dialog.adapters.memory_registers import MemoryGps
from dialog.demo.listed import ORGANISATION, REGISTER_NUMBER
from dialog.demo.who import NAMES, number
from dialog.people import actions
from dialog.people.gp_register import Listed
from dialog.people.models import GpAssignment
from dialog.people.queries import today


class Gps(MemoryGps):
    def puts(self, who: str, contract: str, *, organisation_number: str = ORGANISATION) -> None:
        given, family = NAMES[who]
        self.known[number(who)] = Listed(
            contract=contract,
            organisation_number=organisation_number,
            given=given,
            family=family,
        )


@pytest.fixture
def gps(settings: object) -> Gps:
    """Connected: those at Storgata are on the lists they are on here."""
    settings.PORTS = {  # type: ignore[attr-defined]
        **settings.PORTS,  # type: ignore[attr-defined]
        "GP": "tests.people.gps_in_memory.Gps",
    }
    ports.port.cache_clear()
    made: Gps = ports.port("GP")
    for who, owner in (("kari", "lund"), ("ola", "lund"), ("per", "lund"), ("anne", "team")):
        made.puts(who, REGISTER_NUMBER[owner])
    yield made
    ports.port.cache_clear()


def follow(actor, who):
    """What becomes of one patient's list when the register has answered."""
    heard = actions.ask_gp_register(number(who))
    return actions.follow_gp_register(by=PLATFORM, patient_id=actor.patient, heard=heard)


def stays(actor):
    """The lists somebody is on today."""
    with rows.seeing(patient=actor.patient_id):
        now = GpAssignment.objects.filter(patient_id=actor.patient, period__contains=today())
        return list(now.values_list("patient_list_id", flat=True))
