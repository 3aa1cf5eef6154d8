from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"
# As it was found in 0005, but for the days.
FOUND = """
CREATE OR REPLACE FUNCTION dialog_offices_found() RETURNS bigint[] LANGUAGE plpgsql
STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found bigint[];
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := ARRAY(
        SELECT dialog_practice() WHERE dialog_practice() IS NOT NULL
        UNION SELECT practice_id FROM people_membership WHERE account_id = dialog_account() {days}
        UNION SELECT practice_id FROM people_gpassignment WHERE patient_id = dialog_patient()
        UNION SELECT practice_id FROM people_gpchange WHERE patient_id = dialog_patient());
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
"""
# What the register says of somebody is read by the office they work at today.
KNOWN = """
DROP POLICY seen ON people_professional;
CREATE POLICY seen ON people_professional FOR SELECT USING (
    account_id = dialog_account() OR EXISTS (
        SELECT 1 FROM people_membership AS here
        WHERE here.account_id = people_professional.account_id
        AND here.practice_id = dialog_practice() {days}));
"""


class Migration(migrations.Migration):
    """Before and after somebody's days at an office it is not theirs, in the database either."""

    dependencies = [("people", "0021_help_without_content")]
    operations = [
        migrations.RunSQL(
            FOUND.format(days=f"AND period @> {TODAY}")
            + KNOWN.format(days=f"AND here.period @> {TODAY}"),
            FOUND.format(days="") + KNOWN.format(days=""),
        )
    ]
