from django.db import migrations, models


class Migration(migrations.Migration):
    """From which day a practice takes nothing new."""

    dependencies = [("people", "0009_own_access_of_the_young")]
    operations = [
        migrations.AddField(
            model_name="practice",
            name="closes_on",
            field=models.DateField(null=True),
        ),
    ]
