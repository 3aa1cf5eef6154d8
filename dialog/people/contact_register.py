"""What is asked of the contact register (KRR) about people: where they are told things."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings

from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted:
    """What somebody has told the register.

    ``registered``: the register has them; ``may_be_told``: it lets them be told things;
    ``reserved``: they want nothing digital. Each address has the time its owner last changed or
    confirmed it. ``language`` is the register's own code, empty when nothing is said.
    """

    registered: bool = False
    reserved: bool = False
    may_be_told: bool = False
    phone: str = ""
    phone_confirmed_at: datetime | None = None
    email: str = ""
    email_confirmed_at: datetime | None = None
    language: str = ""
    language_at: datetime | None = None


class ContactRegister(Protocol):
    """Knows where people are told things; PortError when it is away."""

    def people(self, numbers: Collection[str]) -> Mapping[str, Contacted]:
        """Each of these people, by identity number; at most ``MOST_AT_ONCE``."""


MOST_AT_ONCE = 200
# Where people see and change what the register has of them.
MY_PROFILE = "https://minprofil.kontaktregisteret.no/"


def contact_register() -> ContactRegister | None:
    """The register the settings name; None in an installation that is connected to none."""
    return port("CONTACT") if settings.PORTS["CONTACT"] else None


def contact_connected() -> bool:
    """Whether there is a register that says where people are told things."""
    return bool(settings.PORTS["CONTACT"])
