"""A message understood and placed: from whom, about whom, in which conversation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.errors import NotAllowed
from dialog.interop.messages import Message
from dialog.interop.names import Process


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody at a practice says from their record system.

    ``conversation_id`` is the one it answers in, of this ``kind``, which the action still has to
    find for whoever acts; None begins a new one. ``at`` is when it was
    written, never later than it came: a clock that is ahead would outlive every later word.
    ``verb`` is what a coded answer means here (``codes/answers.toml``), empty where it is only
    words.
    """

    message: Message
    process: Process
    by: Actor
    patient_id: int
    patient_uuid: UUID
    conversation_id: UUID | None
    at: datetime
    kind: Kind | None = None
    verb: str = ""

    @property
    def subject(self) -> str:
        """The subject line, where there is one."""
        said = self.message.note or self.message.question
        return said.subject if said else ""

    @property
    def text(self) -> str:
        """The words, plain, with the subject first where they do not begin with it."""
        said = self.message.note or self.message.question
        words = said.text.plain if said and said.text else ""
        if self.subject and not words.startswith(self.subject):
            return f"{self.subject}\n\n{words}".strip()
        return words

    def files(self) -> list[UUID]:
        """The attachments, checked and kept as any other file; they have somebody who sent them."""
        if self.message.attachments and self.by.account_id is None:
            raise NotAllowed(_("Filer må sendes fra adressen til en behandler."))
        return [
            conversations.keep_file(
                by=self.by, name=one.description or "vedlegg", data=one.content
            ).id
            for one in self.message.attachments
            if one.content
        ]


Act = Callable[[Heard], UUID]
