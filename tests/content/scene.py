"""A matter with words in it, and what the database itself has of them."""

from typing import Any
from uuid import UUID

from django.db import connection

from dialog import rows
from dialog.content.keys import PLATFORM
from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast

WORDS = "Jeg lurer på om åpningstidene er de samme i jula."


def asked(cast: Cast, text: str = WORDS) -> UUID:
    """Kari asks; the matter."""
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id, text=text
    ).id


def answered(cast: Cast, conversation: UUID, text: str = "Det er de.") -> None:
    """The desk answers."""
    actions.reply(by=cast.siri, conversation_id=conversation, text=text)


def texts(cast: Cast, conversation: UUID) -> list[str]:
    """What Kari reads."""
    with rows.seeing(patient=cast.kari.patient_id):
        return [one.text for one in queries.thread(cast.kari, conversation).messages]


def raw(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement gives to somebody who rules over the database, triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE postgres")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        found = cursor.fetchall() if cursor.description else []
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("SET LOCAL ROLE dialog_web")
    return found


def key_row(owner: str) -> tuple[Any, ...]:
    """An owner's data key as it is kept."""
    (found,) = raw("SELECT id, wrapped_by_id, wrapped FROM content_datakey WHERE owner = %s", owner)
    return found


__all__ = ["PLATFORM", "WORDS", "answered", "asked", "key_row", "raw", "texts"]
