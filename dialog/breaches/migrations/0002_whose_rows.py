from django.db import migrations

TABLES = ("breach", "assessment", "addition", "affected")
# Not everybody at an office: only those who follow up the log today see the register at all.
SECURE = (
    "".join(
        f"""
ALTER TABLE breaches_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE breaches_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON breaches_{table} USING (practice_id = dialog_practice());
CREATE POLICY follows_up ON breaches_{table} AS RESTRICTIVE TO dialog_web USING (EXISTS (
    SELECT 1 FROM people_membership AS here WHERE here.account_id = dialog_account()
    AND here.practice_id = breaches_{table}.practice_id AND here.reviews_access
    AND here.period @> (now() AT TIME ZONE 'Europe/Oslo')::date));
REVOKE UPDATE, DELETE ON breaches_{table} FROM dialog_web, dialog_relay;
GRANT DELETE ON breaches_{table} TO dialog_relay;
"""
        for table in TABLES
    )
    + "".join(
        f"""
CREATE POLICY hangs_on_mine ON breaches_{table} AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT 1 FROM breaches_breach AS one WHERE one.id = breach_id
    AND one.practice_id = breaches_{table}.practice_id));
"""
        for table in TABLES[1:]
    )
    + """
CREATE POLICY known_here ON breaches_affected AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT 1 FROM people_patient AS one WHERE one.id = patient_id));
CREATE POLICY relay ON breaches_breach FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY only_what_is_over ON breaches_breach AS RESTRICTIVE FOR DELETE TO dialog_relay
    USING (closed_at IS NOT NULL);
GRANT UPDATE (status, risk, aware_at, notified_at, closed_at, remind_at, seen_at)
    ON breaches_breach TO dialog_web;
GRANT UPDATE (remind_at, reminded_at) ON breaches_breach TO dialog_relay;
GRANT UPDATE (taken_out_at, taken_out_by_id, told_how, told_at, told_by_id, told_by_name, letter,
    told_in_id) ON breaches_affected TO dialog_web;
"""
)
# What was written stands, whoever asks; an affected person's row until it has been told or taken
# out.
STANDS = """
CREATE FUNCTION breaches_words_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was written is not written over';
END $$;
CREATE TRIGGER breach_stands BEFORE UPDATE OF practice_id, kind, what, happened_at, discovered_at,
    source_id, registered_by_id, registered_by_name, registered_at ON breaches_breach
    FOR EACH ROW EXECUTE FUNCTION breaches_words_stand();
CREATE TRIGGER assessment_stands BEFORE UPDATE ON breaches_assessment
    FOR EACH ROW EXECUTE FUNCTION breaches_words_stand();
CREATE TRIGGER addition_stands BEFORE UPDATE ON breaches_addition
    FOR EACH ROW EXECUTE FUNCTION breaches_words_stand();
CREATE TRIGGER affected_stands BEFORE UPDATE ON breaches_affected FOR EACH ROW
    WHEN (OLD.told_how <> '' OR OLD.taken_out_at IS NOT NULL OR NEW.patient_id <> OLD.patient_id)
    EXECUTE FUNCTION breaches_words_stand();
"""


class Migration(migrations.Migration):
    """The register is for those who follow up the log, and what is in it stands."""

    replaces = [("breaches", "0003_days_at_work_count")]
    dependencies = [("breaches", "0001_tables"), ("people", "0003_whose_rows")]
    operations = [migrations.RunSQL(SECURE + STANDS)]
