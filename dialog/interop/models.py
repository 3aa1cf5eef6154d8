"""Address: where somebody is reached on the bus. CalendarEntry: what they call an appointment.
Transmission: one message, in or out, and its receipt. Wire: its bytes.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentBytes
from dialog.interop.policy import STATES, Direction, State

BODY = "interop_wire.body"  # what the bytes of a message are bound to, in statements by hand


class Address(models.Model):
    """The HER-id somebody at a practice is reached at; without a practitioner, the practice's own,
    which is the upper of the two levels a message names.
    """

    her_id = models.PositiveIntegerField(unique=True)
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(practitioner__isnull=True),
                name="address_one_for_each_practice",
            ),
            models.UniqueConstraint(
                fields=["practitioner"], name="address_one_for_each_practitioner"
            ),
        ]


class CalendarEntry(models.Model):
    """What a record system calls an appointment, and when it last said something of it."""

    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    uid = models.CharField(max_length=80)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "uid"], name="calendar_entry_once"),
        ]
        indexes = [models.Index(fields=["conversation"], name="calendar_entry_by_matter")]


class Transmission(models.Model):
    """One message that came off the bus or went on it.

    ``bus_id`` is the bus's own id, ``message_id`` what the message calls itself, ``digest`` is of
    what it says. ``code`` says why it was refused: of the national list of receipt errors, or a
    condition of the bus. ``answers`` is the message it is a receipt for, or the same one that came
    before; ``entry_id`` is the fact that it tells.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    direction = models.CharField(max_length=3)
    state = models.CharField(max_length=12)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", null=True
    )
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", null=True
    )
    conversation = models.ForeignKey(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    sender = models.PositiveIntegerField()
    receiver = models.PositiveIntegerField()
    function = models.CharField(max_length=80)
    bus_id = models.CharField(max_length=80)
    message_id = models.CharField(max_length=80, blank=True)
    # When it says it was written, as it was written, and whether it asks for a receipt.
    issued = models.CharField(max_length=40, blank=True)
    wants_receipt = models.BooleanField(default=False)
    digest = models.BinaryField(default=bytes)
    code = models.CharField(max_length=60, blank=True)
    tolerated = models.JSONField(default=list)
    entry_id = models.BigIntegerField(null=True)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "bus_id"],
                condition=Q(direction=Direction.IN),
                name="transmission_stored_once",
            ),
            models.UniqueConstraint(
                fields=["sender", "message_id"],
                condition=Q(direction=Direction.IN)
                & ~Q(message_id="")
                & ~Q(state__in=[State.REPEATED, State.REFUSED]),
                name="transmission_once",
            ),
            models.UniqueConstraint(
                fields=["message_id"],
                condition=Q(direction=Direction.OUT),
                name="transmission_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.IN, state__in=sorted(STATES[Direction.IN]))
                | Q(direction=Direction.OUT, state__in=sorted(STATES[Direction.OUT])),
                name="transmission_state_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sender", "id"],
                condition=Q(state=State.STORED),
                name="transmission_to_understand",
            ),
            models.Index(
                fields=["due_at"], condition=Q(state=State.SENT), name="transmission_receipt_due"
            ),
            models.Index(
                fields=["practice", "id"],
                condition=Q(state__in=[State.PARKED, State.REJECTED, State.UNANSWERED]),
                name="transmission_to_look_at",
            ),
            models.Index(fields=["conversation", "id"], name="transmission_by_matter"),
        ]


class Wire(models.Model):
    """The bytes: as they came, before anybody tried to understand them; or what we said."""

    transmission = models.OneToOneField(
        "interop.Transmission", on_delete=models.PROTECT, primary_key=True, related_name="wire"
    )
    body = ContentBytes()
    content_type = models.CharField(max_length=120)
    agreement = models.CharField(max_length=80, blank=True)
