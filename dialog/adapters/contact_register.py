"""The contact register over HTTP, in the words of its published interface (KRR, REST version 2).

Words, codes and the rule of eighteen months are Digdir's own documentation of «Oppslagstjenesten
REST», «Attributter i KRR» and «18-månedersregel». NOT VERIFIED against the register itself.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from dialog.adapters.asking import ask
from dialog.errors import PortError
from dialog.people.contact_register import Contacted

Words = Mapping[str, Any]
YES, ACTIVE, MAY_BE_TOLD = "JA", "AKTIV", "KAN_VARSLES"
LONGEST_PHONE, LONGEST_EMAIL, LONGEST_LANGUAGE = 20, 254, 5


class HttpContactRegister:
    """Asks the register at the address in the settings."""

    def people(self, numbers: Collection[str]) -> Mapping[str, Contacted]:
        """Each of them; one the register leaves out is no answer."""
        try:
            said = {one["personidentifikator"]: one for one in _ask(numbers)}
            return {one: _contacted(said[one]) for one in numbers}
        except (AttributeError, KeyError, TypeError, ValueError):
            # What came cannot be read. It is personal, so nothing of it goes along.
            raise PortError from None


def _ask(numbers: Collection[str]) -> list[Words]:
    answer = ask("CONTACT", {"personidentifikatorer": sorted(numbers)})
    if not answer.fine:
        raise PortError
    people: list[Words] = answer.words()["personer"]
    return people


def _contacted(said: Words) -> Contacted:
    where = said.get("kontaktinformasjon") or {}
    return Contacted(
        registered=said["status"] == ACTIVE,
        reserved=said.get("reservasjon") == YES,
        may_be_told=said.get("varslingsstatus") == MAY_BE_TOLD,
        phone=_words(where, "mobiltelefonnummer", LONGEST_PHONE),
        phone_confirmed_at=_confirmed(where, "mobiltelefonnummer"),
        email=_words(where, "epostadresse", LONGEST_EMAIL),
        email_confirmed_at=_confirmed(where, "epostadresse"),
        language=_words(said, "spraak", LONGEST_LANGUAGE),
        language_at=_moment(said.get("spraak_oppdatert")),
    )


def _words(said: Words, name: str, longest: int) -> str:
    words = str(said.get(name) or "").strip()
    if len(words) > longest:
        raise ValueError
    return words


def _confirmed(said: Words, name: str) -> datetime | None:
    """Changed or confirmed, whichever came last: either counts."""
    times = [_moment(said.get(f"{name}_{how}")) for how in ("oppdatert", "sist_verifisert")]
    return max(filter(None, times), default=None)


def _moment(said: str | None) -> datetime | None:
    if not said:
        return None
    read = datetime.fromisoformat(said)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
