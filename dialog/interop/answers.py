"""What a coded answer means here; the codes are data (``codes/answers.toml``)."""

from dialog.interop.known import known
from dialog.interop.messages import Message
from dialog.interop.names import Process


def verb_of(process: Process, message: Message) -> str:
    """The verb an answer's code stands for; empty where it is only words."""
    if message.note is None:
        return ""
    return known().answers.get(process, {}).get(message.note.kind.value, "")
