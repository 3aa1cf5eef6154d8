"""What can have happened when the log is followed up; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class LogSearched(Event):
    """Somebody searched the log for a patient, or for what a colleague has done."""

    silent: ClassVar[bool] = True
    search_id: UUID
    purpose: str
    colleague_account_id: int | None = None


class UnusualLookNoticed(Event):
    """The platform saw something unlike the usual in the log, for somebody to judge.

    This and what follows from it says neither whose look it was nor at whom: it is not in the
    patient's log, and no colleague can tell.
    """

    silent: ClassVar[bool] = True
    unusual_look_id: UUID


class UnusualLookAsked(Event):
    """Whoever looked was asked about it."""

    silent: ClassVar[bool] = True
    unusual_look_id: UUID


class UnusualLookAnswered(Event):
    """Whoever looked said how it was."""

    silent: ClassVar[bool] = True
    unusual_look_id: UUID


class UnusualLookJudged(Event):
    """Somebody who follows up the log said what it was."""

    silent: ClassVar[bool] = True
    unusual_look_id: UUID
    verdict: str


class UnusualLookForgotten(Event):
    """What was judged is past the time such are kept, and removed."""

    silent: ClassVar[bool] = True
    unusual_look_id: UUID


class LookQuestioned(Event):
    """A patient asked the office about a look; ``entry_id`` is its line."""

    silent: ClassVar[bool] = True
    entry_id: int
