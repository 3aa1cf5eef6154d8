"""The settings of the national registers that are asked about people."""

from dataclasses import dataclass
from datetime import timedelta

from dialog.config import acting_for, work
from dialog.config.environment import number, text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRegister:
    """Where the contact register answers, and how old its answer may be for a page, and for an
    SMS, to go by it.
    """

    url: str
    authorization: str
    to_show: timedelta
    to_tell: timedelta


def contact_register() -> ContactRegister:
    """As the environment says."""
    return ContactRegister(
        url=text("CONTACT_REGISTER_URL", ""),
        authorization=text("CONTACT_REGISTER_AUTHORIZATION", ""),
        to_show=timedelta(minutes=number("CONTACT_REGISTER_MINUTES_TO_SHOW", 60, least=1)),
        to_tell=timedelta(hours=number("CONTACT_REGISTER_HOURS_TO_TELL", 24, least=1)),
    )


def adapters() -> dict[str, str]:
    """Who asks each of them; over HTTP where its address is known, else there is none to ask."""
    return {
        "POPULATION": text("POPULATION_REGISTER_ADAPTER", acting_for.population_adapter()),
        "GP": text("GP_REGISTER_ADAPTER", work.gp_adapter()),
        "CONTACT": text("CONTACT_REGISTER_ADAPTER", _contact_adapter()),
        "PERSONNEL": text("PERSONNEL_REGISTER_ADAPTER", work.personnel_adapter()),
    }


def _contact_adapter() -> str:
    known = text("CONTACT_REGISTER_URL", "")
    return "dialog.adapters.contact_register.HttpContactRegister" if known else ""
