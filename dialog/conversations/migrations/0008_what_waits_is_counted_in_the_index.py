from django.db import migrations, models


class Migration(migrations.Migration):
    """How much waits for a doctor is counted in the index alone, as the lanes are."""

    dependencies = [("conversations", "0007_record_systems")]
    operations = [
        migrations.RemoveIndex(model_name="conversation", name="conversation_waiting"),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["practice", "kind"],
                include=["patient_list", "owner", "owner_role", "patient"],
                condition=models.Q(status="with-practice"),
                name="conversation_waiting",
            ),
        ),
    ]
