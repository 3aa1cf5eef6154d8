from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody has answered is found by when it begins, once a minute."""

    atomic = False
    dependencies = [("appointments", "0005_the_record_system_says_yes")]

    operations = [
        AddIndexConcurrently(
            "appointment",
            models.Index(
                fields=["starts"],
                condition=models.Q(status="pending"),
                name="appointment_pending",
            ),
        ),
    ]
