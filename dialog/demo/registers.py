"""What the national registers know of the cast: Kari and Ola live together, and she is responsible
for him; Dr Lund and Dr Berg are doctors, and Nina a nurse; where patients are told things.
"""

from typing import Any

from dialog.demo import contact
from dialog.demo.listed import gp_lists
from dialog.demo.personnel import of_the_cast
from dialog.demo.who import BORN, NAMES, number


def people() -> dict[str, Any]:
    """Everybody in the cast, as the simulated registers are told of them."""
    found = {number(who): _person(who) for who in BORN}
    found[number("kari")] |= {"barn": [_named("ola")]}
    found[number("ola")] |= {"foreldreansvar": [_named("kari")], "bostedsadresse": _home("kari")}
    return {
        "population": found,
        "personnel": of_the_cast(),
        "gp": gp_lists(),
        "contact": contact.of_the_cast(),
    }


def _person(who: str) -> dict[str, Any]:
    given, family = NAMES[who]
    return {
        "navn": {"fornavn": given, "etternavn": family},
        "foedselsdato": BORN[who].isoformat(),
        "status": "bosatt",
        "adressebeskyttelse": "ugradert",
        "bostedsadresse": _home(who),
    }


def _home(who: str) -> dict[str, str]:
    return {"adressenavn": f"{NAMES[who][0]}s vei", "husnummer": "1"}


def _named(who: str) -> dict[str, str]:
    return {"identifikasjonsnummer": number(who)}
