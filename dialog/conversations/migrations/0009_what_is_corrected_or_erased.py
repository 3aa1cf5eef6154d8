import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dialog.content

TABLES = ("rightsrequest", "correction", "erasure")
SEEN = """
ALTER TABLE conversations_{0} ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_{0} FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON conversations_{0} FOR SELECT USING ((SELECT true
    FROM conversations_conversation AS c WHERE c.id = conversations_{0}.conversation_id));
"""
# Whoever sees a conversation may ask; the office decides, corrects and says what is to be erased.
# The relay empties what has been decided, and nobody removes a row.
SECURE = (
    "".join(SEEN.format(table) for table in TABLES)
    + """
CREATE POLICY anybody_asks ON conversations_rightsrequest FOR INSERT WITH CHECK ((SELECT true
    FROM conversations_conversation AS c WHERE c.id = conversation_id
    AND c.practice_id = conversations_rightsrequest.practice_id));
CREATE POLICY office_decides ON conversations_rightsrequest FOR UPDATE
    USING (practice_id = dialog_practice());
CREATE POLICY office_corrects ON conversations_correction FOR INSERT WITH CHECK ((SELECT true
    FROM conversations_conversation AS c WHERE c.id = conversation_id
    AND c.practice_id = dialog_practice()));
CREATE POLICY relay_empties ON conversations_correction FOR UPDATE TO dialog_relay
    USING (dialog_scope() = 'erasing');
CREATE POLICY office_decides ON conversations_erasure FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND (SELECT true FROM conversations_conversation AS c
    WHERE c.id = conversation_id AND c.practice_id = dialog_practice()));
CREATE POLICY relay_carries_out ON conversations_erasure FOR UPDATE TO dialog_relay
    USING (dialog_scope() = 'erasing' AND practice_id = dialog_practice());
CREATE POLICY patient_asks ON conversations_followup FOR INSERT WITH CHECK (
    reason = 'rights' AND patient_id = dialog_patient() AND (SELECT true
    FROM conversations_conversation AS c WHERE c.id = conversation_id
    AND c.practice_id = conversations_followup.practice_id
    AND c.patient_id = conversations_followup.patient_id));
CREATE POLICY erasing ON conversations_attachment FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'erasing');
REVOKE DELETE ON conversations_rightsrequest, conversations_correction, conversations_erasure
    FROM dialog_web, dialog_relay;
REVOKE UPDATE ON conversations_correction, conversations_erasure FROM dialog_web;
"""
)
# What was written is never written over, and goes only where that has been decided.
STANDS = """
REVOKE UPDATE, DELETE ON conversations_message FROM dialog_web, dialog_relay;
GRANT UPDATE (hidden_at, hidden_because) ON conversations_message TO dialog_web, dialog_relay;
GRANT UPDATE (text) ON conversations_message TO dialog_relay;
CREATE FUNCTION conversations_words_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.text = OLD.text OR NEW.text = '\\x04'::bytea AND EXISTS (
            SELECT 1 FROM conversations_erasure AS erasure
            WHERE erasure.conversation_id = OLD.conversation_id AND erasure.done_at IS NULL)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what was written is not written over, nor removed';
END $$;
CREATE TRIGGER message_stands BEFORE UPDATE OF text OR DELETE ON conversations_message
    FOR EACH ROW EXECUTE FUNCTION conversations_words_stand();
CREATE TRIGGER correction_stands BEFORE UPDATE OF text OR DELETE ON conversations_correction
    FOR EACH ROW EXECUTE FUNCTION conversations_words_stand();
"""
# A file's key goes with its bytes; a conversation's only when that has been decided.
DESTROYS = """
DROP POLICY relay_destroys ON content_datakey;
CREATE POLICY relay_destroys ON content_datakey FOR DELETE TO dialog_relay USING (
    owner LIKE 'file %' OR EXISTS (SELECT 1 FROM conversations_erasure AS erasure
        WHERE erasure.done_at IS NULL
        AND content_datakey.owner = 'conversation ' || erasure.conversation_id));
"""
AS_BEFORE = """
DROP POLICY relay_destroys ON content_datakey;
CREATE POLICY relay_destroys ON content_datakey FOR DELETE TO dialog_relay USING (true);
DROP TRIGGER correction_stands ON conversations_correction;
DROP TRIGGER message_stands ON conversations_message;
DROP FUNCTION conversations_words_stand();
GRANT UPDATE, DELETE ON conversations_message TO dialog_web, dialog_relay;
DROP POLICY erasing ON conversations_attachment;
DROP POLICY patient_asks ON conversations_followup;
"""


def account(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="people.account",
        **more,
    )


def practice():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.practice"
    )


def conversation(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="conversations.conversation",
        **more,
    )


class Migration(migrations.Migration):
    """What is wrong is corrected beside itself, or erased when that has been decided."""

    dependencies = [
        ("conversations", "0008_what_waits_is_counted_in_the_index"),
        ("people", "0006_own_access_can_be_locked"),
        ("content", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="erased_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveConstraint(model_name="followup", name="follow_up_reason_known"),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(reason__in=["agreed", "not-read", "not-done", "rights"]),
                name="follow_up_reason_known",
            ),
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("wish", models.CharField(max_length=10)),
                ("words", dialog.content.ContentField(default="")),
                ("side", models.CharField(max_length=10)),
                ("asked_by_name", models.CharField(max_length=150)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=10)),
                ("reason", dialog.content.ContentField(default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by_name", models.CharField(blank=True, max_length=150)),
                ("asked_by", account()),
                ("conversation", conversation(db_index=False)),
                ("decided_by", account(null=True)),
                (
                    "follow_up",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_request",
                        to="conversations.followup",
                    ),
                ),
                ("practice", practice()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["conversation", "asked_at"], name="rights_request_in_order"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(wish__in=["correct", "erase"]),
                        name="rights_request_wish_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(side__in=["patient", "practice"]),
                        name="rights_request_side_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(decision__in=["", "corrected", "erased", "declined"]),
                        name="rights_request_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            decision="", decided_at__isnull=True, decided_by__isnull=True
                        )
                        | (
                            ~models.Q(decision="")
                            & models.Q(decided_at__isnull=False, decided_by__isnull=False)
                        ),
                        name="rights_request_decided_by_and_at",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(decision=""),
                        fields=("conversation",),
                        name="rights_request_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("text", dialog.content.ContentField(default="")),
                ("author_name", models.CharField(max_length=150)),
                ("author_role", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("author", account()),
                ("conversation", conversation(db_index=False)),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.rightsrequest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["conversation", "made_at"], name="correction_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="erasure",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("why", models.CharField(max_length=20)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("decided_by", account(null=True)),
                ("practice", practice()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(why__in=["decided", "retention", "office-closed"]),
                        name="erasure_why_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(SECURE + STANDS + DESTROYS, AS_BEFORE),
    ]
