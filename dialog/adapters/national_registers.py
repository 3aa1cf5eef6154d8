"""The population register over HTTP: asked with JSON, answered with the register's own words.

Which words the register has is not settled by anything public that we have read; those below are
what its published model calls them, and are read in this one place. An address is compared here, as
it comes, and is then let go of: nobody else ever has it.
"""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from dialog.adapters.asking import ask
from dialog.errors import PortError
from dialog.people.identity_number import parse
from dialog.people.ports import Registered, Responsible

PROTECTED = {"fortrolig", "strengtFortrolig"}
DEAD = "doed"

Words = Mapping[str, Any]


class HttpPopulationRegister:
    """Asks the register at the address in the settings."""

    def person(self, number: str) -> Registered | None:
        """Somebody, and whether those responsible for a child live where it does."""
        said = self._ask(number)
        if said is None:
            return None
        home = _home(said)
        try:
            parents = _people(said, "foreldreansvar")
            with_them = {one: self._lives_at(one, home) for one in parents}
            return _registered(number, said, with_them)
        except (KeyError, TypeError, ValueError):
            # What came cannot be read. It is personal, so nothing of it goes along.
            raise PortError from None

    def _lives_at(self, number: str, home: object) -> bool:
        said = self._ask(number)
        return home is not None and said is not None and _home(said) == home

    def _ask(self, number: str) -> Words | None:
        answer = ask("POPULATION", {"number": number})
        if answer.status == HTTPStatus.NOT_FOUND:
            return None
        words = answer.words()
        if not answer.fine or words.get("identifikasjonsnummer") != number:
            raise PortError
        return words


def _home(said: Words) -> object:
    """Where somebody lives, as something to compare; None when it is not said."""
    return said.get("bostedsadresse") or None


def _people(said: Words, relation: str) -> list[str]:
    """The numbers in a relation; whoever has none is nobody one can act as."""
    return [str(one["identifikasjonsnummer"]) for one in said.get(relation) or []]


def _registered(number: str, said: Words, with_them: Mapping[str, bool]) -> Registered:
    return Registered(
        number=number,
        given=str(said["navn"]["fornavn"]),
        family=str(said["navn"]["etternavn"]),
        born=_born(number, said),
        dead=said["status"] == DEAD,
        protected=said.get("adressebeskyttelse") in PROTECTED,
        children=tuple(_people(said, "barn")),
        parents=tuple(
            Responsible(number=one, at_home=at_home) for one, at_home in with_them.items()
        ),
        wards=tuple(_people(said, "vergeFor")),
        guardians=tuple(_people(said, "verger")),
    )


def _born(number: str, said: Words) -> date:
    day = said.get("foedselsdato")
    return date.fromisoformat(day) if day else parse(number).birth_date
