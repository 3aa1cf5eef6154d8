from django.db import migrations

# A data key with all that it takes to unwrap it, as dialog/content/stored.py reads it. A key that
# was destroyed on purpose is there with nothing in it, and what it encrypted reads as nothing; one
# that is missing is a fault.
CHAIN = """
CREATE VIEW content_chain WITH (security_invoker = true) AS
SELECT d.id, CASE WHEN octet_length(d.wrapped) = 0 THEN '\\x05'::bytea
    ELSE '\\x02'::bytea || uuid_send(w.id)
        || int2send(octet_length(w.wrapped)::int2) || w.wrapped
        || int2send(octet_length(d.wrapped)::int2) || d.wrapped END AS chain
FROM content_datakey AS d JOIN content_wrappingkey AS w ON w.id = d.wrapped_by_id;
REVOKE INSERT, UPDATE, DELETE ON content_chain FROM dialog_web, dialog_relay;
"""
# Wrapped keys open nothing by themselves, so whoever may read a row may read its key; what may be
# read is told by the rows. Keys are made by whoever writes first; the relay destroys those of what
# is erased (the conversations say which), and only the owner wraps them anew.
SECURE = (
    "".join(
        f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true);
CREATE POLICY who_writes_makes ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY setup ON {table} FOR ALL TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE UPDATE, DELETE ON {table} FROM dialog_web;
REVOKE UPDATE ON {table} FROM dialog_relay;
"""
        for table in ("content_wrappingkey", "content_datakey")
    )
    + "REVOKE DELETE ON content_wrappingkey FROM dialog_relay;"
)


class Migration(migrations.Migration):
    """Whoever may read a row may read its key; nobody but the owner wraps one anew."""

    replaces = [("content", "0002_keys_are_destroyed")]
    dependencies = [("content", "0001_tables")]
    operations = [migrations.RunSQL(CHAIN + SECURE)]
