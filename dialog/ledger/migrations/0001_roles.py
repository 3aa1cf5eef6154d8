from django.db import migrations

ROLES = """
DO $$
DECLARE missing text;
BEGIN
    SELECT string_agg(name, ', ') INTO missing
    FROM unnest(ARRAY['dialog_owner', 'dialog_web', 'dialog_relay']) AS name
    WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'The database lacks the roles %: run "digital-dialog database prepare"
        first.', missing;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO dialog_web, dialog_relay;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO dialog_web, dialog_relay;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO dialog_web, dialog_relay;
CREATE FUNCTION dialog_account() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('dialog.account', true), '')::bigint $$;
CREATE FUNCTION dialog_patient() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('dialog.patient', true), '')::bigint $$;
CREATE FUNCTION dialog_practice() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT nullif(current_setting('dialog.practice', true), '')::bigint $$;
CREATE FUNCTION dialog_scope() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(current_setting('dialog.scope', true), '') $$;
"""

UNDO = """
DROP FUNCTION dialog_account();
DROP FUNCTION dialog_patient();
DROP FUNCTION dialog_practice();
DROP FUNCTION dialog_scope();
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM dialog_web, dialog_relay;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM dialog_web, dialog_relay;
"""


class Migration(migrations.Migration):
    """Three database roles, none above row security, and whose rows a transaction may see."""

    initial = True
    run_before = [("sessions", "0001_initial")]
    dependencies = []
    operations = [migrations.RunSQL(ROLES, UNDO)]
