from django.db import migrations

# The relay forgets attempts whose time is over, and none that waits to be sent.
SECURE = """
ALTER TABLE notifications_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON notifications_attempt USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY receipt ON notifications_attempt FOR SELECT USING (dialog_scope() = 'receipt');
CREATE POLICY relay_finds ON notifications_attempt FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY relay_forgets ON notifications_attempt FOR DELETE TO dialog_relay
    USING (dialog_scope() = 'relay' AND settled_at IS NOT NULL);
CREATE POLICY setup ON notifications_attempt TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE notifications_reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_reminder FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON notifications_reminder USING (practice_id = dialog_practice());
CREATE POLICY relay ON notifications_reminder FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
"""


class Migration(migrations.Migration):
    """Attempts are seen by the practice, and by the patient they are about."""

    replaces = [("notifications", "0007_where_somebody_is_told")]
    dependencies = [("notifications", "0001_tables"), ("conversations", "0002_whose_rows")]
    operations = [migrations.RunSQL(SECURE)]
