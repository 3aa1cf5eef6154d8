from django.db import migrations

SECURE = """
ALTER TABLE renewals_prescription ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_prescription FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON renewals_prescription FOR SELECT USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY written_down ON renewals_prescription FOR INSERT WITH CHECK (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY office_changes ON renewals_prescription FOR UPDATE
    USING (practice_id = dialog_practice());
CREATE POLICY setup ON renewals_prescription TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE renewals_renewalrules ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_renewalrules FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON renewals_renewalrules FOR SELECT USING (
    practice_id = ANY ((SELECT dialog_offices())::bigint[]));
CREATE POLICY office_adds ON renewals_renewalrules FOR INSERT
    WITH CHECK (practice_id = dialog_practice());
CREATE POLICY office_changes ON renewals_renewalrules FOR UPDATE
    USING (practice_id = dialog_practice());
CREATE POLICY setup ON renewals_renewalrules TO dialog_owner USING (dialog_scope() = 'setup');

ALTER TABLE renewals_renewal ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_renewal FORCE ROW LEVEL SECURITY;
CREATE POLICY in_mine ON renewals_renewal USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id));

ALTER TABLE renewals_renewalitem ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_renewalitem FORCE ROW LEVEL SECURITY;
CREATE POLICY in_mine ON renewals_renewalitem USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id));

ALTER TABLE renewals_listlook ENABLE ROW LEVEL SECURITY;
ALTER TABLE renewals_listlook FORCE ROW LEVEL SECURITY;
CREATE POLICY mine ON renewals_listlook USING (
    patient_id = dialog_patient() AND account_id = dialog_account());
"""


class Migration(migrations.Migration):
    """Prescriptions are seen by the patient and the practice, lines with their conversation."""

    replaces = [("renewals", "0004_what_a_look_showed")]
    dependencies = [("renewals", "0001_tables"), ("conversations", "0002_whose_rows")]
    operations = [migrations.RunSQL(SECURE)]
