"""A message on the wrong patient becomes a deviation by itself (R59)."""

from uuid import UUID

from dialog import rows
from dialog.breaches import actions
from dialog.conversations import queries
from dialog.conversations.events import ConversationMisfiled, MessageRecalled
from dialog.ledger.subscribers import Fact, subscribe


class Drafter:
    """Writes down what was put right on the wrong patient; twice is once."""

    def read(self, fact: Fact) -> UUID | None:
        """Which matter. What was only taken back is a deviation when whoever did so says it."""
        if fact.kind == MessageRecalled.__name__ and not fact.details.get("wrong_patient"):
            return None
        return fact.conversation_id

    def send(self, word: object) -> None:
        """Nobody outside is told."""

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Of the two facts of a move, that about the wrong patient counts."""
        if fact.conversation_id is None or fact.practice_id is None:
            return
        with rows.seeing(practice=fact.practice_id):
            mistake = queries.mistake_in(
                fact.conversation_id, found_at=fact.at, moved_to=_moved_to(fact)
            )
            if mistake is not None:
                actions.draft(practice_id=fact.practice_id, mistake=mistake)


def _moved_to(fact: Fact) -> UUID | None:
    moved = fact.details.get("counterpart_id")
    return UUID(str(moved)) if moved else None


subscribe("breaches", Drafter(), to=(ConversationMisfiled, MessageRecalled))
