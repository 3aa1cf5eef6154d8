"""Files: kept for their author the moment they arrive, so that a refused form loses none of
them.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.events import AttachmentRead
from dialog.conversations.files import MOST_FILES, clean, must_fit
from dialog.conversations.models import Attachment, Conversation, Message
from dialog.conversations.ports import blobs, scanner
from dialog.errors import InvalidInput
from dialog.ledger.actions import record
from dialog.rows import action


@action
def keep_file(*, by: Actor, name: str, data: bytes, turned: int = 0) -> queries.FileView:
    """Check and keep a file for its author until a message carries it; a picture turned so many
    quarters clockwise (R119).
    """
    must_fit(data)
    _must_be_harmless(data)
    cleaned = clean(name, data, turned=turned)
    blob = uuid4()
    blobs().put(blob, cleaned.data)
    attachment = Attachment.objects.create(
        author_id=by.account,
        name=cleaned.name,
        media_type=cleaned.media_type,
        size=len(cleaned.data),
        blob=blob,
    )
    return queries.FileView(
        id=attachment.id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
    )


def _must_be_harmless(data: bytes) -> None:
    """Looked through before anything of ours reads it, as it came."""
    if not scanner().open:
        raise InvalidInput(texts.NOBODY_SCANS, field="files")
    if scanner().harmful(data):
        raise InvalidInput(texts.HARMFUL, field="files")


def take_files(by: Actor, message: Message, files: Iterable[UUID]) -> None:
    """Let a message carry files: those its author kept, and copies of those already in the
    patient's threads.
    """
    wanted = list(files)
    if not wanted:
        return
    if len(wanted) > MOST_FILES:
        raise InvalidInput(
            _("Du kan legge ved høyst %(most)s filer.") % {"most": MOST_FILES}, field="files"
        )
    kept = {one.id: one for one in queries.kept_files(by, wanted)}
    Attachment.objects.filter(id__in=kept).update(message=message)
    for missing in (one for one in wanted if one not in kept):
        original = queries.attachment_for(by, missing)
        Attachment.objects.create(
            message=message,
            author_id=original.author_id,
            name=original.name,
            media_type=original.media_type,
            size=original.size,
            blob=original.blob,
        )


@action
def open_file(*, by: Actor, attachment_id: UUID) -> tuple[queries.FileView, Iterator[bytes]]:
    """Open a file; the look is on the patient's log."""
    attachment = queries.attachment_for(by, attachment_id)
    if attachment.message is not None:
        conversation = Conversation.objects.get(id=attachment.message.conversation_id)
        record(
            by,
            AttachmentRead(
                attachment_id=attachment.id,
                patient_id=conversation.patient_id,
                practice_id=conversation.practice_id,
                conversation_id=conversation.id,
            ),
        )
    view = queries.FileView(
        id=attachment.id,
        name=attachment.name,
        media_type=attachment.media_type,
        size=attachment.size,
    )
    return view, iter(list(blobs().parts(attachment.blob)))
