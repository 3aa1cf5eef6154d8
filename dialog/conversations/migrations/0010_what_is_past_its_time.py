from django.db import migrations, models


class Migration(migrations.Migration):
    """What has been over for as long as it is kept is found without looking at the rest."""

    dependencies = [("conversations", "0009_what_is_corrected_or_erased")]
    operations = [
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["kind", "closed_at"],
                condition=models.Q(closed_at__isnull=False, erased_at__isnull=True),
                name="conversation_to_erase",
            ),
        ),
    ]
