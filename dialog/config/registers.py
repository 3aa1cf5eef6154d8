"""The settings of the national registers that are asked about people."""

from dataclasses import dataclass
from datetime import timedelta

from dialog.adapters.access import Access
from dialog.config.environment import number, text

HTTP = {
    "POPULATION": "dialog.adapters.national_registers.HttpPopulationRegister",
    "PERSONNEL": "dialog.adapters.personnel_register.HttpPersonnelRegister",
    "GP": "dialog.adapters.gp_register.HttpGpRegister",
    "CONTACT": "dialog.adapters.contact_register.HttpContactRegister",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRegister:
    """How old the contact register's answer may be for a page, and for an SMS, to go by it."""

    to_show: timedelta
    to_tell: timedelta


def access() -> dict[str, Access]:
    """How each of them is reached, as the environment says."""
    return {
        "POPULATION": Access(
            url=text("POPULATION_REGISTER_URL", ""),
            authorization=text("POPULATION_REGISTER_AUTHORIZATION", ""),
            scope=text("POPULATION_REGISTER_SCOPE", ""),
            resource=text("POPULATION_REGISTER_RESOURCE", ""),
            client_id=text("POPULATION_REGISTER_CLIENT_ID", ""),
        ),
        "PERSONNEL": Access(
            url=text("PERSONNEL_REGISTER_URL", ""),
            authorization=text("PERSONNEL_REGISTER_AUTHORIZATION", ""),
            scope=text("PERSONNEL_REGISTER_SCOPE", ""),
            resource=text("PERSONNEL_REGISTER_RESOURCE", ""),
            client_id=text("PERSONNEL_REGISTER_CLIENT_ID", ""),
        ),
        "GP": Access(
            url=text("GP_REGISTER_URL", ""),
            authorization=text("GP_REGISTER_AUTHORIZATION", ""),
            scope=text("GP_REGISTER_SCOPE", ""),
            resource=text("GP_REGISTER_RESOURCE", ""),
            client_id=text("GP_REGISTER_CLIENT_ID", ""),
        ),
        "CONTACT": Access(
            url=text("CONTACT_REGISTER_URL", ""),
            authorization=text("CONTACT_REGISTER_AUTHORIZATION", ""),
            scope=text("CONTACT_REGISTER_SCOPE", ""),
            resource=text("CONTACT_REGISTER_RESOURCE", ""),
            client_id=text("CONTACT_REGISTER_CLIENT_ID", ""),
        ),
    }


def contact_register() -> ContactRegister:
    """As the environment says."""
    return ContactRegister(
        to_show=timedelta(minutes=number("CONTACT_REGISTER_MINUTES_TO_SHOW", 60, least=1)),
        to_tell=timedelta(hours=number("CONTACT_REGISTER_HOURS_TO_TELL", 24, least=1)),
    )


def adapters() -> dict[str, str]:
    """Who asks each of them; over HTTP where its address is known, else there is none to ask."""
    over_http = {name: HTTP[name] if one.url else "" for name, one in access().items()}
    return {
        "POPULATION": text("POPULATION_REGISTER_ADAPTER", over_http["POPULATION"]),
        "GP": text("GP_REGISTER_ADAPTER", over_http["GP"]),
        "CONTACT": text("CONTACT_REGISTER_ADAPTER", over_http["CONTACT"]),
        "PERSONNEL": text("PERSONNEL_REGISTER_ADAPTER", over_http["PERSONNEL"]),
    }
