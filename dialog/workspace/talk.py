"""A conversation in the shapes the page draws, as the practice reads it."""

from django.urls import reverse

from dialog.actor import Role, Side
from dialog.conversations.corrected import with_corrections
from dialog.conversations.queries import FileView, MessageView, NoteView, Thread
from dialog.people import texts
from dialog.ui.parts import Bubble, FileLine


def bubbles(thread: Thread) -> list[Bubble]:
    """Messages and internal notes in the order they were written; what nobody has opened can be
    taken back.
    """
    said = [_bubble(thread, one) for one in thread.messages]
    noted = [_note(number, one) for number, one in enumerate(thread.notes)]
    return with_corrections(thread, sorted([*said, *noted], key=lambda one: one.at))


def _bubble(thread: Thread, message: MessageView) -> Bubble:
    ours = message.side is Side.PRACTICE
    opened = thread.patient_opened_at
    return Bubble(
        id=str(message.id),
        author=message.author_name,
        role=str(texts.ROLE[Role(message.author_role)]),
        text=message.text,
        at=message.sent_at,
        mine=ours,
        files=[file_line(one) for one in message.files],
        recalled=bool(message.hidden),
        important=ours and thread.important,
        take_back=reverse("workspace:recall", args=[thread.id, message.id])
        if message.recallable
        else "",
        opened_at=opened if ours and opened and opened >= message.sent_at else None,
    )


def _note(number: int, note: NoteView) -> Bubble:
    return Bubble(
        id=f"merknad-{number}",
        author=note.author_name,
        text=note.text,
        at=note.written_at,
        mine=True,
        internal=True,
    )


def file_line(file: FileView) -> FileLine:
    """A file as a link to its own address."""
    return FileLine(href=reverse("workspace:file", args=[file.id]), name=file.name, size=file.size)
