"""What became of messages that came: written down, answered, and said in a line each."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from dialog.actor import PLATFORM
from dialog.interop import receipts
from dialog.interop.conditions import Condition
from dialog.interop.events import MessageUnderstood
from dialog.interop.messages import Header
from dialog.interop.models import Transmission
from dialog.interop.plainly import plainly
from dialog.interop.policy import State
from dialog.ledger.actions import record
from dialog.statements import tell

log = logging.getLogger(__name__)

# All that is known of a message when it has been settled.
SETTLE = """
UPDATE interop_transmission AS one
SET state = now.state, code = now.code, settled_at = now.settled_at, due_at = NULL,
    practice_id = now.practice, patient_id = now.patient, conversation_id = now.conversation,
    answers_id = now.answers, message_id = now.message_id, issued = now.issued,
    wants_receipt = now.wants_receipt, digest = now.digest, tolerated = now.tolerated::jsonb
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[], %s::bigint[], %s::bigint[],
            %s::uuid[], %s::bigint[], %s::text[], %s::text[], %s::bool[], %b::bytea[], %s::text[])
    AS now (id, state, code, settled_at, practice, patient, conversation, answers, message_id,
            issued, wants_receipt, digest, tolerated)
WHERE one.id = now.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a message. ``words`` go to the sender, ``detail`` to the log: it may name
    files and numbers, no content.
    """

    one: Transmission
    state: State
    code: str = ""
    header: Header | None = None
    words: str = ""
    detail: str = ""

    @property
    def answered(self) -> bool:
        """Whether its sender has asked for a receipt."""
        return self.header is not None and self.header.wants_receipt


def settle(verdicts: Sequence[Verdict]) -> None:
    """Write down what became of messages, with the receipts their senders asked for, in the order
    they came; all of it or nothing.
    """
    if not verdicts:
        return
    now = timezone.now()
    for verdict in verdicts:
        one = verdict.one
        one.state, one.code = verdict.state, verdict.code[:60]
        one.settled_at, one.due_at = now, None
    receipts.write_for(verdicts)
    tell(SETTLE, *map(list, zip(*(_columns(verdict.one) for verdict in verdicts), strict=True)))
    record(PLATFORM, *map(_fact, verdicts))
    for verdict in verdicts:
        if verdict.state is State.REFUSED:
            _say(verdict)


def _columns(one: Transmission) -> tuple[Any, ...]:
    return (
        *(one.id, one.state, one.code, one.settled_at, one.practice_id, one.patient_id),
        *(one.conversation_id, one.answers_id, one.message_id, one.issued, one.wants_receipt),
        *(bytes(one.digest), json.dumps(one.tolerated)),
    )


def _fact(verdict: Verdict) -> MessageUnderstood:
    one = verdict.one
    return MessageUnderstood(
        transmission_id=one.uuid,
        state=verdict.state,
        code=one.code,
        patient_id=one.patient_id,
        practice_id=one.practice_id,
        conversation_id=one.conversation_id,
    )


def _say(verdict: Verdict) -> None:
    one, detail = verdict.one, verdict.detail
    if one.code in set(Condition):
        told = "told on the sender's error queue"
    else:
        told = "told in a receipt" if verdict.answered else "not told: no receipt was asked for"
    log.warning(
        "message %s from %s to %s, %s: refused, %s: %s%s; %s",
        one.uuid,
        one.sender,
        one.receiver,
        one.function,
        one.code,
        plainly(one.code),
        f" ({detail})" if detail else "",
        told,
    )
