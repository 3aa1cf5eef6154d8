from django.db import migrations, models


class Migration(migrations.Migration):
    """Sessions that can be found and ended from elsewhere, and what counts once."""

    initial = True
    replaces = [("identity", "0001_initial")]
    dependencies = [("ledger", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="UsedOnce",
            fields=[
                ("digest", models.BinaryField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("session_data", models.TextField()),
                ("expire_date", models.DateTimeField(db_index=True)),
                ("account_id", models.BigIntegerField(null=True)),
                ("provider_session", models.BinaryField(null=True)),
                ("provider_subject", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account_id"], name="session_by_account"),
                    models.Index(fields=["provider_session"], name="session_by_provider_session"),
                    models.Index(fields=["provider_subject"], name="session_by_provider_subject"),
                ],
            },
        ),
    ]
