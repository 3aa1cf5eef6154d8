from django.db import migrations

# A practice sees no account of a patient's; this answers one narrow question about whoever is on a
# list of the practice's that the transaction is for.
QUESTION = """
CREATE FUNCTION dialog_access_locked(whom bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found boolean;
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := EXISTS (
        SELECT 1 FROM people_patient AS patient
        JOIN people_account AS account ON account.id = patient.account_id
        JOIN people_gpassignment AS here ON here.patient_id = patient.id
        WHERE patient.id = whom AND account.locked_at IS NOT NULL
        AND here.practice_id = dialog_practice() AND NOT isempty(here.period)
        AND (upper_inf(here.period)
            OR upper(here.period) > (now() AT TIME ZONE 'Europe/Oslo')::date));
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
"""


class Migration(migrations.Migration):
    """Whether a patient has shut their own access, for a practice that would write to them (R9)."""

    dependencies = [("people", "0019_contact_given_at_registration")]
    operations = [
        migrations.RunSQL(QUESTION, "DROP FUNCTION dialog_access_locked(bigint);"),
    ]
