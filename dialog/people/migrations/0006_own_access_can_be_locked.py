from django.db import migrations, models


class Migration(migrations.Migration):
    """A person can shut their own access at once (R14)."""

    dependencies = [("people", "0005_offices_once")]
    operations = [
        migrations.AddField(
            model_name="account", name="locked_at", field=models.DateTimeField(null=True)
        ),
    ]
