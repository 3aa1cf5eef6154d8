from django.db import migrations

INDEX = """
CREATE INDEX wire_with_bytes ON interop_wire (transmission_id) WHERE octet_length(body) > 1;
"""


class Migration(migrations.Migration):
    """The oldest message that still has its bytes is found at once."""

    dependencies = [("interop", "0003_content_is_encrypted")]
    operations = [migrations.RunSQL(INDEX, "DROP INDEX wire_with_bytes")]
