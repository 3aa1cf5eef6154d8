import django.utils.timezone
from django.db import migrations, models
from django.db.models import PROTECT, Q

AT_MY_PRACTICE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = "
    "people_digitalconsent.patient_id AND here.practice_id = dialog_practice() "
    "AND NOT isempty(here.period) AND (upper_inf(here.period) "
    "OR upper(here.period) > (now() AT TIME ZONE 'Europe/Oslo')::date))"
)
ONESELF = (
    "EXISTS (SELECT 1 FROM people_patient AS own WHERE own.id = people_digitalconsent.patient_id "
    "AND own.account_id = dialog_account())"
)
ACTS_FOR_THEM = (
    "EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.account_id = dialog_account() "
    "AND proxy.patient_id = people_digitalconsent.patient_id AND proxy.kind IN ({kinds}))"
)
ANYBODY = ACTS_FOR_THEM.format(kinds="'parent', 'guardian', 'mandate'")
# A mandate is for acting in what the patient has said yes to, and not for saying it.
SAYS_IT_FOR_THEM = ACTS_FOR_THEM.format(kinds="'parent', 'guardian'")
THEIRS_TO_SAY = f"patient_id = dialog_patient() AND ({ONESELF} OR {SAYS_IT_FOR_THEM})"
SECURE = f"""
ALTER TABLE people_digitalconsent ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_digitalconsent FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON people_digitalconsent TO dialog_owner USING (dialog_scope() = 'setup');
CREATE POLICY seen ON people_digitalconsent FOR SELECT USING (
    patient_id = dialog_patient() OR {ONESELF} OR {AT_MY_PRACTICE}
    OR {ANYBODY});
CREATE POLICY given ON people_digitalconsent FOR INSERT
    WITH CHECK ({THEIRS_TO_SAY} AND given_by_id = dialog_account() AND ended_at IS NULL);
CREATE POLICY ended ON people_digitalconsent FOR UPDATE
    USING ({THEIRS_TO_SAY} AND ended_at IS NULL)
    WITH CHECK ({THEIRS_TO_SAY} AND ended_by_id = dialog_account());
REVOKE UPDATE, DELETE ON people_digitalconsent FROM dialog_web, dialog_relay;
GRANT UPDATE (ended_by_id, ended_at, replaced) ON people_digitalconsent TO dialog_web;
"""
BARE = """
DROP POLICY setup ON people_digitalconsent;
DROP POLICY seen ON people_digitalconsent;
DROP POLICY given ON people_digitalconsent;
DROP POLICY ended ON people_digitalconsent;
ALTER TABLE people_digitalconsent DISABLE ROW LEVEL SECURITY;
"""


def key(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete=PROTECT, related_name="+", **more)


class Migration(migrations.Migration):
    """A patient says yes to being a digital user, and takes it back; all of it is kept (R4, R5)."""

    dependencies = [("people", "0013_authorised_to_work")]
    operations = [
        migrations.CreateModel(
            name="DigitalConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_as", models.CharField(max_length=20)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text_version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=5)),
                ("ended_at", models.DateTimeField(null=True)),
                ("replaced", models.BooleanField(db_default=False)),
                ("given_by", key("people.account")),
                ("ended_by", key("people.account", null=True)),
                ("patient", key("people.patient", db_index=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(given_as__in=["oneself", "parent", "guardian"]),
                        name="digital_consent_given_as_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(language__in=["nb", "nn", "en"]),
                        name="digital_consent_language_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(ended_by__isnull=True, ended_at__isnull=True, replaced=False)
                        | Q(ended_by__isnull=False, ended_at__isnull=False),
                        name="digital_consent_ended_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=Q(ended_at__isnull=True),
                        fields=("patient",),
                        name="digital_consent_given_once",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["patient", "-given_at"], name="digital_consent_by_patient"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
