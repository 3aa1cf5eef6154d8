import django.contrib.postgres.constraints
from django.db import migrations, models

import dialog.ranges

BUSY = django.contrib.postgres.constraints.ExclusionConstraint(
    condition=models.Q(
        ("overbooked", False), ("status__in", ["pending", "offered", "booked", "fulfilled"])
    ),
    expressions=[(dialog.ranges.OnePoint("practitioner"), "&&"), ("period", "&&")],
    name="appointment_practitioner_busy",
)


class Migration(migrations.Migration):
    """PostgreSQL asks the constraints in the order they were made. Two who want the same slot meet
    at the one for slots, where the later waits for the earlier; at the other they wait for each
    other, and it takes the database a second to see that.
    """

    dependencies = [("appointments", "0002_row_security")]

    operations = [
        migrations.RemoveConstraint("appointment", "appointment_practitioner_busy"),
        migrations.AddConstraint("appointment", BUSY),
    ]
