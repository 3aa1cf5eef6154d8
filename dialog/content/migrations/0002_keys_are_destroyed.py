from django.db import migrations

# A key that was destroyed on purpose is there with nothing in it, and what it encrypted reads as
# nothing. One that is missing is a fault, as before.
CHAIN = """
CREATE OR REPLACE VIEW content_chain WITH (security_invoker = true) AS
SELECT d.id, CASE WHEN octet_length(d.wrapped) = 0 THEN '\\x05'::bytea
    ELSE '\\x02'::bytea || uuid_send(w.id)
        || int2send(octet_length(w.wrapped)::int2) || w.wrapped
        || int2send(octet_length(d.wrapped)::int2) || d.wrapped END AS chain
FROM content_datakey AS d JOIN content_wrappingkey AS w ON w.id = d.wrapped_by_id;
"""
AS_BEFORE = """
CREATE OR REPLACE VIEW content_chain WITH (security_invoker = true) AS
SELECT d.id, '\\x02'::bytea || uuid_send(w.id)
    || int2send(octet_length(w.wrapped)::int2) || w.wrapped
    || int2send(octet_length(d.wrapped)::int2) || d.wrapped AS chain
FROM content_datakey AS d JOIN content_wrappingkey AS w ON w.id = d.wrapped_by_id;
"""


class Migration(migrations.Migration):
    """The keys of an office that is gone are destroyed, and are known to have been."""

    dependencies = [("content", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN, AS_BEFORE)]
