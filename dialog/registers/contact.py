"""The simulated contact register's form: many at once, each with what the register says of all.

Whether somebody may be told things is worked out as the register does it, so that an address ages
while the simulation stands; words of one's own come first.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Words = Mapping[str, Any]
NAME = "contact"
ADDRESSES = ("mobiltelefonnummer", "epostadresse")
COUNTS = timedelta(days=548)  # eighteen months


def answer(said: object, known: Callable[[str], Words | None]) -> dict[str, Any] | None:
    """Everybody asked about; None when nobody is."""
    asked = said.get("personidentifikatorer") if isinstance(said, dict) else None
    if not isinstance(asked, list):
        return None
    return {"personer": [_person(str(one), known(str(one))) for one in asked]}


def _person(number: str, words: Words | None) -> dict[str, Any]:
    if words is None:
        return {
            "personidentifikator": number,
            "status": "IKKE_REGISTRERT",
            "reservasjon": "NEI",
            "varslingsstatus": "KAN_IKKE_VARSLES",
        }
    reserved = words.get("reservasjon") == "JA"
    told = not reserved and any(_fresh(words.get("kontaktinformasjon") or {}))
    return {
        "personidentifikator": number,
        "status": "AKTIV",
        "reservasjon": "NEI",
        "varslingsstatus": "KAN_VARSLES" if told else "KAN_IKKE_VARSLES",
        **words,
    }


def _fresh(where: Words) -> Iterable[bool]:
    since = datetime.now(UTC) - COUNTS
    for name in ADDRESSES:
        times = [where.get(f"{name}_{how}") for how in ("oppdatert", "sist_verifisert")]
        yield bool(where.get(name)) and any(
            datetime.fromisoformat(one) > since for one in times if one
        )
