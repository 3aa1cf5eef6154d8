"""record(): the one line that is both audit and outbox; and the key that makes a click one act."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.errors import NotAllowed, NotFound
from dialog.ledger.events import Event, LogHandedOut, ParkedDeliveryHandled, PracticeServed
from dialog.ledger.models import Delivery, DeliveryState, Heartbeat, RequestKey
from dialog.ledger.orders import Order
from dialog.ledger.queries import Problem
from dialog.ledger.subscribers import BY_CHOICE, listeners
from dialog.retention import USED_CLICKS, gone_before
from dialog.rows import action, leave_for_last
from dialog.statements import tell

# The facts in the order they happened.
FACTS = """
INSERT INTO ledger_entry
    (at, account_id, role, kind, patient_id, practice_id, conversation_id, details)
SELECT at, account_id, role, kind, patient_id, practice_id, conversation_id, details
FROM ROWS FROM (json_to_recordset(%s) AS (at timestamptz, account_id bigint, role text, kind text,
    patient_id bigint, practice_id bigint, conversation_id uuid, details jsonb)) WITH ORDINALITY
    AS fact (at, account_id, role, kind, patient_id, practice_id, conversation_id, details, place)
ORDER BY place
"""
# The same, each owed to those who listen to its kind.
OWED = f"""
WITH entry AS ({FACTS} RETURNING id, kind, practice_id, conversation_id)
INSERT INTO ledger_delivery
    (entry_id, subscriber, practice_id, conversation_id, state, due_at, tries, problem)
SELECT entry.id, owed.subscriber, entry.practice_id, entry.conversation_id, %s, %s, 0, ''
FROM entry
JOIN unnest(%s::text[], %s::text[], %s::bool[]) AS owed (kind, subscriber, by_choice) USING (kind)
WHERE NOT owed.by_choice OR EXISTS (
    SELECT 1 FROM ledger_served AS served
    WHERE served.practice_id = entry.practice_id AND served.subscriber = owed.subscriber)
ORDER BY entry.id
"""  # noqa: S608 - our own words
CLAIM = """
INSERT INTO ledger_requestkey (account_id, key, digest, location, created_at)
VALUES (%s, %s, %s, '', %s) ON CONFLICT ON CONSTRAINT request_key_once DO NOTHING
"""
FORGET = "DELETE FROM ledger_requestkey WHERE account_id = %s AND key = %s"
SERVE = """
INSERT INTO ledger_served (practice_id, subscriber) VALUES (%s, %s)
ON CONFLICT ON CONSTRAINT served_once DO NOTHING
"""
SERVE_NO_MORE = "DELETE FROM ledger_served WHERE practice_id = %s AND subscriber = %s"
SETTLE = "UPDATE ledger_requestkey SET location = %s WHERE account_id = %s AND key = %s"


def record(by: Actor, *events: Event) -> None:
    """Write down what happened, and owe it to whoever wants to hear; part of the action's
    transaction, and written with all else that happens in it.
    """
    now = timezone.now().isoformat()
    for event in events:
        fact = {
            "at": now,
            "account_id": by.account_id,
            "role": by.role,
            "kind": event.kind,
            "patient_id": event.patient_id,
            "practice_id": event.practice_id,
            "conversation_id": event.conversation_id,
            "details": _details(by, event),
        }
        leave_for_last(_write, fact)


def _write(facts: list[dict[str, Any]]) -> None:
    # As one value, which is made faster than a list for each column.
    told = json.dumps(facts, default=str)
    kinds = dict.fromkeys(fact["kind"] for fact in facts)
    owed = [(kind, one) for kind in kinds for one in listeners(kind)]
    if not owed:
        tell(FACTS, told)
        return
    tell(
        OWED,
        *(told, DeliveryState.OWED, facts[-1]["at"]),
        [kind for kind, _subscriber in owed],
        [subscriber for _kind, subscriber in owed],
        [subscriber in BY_CHOICE for _kind, subscriber in owed],
    )


def _details(by: Actor, event: Event) -> dict[str, str | int | bool | None]:
    """The fact's own, and for a look why it was taken."""
    if not event.look or by.ground is None:
        return event.details()
    return {**event.details(), **by.ground.details()}


def claim_request(by: Actor, *, key: UUID, digest: bytes) -> RequestKey | None:
    """Keep this click for oneself; None if it is ours, else what the same click led to before.

    The same click sent twice at once waits here for the first to be done.
    """
    if tell(CLAIM, by.account_id, key, digest, timezone.now()):
        return None
    return RequestKey.objects.get(account_id=by.account, key=key)


def settle_request(by: Actor, *, key: UUID, location: str) -> None:
    """Remember where the click led; without a place to go it may be made again."""
    if location:
        tell(SETTLE, location, by.account, key)
    else:
        tell(FORGET, by.account, key)


@action
def serve(*, by: Actor, practice_id: int, subscriber: str, on: bool) -> None:
    """Owe a practice's facts, from now on, to a subscriber that not everybody has; or no more.

    For the operator alone. What is owed already is paid.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    if subscriber not in BY_CHOICE:
        raise NotFound
    tell(SERVE if on else SERVE_NO_MORE, practice_id, subscriber)
    record(by, PracticeServed(practice_id=practice_id, subscriber=subscriber, on=on))


@action
def park(*, by: Actor, entry_id: int, subscriber: str, problem: Problem) -> None:
    """Let somebody at the office look at a fact that was told and not taken, or never answered."""
    _set_debt(by, entry_id, subscriber, state=DeliveryState.PARKED, problem=problem)


@action
def owe_again(*, by: Actor, entry_id: int, subscriber: str) -> None:
    """Tell a fact once more: it was told, and nobody has said that they heard it."""
    _set_debt(by, entry_id, subscriber, state=DeliveryState.OWED, tries=0)


def _set_debt(by: Actor, entry_id: int, subscriber: str, **change: object) -> None:
    """Both are the platform's own; what the office has dismissed stays so."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    debts = Delivery.objects.filter(entry_id=entry_id, subscriber=subscriber)
    debts.exclude(state=DeliveryState.DISMISSED).update(due_at=timezone.now(), lease=None, **change)


@action
def hand_out(*, by: Actor, order: Order, lines: int, digest: str) -> None:
    """Write down that the log was handed out: to whom, for what, how much; ``digest`` is of the
    list of all files. For the operator alone.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    record(
        by,
        LogHandedOut(
            patient_id=order.patient_id,
            practice_id=order.practice_id,
            worker_account_id=order.account_id,
            ordered_by=order.by,
            ordered_for=order.purpose,
            case_number=order.case_number,
            since=order.since,
            until=order.until,
            lines=lines,
            digest=digest,
        ),
    )


@action
def release_delivery(*, by: Actor, delivery_id: int) -> None:
    """Try a parked delivery again."""
    _settle_parked(by, delivery_id, state=DeliveryState.OWED, lease=None, tries=0)


@action
def dismiss_delivery(*, by: Actor, delivery_id: int) -> None:
    """Let a parked delivery be; what it was about has been handled another way."""
    _settle_parked(by, delivery_id, state=DeliveryState.DISMISSED, lease=None)


def _settle_parked(by: Actor, delivery_id: int, **change: object) -> None:
    parked = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("entry")
        .filter(id=delivery_id, practice_id=by.practice_id, state=DeliveryState.PARKED)
        .first()
    )
    if parked is None:
        raise NotFound
    Delivery.objects.filter(id=parked.id).update(due_at=timezone.now(), **change)
    record(
        by,
        ParkedDeliveryHandled(
            delivery_id=parked.id,
            state=str(change["state"]),
            patient_id=parked.entry.patient_id,
            practice_id=parked.practice_id,
            conversation_id=parked.conversation_id,
        ),
    )


def beat(process: str) -> None:
    """Say that a background process is alive."""
    Heartbeat.objects.update_or_create(process=process, defaults={"seen_at": timezone.now()})


def new_lease() -> UUID:
    """A token that says whose turn it is with a delivery."""
    return uuid4()


def prune() -> int:
    """Remove paid debts and used clicks that nobody will ask about again; how many."""
    before = gone_before(USED_CLICKS)
    if before is None:
        return 0
    paid, _ = Delivery.objects.filter(state=DeliveryState.PAID, due_at__lt=before).delete()
    used, _ = RequestKey.objects.filter(created_at__lt=before).delete()
    return paid + used
