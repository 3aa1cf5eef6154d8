from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What somebody has done at a practice is found, newest first, by whom (R217)."""

    atomic = False
    dependencies = [("ledger", "0005_seals")]

    operations = [
        AddIndexConcurrently(
            "entry",
            models.Index(fields=["practice_id", "account_id", "-id"], name="entry_by_worker"),
        ),
    ]
