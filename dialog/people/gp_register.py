"""What is asked of the GP register (fastlegeregisteret): whose list somebody is on."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody on a GP's list today: the register's number for the list and its office's
    organisation number, and what the register calls the patient.
    """

    contract: str
    organisation_number: str
    given: str
    family: str


class GpRegister(Protocol):
    """Knows whose list people are on; PortError when it is away."""

    def list_of(self, number: str) -> Listed | None:
        """Somebody's list, by identity number; None when the register knows of none."""


def gp_register() -> GpRegister | None:
    """The register the settings name; None in an installation that is connected to none."""
    return port("GP") if settings.PORTS["GP"] else None


def gp_connected() -> bool:
    """Whether there is a register that says whose list people are on."""
    return bool(settings.PORTS["GP"])
