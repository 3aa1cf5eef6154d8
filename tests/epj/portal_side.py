"""A small portal for the other end: the one that ``certify`` plays, with words for tests."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from certify.portal import Portal
from certify.settings import place, post
from dialog.adapters.amqp import AmqpTransport
from dialog.interop.messages import Message, Receipt
from dialog.interop.names import Process
from dialog.interop.writing import write
from epj import settings
from tests.epj.numbers import KNOWN, LUND
from tests.epj.office import said

Kind = TypeVar("Kind", Message, Receipt)


class PortalSide:
    """Made of the settings the record system writes for a portal."""

    def __init__(self, path: Path) -> None:
        where = place(path)
        self.bus = AmqpTransport(replace(settings.bus(where.bus), pause=0.05, longest_pause=0.3))
        self.portal = Portal(where.portal.her_id, post(where, KNOWN), self.bus, KNOWN)
        self.told: list[Message] = []

    def close(self) -> None:
        self.bus.close()

    @property
    def heard(self) -> list[Message | Receipt]:
        return [one.what for one in self.portal.inbox.heard]

    @property
    def faults(self) -> list[str]:
        """What the record system complained of, and what of its own had to be refused."""
        inbox = self.portal.inbox
        return [one.condition for one in inbox.complaints] + [
            words for _at, words in inbox.oddities
        ]

    def asks(self, process: Process, name: str, **content: object) -> Message:
        """Say something for a patient; what was said."""
        message = said(process, name, **content)  # type: ignore[arg-type]
        self.portal.send(write(message), receiver=LUND, function=message.header.type.value)
        return message

    def waits_for(self, process: Process, name: str, **content: object) -> Message:
        """Ask something, and wait for the answer."""
        found = self.portal.ask(said(process, name, **content), 5.0).what  # type: ignore[arg-type]
        assert isinstance(found, Message)
        return found

    def receipt(self, asked: Message) -> Receipt:
        """The receipt for what was said, when it comes."""
        return self.first(Receipt, lambda one: one.original.id == asked.header.id)

    def answer(self, asked: Message) -> Message:
        """The first answer in a conversation, when it comes."""
        return self.first(Message, lambda one: one.header.conversation == asked.header.thread)

    def news(self, process: Process) -> Message:
        """The newest message of a process, when one comes that was not told before."""
        kind = process.upper()
        found = self.first(
            Message, lambda one: one.header.type.value == kind and one not in self.told
        )
        self.told.append(found)
        return found

    def first(self, kind: type[Kind], fits: Callable[[Kind], bool]) -> Kind:
        """The first that fits, when it comes."""
        found: list[Kind] = []

        def comes() -> bool:
            found[:] = [one for one in self.heard if isinstance(one, kind) and fits(one)]
            return bool(found)

        assert self.portal.inbox.wait(comes, 10.0), [type(one).__name__ for one in self.heard]
        return found[0]
