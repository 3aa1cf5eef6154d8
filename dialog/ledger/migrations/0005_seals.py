import django.contrib.postgres.fields
from django.db import migrations, models

# Hashes do not become smaller by being packed.
AS_THEY_ARE = "ALTER TABLE ledger_seal ALTER COLUMN leaves SET STORAGE EXTERNAL"

FOREVER = """
CREATE FUNCTION ledger_seal_is_forever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seals are never changed or removed';
END $$;
CREATE TRIGGER ledger_seal_is_forever BEFORE UPDATE OR DELETE ON ledger_seal
    FOR EACH ROW EXECUTE FUNCTION ledger_seal_is_forever();
CREATE TRIGGER ledger_seal_is_never_emptied BEFORE TRUNCATE ON ledger_seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_seal_is_forever();
"""

NOT_FOREVER = """
DROP TRIGGER ledger_seal_is_never_emptied ON ledger_seal;
DROP TRIGGER ledger_seal_is_forever ON ledger_seal;
DROP FUNCTION ledger_seal_is_forever();
"""

SECURE = """
REVOKE INSERT, UPDATE, DELETE ON ledger_seal FROM dialog_web;
REVOKE UPDATE, DELETE ON ledger_seal FROM dialog_relay;
ALTER TABLE ledger_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY relay_reads ON ledger_seal FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay_seals ON ledger_seal FOR INSERT TO dialog_relay
    WITH CHECK (dialog_scope() = 'relay');
CREATE POLICY setup ON ledger_seal FOR SELECT TO dialog_owner USING (dialog_scope() = 'setup');
"""

BARE = """
DROP POLICY setup ON ledger_seal;
DROP POLICY relay_seals ON ledger_seal;
DROP POLICY relay_reads ON ledger_seal;
ALTER TABLE ledger_seal DISABLE ROW LEVEL SECURITY;
GRANT INSERT, UPDATE, DELETE ON ledger_seal TO dialog_web;
GRANT UPDATE, DELETE ON ledger_seal TO dialog_relay;
"""


class Migration(migrations.Migration):
    """Batches of entries, sealed: the relay adds them, whoever verifies reads them, and nobody
    changes them.
    """

    dependencies = [
        ("ledger", "0004_served"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField()),
                ("root", models.BinaryField()),
                ("lines", models.IntegerField()),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("last_id", models.BigIntegerField()),
                ("floor", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
                ("key", models.CharField(max_length=64)),
                ("head", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("leaves", models.BinaryField()),
            ],
            options={
                "indexes": [models.Index(fields=["last_id"], name="seal_by_last_id")],
            },
        ),
        migrations.RunSQL(AS_THEY_ARE, migrations.RunSQL.noop),
        migrations.RunSQL(FOREVER, NOT_FOREVER),
        migrations.RunSQL(SECURE, BARE),
    ]
