"""Who carries out what has been decided: the relay erases, for it alone may destroy keys."""

from uuid import UUID

from dialog import rows
from dialog.conversations.actions import erase
from dialog.conversations.events import ErasureDecided
from dialog.ledger.subscribers import Fact, subscribe


class Eraser:
    """Empties a conversation whose erasure has been decided; twice is once."""

    def read(self, fact: Fact) -> UUID | None:
        """Which conversation."""
        return fact.conversation_id

    def send(self, word: object) -> None:
        """Nobody outside is told."""

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """All of it goes in one transaction, or nothing does."""
        if fact.conversation_id is not None:
            with rows.seeing(practice=fact.practice_id, scope="erasing"):
                erase(conversation_id=fact.conversation_id)


subscribe("erasure", Eraser(), to=(ErasureDecided,))
