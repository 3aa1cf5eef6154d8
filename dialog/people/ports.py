"""What is asked of the national registers about people."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings

from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Somebody with parental responsibility, and whether they live where the child does."""

    number: str
    at_home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A person in the population register. No address: the register's adapter compares addresses,
    and lets none of them out (R26).

    ``children`` are those this person has a part in, ``wards`` those they are the guardian of;
    ``parents`` and ``guardians`` are the same seen from the other end.
    """

    number: str
    given: str
    family: str
    born: date
    dead: bool = False
    protected: bool = False
    children: tuple[str, ...] = ()
    parents: tuple[Responsible, ...] = ()
    wards: tuple[str, ...] = ()
    guardians: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether this person neither acts for others nor is acted for."""
        return self.dead or self.protected

    @property
    def name(self) -> str:
        """Given name first."""
        return f"{self.given} {self.family}"


class PopulationRegister(Protocol):
    """Knows who people are, whose parents, and where they live; PortError when it is away."""

    def person(self, number: str) -> Registered | None:
        """Somebody by identity number; None when the register knows nobody such."""


def population() -> PopulationRegister | None:
    """The register the settings name; None in an installation that is connected to none."""
    return port("POPULATION") if settings.PORTS["POPULATION"] else None


def connected() -> bool:
    """Whether there is a population register, without which nobody begins to act for another."""
    return bool(settings.PORTS["POPULATION"])
