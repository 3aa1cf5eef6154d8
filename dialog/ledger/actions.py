"""record(): the one line that is both audit and outbox; and the key that makes a click one act."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from dialog.actor import Actor
from dialog.errors import NotFound
from dialog.ledger.events import Event, ParkedDeliveryHandled
from dialog.ledger.models import Delivery, DeliveryState, Entry, Heartbeat, RequestKey
from dialog.ledger.subscribers import listeners
from dialog.rows import action


def record(by: Actor, *events: Event) -> None:
    """Write down what happened, and owe it to whoever wants to hear; part of the action's
    transaction.
    """
    entries = Entry.objects.bulk_create([_entry(by, event) for event in events])
    Delivery.objects.bulk_create(
        Delivery(
            entry_id=entry.id,
            subscriber=subscriber,
            practice_id=entry.practice_id,
            conversation_id=entry.conversation_id,
        )
        for entry in entries
        for subscriber in listeners(entry.kind)
    )


def _entry(by: Actor, event: Event) -> Entry:
    return Entry(
        kind=event.kind,
        account_id=by.account_id,
        role=by.role,
        patient_id=event.patient_id,
        practice_id=event.practice_id,
        conversation_id=event.conversation_id,
        details=event.details(),
    )


def claim_request(by: Actor, *, key: UUID, digest: bytes) -> RequestKey | None:
    """Keep this click for oneself; None if it is ours, else what the same click led to before.

    The same click sent twice at once waits here for the first to be done.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_requestkey (account_id, key, digest, location, created_at) "
            "VALUES (%s, %s, %s, '', %s) ON CONFLICT ON CONSTRAINT request_key_once DO NOTHING",
            [by.account_id, key, digest, timezone.now()],
        )
        if cursor.rowcount == 1:
            return None
    return RequestKey.objects.get(account_id=by.account, key=key)


def settle_request(by: Actor, *, key: UUID, location: str) -> None:
    """Remember where the click led; without a place to go it may be made again."""
    ours = RequestKey.objects.filter(account_id=by.account, key=key)
    if location:
        ours.update(location=location)
    else:
        ours.delete()


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


def prune(*, older_than: timedelta = timedelta(days=7)) -> int:
    """Remove paid debts and used clicks that nobody will ask about again; how many."""
    before = timezone.now() - older_than
    paid, _ = Delivery.objects.filter(state=DeliveryState.PAID, due_at__lt=before).delete()
    used, _ = RequestKey.objects.filter(created_at__lt=before).delete()
    return paid + used
