"""The only doors to a conversation and its files; what is not yours is not found."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from dialog.actor import ALL_AREAS, Actor, Role, Side
from dialog.conversations.models import Attachment, Conversation
from dialog.conversations.policy import Kind, sees_all, sees_own_lists
from dialog.errors import NotFound
from dialog.statements import ask_one, columns, made


def visible(by: Actor) -> Q:
    """Which conversations this actor may see at all; the rest are in no list and no count."""
    if by.side is Side.PATIENT and by.patient_id is not None:
        return _of_the_patients(by)
    if by.side is Side.PRACTICE and by.practice_id is not None:
        return Q(practice_id=by.practice_id) & _kinds_seen(by)
    if by.side is Side.PLATFORM:
        return Q()
    return Q(pk__in=[])


def seen_sql(by: Actor) -> tuple[str, tuple[object, ...]]:
    """``visible`` for a statement written by hand, about conversations called ``c``."""
    if by.side is Side.PATIENT and by.patient_id is not None:
        return _of_the_patients_sql(by)
    if by.side is Side.PRACTICE and by.practice_id is not None:
        everywhere, on_lists = _seen_where(by)
        return AT_WORK, (by.practice_id, everywhere, on_lists, sorted(by.list_ids), by.account_id)
    return ("true" if by.side is Side.PLATFORM else "false"), ()


def _of_the_patients(by: Actor) -> Q:
    """What is kept from whoever acts for a patient they do not see at all (R20, R106), nor what
    their mandate says nothing of (R23); and a young person not what others wrote for them (R21).
    """
    mine = Q(patient_id=by.patient_id)
    if by.role is Role.PROXY:
        mine &= Q(reserved=False)
    if by.areas != ALL_AREAS:
        mine &= Q(kind__in=_within(by))
    if by.young:
        mine &= (
            Q(kind=Kind.APPOINTMENT)
            | Q(started_side__in=(Side.PRACTICE, Side.PLATFORM))
            | Q(started_by_id=by.account_id)
        )
    return mine


def _of_the_patients_sql(by: Actor) -> tuple[str, tuple[object, ...]]:
    seen = "c.patient_id = %s"
    values: tuple[object, ...] = (by.patient_id,)
    if by.role is Role.PROXY:
        seen = f"{seen} AND NOT c.reserved"
    if by.areas != ALL_AREAS:
        seen, values = f"{seen} AND c.kind = ANY (%s)", (*values, _within(by))
    if by.young:
        seen, values = f"{seen} AND {OF_THE_YOUNG}", (*values, by.account_id)
    return seen, values


def _within(by: Actor) -> list[str]:
    """The kinds within the reach of whoever acts in some things only; who has looked is one's own
    to ask about, however young.
    """
    own = [] if by.role is Role.PROXY else [str(Kind.LOG_QUESTION)]
    return [*sorted(by.areas), *own]


OF_THE_YOUNG = "(c.kind = 'appointment' OR c.started_side <> 'patient' OR c.started_by_id = %s)"
AT_WORK = """
c.practice_id = %s AND (c.kind = ANY (%s)
    OR c.kind = ANY (%s) AND (c.patient_list_id = ANY (%s) OR c.owner_id = %s))
"""


def _seen_where(by: Actor) -> tuple[list[str], list[str]]:
    """The kinds seen on every list of the practice, and those seen on one's own."""
    everywhere = [str(kind) for kind in Kind if sees_all(kind, by)]
    return everywhere, [
        str(kind) for kind in Kind if str(kind) not in everywhere and sees_own_lists(kind, by)
    ]


def _kinds_seen(by: Actor) -> Q:
    everywhere, on_lists = _seen_where(by)
    seen = Q(kind__in=everywhere)
    if on_lists:
        mine = Q(patient_list_id__in=sorted(by.list_ids)) | Q(owner_id=by.account_id)
        seen |= Q(kind__in=on_lists) & mine
    return seen


def seen_by(by: Actor) -> QuerySet[Conversation]:
    """Every conversation this actor may see, for a room's own lists of what hangs on them."""
    return Conversation.objects.filter(visible(by))


def kept_from_the_young(by: Actor, author_role: str) -> bool:
    """Whether a young person does not see what was written: that of those who act for them
    (R21).
    """
    return by.young and author_role == Role.PROXY


BY_ID = f"""
SELECT {columns(Conversation, "c")} FROM conversations_conversation AS c WHERE c.id = %s AND
"""  # noqa: S608 - our own columns


def conversation_for(by: Actor, conversation_id: UUID, *, lock: bool = False) -> Conversation:
    """A conversation of one's own; ``lock`` orders what happens in it."""
    seen, values = seen_sql(by)
    found = ask_one(f"{BY_ID} ({seen}) {'FOR UPDATE' if lock else ''}", conversation_id, *values)
    if found is None:
        raise NotFound
    return made(Conversation, found)


def attachment_for(by: Actor, attachment_id: UUID) -> Attachment:
    """A file in a conversation of one's own, not one that has been taken back or erased."""
    attachment = (
        Attachment.objects.filter(id=attachment_id, message__hidden_at__isnull=True)
        .select_related("message")
        .first()
    )
    if attachment is None:
        raise NotFound
    if attachment.message_id is None:
        if attachment.author_id != by.account_id:
            raise NotFound
        return attachment
    # None: carried by a message that this reader does not see.
    if attachment.message is None or kept_from_the_young(by, attachment.message.author_role):
        raise NotFound
    if conversation_for(by, attachment.message.conversation_id).erased_at is not None:
        raise NotFound
    return attachment


def kept_files(by: Actor, attachment_ids: Iterable[UUID]) -> list[Attachment]:
    """The author's own files that no message carries yet, in the order they were kept."""
    asked = list(attachment_ids)
    if not asked:
        return []
    kept = Attachment.objects.filter(id__in=asked, author_id=by.account_id, message__isnull=True)
    return list(kept.order_by("created_at", "id"))
