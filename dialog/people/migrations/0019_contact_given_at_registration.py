from django.db import migrations

# As far as is known, what has been given here is as old as the patient's row. Row security holds
# for the owner too, who says that this is set-up.
FILL = """
SELECT set_config('dialog.scope', 'setup', true);
UPDATE people_patient SET contact_confirmed_at = created_at;
SELECT set_config('dialog.scope', '', true);
"""


class Migration(migrations.Migration):
    """Phone and e-mail given before count from when the patient was registered (R36)."""

    dependencies = [("people", "0018_where_people_are_told_things")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
