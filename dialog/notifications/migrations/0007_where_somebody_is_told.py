from django.db import migrations, models

REASONS = [
    "",
    "choice",
    "no-consent",
    "reserved",
    "old-contact",
    "not-registered",
    "no-phone",
    "same-phone",
    "merged",
    "already-read",
    "not-so",
    "refused",
    "too-late",
    "not-delivered",
]


class Migration(migrations.Migration):
    """Why nobody was told: what the contact register says of where they are told things (R36)."""

    dependencies = [("notifications", "0006_not_without_a_yes")]
    operations = [
        migrations.RemoveConstraint("attempt", "attempt_reason_known"),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=models.Q(reason__in=REASONS), name="attempt_reason_known"
            ),
        ),
    ]
