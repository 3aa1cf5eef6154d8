import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import dialog.content

SIGNS = [
    *("self", "child", "parent", "acts-for", "colleague", "same-name"),
    *("night", "closed", "other-reason", "many"),
]
AT_WORK = ["practitioner", "nurse", "staff"]
OPEN = Q(verdict="")

# What was looked at before there was anybody to follow it up is left as it is.
FROM_NOW_ON = """
SELECT set_config('dialog.scope', 'setup', true);
INSERT INTO oversight_followed (seal) SELECT coalesce(max(number), 0) FROM ledger_seal;
SELECT set_config('dialog.scope', '', true);
"""
# The relay raises them. Those who follow up the log see all at their office and judge those of
# others; whoever it is about sees their own, and may answer as long as it is not judged. Nobody
# else sees any: not the patient, and not a colleague.
SECURE = """
ALTER TABLE oversight_unusuallook ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_unusuallook FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON oversight_unusuallook FOR SELECT USING (
    practice_id = dialog_practice()
    AND (dialog_account() IS NULL OR account_id = dialog_account()
        OR (SELECT dialog_reviews())));
CREATE POLICY judged ON oversight_unusuallook FOR UPDATE TO dialog_web USING (
    practice_id = dialog_practice() AND account_id <> dialog_account()
    AND (SELECT dialog_reviews()));
CREATE POLICY answered ON oversight_unusuallook FOR UPDATE TO dialog_web USING (
    practice_id = dialog_practice() AND account_id = dialog_account()
    AND asked_at IS NOT NULL AND verdict = '') WITH CHECK (
    practice_id = dialog_practice() AND account_id = dialog_account() AND verdict = '');
CREATE POLICY raised ON oversight_unusuallook FOR INSERT TO dialog_relay WITH CHECK (
    practice_id = dialog_practice());
CREATE POLICY added_to ON oversight_unusuallook FOR UPDATE TO dialog_relay USING (
    practice_id = dialog_practice());
CREATE POLICY relay ON oversight_unusuallook FOR SELECT TO dialog_relay USING (
    dialog_scope() = 'relay');
CREATE POLICY forgotten ON oversight_unusuallook FOR DELETE TO dialog_relay USING (
    practice_id = dialog_practice() AND verdict <> '');
CREATE POLICY setup ON oversight_unusuallook TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_unusuallook FROM dialog_web;
GRANT UPDATE (question, asked_by_id, asked_at, answer, answered_at, verdict, reason, judged_by_id,
    judged_at) ON oversight_unusuallook TO dialog_web;
REVOKE UPDATE ON oversight_unusuallook FROM dialog_relay;
GRANT UPDATE (signs, looks, last_at) ON oversight_unusuallook TO dialog_relay;

ALTER TABLE oversight_workday ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_workday FORCE ROW LEVEL SECURITY;
CREATE POLICY the_relays ON oversight_workday TO dialog_relay USING (
    practice_id = dialog_practice());
CREATE POLICY relay ON oversight_workday FOR SELECT TO dialog_relay USING (
    dialog_scope() = 'relay');
CREATE POLICY forgotten ON oversight_workday FOR DELETE TO dialog_relay USING (
    dialog_scope() = 'relay');
CREATE POLICY setup ON oversight_workday TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_workday FROM dialog_web;

ALTER TABLE oversight_followed ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_followed FORCE ROW LEVEL SECURITY;
CREATE POLICY the_relays ON oversight_followed TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON oversight_followed TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_followed FROM dialog_web;
REVOKE INSERT, DELETE ON oversight_followed FROM dialog_relay;
"""
POLICIES = {
    "unusuallook": (
        *("seen", "judged", "answered", "raised", "added_to", "relay", "forgotten", "setup"),
    ),
    "workday": ("the_relays", "relay", "forgotten", "setup"),
    "followed": ("the_relays", "setup"),
}
BARE = "".join(
    "".join(f"DROP POLICY {policy} ON oversight_{table};" for policy in policies)
    + f"ALTER TABLE oversight_{table} DISABLE ROW LEVEL SECURITY;"
    for table, policies in POLICIES.items()
)


def one(of, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"people.{of}", **more
    )


class Migration(migrations.Migration):
    """Looks that were unlike the usual wait for those who follow up the log (R220, R232)."""

    dependencies = [
        ("oversight", "0001_initial"),
        ("people", "0012_who_follows_up_the_log"),
        ("ledger", "0005_seals"),
    ]

    operations = [
        migrations.CreateModel(
            name="UnusualLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("looks", models.PositiveIntegerField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("question", dialog.content.ContentField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("answer", dialog.content.ContentField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("verdict", models.CharField(blank=True, max_length=10)),
                ("reason", dialog.content.ContentField()),
                ("judged_at", models.DateTimeField(null=True)),
                ("account", one("account")),
                ("asked_by", one("account", null=True)),
                ("judged_by", one("account", null=True)),
                ("patient", one("patient", null=True)),
                ("practice", one("practice", db_index=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=OPEN, fields=["practice", "first_at"], name="unusual_look_waiting"
                    ),
                    models.Index(
                        fields=["practice", "account", "-first_at"], name="unusual_look_by_worker"
                    ),
                    models.Index(
                        condition=~OPEN, fields=["judged_at"], name="unusual_look_judged_by_age"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(signs__contained_by=SIGNS, signs__len__gt=0),
                        name="unusual_look_signs_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(verdict__in=["", "in-order", "breach"]),
                        name="unusual_look_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                        | (~OPEN & Q(judged_by__isnull=False, judged_at__isnull=False)),
                        name="unusual_look_judged_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=Q(judged_by__isnull=True) | ~Q(judged_by=models.F("account")),
                        name="unusual_look_not_judged_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=Q(asked_by__isnull=True, asked_at__isnull=True)
                        | Q(asked_by__isnull=False, asked_at__isnull=False),
                        name="unusual_look_asked_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=Q(answered_at__isnull=True) | Q(asked_at__isnull=False),
                        name="unusual_look_answered_when_asked",
                    ),
                    models.UniqueConstraint(
                        condition=OPEN,
                        fields=["practice", "account", "patient", "day"],
                        name="unusual_look_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("role", models.CharField(max_length=20)),
                (
                    "patients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("account", one("account")),
                ("practice", one("practice", db_index=False)),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="work_day_by_age")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["practice", "account", "day"], name="work_day_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(role__in=AT_WORK), name="work_day_role_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Followed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seal", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(FROM_NOW_ON, migrations.RunSQL.noop),
        migrations.RunSQL(SECURE, BARE),
    ]
