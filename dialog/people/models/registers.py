"""What the national registers have answered, and when."""

import uuid

from django.db import models
from django.db.models import Q

from dialog.content import ContentField
from dialog.people.policy import Register


class RegisterAnswer(models.Model):
    """The last answer of a register about somebody; an empty one is that it knows nobody such."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    register = models.CharField(max_length=20)
    subject_hash = models.BinaryField()
    answer = ContentField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "subject_hash"], name="register_answer_once"
            ),
            models.CheckConstraint(
                condition=Q(register__in=list(Register)), name="register_answer_register_known"
            ),
        ]
