from django.db import migrations, models

SECURE = """
ALTER TABLE ledger_served ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger_served FORCE ROW LEVEL SECURITY;
CREATE POLICY anybody_asks ON ledger_served FOR SELECT USING (true);
CREATE POLICY setup ON ledger_served TO dialog_owner USING (dialog_scope() = 'setup');
"""

BARE = """
DROP POLICY setup ON ledger_served;
DROP POLICY anybody_asks ON ledger_served;
ALTER TABLE ledger_served DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Which practices are served by whom is no secret, and whoever records a fact asks."""

    dependencies = [
        ("ledger", "0003_row_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="Served",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice_id", models.BigIntegerField()),
                ("subscriber", models.CharField(max_length=30)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice_id", "subscriber"), name="served_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
