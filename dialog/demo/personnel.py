"""What the health-personnel register knows of those who work in a demonstration."""

from collections.abc import Iterable
from typing import Any

from dialog.actor import Role
from dialog.demo.who import number

AUTHORISED = "1"
KIND = {Role.PRACTITIONER: "LE", Role.NURSE: "SP"}
CAST = {"lund": Role.PRACTITIONER, "berg": Role.PRACTITIONER, "nina": Role.NURSE}
FIRST_NUMBER = 9_000_001  # seven digits that no real person's HPR number begins with


def of_the_cast() -> dict[str, Any]:
    """The doctors and the nurse of the cast."""
    return personnel((number(who), role) for who, role in CAST.items())


def personnel(people: Iterable[tuple[str, Role]], first: int = FIRST_NUMBER) -> dict[str, Any]:
    """Those of these people who are health personnel, as the simulated register is told of them."""
    working = [(one, role) for one, role in people if role in KIND]
    return {
        one: {
            "hprNummer": first + place,
            "person": {"nin": one},
            "godkjenninger": [_authorisation(KIND[role])],
        }
        for place, (one, role) in enumerate(working)
    }


def _authorisation(kind: str) -> dict[str, Any]:
    return {
        "helsepersonellkategori": {"verdi": kind},
        "autorisasjon": {"verdi": AUTHORISED},
        "periode": {"fra": "2005-06-01", "til": None},
        "avsluttetStatus": None,
        "spesialistgodkjenninger": [],
    }
