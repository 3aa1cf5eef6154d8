from django.db import migrations, models


class Migration(migrations.Migration):
    """The office marks what should not wait for its turn; what came before is as it was."""

    dependencies = [("conversations", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="urgent",
            field=models.BooleanField(default=False),
        ),
    ]
