from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"

# Every table of an office asks which offices one has, a dozen times a page. It is found out across
# practices, which nobody else may look at: as the owner, in the set-up scope. The answer is kept
# for the rest of the transaction, beside whom it is about. It is forgotten when what it was read
# from changes, and a savepoint that is given up takes what was kept in it along.
OFFICES = f"""
CREATE FUNCTION dialog_offices_found() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found bigint[];
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := ARRAY(
        SELECT dialog_practice() WHERE dialog_practice() IS NOT NULL
        UNION SELECT practice_id FROM people_membership WHERE account_id = dialog_account()
            AND period @> {TODAY}
        UNION SELECT practice_id FROM people_gpassignment WHERE patient_id = dialog_patient()
        UNION SELECT practice_id FROM people_gpchange WHERE patient_id = dialog_patient());
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
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
CREATE FUNCTION dialog_offices() RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN current_setting('dialog.offices_of', true) = public.dialog_whose()
        THEN current_setting('dialog.offices', true)::bigint[]
        ELSE public.dialog_offices_kept() END $$;
CREATE FUNCTION dialog_offices_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('dialog.offices_of', '', true);
    RETURN NULL;
END $$;
""" + "".join(
    f"CREATE TRIGGER offices_changed AFTER INSERT OR UPDATE OR DELETE ON people_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION dialog_offices_changed();"
    for table in ("membership", "gpassignment", "gpchange")
)

# These look across practices too, and each answers one narrow question about whoever the
# transaction is for: whether somebody is on a list elsewhere; whether a patient on a list of the
# practice's has shut their own access; and whom somebody has, had or will have a right to act for,
# past the days of that right, with a name and a birthday and nothing else.
NARROW = f"""
CREATE FUNCTION dialog_listed_elsewhere(whom bigint, here bigint, since date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found boolean;
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := EXISTS (
        SELECT 1 FROM people_gpassignment AS other
        WHERE other.patient_id = whom AND other.practice_id <> here AND NOT isempty(other.period)
        AND (upper_inf(other.period) OR since IS NULL OR upper(other.period) > since));
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
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
            OR upper(here.period) > {TODAY}));
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
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

# A table named in a policy brings its own policy along, and theirs theirs: dozens of plans to get
# ready for every statement, nearly all of them for nothing, as one's own row has been seen by then.
# These are asked only when they are come to. They look as whoever asks, behind the same wall.
ASKED_LATE = f"""
CREATE FUNCTION dialog_own() RETURNS bigint LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT own.id FROM people_patient AS own WHERE own.account_id = dialog_account());
END $$;
CREATE FUNCTION dialog_acts_for() RETURNS bigint[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT proxy.patient_id FROM people_proxy AS proxy
        WHERE proxy.account_id = dialog_account()
        AND proxy.period @> {TODAY} AND proxy.stopped = '');
END $$;
CREATE FUNCTION dialog_has_acted(whom bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.account_id = whom);
END $$;
"""

# Somebody who helps an office today; that they see no more than this is what the rest goes by.
HELPS = f"""
CREATE FUNCTION dialog_helps(office bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT dialog_scope() = 'support' AND EXISTS (
        SELECT 1 FROM people_membership AS here
        WHERE here.account_id = dialog_account() AND here.practice_id = office
        AND here.role = 'support' AND here.period @> {TODAY})
$$;
CREATE POLICY support ON ledger_delivery FOR SELECT USING (dialog_helps(practice_id));
"""

# A right to act is only ever shortened, and nobody says for themselves what the register says.
# A policy cannot tell what a row was from what it becomes, so these are triggers.
GUARDS = """
CREATE FUNCTION proxy_only_shortened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.patient_id <> OLD.patient_id OR NEW.account_id <> OLD.account_id
        OR NOT NEW.period <@ OLD.period OR NOT NEW.areas <@ OLD.areas THEN
        RAISE EXCEPTION 'A mandate is only ever shortened.' USING ERRCODE = 'check_violation';
    END IF;
    IF dialog_account() IS NOT NULL AND (NEW.stopped <> OLD.stopped
        OR NEW.from_register <> OLD.from_register
        OR NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at) THEN
        RAISE EXCEPTION 'Nobody says for themselves what the register says.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER proxy_only_shortened BEFORE UPDATE ON people_proxy
    FOR EACH ROW EXECUTE FUNCTION proxy_only_shortened();
CREATE FUNCTION proxy_begins_unconfirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF dialog_account() IS NOT NULL
        AND (NEW.from_register OR NEW.stopped <> '' OR NEW.confirmed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Nobody says for themselves what the register says.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER proxy_begins_unconfirmed BEFORE INSERT ON people_proxy
    FOR EACH ROW EXECUTE FUNCTION proxy_begins_unconfirmed();
"""
# Whoever acts for a patient neither lets others do so nor takes that from them (R23). A trigger and
# no policy: a policy of mandates cannot ask the patients, whose own policy asks the mandates.
THE_PATIENTS_OWN = """
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


class Migration(migrations.Migration):
    """What the policies ask about whoever a transaction is for, and what no policy can say."""

    replaces = [("people", "0024_sms_are_the_patients_to_choose")]
    dependencies = [("people", "0001_tables"), ("ledger", "0003_whose_rows")]
    operations = [
        migrations.RunSQL(OFFICES + NARROW + ASKED_LATE + HELPS),
        migrations.RunSQL(GUARDS + THE_PATIENTS_OWN),
    ]
