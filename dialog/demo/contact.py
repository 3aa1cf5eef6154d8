"""What the contact register knows of the cast: most have confirmed their number lately, Per has not
in two years, and Anne has reserved herself against what is digital.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from dialog.demo.who import NAMES, number

LATELY, LONG_AGO = timedelta(days=60), timedelta(days=730)
SPEAKS = {"bjarne": "nn"}
NOT_CONFIRMED, RESERVED, NOT_REGISTERED = 25, 60, 80  # one of so many in a made-up office


def of_the_cast() -> dict[str, Any]:
    """The grown-ups who are patients."""
    return {
        number("kari"): _of("kari"),
        number("per"): _of("per", confirmed=LONG_AGO),
        number("anne"): {**_of("anne"), "reservasjon": "JA"},
        number("bjarne"): _of("bjarne"),
    }


def of_patients(people: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """These people and their numbers: most as one would wish, some not, as it is."""
    found: dict[str, Any] = {}
    for place, (one, phone) in enumerate(people, start=1):
        if place % NOT_REGISTERED == 0:
            continue
        found[one] = _person(phone, LATELY if place % NOT_CONFIRMED else LONG_AGO)
        if place % RESERVED == 0:
            found[one]["reservasjon"] = "JA"
    return found


def phone_of(who: str) -> str:
    """A number from the series that is nobody's, the same that the office has."""
    return f"9990000{list(NAMES).index(who)}"


def _of(who: str, confirmed: timedelta = LATELY) -> dict[str, Any]:
    said = _person(phone_of(who), confirmed, email=f"{who}@example.org")
    return {**said, "spraak": SPEAKS.get(who, "nb")}


def _person(phone: str, confirmed: timedelta, email: str = "") -> dict[str, Any]:
    at = (datetime.now(UTC) - confirmed).isoformat(timespec="seconds")
    where = {
        "mobiltelefonnummer": f"+47{phone}",
        "mobiltelefonnummer_oppdatert": at,
        "mobiltelefonnummer_sist_verifisert": at,
    }
    if email:
        where |= {
            "epostadresse": email,
            "epostadresse_oppdatert": at,
            "epostadresse_sist_verifisert": at,
        }
    return {"kontaktinformasjon": where, "spraak": "nb", "spraak_oppdatert": at}
