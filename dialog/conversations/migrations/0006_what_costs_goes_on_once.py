from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """From one matter there is at most one open e-consultation that the patient has begun."""

    dependencies = [("conversations", "0005_tasks")]

    operations = [
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.UniqueConstraint(
                condition=Q(kind="econsultation", started_side="patient") & ~Q(status="closed"),
                fields=["continues"],
                name="conversation_goes_on_once_where_it_costs",
            ),
        ),
    ]
