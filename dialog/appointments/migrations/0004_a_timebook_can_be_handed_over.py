from django.db import migrations, models


class Migration(migrations.Migration):
    """A doctor may let the office keep her timebook; those that were there are her own."""

    dependencies = [("appointments", "0003_the_slot_is_asked_first")]

    operations = [
        migrations.AddField(
            model_name="schedule",
            name="handed_over",
            field=models.BooleanField(default=False),
        ),
    ]
