from django.db import migrations

SECURE = """
ALTER TABLE notifications_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_attempt FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON notifications_attempt USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY receipt ON notifications_attempt FOR SELECT USING (dialog_scope() = 'receipt');
CREATE POLICY setup ON notifications_attempt TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE notifications_reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE notifications_reminder FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON notifications_reminder USING (practice_id = dialog_practice());
CREATE POLICY relay ON notifications_reminder FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
"""

BARE = """
DROP POLICY mine ON notifications_attempt;
DROP POLICY receipt ON notifications_attempt;
DROP POLICY setup ON notifications_attempt;
ALTER TABLE notifications_attempt DISABLE ROW LEVEL SECURITY;
DROP POLICY mine ON notifications_reminder;
DROP POLICY relay ON notifications_reminder;
ALTER TABLE notifications_reminder DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Attempts are seen by the practice, and by the patient they are about."""

    dependencies = [
        ("notifications", "0001_initial"),
        ("conversations", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(SECURE, BARE)]
