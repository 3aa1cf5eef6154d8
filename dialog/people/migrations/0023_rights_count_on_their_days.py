from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"
# A right that has begun, is not over, and that the population register has nothing against.
COUNTS = f"AND proxy.period @> {TODAY} AND proxy.stopped = ''"

EVER_HERE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = dialog_practice())"
)
NOW_HERE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = dialog_practice() AND NOT isempty(here.period) "
    f"AND (upper_inf(here.period) OR upper(here.period) > {TODAY}))"
)
ONESELF = (
    "EXISTS (SELECT 1 FROM people_patient AS own WHERE own.id = {patient} "
    "AND own.account_id = dialog_account())"
)


def acts_for(patient: str, counts: str, *, kinds: str = "") -> str:
    """Whoever the transaction is for may act for this patient."""
    return (
        f"EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.patient_id = {patient} "
        f"AND proxy.account_id = dialog_account() {kinds} {counts})"
    )


def policies(counts: str) -> str:
    """What goes by a right to act for somebody, with what must be so for the right to count."""
    yes = "people_digitalconsent.patient_id"
    says_it = acts_for(yes, counts, kinds="AND proxy.kind IN ('parent', 'guardian')")
    theirs_to_say = (
        f"patient_id = dialog_patient() AND ({ONESELF.format(patient=yes)} OR {says_it})"
    )
    lets_in = f"patient_id = dialog_patient() AND {acts_for('people_ownaccess.patient_id', counts)}"
    return f"""
ALTER POLICY seen ON people_patient USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR {EVER_HERE.format(patient="people_patient.id")}
    OR {acts_for("people_patient.id", counts)});
ALTER POLICY seen ON people_digitalconsent USING (
    patient_id = dialog_patient() OR {ONESELF.format(patient=yes)}
    OR {NOW_HERE.format(patient=yes)} OR {acts_for(yes, counts)});
ALTER POLICY given ON people_digitalconsent
    WITH CHECK ({theirs_to_say} AND given_by_id = dialog_account() AND ended_at IS NULL);
ALTER POLICY ended ON people_digitalconsent
    USING ({theirs_to_say} AND ended_at IS NULL)
    WITH CHECK ({theirs_to_say} AND ended_by_id = dialog_account());
ALTER POLICY given ON people_ownaccess WITH CHECK ({lets_in} AND given_by_id = dialog_account());
ALTER POLICY withdrawn ON people_ownaccess USING ({lets_in}) WITH CHECK ({lets_in});
"""


def grounds(guardian: str) -> str:
    """Why a patient cannot consent is read by the office, the patient, and whoever acts."""
    patient = "people_guardianship.patient_id"
    return f"""
ALTER POLICY seen ON people_guardianship USING (
    practice_id = dialog_practice() OR (account_id = dialog_account() {guardian})
    OR (patient_id = dialog_patient() AND {ONESELF.format(patient=patient)}));
"""


# Who somebody has, had or will have a right to act for: the page of all such rights names them.
# It looks past the days, as the owner, and answers with a name and a birthday and nothing else.
ACTED_FOR = """
CREATE FUNCTION dialog_acted_for() RETURNS TABLE (patient_id bigint, name text, born date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    RETURN QUERY
        SELECT patient.id, patient.given_name || ' ' || patient.family_name, patient.born
        FROM people_patient AS patient WHERE patient.id IN (
            SELECT proxy.patient_id FROM people_proxy AS proxy
            WHERE proxy.account_id = dialog_account());
    PERFORM set_config('dialog.scope', before, true);
END $$;
"""


class Migration(migrations.Migration):
    """Before and after its days, and while the register stops it, a right to act for somebody shows
    nothing of them, in the database either.
    """

    dependencies = [("people", "0022_days_at_work_count")]
    operations = [
        migrations.RunSQL(ACTED_FOR, "DROP FUNCTION dialog_acted_for();"),
        migrations.RunSQL(policies(COUNTS), policies("")),
        migrations.RunSQL(
            grounds(f"AND {acts_for('people_guardianship.patient_id', COUNTS)}"), grounds("")
        ),
    ]
