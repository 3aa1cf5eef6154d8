from django.db import migrations, models


class Migration(migrations.Migration):
    """A list that shows something new is a new look, however soon it is opened again."""

    dependencies = [("renewals", "0003_looks_at_the_list")]
    operations = [
        migrations.AddField(
            model_name="listlook",
            name="shown",
            field=models.CharField(db_default="", max_length=64),
        ),
    ]
