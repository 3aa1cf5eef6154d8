"""Whose list the cast is on, by the GP register, where only Storgata's lists have numbers."""

from typing import Any

from dialog.demo.who import NAMES, number

ORGANISATION = "999999999"
REGISTER_NUMBER = {"lund": "1001", "team": "1002"}
ON = {"kari": "lund", "ola": "lund", "per": "lund", "anne": "team"}


def gp_lists() -> dict[str, Any]:
    """Those on a list, as the simulated GP register is told of them."""
    return {number(who): on_list(who, REGISTER_NUMBER[owner]) for who, owner in ON.items()}


def on_list(who: str, contract: str) -> dict[str, Any]:
    """One of the cast on a list."""
    given, family = NAMES[who]
    return {
        "patientNIN": number(who),
        "patient": {"firstName": given, "lastName": family},
        "gpContract": {
            "id": int(contract),
            "gpOffice": {"organizationNumber": int(ORGANISATION)},
        },
        "valid": {"from": "2020-01-01", "to": None},
    }
