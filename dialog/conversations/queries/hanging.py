"""What may hang on a thread beside its messages; on most of them nothing does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.content import opening, read
from dialog.conversations import texts
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.conversations.ports import scanner
from dialog.conversations.queries.doors import seen_sql
from dialog.conversations.switches import FILES_IN
from dialog.people import queries as people
from dialog.statements import ask

AT_THE_MOMENT = timedelta(minutes=10)
OF_BOTH = """
SELECT EXISTS (SELECT 1 FROM conversations_attachment AS a
        JOIN conversations_message AS m ON m.id = a.message_id WHERE m.conversation_id = c.id),
    EXISTS (SELECT 1 FROM conversations_conversation AS after WHERE after.continues_id = c.id),
    EXISTS (SELECT 1 FROM conversations_task AS t WHERE t.conversation_id = c.id),
    EXISTS (SELECT 1 FROM conversations_rightsrequest AS r WHERE r.conversation_id = c.id)
"""
# Of each side no more is asked than what it is shown: the wall in the database is got ready for
# every table that a statement names.
OF_THE_PATIENT = f"""
{OF_BOTH}, EXISTS (SELECT 1 FROM conversations_serviceswitch AS s
        WHERE s.patient_list_id = c.list AND s.feature = c.part AND NOT s."on")
    OR EXISTS (SELECT 1 FROM conversations_servicepause AS p
        WHERE p.patient_list_id = c.list AND p.feature = c.part AND p.period @> c.now
            AND p.called_off_at IS NULL)
FROM (SELECT %s::uuid AS id, %s::bigint AS list, %s::text AS part, %s::timestamptz AS now) AS c
"""  # noqa: S608 - our own words
OF_THE_OFFICE = f"""
{OF_BOTH}, EXISTS (SELECT 1 FROM conversations_note AS n WHERE n.conversation_id = c.id),
    EXISTS (SELECT 1 FROM conversations_followup AS f WHERE f.conversation_id = c.id),
    EXISTS (SELECT 1 FROM conversations_readmark AS r
        WHERE r.conversation_id = c.id AND r.read_at > c.since AND r.account_id <> c.account)
FROM (SELECT %s::uuid AS id, %s::timestamptz AS since, %s::bigint AS account) AS c
"""  # noqa: S608 - our own words
NOTES = f"""
SELECT author_name, {opening("note.text", "note.id")}, written_at FROM conversations_note AS note
WHERE conversation_id = %s ORDER BY written_at
"""  # noqa: S608 - our own columns
OTHERS_READING = """
SELECT account_id, read_at FROM conversations_readmark
WHERE conversation_id = %s AND read_at > %s AND account_id <> %s ORDER BY read_at DESC
"""
AFTER = """
SELECT c.id, c.kind FROM conversations_conversation AS c
WHERE c.continues_id = %s AND c.patient_id = %s AND
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """An internal note."""

    author_name: str
    text: str
    written_at: datetime


class Hanging(NamedTuple):
    """Whether there is any of it, so that only what is there is asked for; ``no_files`` says that
    the reader may add none.
    """

    files: bool
    after: bool
    task: bool
    rights: bool
    notes: bool = False
    follow_ups: bool = False
    readers: bool = False
    no_files: bool = False


def hanging(by: Actor, conversation: Conversation) -> Hanging:
    """What hangs on a conversation already found; what is the office's own only for the office."""
    now = timezone.now()
    if by.side is Side.PRACTICE:
        (found,) = ask(OF_THE_OFFICE, conversation.id, now - AT_THE_MOMENT, by.account_id or 0)
        hangs = Hanging(*found)
    else:
        part = FILES_IN.get(Kind(conversation.kind))
        whose = (conversation.id, conversation.patient_list_id, part and str(part), now)
        ((files, after, task, rights, no_files),) = ask(OF_THE_PATIENT, *whose)
        hangs = Hanging(files, after, task, rights, no_files=no_files)
    return hangs if scanner().open else hangs._replace(no_files=True)


def notes_in(conversation: Conversation) -> tuple[NoteView, ...]:
    """Words between colleagues, as they came, or that they are erased."""
    gone = str(texts.ERASED) if conversation.erased_at else ""
    return tuple(
        NoteView(
            author_name=name,
            text=gone or read(text, "conversations_note.text"),
            written_at=at,
        )
        for name, text, at in ask(NOTES, conversation.id)
    )


def others_reading(by: Actor, conversation: Conversation) -> tuple[tuple[str, datetime], ...]:
    """The colleagues who have looked in the last minutes, and when (R184)."""
    since = timezone.now() - AT_THE_MOMENT
    marks = ask(OTHERS_READING, conversation.id, since, by.account)
    if not marks:
        return ()
    here = {one.account_id: one.name for one in people.colleagues(by)}
    return tuple((here[account], at) for account, at in marks if account in here)


def continued_by(by: Actor, conversation: Conversation) -> tuple[tuple[UUID, Kind], ...]:
    """What goes on from it, as far as this reader may see."""
    seen, values = seen_sql(by)
    after = ask(f"{AFTER} ({seen})", conversation.id, conversation.patient_id, *values)
    return tuple((one, Kind(kind)) for one, kind in after)


def patient_waits_since(conversation: Conversation, moment: datetime) -> bool:
    """Whether the last words after a moment are the patient's, and nobody has answered them."""
    last = conversation.messages.filter(sent_at__gt=moment, hidden_at__isnull=True)
    side = last.order_by("-sent_at").values_list("side", flat=True).first()
    return side == Side.PATIENT
