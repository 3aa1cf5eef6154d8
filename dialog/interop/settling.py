"""What became of a message that came: written down, answered, and said in a line."""

import logging

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
from dialog.statements import change

log = logging.getLogger(__name__)

# What is known of a message when it has been settled.
SETTLED = (
    *("state", "code", "settled_at", "due_at", "practice", "patient", "conversation", "answers"),
    *("message_id", "issued", "wants_receipt", "digest", "tolerated"),
)


def settle(
    one: Transmission,
    state: State,
    code: str = "",
    *,
    header: Header | None = None,
    words: str = "",
    detail: str = "",
) -> None:
    """Write down what became of it, with the receipt its sender asked for; both or neither.

    ``words`` go to the sender, ``detail`` to the log: it may name files and numbers, no content.
    """
    one.state, one.code = state, code[:60]
    one.settled_at, one.due_at = timezone.now(), None
    answered = header is not None and header.wants_receipt
    if header is not None and answered:
        receipts.write_for(one, header, code=code, words=words)
    change(one, *SETTLED)
    record(
        PLATFORM,
        MessageUnderstood(
            transmission_id=one.uuid,
            state=state,
            code=one.code,
            patient_id=one.patient_id,
            practice_id=one.practice_id,
            conversation_id=one.conversation_id,
        ),
    )
    if state is State.REFUSED:
        _say(one, answered, detail)


def _say(one: Transmission, answered: bool, detail: str) -> None:
    if one.code in set(Condition):
        told = "told on the sender's error queue"
    else:
        told = "told in a receipt" if answered else "not told: no receipt was asked for"
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
