from django.db import migrations, models

BEFORE = ["appointment", "renewal", "econsultation", "enquiry"]
NAME = "conversation_kind_known"


class Migration(migrations.Migration):
    """A conversation may be a question about the log (R219)."""

    dependencies = [("conversations", "0011_no_key_after_erasure")]

    operations = [
        migrations.RemoveConstraint(model_name="conversation", name=NAME),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=[*BEFORE, "log-question"]), name=NAME
            ),
        ),
    ]
