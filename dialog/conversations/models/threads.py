"""Conversation, message, file, note, read mark and follow-up."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.actor import ROLES_THAT_TAKE_PART, TAKE_PART, Side
from dialog.content import ContentField, Owner
from dialog.conversations.policy import FollowUpReason, Kind, Outcome, Status


class Conversation(models.Model):
    """Everything about one matter between one patient and one practice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    patient_list = models.ForeignKey(
        "people.PatientList", on_delete=models.PROTECT, related_name="+"
    )
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    started_side = models.CharField(max_length=10)
    started_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    started_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    owner_role = models.CharField(max_length=20)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    practice_seen_at = models.DateTimeField(null=True)
    patient_opened_at = models.DateTimeField(null=True)
    reply_allowed = models.BooleanField(default=True)
    important = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    reserved = models.BooleanField(default=False)
    remind_at = models.DateTimeField(null=True)
    continues = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="+", null=True
    )
    redirected_to = models.CharField(max_length=20, blank=True)
    # Begun where the practice works in a record system of its own, and what that has said.
    elsewhere = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True)
    not_taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # From when it was decided that nobody reads it any more; the relay then empties it.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(Kind)), name="conversation_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(Status)), name="conversation_status_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome]), name="conversation_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(started_side__in=list(TAKE_PART)), name="conversation_side_known"
            ),
            models.CheckConstraint(
                condition=Q(owner_role__in=list(ROLES_THAT_TAKE_PART)),
                name="conversation_owner_role_known",
            ),
            models.CheckConstraint(
                condition=(Q(status=Status.CLOSED, closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(status=Status.CLOSED) & Q(outcome="", closed_at__isnull=True)),
                name="conversation_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(redirected_to="") | Q(outcome=Outcome.REDIRECTED),
                name="conversation_redirected_is_closed_so",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITH_PRACTICE) | Q(due_at__isnull=False),
                name="conversation_with_practice_has_due_date",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, opened_by__isnull=True)
                | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="conversation_opened_by_and_at",
            ),
            # What costs is gone on with once: two windows are not two fees.
            models.UniqueConstraint(
                fields=["continues"],
                condition=Q(kind=Kind.ECONSULTATION, started_side=Side.PATIENT)
                & ~Q(status=Status.CLOSED),
                name="conversation_goes_on_once_where_it_costs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "status", "due_at", "started_at", "id"],
                name="conversation_inbox",
            ),
            # All that the counts of the lanes and their row security ask about, so that they are
            # counted in the index alone.
            models.Index(
                fields=["practice", "kind"],
                include=["patient_list", "owner", "owner_role", "patient"],
                condition=Q(status=Status.WITH_PRACTICE),
                name="conversation_waiting",
            ),
            models.Index(
                fields=["kind", "closed_at"],
                condition=Q(closed_at__isnull=False, erased_at__isnull=True),
                name="conversation_to_erase",
            ),
            models.Index(fields=["patient", "-changed_at"], name="conversation_by_patient"),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="conversation_to_remind",
            ),
        ]


class Message(models.Model):
    """Words one side sends the other; they never change, only whether they are shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="messages",
        db_index=False,
    )
    side = models.CharField(max_length=10)
    author = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    author_role = models.CharField(max_length=20)
    author_name = models.CharField(max_length=150)
    text = ContentField()
    sent_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True)
    hidden_because = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=list(TAKE_PART)), name="message_side_known"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True, hidden_because="")
                | (Q(hidden_at__isnull=False) & Q(hidden_because__in=["recalled", "misfiled"])),
                name="message_hidden_at_and_because",
            ),
        ]
        indexes = [models.Index(fields=["conversation", "sent_at"], name="message_in_order")]


class Attachment(models.Model):
    """A file: kept for its author until a message carries it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    message = models.ForeignKey(
        "conversations.Message", on_delete=models.PROTECT, related_name="attachments", null=True
    )
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    name = ContentField()
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    blob = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(
                fields=["author", "created_at"],
                condition=Q(message__isnull=True),
                name="attachment_kept",
            ),
            models.Index(fields=["blob"], name="attachment_by_blob"),
        ]

    def content_owner(self) -> Owner:
        """The file: it is kept before it is in any conversation, and may come to be in two."""
        return Owner.of_file(self.blob)


class BlobPart(models.Model):
    """A piece of a file, at most 1 MB; read and written by the blob store alone."""

    blob = models.UUIDField()
    number = models.PositiveIntegerField()
    part = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blob", "number"], name="blob_part_once"),
        ]


class Note(models.Model):
    """A word between colleagues that the patient does not see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="notes"
    )
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=150)
    text = ContentField()
    written_at = models.DateTimeField(default=timezone.now)


class ReadMark(models.Model):
    """How far somebody has read, and when they last looked."""

    conversation = models.ForeignKey(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="read_marks",
        db_index=False,
    )
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "account"], name="read_mark_once"),
        ]


class FollowUp(models.Model):
    """Something to be done by a day, with an owner: a role, and perhaps a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.PROTECT, related_name="follow_ups"
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20)
    what = ContentField()
    owner = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    owner_role = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    done_how = ContentField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=list(FollowUpReason)), name="follow_up_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(owner_role__in=list(ROLES_THAT_TAKE_PART)),
                name="follow_up_owner_role_known",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="follow_up_done_by_and_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["practice", "due_at"],
                condition=Q(done_at__isnull=True),
                name="follow_up_open",
            ),
        ]
