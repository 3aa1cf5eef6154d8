"""What can have happened when the log is followed up; ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSearched(Event):
    """Somebody searched the log for a patient, or for what a colleague has done."""

    silent: ClassVar[bool] = True
    search_id: UUID
    purpose: str
    colleague_account_id: int | None = None
