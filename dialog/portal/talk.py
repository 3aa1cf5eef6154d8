"""A conversation in the shapes the page draws, as the patient reads it."""

from django.urls import reverse

from dialog.actor import Role, Side
from dialog.conversations.corrected import with_corrections
from dialog.conversations.queries import FileView, MessageView, Thread
from dialog.people import texts
from dialog.ui.parts import Bubble, FileLine


def bubbles(thread: Thread, *, take_back: bool = False) -> list[Bubble]:
    """The messages; the office's staff are named only where the office says so (R151).

    With ``take_back`` what the office has not opened has a link to take it back; the first
    message is taken back with the whole matter instead.
    """
    said = [
        _bubble(thread, one, take_back=take_back and one.recallable and number > 0)
        for number, one in enumerate(thread.messages)
    ]
    return with_corrections(thread, said)


def _bubble(thread: Thread, message: MessageView, *, take_back: bool) -> Bubble:
    author, role = who(thread, message)
    back = reverse("portal:recall", args=[thread.id, message.id]) if take_back else ""
    return Bubble(
        id=str(message.id),
        author=author,
        role=role,
        text=message.text,
        at=message.sent_at,
        mine=message.mine,
        files=[file_line(one) for one in message.files],
        recalled=bool(message.hidden),
        important=thread.important and message.side is Side.PRACTICE,
        take_back=back,
    )


def who(thread: Thread, message: MessageView) -> tuple[str, str]:
    """Who wrote, by name or by role, as the patient reads it."""
    role = str(texts.ROLE[Role(message.author_role)])
    if message.side is Side.PATIENT:
        return message.author_name, role if message.author_role == Role.PROXY else ""
    named = message.author_role == Role.PRACTITIONER or thread.owner.office.show_staff_names
    return (message.author_name, role) if named else (role, "")


def file_line(file: FileView) -> FileLine:
    """A file as a link to its own address."""
    return FileLine(href=reverse("portal:file", args=[file.id]), name=file.name, size=file.size)
