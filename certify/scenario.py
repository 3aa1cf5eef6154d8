"""What a scenario is, and what can become of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from dialog.interop.names import Process

if TYPE_CHECKING:
    from certify.terms import Sent
    from certify.trial import Trial


class Outcome(StrEnum):
    """How it went."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_RUN = "not run"


class Failed(Exception):
    """The vendor's system did something else than was expected; ``about`` is the message."""

    def __init__(self, expected: str, came: str, about: "Sent | None" = None) -> None:
        super().__init__(f"{expected}: {came}")
        self.expected, self.came, self.about = expected, came, about


class Away(Failed):
    """The bus cannot be reached: nothing more can be tried."""


class Unmet(Exception):
    """It cannot be run here and now; the sentence says what is lacking."""


Play = Callable[["Trial"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One thing that is tried.

    ``expects`` says in plain English what should happen. ``play`` does it, and gives the words for
    what came. ``uses`` are the functions the vendor must have agreed to take, and ``sends`` those
    it must have agreed to send one of. ``person`` is what somebody at the vendor is to press; empty
    where nobody is needed.
    """

    key: str
    title: str
    expects: str
    play: Play
    uses: tuple[tuple[Process, str], ...] = ()
    sends: tuple[tuple[Process, str], ...] = ()
    person: str = ""


@dataclass(slots=True, kw_only=True)
class Result:
    """What became of a scenario: what was expected and what came, where it ``took`` seconds."""

    scenario: Scenario
    outcome: Outcome
    expected: str
    came: str
    begun: datetime
    took: float = 0.0
    sent: "tuple[Sent, ...]" = ()
    remarks: list[str] = field(default_factory=list)
    about: "Sent | None" = None
    bus_is_away: bool = False
