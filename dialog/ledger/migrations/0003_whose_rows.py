from django.db import migrations

FOREVER = """
CREATE FUNCTION ledger_entry_is_forever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger entries are facts: they are never changed or removed';
END $$;
CREATE TRIGGER ledger_entry_is_forever BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_is_forever();
CREATE TRIGGER ledger_entry_is_never_emptied BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_is_forever();

CREATE FUNCTION ledger_seal_is_forever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seals are never changed or removed';
END $$;
CREATE TRIGGER ledger_seal_is_forever BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_seal_is_forever();
CREATE TRIGGER ledger_seal_is_never_emptied BEFORE TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_seal_is_forever();
"""
# Hashes do not become smaller by being packed.
AS_THEY_ARE = "ALTER TABLE ledger_seal ALTER COLUMN leaves SET STORAGE EXTERNAL;"

ROW_SECURITY = "".join(
    f"""
ALTER TABLE ledger_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_{table} FORCE ROW LEVEL SECURITY;
"""
    for table in ("entry", "delivery", "requestkey", "served", "seal")
)
ENTRIES = """
CREATE POLICY mine ON ledger_entry FOR SELECT USING (
    patient_id = dialog_patient() OR practice_id = dialog_practice()
    OR account_id = dialog_account());
CREATE POLICY anybody_records ON ledger_entry FOR INSERT WITH CHECK (true);
CREATE POLICY relay ON ledger_entry FOR SELECT TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_entry TO dialog_owner USING (dialog_scope() = 'setup');

CREATE POLICY with_its_entry ON ledger_delivery USING (
    practice_id = dialog_practice()
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE ledger_entry.id = entry_id)) WITH CHECK (true);
CREATE POLICY relay ON ledger_delivery TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_delivery TO dialog_owner USING (dialog_scope() = 'setup');

CREATE POLICY mine ON ledger_requestkey USING (account_id = dialog_account());
CREATE POLICY relay ON ledger_requestkey TO dialog_relay USING (dialog_scope() = 'relay');
"""
# Which practices are served by whom is no secret, and whoever records a fact asks.
SERVED = """
CREATE POLICY anybody_asks ON ledger_served FOR SELECT USING (true);
CREATE POLICY setup ON ledger_served TO dialog_owner USING (dialog_scope() = 'setup');
"""
# The relay adds them, whoever verifies reads them, and nobody changes them.
SEALS = """
CREATE POLICY relay_reads ON ledger_seal FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay_seals ON ledger_seal FOR INSERT TO dialog_relay
    WITH CHECK (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_seal FOR SELECT TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON ledger_seal FROM dialog_web;
REVOKE UPDATE, DELETE ON ledger_seal FROM dialog_relay;
"""


class Migration(migrations.Migration):
    """Facts are forever, and everybody sees only their own."""

    replaces = [("ledger", "0006_what_somebody_did_at_work")]
    dependencies = [("ledger", "0002_tables")]
    operations = [
        migrations.RunSQL(FOREVER + AS_THEY_ARE),
        migrations.RunSQL(ROW_SECURITY + ENTRIES + SERVED + SEALS),
    ]
