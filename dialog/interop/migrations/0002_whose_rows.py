from django.db import migrations

# The oldest message that still has its bytes is found at once.
INDEX = """
CREATE INDEX wire_with_bytes ON interop_wire (transmission_id) WHERE octet_length(body) > 1;
"""
SECURE = """
ALTER TABLE interop_address ENABLE ROW LEVEL SECURITY;
ALTER TABLE interop_address FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON interop_address FOR SELECT USING (practice_id = dialog_practice());
CREATE POLICY relay ON interop_address FOR SELECT TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON interop_address TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE interop_calendarentry ENABLE ROW LEVEL SECURITY;
ALTER TABLE interop_calendarentry FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON interop_calendarentry USING (practice_id = dialog_practice());
CREATE POLICY setup ON interop_calendarentry TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE interop_transmission ENABLE ROW LEVEL SECURITY;
ALTER TABLE interop_transmission FORCE ROW LEVEL SECURITY;
CREATE POLICY office ON interop_transmission USING (practice_id = dialog_practice());
CREATE POLICY patient ON interop_transmission FOR SELECT USING (patient_id = dialog_patient());
CREATE POLICY relay ON interop_transmission TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON interop_transmission TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE interop_wire ENABLE ROW LEVEL SECURITY;
ALTER TABLE interop_wire FORCE ROW LEVEL SECURITY;
CREATE POLICY relay ON interop_wire TO dialog_relay USING (
    dialog_scope() = 'relay' OR EXISTS (
        SELECT 1 FROM interop_transmission AS message
        WHERE message.id = transmission_id AND message.practice_id = dialog_practice()));
CREATE POLICY setup ON interop_wire TO dialog_owner USING (dialog_scope() = 'setup');
"""


class Migration(migrations.Migration):
    """How far a message has come is seen by the office and by the patient it is about; its bytes
    by the relay alone.
    """

    replaces = [("interop", "0004_bytes_are_forgotten")]
    dependencies = [("interop", "0001_tables"), ("conversations", "0002_whose_rows")]
    operations = [migrations.RunSQL(INDEX + SECURE)]
