"""The communication test: somebody asks whether we are there, and waits for the answer.

Nothing is kept of it, for it is about nobody; and nobody else's question is answered here.
"""

import logging
from uuid import uuid4

from django.utils import timezone

from dialog.errors import PortError
from dialog.interop.addressing import pair_for_receiving
from dialog.interop.building import Content, answering, compose
from dialog.interop.conditions import ProtectionError
from dialog.interop.exchange import answer_to
from dialog.interop.known import known
from dialog.interop.messages import Message
from dialog.interop.names import Process
from dialog.interop.ports import (
    ANSWER_WITHIN,
    Delivery,
    Envelope,
    Settled,
    protection,
    registry,
    transport,
)
from dialog.interop.processes import Queue, Side, function, recognised
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.understanding import Outside, understood
from dialog.interop.writing import write

log = logging.getLogger(__name__)


def take(delivery: Delivery) -> Settled:
    """Answer a test at once; whatever else comes here is logged, and not answered."""
    envelope = delivery.envelope
    try:
        found, _content = understood(delivery.body, _outside(envelope))
        if not envelope.reply_to or not isinstance(found, Message) or not _is_test(found):
            log.warning("from %s: no question that is answered at once", envelope.sender)
            return Settled.ACCEPTED
        transport().send(answer_to(envelope, ANSWER_WITHIN), _answer(found, envelope))
    except (ProtectionError, NotTaken, PortError) as refusal:
        log.warning("test from %s: %s", envelope.sender, type(refusal).__name__)
    return Settled.ACCEPTED


def _is_test(message: Message) -> bool:
    asked = recognised(message, known(), Side.PRACTICE, Queue.SYNC)
    return asked is not None and (asked.process, asked.name) == (Process.TEST, "Foresporsel")


def _answer(asked: Message, envelope: Envelope) -> bytes:
    heading = answering(asked.header, id=str(uuid4()), sent=timezone.now())
    what = function(known(), Process.TEST, Side.PATIENT, "Svar")
    text = asked.question.text if asked.question else None
    said = compose(what, heading, Content(text=text.plain if text else ""), known())
    to, own = pair_for_receiving(
        registry(), sender=envelope.sender, own=envelope.receiver, cpa_id=envelope.agreement
    )
    return protection().protect(write(said), to=to, own=own)


def _outside(envelope: Envelope) -> Outside:
    return Outside(
        sender=envelope.sender,
        receiver=envelope.receiver,
        function=envelope.function,
        agreement=envelope.agreement,
    )
