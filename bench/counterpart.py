"""The other end of the bus, in the same process: it hands over what it is told to, and answers
what is free at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from bench.parties import DOCTOR, US, free_times, parties
from dialog.errors import PortError
from dialog.interop.exchange import answer_to
from dialog.interop.messages import Message
from dialog.interop.ports import (
    ANSWER_WITHIN,
    Delivery,
    Envelope,
    Handle,
    Refuse,
    Settled,
    Several,
    protection,
)
from dialog.interop.reading import read
from dialog.interop.writing import write

QUEUE = f"{US}_async"


class Bus:
    """The port, with nothing between the two ends."""

    def __init__(self) -> None:
        self._handle: Handle | None = None
        self._several: Several | None = None

    def listen(
        self,
        queues: Mapping[str, int],
        handle: Handle,
        refuse: Refuse,
        several: Mapping[str, Several] | None = None,
    ) -> "Bus":
        """Keep who listens."""
        self._handle, self._several = handle, (several or {}).get(QUEUE)
        return self

    def stop(self, seconds: float = 30.0) -> bool:
        """Nothing is under way."""
        return True

    def close(self) -> None:
        """Nothing to let go of."""

    def send(self, envelope: Envelope, body: bytes) -> None:
        """Nobody hears what is sent."""

    def deliver(self, message: Message, body: bytes) -> Settled:
        """Hand a protected message to who listens, as the bus does."""
        if self._handle is None:
            raise PortError
        return self._handle(self._delivery(message, body))

    def deliver_several(self, told: Sequence[tuple[Message, bytes]]) -> Sequence[Settled]:
        """Hand over what lies in the queue, as the bus does with credit for it."""
        if self._several is None:
            raise PortError
        return self._several([self._delivery(*one) for one in told])

    def _delivery(self, message: Message, body: bytes) -> Delivery:
        envelope = Envelope(
            message_id=uuid4(),
            function=message.header.type.value,
            sender=DOCTOR,
            receiver=US,
            sent_at=datetime.now(UTC),
            to=QUEUE,
            content_type=protection().content_type,
        )
        return Delivery(envelope=envelope, body=body, queue=QUEUE)

    def ask(self, envelope: Envelope, body: bytes, seconds: float = ANSWER_WITHIN) -> Delivery:
        """The record system opens the question, and says what is free."""
        question = read(parties().opened_there(body))
        if not isinstance(question, Message):
            raise PortError(permanent=True)
        answered = parties().to_us(write(free_times(question.header)))
        outside = replace(answer_to(envelope, seconds), sender=DOCTOR)
        return Delivery(envelope=outside, body=answered, queue="reply")
