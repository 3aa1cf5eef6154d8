import django.utils.timezone
from django.db import migrations, models
from django.db.models import PROTECT, Q

# Only whoever acts for the child lets it in, or takes that back; never the child itself.
ACTS_FOR_THEM = (
    "patient_id = dialog_patient() AND EXISTS (SELECT 1 FROM people_proxy AS proxy "
    "WHERE proxy.patient_id = dialog_patient() AND proxy.account_id = dialog_account())"
)
SECURE = f"""
ALTER TABLE people_ownaccess ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_ownaccess FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON people_ownaccess TO dialog_owner USING (dialog_scope() = 'setup');
CREATE POLICY seen ON people_ownaccess FOR SELECT USING (
    patient_id = dialog_patient() OR EXISTS (SELECT 1 FROM people_patient AS own
        WHERE own.id = patient_id AND own.account_id = dialog_account()));
CREATE POLICY given ON people_ownaccess FOR INSERT
    WITH CHECK ({ACTS_FOR_THEM} AND given_by_id = dialog_account());
CREATE POLICY withdrawn ON people_ownaccess FOR UPDATE
    USING ({ACTS_FOR_THEM}) WITH CHECK ({ACTS_FOR_THEM});
REVOKE UPDATE ON people_ownaccess FROM dialog_web, dialog_relay;
GRANT UPDATE (withdrawn_by_id, withdrawn_at) ON people_ownaccess TO dialog_web;
"""
BARE = """
DROP POLICY setup ON people_ownaccess;
DROP POLICY seen ON people_ownaccess;
DROP POLICY given ON people_ownaccess;
DROP POLICY withdrawn ON people_ownaccess;
ALTER TABLE people_ownaccess DISABLE ROW LEVEL SECURITY;
"""


def account(**more: object) -> models.ForeignKey:
    return models.ForeignKey("people.account", on_delete=PROTECT, related_name="+", **more)


class Migration(migrations.Migration):
    """A parent lets a child of thirteen to fifteen use the service by itself (R21)."""

    dependencies = [("people", "0008_what_the_registers_say")]
    operations = [
        migrations.CreateModel(
            name="OwnAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("given_by", account()),
                ("withdrawn_by", account(null=True)),
                (
                    "patient",
                    models.ForeignKey("people.patient", on_delete=PROTECT, related_name="+"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                        | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                        name="own_access_withdrawn_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=Q(withdrawn_at__isnull=True),
                        fields=("patient",),
                        name="own_access_given_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
