import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# A data key with all that it takes to unwrap it, as dialog/content/stored.py reads it.
CHAIN = """
CREATE VIEW content_chain WITH (security_invoker = true) AS
SELECT d.id, '\\x02'::bytea || uuid_send(w.id)
    || int2send(octet_length(w.wrapped)::int2) || w.wrapped
    || int2send(octet_length(d.wrapped)::int2) || d.wrapped AS chain
FROM content_datakey AS d JOIN content_wrappingkey AS w ON w.id = d.wrapped_by_id;
"""
# Wrapped keys open nothing by themselves, so whoever may read a row may read its key; what may be
# read is told by the rows. Keys are made by whoever writes first; the relay destroys them, and only
# the owner wraps them anew.
TABLES = ("content_wrappingkey", "content_datakey")
SECURE = "".join(
    f"""
REVOKE UPDATE, DELETE ON {table} FROM dialog_web;
REVOKE UPDATE ON {table} FROM dialog_relay;
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON {table} FOR SELECT USING (true);
CREATE POLICY who_writes_makes ON {table} FOR INSERT WITH CHECK (true);
CREATE POLICY setup ON {table} FOR ALL TO dialog_owner USING (dialog_scope() = 'setup');
"""
    for table in TABLES
)
DESTROY = """
CREATE POLICY relay_destroys ON content_datakey FOR DELETE TO dialog_relay USING (true);
REVOKE DELETE ON content_wrappingkey FROM dialog_relay;
REVOKE INSERT, UPDATE, DELETE ON content_chain FROM dialog_web, dialog_relay;
"""


class Migration(migrations.Migration):
    """The keys of all content, wrapped."""

    initial = True

    dependencies = [
        ("ledger", "0001_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrappingKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=60)),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at__isnull", True)),
                        fields=("owner",),
                        name="wrapping_key_current_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=60, unique=True)),
                ("wrapped", models.BinaryField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "wrapped_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="content.wrappingkey",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(CHAIN, "DROP VIEW content_chain"),
        migrations.RunSQL(SECURE + DESTROY, migrations.RunSQL.noop),
    ]
