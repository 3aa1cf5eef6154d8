from django.db import migrations

ALL = (
    "conversation",
    "message",
    "attachment",
    "blobpart",
    "note",
    "readmark",
    "followup",
    "serviceswitch",
    "servicepause",
)

# The one row, by its key: asked with EXISTS, PostgreSQL may first gather every conversation that is
# seen, to look it up among them.
IN_MINE = "(SELECT true FROM conversations_conversation AS c WHERE c.id = {table}.conversation_id)"


def on(table: str) -> str:
    return (
        f"ALTER TABLE conversations_{table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE conversations_{table} FORCE ROW LEVEL SECURITY;"
    )


def office(table: str) -> str:
    """Those who work there and their patients see what an office offers; the office writes."""
    mine = "practice_id = dialog_practice()"
    seen = "practice_id = ANY ((SELECT dialog_offices())::bigint[])"
    return (
        f"CREATE POLICY seen ON conversations_{table} FOR SELECT USING ({seen});"
        f"CREATE POLICY office_adds ON conversations_{table} FOR INSERT WITH CHECK ({mine});"
        f"CREATE POLICY office_changes ON conversations_{table} FOR UPDATE USING ({seen}) "
        f"WITH CHECK ({mine});"
        f"CREATE POLICY office_removes ON conversations_{table} FOR DELETE USING ({mine});"
        f"CREATE POLICY setup ON conversations_{table} TO dialog_owner "
        "USING (dialog_scope() = 'setup');"
    )


SECURE = (
    "".join(on(table) for table in ALL)
    + """
CREATE POLICY mine ON conversations_conversation USING (
    practice_id = (SELECT dialog_practice()) OR patient_id = (SELECT dialog_patient()));
CREATE POLICY relay ON conversations_conversation FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY in_mine ON conversations_message USING ("""
    + IN_MINE.format(table="conversations_message")
    + """);
CREATE POLICY in_mine ON conversations_readmark USING ("""
    + IN_MINE.format(table="conversations_readmark")
    + """);
CREATE POLICY office_only ON conversations_note USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversations_note.conversation_id
    AND c.practice_id = dialog_practice()));
CREATE POLICY office_only ON conversations_followup USING (practice_id = dialog_practice());
CREATE POLICY mine ON conversations_attachment USING (
    author_id = dialog_account()
    OR (SELECT true FROM conversations_message AS m WHERE m.id = message_id));
CREATE POLICY relay ON conversations_attachment TO dialog_relay
    USING (dialog_scope() = 'relay' AND message_id IS NULL);
CREATE POLICY with_its_file ON conversations_blobpart USING (EXISTS (
    SELECT 1 FROM conversations_attachment AS a WHERE a.blob = conversations_blobpart.blob))
    WITH CHECK (true);
"""
    + office("serviceswitch")
    + office("servicepause")
)

POLICIES = {
    "conversation": ("mine", "relay"),
    "message": ("in_mine",),
    "readmark": ("in_mine",),
    "note": ("office_only",),
    "followup": ("office_only",),
    "attachment": ("mine", "relay"),
    "blobpart": ("with_its_file",),
    "serviceswitch": (
        "seen",
        "office_adds",
        "office_changes",
        "office_removes",
        "setup",
    ),
    "servicepause": ("seen", "office_adds", "office_changes", "office_removes", "setup"),
}

BARE = "".join(
    f"DROP POLICY {policy} ON conversations_{table};" for table in ALL for policy in POLICIES[table]
) + "".join(f"ALTER TABLE conversations_{table} DISABLE ROW LEVEL SECURITY;" for table in ALL)


class Migration(migrations.Migration):
    """A conversation is seen by its patient and its practice, and what hangs on it likewise."""

    dependencies = [
        ("conversations", "0001_initial"),
        ("people", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(SECURE, BARE)]
