from django.db import migrations, models


class Migration(migrations.Migration):
    """What a practice's own record system has said of what a patient wrote."""

    dependencies = [("conversations", "0006_what_costs_goes_on_once")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="elsewhere",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="conversation", name="arrived_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="conversation", name="not_taken_at", field=models.DateTimeField(null=True)
        ),
    ]
