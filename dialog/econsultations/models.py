"""E-consultation, the card the patient takes away, and the texts doctors use again."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialog.content import ContentField, Owner
from dialog.econsultations.policy import OPEN, EConsultationStatus, TemplateKind


class EConsultation(models.Model):
    """A conversation in which medical advice is given: consent to the price, who took
    responsibility, how it ended and what it cost.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="+",
        primary_key=True,
    )
    status = models.CharField(max_length=20, default=EConsultationStatus.REQUESTED)
    by_patient = models.BooleanField()
    accepted_price = models.PositiveIntegerField(null=True)
    price_code = models.CharField(max_length=20, blank=True)
    price_shown_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    reply_charged = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )
    charge = models.PositiveIntegerField(null=True)
    charge_code = models.CharField(max_length=20, blank=True)
    journaled_at = models.DateTimeField(null=True)
    journaled_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(EConsultationStatus)),
                name="econsultation_status_known",
            ),
            models.CheckConstraint(
                condition=Q(by_patient=False, accepted_price__isnull=True)
                | (
                    Q(
                        by_patient=True,
                        accepted_price__isnull=False,
                        price_shown_at__isnull=False,
                        accepted_at__isnull=False,
                        accepted_by__isnull=False,
                    )
                    & ~Q(price_code="")
                ),
                name="econsultation_charge_accepted",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True, begun_by__isnull=True)
                | Q(begun_at__isnull=False, begun_by__isnull=False),
                name="econsultation_begun_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(OPEN), ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(status__in=list(OPEN)) & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="econsultation_ended_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(status=EConsultationStatus.COMPLETED) | Q(begun_at__isnull=False),
                name="econsultation_completed_by_one_responsible",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(OPEN), charge__isnull=True)
                | Q(status=EConsultationStatus.COMPLETED, charge__isnull=False)
                | (~Q(status__in=[*OPEN, EConsultationStatus.COMPLETED]) & Q(charge=0)),
                name="econsultation_charged_when_completed",
            ),
            models.CheckConstraint(
                condition=Q(charge__isnull=True)
                | Q(charge=0)
                | Q(charge__lte=models.F("accepted_price")),
                name="econsultation_charge_within_accepted",
            ),
            models.CheckConstraint(
                condition=Q(journaled_at__isnull=True, journaled_by__isnull=True)
                | Q(journaled_at__isnull=False, journaled_by__isnull=False),
                name="econsultation_journaled_by_and_at",
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation"],
                condition=Q(ended_at__isnull=False, journaled_at__isnull=True)
                & ~Q(status=EConsultationStatus.WITHDRAWN),
                name="econsultation_to_journal",
            ),
        ]


class CareCard(models.Model):
    """What the patient takes away when it is closed, which is the journal note as well."""

    econsultation = models.OneToOneField(
        "econsultations.EConsultation",
        on_delete=models.PROTECT,
        related_name="card",
        primary_key=True,
    )
    what_we_think = ContentField()
    what_you_do = ContentField()
    when_and_where_to_contact = ContentField()
    who_follows_up_by_when = ContentField()
    follow_up_on = models.DateField(null=True)
    follow_up_owner = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True, follow_up_owner__isnull=True)
                | Q(follow_up_on__isnull=False, follow_up_owner__isnull=False),
                name="care_card_follow_up_on_and_owner",
            ),
        ]

    def content_owner(self) -> Owner:
        """The conversation it closes."""
        return Owner.of_conversation(
            self.econsultation_id, lambda: self.econsultation.conversation.practice_id
        )


class Template(models.Model):
    """A text used again: the practice's, or one practitioner's own."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    practice = models.ForeignKey(
        "people.Practice", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    practitioner = models.ForeignKey(
        "people.Practitioner", on_delete=models.PROTECT, related_name="+", null=True
    )
    kind = models.CharField(max_length=30)
    title = ContentField()
    text = ContentField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(TemplateKind)), name="template_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["practice", "kind"], name="template_by_practice")]
