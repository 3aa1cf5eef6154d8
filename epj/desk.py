"""What every part of the record system has at hand."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dialog.interop.codes import Tables, tables
from dialog.interop.messages import Identity, Message, Organisation, Person, Professional
from dialog.interop.messages.elements import Code
from dialog.interop.messages.people import HPR, PERSON_IDS, her
from dialog.interop.names import Process
from dialog.interop.processes import Function, Side, function
from epj.refusal import Refusal
from epj.scripts import PREFIX, Script
from epj.settings import Practitioner, Settings
from epj.store import Store


def _silent(_words: str) -> None:
    """Say nothing."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Settings, store, code lists, script, a clock, and somebody to tell what happens.

    ``receipt_waits`` are the seconds between the times a message without receipt is sent.
    """

    settings: Settings
    store: Store
    known: Tables
    script: Script = field(default_factory=Script)
    now: Callable[[], datetime] = _now
    say: Callable[[str], None] = _silent
    receipt_waits: tuple[float, ...] = (900.0, 3600.0, 14400.0)

    def function(self, process: Process, name: str) -> Function:
        """Something an office says in a process."""
        return function(self.known, process, Side.PRACTICE, name)

    def code_for(self, process: Process, name: str, verb: str) -> str:
        """The code of an answer that stands for a verb of ``answers.toml``; without a verb, the one
        that is only words.
        """
        said = self.known.answers.get(process, {})
        kinds = [value for _list, value in self.function(process, name).kinds]
        found = [one for one in kinds if said.get(one, "") == verb]
        if not found:
            raise Refusal(f"No code says «{verb}» in {short(process)}. See codes/answers.toml.")
        return found[0]

    def professional(self, one: Practitioner) -> Professional:
        """A practitioner as a message names them."""
        numbers: tuple[Identity, ...] = (her(str(one.her_id), person=True),)
        if one.hpr:
            kind = Code(value=HPR, list=PERSON_IDS, text="HPR-nummer")
            numbers = (*numbers, Identity(one.hpr, kind))
        person = Person(given=one.given, family=one.family, identities=numbers)
        return Professional(person=person, role=Code(value="6", list="9034", text="Fastlege"))

    def ourselves(self, her_id: int) -> Organisation:
        """The office and the practitioner who writes, or the office alone on both levels."""
        identities = (her(str(self.settings.enterprise)),)
        if her_id == self.settings.enterprise:
            inside = Organisation(name=self.settings.name, identities=identities)
            return Organisation(name=self.settings.name, identities=identities, inside=inside)
        who = self.professional(self.settings.practitioner(her_id))
        return Organisation(name=self.settings.name, identities=identities, professional=who)

    def portal(self) -> Organisation:
        """The platform, on both levels."""
        there = self.settings.portal
        inside = Organisation(name=there.name, identities=(her(str(there.her_id)),))
        return Organisation(
            name=there.name, identities=(her(str(there.enterprise)),), inside=inside
        )


def desk(settings: Settings, store: Store, **more: object) -> Desk:
    """A desk with the tables the settings name."""
    return Desk(settings=settings, store=store, known=tables(settings.codes), **more)  # type: ignore[arg-type]  # the fields of Desk


def short(process: str) -> str:
    """A process as people at the desk call it."""
    return process.removeprefix(PREFIX)


def words_of(message: Message) -> str:
    """The words of a message, plain."""
    said = message.note or message.question
    return said.text.plain if said and said.text else ""


def soon(seconds: float) -> float:
    """That many seconds from now, as it is kept."""
    return time.time() + seconds
