from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

AREAS = ["appointment", "renewal", "econsultation", "enquiry"]


def some_areas() -> ArrayField:
    return ArrayField(base_field=models.CharField(max_length=20))


class Migration(migrations.Migration):
    """Whoever acts for somebody does so in some things, or in all (R23)."""

    dependencies = [("people", "0006_own_access_can_be_locked")]
    operations = [
        migrations.AddField(
            model_name="proxy",
            name="areas",
            field=ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=models.Value(AREAS, output_field=some_areas()),
            ),
        ),
        migrations.AddConstraint(
            model_name="proxy",
            constraint=models.CheckConstraint(
                condition=models.Q(areas__contained_by=AREAS, areas__len__gt=0),
                name="proxy_areas_known",
            ),
        ),
    ]
