from django.db import migrations

NOW_AT_MY_PRACTICE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here "
    "WHERE here.patient_id = people_proxy.patient_id "
    "AND here.practice_id = dialog_practice() AND NOT isempty(here.period) "
    "AND (upper_inf(here.period) OR upper(here.period) > (now() AT TIME ZONE 'Europe/Oslo')::date))"
)
THEIRS = f"patient_id = dialog_patient() OR {NOW_AT_MY_PRACTICE}"
SEEN = f"account_id = dialog_account() OR {THEIRS}"

SECURE = f"""
DROP POLICY mine ON people_proxy;
CREATE POLICY seen ON people_proxy FOR SELECT USING ({SEEN});
CREATE POLICY given ON people_proxy FOR INSERT
    WITH CHECK (({THEIRS}) AND account_id IS DISTINCT FROM dialog_account());
CREATE POLICY shortened ON people_proxy FOR UPDATE USING ({SEEN}) WITH CHECK ({SEEN});
CREATE POLICY taken_back ON people_proxy FOR DELETE USING ({SEEN});
CREATE FUNCTION proxy_only_shortened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.patient_id <> OLD.patient_id OR NEW.account_id <> OLD.account_id
        OR NOT NEW.period <@ OLD.period THEN
        RAISE EXCEPTION 'A mandate is only ever shortened.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER proxy_only_shortened BEFORE UPDATE ON people_proxy
    FOR EACH ROW EXECUTE FUNCTION proxy_only_shortened();
"""
BARE = f"""
DROP TRIGGER proxy_only_shortened ON people_proxy;
DROP FUNCTION proxy_only_shortened();
DROP POLICY seen ON people_proxy;
DROP POLICY given ON people_proxy;
DROP POLICY shortened ON people_proxy;
DROP POLICY taken_back ON people_proxy;
CREATE POLICY mine ON people_proxy USING ({SEEN});
"""


class Migration(migrations.Migration):
    """Whoever acts for somebody may give that up, and never take it or make it longer; a change of
    a mandate is an end and a beginning (R23).
    """

    dependencies = [("people", "0002_row_security")]
    operations = [migrations.RunSQL(SECURE, BARE)]
