"""What a run is told, and what it keeps of each message it sends."""

from dataclasses import dataclass
from uuid import UUID

from dialog.interop.messages import Message, Organisation
from dialog.interop.ports import ANSWER_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many seconds to wait: for an answer somebody waits for, for a receipt and what a system
    does by itself, for a person, and to see that nothing more comes.
    """

    answer: float = ANSWER_WITHIN
    receipt: float = 60.0
    person: float = 300.0
    quiet: float = 3.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours on the bus; ``at`` is on the clock of ``time.monotonic``."""

    message: Message
    bus_id: UUID
    at: float

    @property
    def id(self) -> str:
        """Its MsgId."""
        return self.message.header.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """Whom we test: the party's HER-id, and how a message names it."""

    her_id: int
    named: Organisation
