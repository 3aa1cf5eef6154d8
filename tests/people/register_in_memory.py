"""A population register in memory, with Kari and Ola in it."""

from dataclasses import replace

import pytest

from dialog import ports
from dialog.adapters.memory_registers import MemoryPopulation
from dialog.demo.who import BORN, NAMES, number
from dialog.people.ports import Registered, Responsible


def registered(who: str) -> Registered:
    given, family = NAMES[who]
    return Registered(number=number(who), given=given, family=family, born=BORN[who])


class Register(MemoryPopulation):
    def change(self, who: str, **words: object) -> None:
        before = self.known.get(number(who)) or registered(who)
        self.known[number(who)] = replace(before, **words)  # type: ignore[arg-type]


@pytest.fixture
def register(settings: object) -> Register:
    """Connected: Kari has parental responsibility for Ola, and they live together."""
    settings.PORTS = {  # type: ignore[attr-defined]
        **settings.PORTS,  # type: ignore[attr-defined]
        "POPULATION": "tests.people.register_in_memory.Register",
    }
    ports.port.cache_clear()
    made: Register = ports.port("POPULATION")
    for who in BORN:
        made.change(who)
    made.change("kari", children=(number("ola"),))
    made.change("ola", parents=(Responsible(number=number("kari"), at_home=True),))
    yield made
    ports.port.cache_clear()
