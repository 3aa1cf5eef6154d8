from django.db import migrations

POLICY = """
DROP POLICY judged ON oversight_unusuallook;
CREATE POLICY judged ON oversight_unusuallook FOR UPDATE TO dialog_web USING (
    {mine}{waits}) WITH CHECK ({mine});
"""
MINE = (
    "practice_id = dialog_practice() AND account_id <> dialog_account() "
    "AND (SELECT dialog_reviews())"
)


class Migration(migrations.Migration):
    """Nobody at the office changes a judgement afterwards, also not by a wrong query."""

    dependencies = [("oversight", "0004_gone_with_the_office")]
    operations = [
        migrations.RunSQL(
            POLICY.format(mine=MINE, waits=" AND verdict = ''"), POLICY.format(mine=MINE, waits="")
        ),
    ]
