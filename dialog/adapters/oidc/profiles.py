"""What is asked of each provider: everything that differs between them, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One provider, and which of its claims say what.

    ``levels`` are the words for a level that is high enough, the one to ask for first. With
    ``dpop`` every token is bound to a key of ours. ``assertion_type`` is the ``typ`` of what we
    prove ourselves with.
    """

    way: str
    name: str
    side: Side
    text: str | Promise
    issuer: str
    client_id: str
    scope: str
    level_claim: str
    levels: tuple[str, ...]
    asked_level: str
    person_claim: str
    hpr_claim: str = ""
    organisation_claim: str = ""
    dpop: bool = False
    assertion_type: str = "JWT"


def _words(line: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in line.split(",") if one.strip())


def idporten(given: Mapping[str, str]) -> Profile | None:
    """Patients, by ID-porten; None when we are not registered there."""
    if not given["idporten_client_id"]:
        return None
    levels = _words(given["idporten_levels"])
    return Profile(
        way="id-porten",
        name="ID\u2011porten",  # one word: no line breaks at its hyphen
        side=Side.PATIENT,
        text=_("For deg som er pasient eller handler for en."),
        issuer=given["idporten_issuer"],
        client_id=given["idporten_client_id"],
        scope=given["idporten_scope"],
        level_claim="acr",
        levels=levels,
        asked_level=levels[0],
        person_claim=given["idporten_person_claim"],
    )


def helseid(given: Mapping[str, str]) -> Profile | None:
    """Those who work at an office, by HelseID; None when we are not registered there."""
    if not given["helseid_client_id"]:
        return None
    return Profile(
        way="helseid",
        name="HelseID",
        side=Side.PRACTICE,
        text=_("For deg som arbeider på et legekontor."),
        issuer=given["helseid_issuer"],
        client_id=given["helseid_client_id"],
        scope=given["helseid_scope"],
        level_claim=given["helseid_level_claim"],
        levels=_words(given["helseid_levels"]),
        asked_level=given["helseid_asked_level"],
        person_claim=given["helseid_person_claim"],
        hpr_claim=given["helseid_hpr_claim"],
        organisation_claim=given["helseid_organisation_claim"],
        dpop=True,
        assertion_type="client-authentication+jwt",
    )
