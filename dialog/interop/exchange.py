"""The rules of a synchronous exchange: how a question and its answer belong together."""

from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

from dialog.interop.ports import Envelope


class Verdict(StrEnum):
    """What a message on a reply queue is."""

    ANSWER = "answer"
    LATE = "late"  # nobody waits for it, or not any more: thrown away
    STRANGER = "stranger"  # from somebody who was not asked: refused, and critical


def question(envelope: Envelope, reply_to: str, seconds: float) -> Envelope:
    """An envelope as a question: it says where to answer, and is gone when nobody waits."""
    return replace(
        envelope, reply_to=reply_to, correlation_id=str(envelope.message_id), ttl=seconds
    )


def answer_to(asked: Envelope, ttl: float) -> Envelope:
    """The envelope of the answer; every question must get one. ``ttl`` in seconds."""
    return Envelope(
        message_id=uuid4(),
        function=asked.function,
        sender=asked.receiver,
        receiver=asked.sender,
        sent_at=datetime.now(UTC),
        to=asked.reply_to,
        content_type=asked.content_type,
        correlation_id=asked.correlation_id or str(asked.message_id),
        agreement=asked.agreement,
        ttl=ttl,
    )


def verdict(asked: Envelope | None, heard: Envelope) -> Verdict:
    """What a message is to the question with its correlation-id, if anybody waits for that."""
    if asked is None:
        return Verdict.LATE
    return Verdict.ANSWER if heard.sender == asked.receiver else Verdict.STRANGER
