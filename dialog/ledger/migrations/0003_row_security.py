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
"""

NOT_FOREVER = """
DROP TRIGGER ledger_entry_is_never_emptied ON ledger_entry;
DROP TRIGGER ledger_entry_is_forever ON ledger_entry;
DROP FUNCTION ledger_entry_is_forever();
"""

SECURE = """
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON ledger_entry FOR SELECT USING (
    patient_id = dialog_patient() OR practice_id = dialog_practice()
    OR account_id = dialog_account());
CREATE POLICY anybody_records ON ledger_entry FOR INSERT WITH CHECK (true);
CREATE POLICY relay ON ledger_entry FOR SELECT TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_entry TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE ledger_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_entry ON ledger_delivery USING (
    practice_id = dialog_practice()
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE ledger_entry.id = entry_id)) WITH CHECK (true);
CREATE POLICY relay ON ledger_delivery TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_delivery TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE ledger_requestkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_requestkey FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON ledger_requestkey USING (account_id = dialog_account());
CREATE POLICY relay ON ledger_requestkey TO dialog_relay USING (dialog_scope() = 'relay');
"""

BARE = """
DROP POLICY mine ON ledger_requestkey;
DROP POLICY relay ON ledger_requestkey;
ALTER TABLE ledger_requestkey DISABLE ROW LEVEL SECURITY;
DROP POLICY with_its_entry ON ledger_delivery;
DROP POLICY relay ON ledger_delivery;
DROP POLICY setup ON ledger_delivery;
ALTER TABLE ledger_delivery DISABLE ROW LEVEL SECURITY;
DROP POLICY mine ON ledger_entry;
DROP POLICY anybody_records ON ledger_entry;
DROP POLICY relay ON ledger_entry;
DROP POLICY setup ON ledger_entry;
ALTER TABLE ledger_entry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Facts are forever, and everybody sees only their own."""

    dependencies = [("ledger", "0002_initial")]
    operations = [
        migrations.RunSQL(FOREVER, NOT_FOREVER),
        migrations.RunSQL(SECURE, BARE),
    ]
