from django.db import migrations

# Every table of an office asks which offices one has, a dozen times a page. The answer is kept for
# the rest of the transaction, beside whom it is about. It is forgotten when what it was read from
# changes, and a savepoint that is given up takes what was kept in it along.
FOUND = """() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found bigint[];
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := ARRAY(
        SELECT dialog_practice() WHERE dialog_practice() IS NOT NULL
        UNION SELECT practice_id FROM people_membership WHERE account_id = dialog_account()
        UNION SELECT practice_id FROM people_gpassignment WHERE patient_id = dialog_patient()
        UNION SELECT practice_id FROM people_gpchange WHERE patient_id = dialog_patient());
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
"""
KEPT = f"""
CREATE FUNCTION dialog_offices_found{FOUND}
CREATE FUNCTION dialog_whose() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('%s|%s|%s', current_setting('dialog.account', true),
        current_setting('dialog.patient', true), current_setting('dialog.practice', true)) $$;
CREATE FUNCTION dialog_offices_kept() RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    found bigint[] := public.dialog_offices_found();
BEGIN
    PERFORM set_config('dialog.offices', found::text, true);
    PERFORM set_config('dialog.offices_of', public.dialog_whose(), true);
    RETURN found;
END $$;
CREATE OR REPLACE FUNCTION dialog_offices() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN current_setting('dialog.offices_of', true) = public.dialog_whose()
        THEN current_setting('dialog.offices', true)::bigint[]
        ELSE public.dialog_offices_kept() END $$;
CREATE FUNCTION dialog_offices_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dialog.offices_of', '', true);
    RETURN NULL;
END $$;
"""
READ_FROM = ("membership", "gpassignment", "gpchange")
FORGOTTEN = "".join(
    f"CREATE TRIGGER offices_changed AFTER INSERT OR UPDATE OR DELETE ON people_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION dialog_offices_changed();"
    for table in READ_FROM
)
ANEW = (
    "".join(f"DROP TRIGGER offices_changed ON people_{table};" for table in READ_FROM)
    + f"""
CREATE OR REPLACE FUNCTION dialog_offices{FOUND}
DROP FUNCTION dialog_offices_changed();
DROP FUNCTION dialog_offices_kept();
DROP FUNCTION dialog_whose();
DROP FUNCTION dialog_offices_found();
"""
)


class Migration(migrations.Migration):
    """Which offices one works at or is a patient of is found out once in a transaction."""

    dependencies = [("people", "0004_a_mandate_is_the_patients_own")]
    operations = [migrations.RunSQL(KEPT + FORGOTTEN, ANEW)]
