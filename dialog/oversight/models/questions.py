"""What patients ask about looks in their log."""

from django.db import models


class LogQuestion(models.Model):
    """A conversation is about a look: the line in the ledger, and who looked.

    Facts outlive what hangs on them, so the line is no key.
    """

    conversation = models.OneToOneField(
        "conversations.Conversation",
        on_delete=models.PROTECT,
        related_name="+",
        primary_key=True,
    )
    practice = models.ForeignKey("people.Practice", on_delete=models.PROTECT, related_name="+")
    entry_id = models.BigIntegerField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    looked = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "asked_by"], name="log_question_once"),
        ]
