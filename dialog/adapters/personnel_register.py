"""The health-personnel register over HTTP, in the words of HPR's public interface.

Those words, and which codes of 7704 are authorisations, are as others who ask it publish them. NOT
VERIFIED against the register itself: that an ended or withdrawn authorisation always has
``avsluttetStatus``.
"""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings

from dialog.adapters.asking import ask
from dialog.errors import PortError
from dialog.people.personnel_register import Authorised, HealthProfessional

Words = Mapping[str, Any]
LONGEST = 100


class HttpPersonnelRegister:
    """Asks the register at the address in the settings."""

    def professional(self, number: str) -> HealthProfessional | None:
        """Somebody, by identity number."""
        said = _ask(number)
        if said is None:
            return None
        try:
            if said["person"]["nin"] != number:
                raise PortError
            authorised = [_authorised(one) for one in said.get("godkjenninger") or []]
            return HealthProfessional(
                hpr_number=str(int(said["hprNummer"])), authorised=tuple(authorised)
            )
        except (KeyError, TypeError, ValueError):
            # What came cannot be read. It is personal, so nothing of it goes along.
            raise PortError from None


def _ask(number: str) -> Words | None:
    answer = ask("PERSONNEL", {"nin": number})
    if answer.status == HTTPStatus.NOT_FOUND:
        return None
    if not answer.fine:
        raise PortError
    return answer.words()


def _authorised(said: Words) -> Authorised:
    """One of somebody's authorisations; a code we do not know lets nobody work."""
    period = said.get("periode") or {}
    since, last = _day(period.get("fra")), _day(period.get("til"))
    if since and last and last < since:
        raise ValueError
    known = (said.get("autorisasjon") or {}).get("verdi") in settings.PERSONNEL_AUTHORISATIONS
    specialities = [_open(one) for one in said.get("spesialistgodkjenninger") or []]
    return Authorised(
        kind=str(said["helsepersonellkategori"]["verdi"])[:10],
        since=since,
        last=last,
        withdrawn=not known or bool(said.get("avsluttetStatus")),
        specialities=tuple(filter(None, specialities)),
    )


def _open(said: Words) -> str:
    """What a speciality is called; nothing when it has ended."""
    ended = bool(said.get("avsluttetStatus")) or bool((said.get("periode") or {}).get("til"))
    return "" if ended else str(said["type"]["navn"])[:LONGEST]


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said[:10]) if said else None
