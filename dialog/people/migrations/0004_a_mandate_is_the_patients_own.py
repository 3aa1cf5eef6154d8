from django.db import migrations

# A trigger and no policy: a policy of mandates cannot ask the patients, whose own policy asks the
# mandates.
OWN = """
CREATE FUNCTION proxy_is_the_patients_own() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mandate people_proxy := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF mandate.patient_id = dialog_patient() AND mandate.account_id <> dialog_account()
        AND NOT EXISTS (SELECT 1 FROM people_patient
            WHERE id = mandate.patient_id AND account_id = dialog_account()) THEN
        RAISE EXCEPTION 'Whoever acts for a patient says nothing of who else does.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN mandate;
END;
$$;
CREATE TRIGGER proxy_is_the_patients_own BEFORE INSERT OR UPDATE OR DELETE ON people_proxy
    FOR EACH ROW EXECUTE FUNCTION proxy_is_the_patients_own();
"""
NOT_OWN = """
DROP TRIGGER proxy_is_the_patients_own ON people_proxy;
DROP FUNCTION proxy_is_the_patients_own();
"""


class Migration(migrations.Migration):
    """Whoever acts for a patient neither lets others do so nor takes that from them (R23)."""

    dependencies = [("people", "0003_no_mandate_for_oneself")]
    operations = [migrations.RunSQL(OWN, NOT_OWN)]
