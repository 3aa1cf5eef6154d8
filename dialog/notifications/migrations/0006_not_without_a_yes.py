from django.db import migrations, models

REASONS = [
    "",
    "choice",
    "no-consent",
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
    """Why nobody was told: the patient is no digital user (R5)."""

    dependencies = [("notifications", "0005_attempts_are_forgotten")]
    operations = [
        migrations.RemoveConstraint("attempt", "attempt_reason_known"),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=models.Q(reason__in=REASONS), name="attempt_reason_known"
            ),
        ),
    ]
