from django.db import migrations

EVER_HERE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here "
    "WHERE here.patient_id = people_notificationchoice.patient_id "
    "AND here.practice_id = dialog_practice())"
)
# An office goes by what a patient who has left wanted of SMS, and never wanted it for them.
CHOSEN = f"""
DROP POLICY mine ON people_notificationchoice;
CREATE POLICY seen ON people_notificationchoice FOR SELECT USING (
    patient_id = dialog_patient()
    OR {EVER_HERE});
CREATE POLICY chosen ON people_notificationchoice USING (patient_id = dialog_patient());
"""
NOT_CHOSEN = f"""
DROP POLICY chosen ON people_notificationchoice;
DROP POLICY seen ON people_notificationchoice;
CREATE POLICY mine ON people_notificationchoice USING (
    patient_id = dialog_patient()
    OR {EVER_HERE});
"""


class Migration(migrations.Migration):
    """Which SMS are sent is for the patient to choose; offices read it, former ones too."""

    dependencies = [("people", "0023_rights_count_on_their_days")]
    operations = [migrations.RunSQL(CHOSEN, NOT_CHOSEN)]
