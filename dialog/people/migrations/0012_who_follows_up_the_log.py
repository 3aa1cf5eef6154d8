from django.db import migrations, models

# Where nobody has been chosen yet, it is the doctors.
DOCTORS = """
SELECT set_config('dialog.scope', 'setup', true);
UPDATE people_membership SET reviews_access = true WHERE role = 'practitioner';
SELECT set_config('dialog.scope', '', true);
"""


class Migration(migrations.Migration):
    """Named people at a practice follow up the log (R217)."""

    dependencies = [("people", "0011_only_the_register_confirms")]
    operations = [
        migrations.AddField(
            model_name="membership",
            name="reviews_access",
            field=models.BooleanField(default=False),
        ),
        migrations.RunSQL(DOCTORS, migrations.RunSQL.noop),
    ]
