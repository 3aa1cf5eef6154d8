from django.db import migrations

POLICY = """
DROP POLICY forgotten ON oversight_unusuallook;
CREATE POLICY forgotten ON oversight_unusuallook FOR DELETE TO dialog_relay USING (
    practice_id = dialog_practice() AND {which});
"""
JUDGED = "verdict <> ''"
OR_CLOSED = f"""({JUDGED} OR EXISTS (
    SELECT 1 FROM people_practice AS office WHERE office.id = oversight_unusuallook.practice_id
    AND office.closes_on <= (now() AT TIME ZONE 'Europe/Oslo')::date))"""


class Migration(migrations.Migration):
    """What nobody has judged goes too when its office has closed, and has been erased."""

    dependencies = [
        ("oversight", "0003_questions_about_looks"),
        ("people", "0010_an_office_may_close"),
    ]
    operations = [
        migrations.RunSQL(POLICY.format(which=OR_CLOSED), POLICY.format(which=JUDGED)),
    ]
