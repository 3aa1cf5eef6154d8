"""What is asked of the health-personnel register (HPR) about those who work here."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings

from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorised:
    """What somebody is, or was, let to work as; ``last`` is the last day, ``withdrawn`` that it was
    taken away or ended before that.
    """

    kind: str
    since: date | None = None
    last: date | None = None
    withdrawn: bool = False
    specialities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthProfessional:
    """Somebody in the register."""

    hpr_number: str
    authorised: tuple[Authorised, ...] = ()


class PersonnelRegister(Protocol):
    """Knows who is authorised as what; PortError when it is away."""

    def professional(self, number: str) -> HealthProfessional | None:
        """Somebody by identity number; None when the register knows nobody such."""


def personnel() -> PersonnelRegister | None:
    """The register the settings name; None in an installation that is connected to none."""
    return port("PERSONNEL") if settings.PORTS["PERSONNEL"] else None


def personnel_connected() -> bool:
    """Whether there is a register that says who may do clinical work."""
    return bool(settings.PORTS["PERSONNEL"])
