from django.db import migrations, models

# The relay follows the register as those who sign in do: it ends a stay, and changes nothing else.
RELAY = "GRANT UPDATE (period) ON people_gpassignment TO dialog_relay;"
NO_RELAY = "REVOKE UPDATE (period) ON people_gpassignment FROM dialog_relay;"


class Migration(migrations.Migration):
    """A list may be known by its number in the GP register."""

    dependencies = [("people", "0014_consent_as_digital_user")]
    operations = [
        migrations.AddField(
            model_name="patientlist",
            name="register_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="patientlist",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("active", True), models.Q(("register_number", ""), _negated=True)
                ),
                fields=("practice", "register_number"),
                name="list_register_number_once",
            ),
        ),
        migrations.RunSQL(RELAY, NO_RELAY),
    ]
