import uuid

from django.db import migrations, models

import dialog.content

REGISTERS = ["population", "contact", "gp", "personnel"]
STOPS = ["", "not-responsible", "lives-elsewhere", "register"]

# Answers are about whoever is asked about, patient here or not, so they are seen at the door only.
SECURE = """
ALTER TABLE people_registeranswer ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_registeranswer FORCE ROW LEVEL SECURITY;
CREATE POLICY at_the_door ON people_registeranswer USING (dialog_scope() = 'door');
CREATE POLICY setup ON people_registeranswer TO dialog_owner USING (dialog_scope() = 'setup');
CREATE OR REPLACE FUNCTION proxy_only_shortened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.patient_id <> OLD.patient_id OR NEW.account_id <> OLD.account_id
        OR NOT NEW.period <@ OLD.period OR NOT NEW.areas <@ OLD.areas THEN
        RAISE EXCEPTION 'A mandate is only ever shortened.' USING ERRCODE = 'check_violation';
    END IF;
    IF dialog_account() IS NOT NULL AND (NEW.stopped <> OLD.stopped
        OR NEW.from_register <> OLD.from_register
        OR NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at) THEN
        RAISE EXCEPTION 'Nobody says for themselves what the register says.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
"""
BARE = """
CREATE OR REPLACE FUNCTION proxy_only_shortened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.patient_id <> OLD.patient_id OR NEW.account_id <> OLD.account_id
        OR NOT NEW.period <@ OLD.period THEN
        RAISE EXCEPTION 'A mandate is only ever shortened.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$$;
DROP POLICY setup ON people_registeranswer;
DROP POLICY at_the_door ON people_registeranswer;
ALTER TABLE people_registeranswer DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """What the national registers answered, and what that means for who acts for whom."""

    dependencies = [("people", "0007_acts_in_areas")]
    operations = [
        migrations.CreateModel(
            name="RegisterAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("register", models.CharField(max_length=20)),
                ("subject_hash", models.BinaryField()),
                ("answer", dialog.content.ContentField(default="")),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["register", "subject_hash"], name="register_answer_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(register__in=REGISTERS),
                        name="register_answer_register_known",
                    ),
                ],
            },
        ),
        migrations.AddField("proxy", "from_register", models.BooleanField(db_default=False)),
        migrations.AddField(
            "proxy", "stopped", models.CharField(blank=True, db_default="", max_length=20)
        ),
        migrations.AddField("proxy", "confirmed_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "proxy",
            models.CheckConstraint(condition=models.Q(stopped__in=STOPS), name="proxy_stop_known"),
        ),
        migrations.RunSQL(SECURE, BARE),
    ]
