"""Correction and erasure: what can be asked, decided and erased, and what stands in the way.

What hangs on a conversation lies in more rooms than this one. Each says which of its columns hold
words of a conversation (``holds_words``), and what must be done before they may go (``before``).
"""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from dialog.actor import Actor, Role, Side

ANSWERED_WITHIN = timedelta(days=30)  # GDPR article 12 (3): a month, from when it was asked
LONGEST = 2000


class Wish(StrEnum):
    """What somebody asks for."""

    CORRECT = "correct"
    ERASE = "erase"


class Decision(StrEnum):
    """What came of it."""

    CORRECTED = "corrected"
    ERASED = "erased"
    DECLINED = "declined"


class Why(StrEnum):
    """Why a conversation's content was erased."""

    DECIDED = "decided"
    RETENTION = "retention"
    OFFICE_CLOSED = "office-closed"


class Obstacle(StrEnum):
    """What must be done before a conversation's content may be erased."""

    NOT_CLOSED = "not-closed"
    PROMISED = "promised"
    NOT_JOURNALED = "not-journaled"
    ON_ITS_WAY = "on-its-way"


class Words(NamedTuple):
    """Columns of a table that hold words of a conversation; ``rows`` says which rows are its."""

    table: str
    columns: tuple[str, ...]
    rows: str = "conversation_id = %s"


WORDS: dict[str, Words] = {}
_before: list[tuple[Obstacle, Callable[[UUID], bool]]] = []


def holds_words(*told: Words) -> None:
    """A room's columns, to be emptied when their conversation is erased."""
    WORDS.update({one.table: one for one in told})


def before(obstacle: Obstacle, stands: Callable[[UUID], bool]) -> None:
    """What a room says must be done first; ``stands`` tells whether it is in the way."""
    _before.append((obstacle, stands))


def in_the_way(conversation_id: UUID) -> list[Obstacle]:
    """What other rooms say must be done first."""
    return [obstacle for obstacle, stands in _before if stands(conversation_id)]


def may_decide(by: Actor) -> bool:
    """Correcting and erasing is for the one who answers for the record: a doctor."""
    return by.side is Side.PRACTICE and by.role is Role.PRACTITIONER


holds_words(
    Words("conversations_message", ("text",)),
    Words("conversations_note", ("text",)),
    Words("conversations_followup", ("what", "done_how")),
    Words("conversations_task", ("what",)),
    Words("conversations_correction", ("text",)),
    Words("conversations_rightsrequest", ("words",)),
)
