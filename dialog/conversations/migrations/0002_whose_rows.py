from django.db import migrations

ROW_SECURITY = "".join(
    f"""
ALTER TABLE conversations_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE conversations_{table} FORCE ROW LEVEL SECURITY;
"""
    for table in (
        *("conversation", "message", "attachment", "blobpart", "note", "readmark", "followup"),
        *("task", "rightsrequest", "correction", "erasure", "serviceswitch", "servicepause"),
    )
)


def in_mine(table: str) -> str:
    """The one conversation it hangs on, by its key: asked with EXISTS, PostgreSQL may first gather
    every conversation that is seen, to look it up among them.
    """
    return (
        "(SELECT true FROM conversations_conversation AS c "
        f"WHERE c.id = conversations_{table}.conversation_id)"
    )


HANGS_ON_IT = f"""
CREATE POLICY mine ON conversations_conversation USING (
    practice_id = (SELECT dialog_practice()) OR patient_id = (SELECT dialog_patient()));
CREATE POLICY relay ON conversations_conversation FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY in_mine ON conversations_message USING ({in_mine("message")});
CREATE POLICY in_mine ON conversations_readmark USING ({in_mine("readmark")});
CREATE POLICY office_only ON conversations_note USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversations_note.conversation_id
    AND c.practice_id = dialog_practice()));
CREATE POLICY office_only ON conversations_followup USING (practice_id = dialog_practice());
CREATE POLICY in_mine ON conversations_task USING ({in_mine("task")});
CREATE POLICY relay ON conversations_task FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'relay');
CREATE POLICY mine ON conversations_attachment USING (
    author_id = dialog_account()
    OR (SELECT true FROM conversations_message AS m WHERE m.id = message_id));
CREATE POLICY relay ON conversations_attachment TO dialog_relay
    USING (dialog_scope() = 'relay' AND message_id IS NULL);
CREATE POLICY erasing ON conversations_attachment FOR SELECT TO dialog_relay
    USING (dialog_scope() = 'erasing');
CREATE POLICY with_its_file ON conversations_blobpart USING (EXISTS (
    SELECT 1 FROM conversations_attachment AS a WHERE a.blob = conversations_blobpart.blob))
    WITH CHECK (true);
"""
# Those who work there and their patients see what an office offers; the office writes.
SERVICES = "".join(
    f"""
CREATE POLICY seen ON conversations_{table} FOR SELECT
    USING (practice_id = ANY ((SELECT dialog_offices())::bigint[]));
CREATE POLICY office_adds ON conversations_{table} FOR INSERT
    WITH CHECK (practice_id = dialog_practice());
CREATE POLICY office_changes ON conversations_{table} FOR UPDATE
    USING (practice_id = ANY ((SELECT dialog_offices())::bigint[]))
    WITH CHECK (practice_id = dialog_practice());
CREATE POLICY office_removes ON conversations_{table} FOR DELETE
    USING (practice_id = dialog_practice());
CREATE POLICY setup ON conversations_{table} TO dialog_owner USING (dialog_scope() = 'setup');
"""
    for table in ("serviceswitch", "servicepause")
)
# Whoever sees a conversation may ask; the office decides, corrects and says what is to be erased.
# The relay empties what has been decided, and nobody removes a row.
RIGHTS = (
    "".join(
        f"CREATE POLICY seen ON conversations_{table} FOR SELECT USING ({in_mine(table)});"
        for table in ("rightsrequest", "correction", "erasure")
    )
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
# A file's key goes with its bytes; a conversation's only when that has been decided. What has been
# erased gets no key again, so nothing can be written in it, whatever asks.
KEYS = """
CREATE POLICY relay_destroys ON content_datakey FOR DELETE TO dialog_relay USING (
    owner LIKE 'file %' OR EXISTS (SELECT 1 FROM conversations_erasure AS erasure
        WHERE erasure.done_at IS NULL
        AND content_datakey.owner = 'conversation ' || erasure.conversation_id));
CREATE FUNCTION content_stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.owner ~ '^conversation [0-9a-f-]{36}$' AND EXISTS (
            SELECT 1 FROM conversations_erasure AS erasure
            WHERE erasure.conversation_id = substring(NEW.owner FROM 14)::uuid) THEN
        RAISE EXCEPTION 'what has been erased gets no key again';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_erased BEFORE INSERT ON content_datakey
    FOR EACH ROW EXECUTE FUNCTION content_stays_erased();
"""
# Looks for a moment at the office's rows, which whoever helps does not see, and tells numbers.
NUMBERS = """
CREATE FUNCTION dialog_numbers(office bigint)
RETURNS TABLE (what text, many bigint) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('dialog.practice', true), '');
BEGIN
    IF NOT dialog_helps(office) THEN
        RETURN;
    END IF;
    PERFORM set_config('dialog.practice', office::text, true);
    RETURN QUERY
        SELECT 'patients', count(*) FROM people_gpassignment AS stay
        WHERE stay.practice_id = office
            AND stay.period @> (now() AT TIME ZONE 'Europe/Oslo')::date
        UNION ALL
        SELECT c.kind::text, count(*) FROM conversations_conversation AS c
        WHERE c.practice_id = office AND c.status = 'with-practice' GROUP BY c.kind;
    PERFORM set_config('dialog.practice', before, true);
END $$;
"""


class Migration(migrations.Migration):
    """A conversation is seen by its patient and its practice, and what hangs on it likewise; what
    was written stands until it is decided that it goes.
    """

    replaces = [("conversations", "0013_numbers_for_whoever_helps")]
    dependencies = [
        ("conversations", "0001_tables"),
        ("content", "0002_whose_rows"),
        ("people", "0003_whose_rows"),
    ]
    operations = [
        migrations.RunSQL(ROW_SECURITY + HANGS_ON_IT + SERVICES + RIGHTS),
        migrations.RunSQL(STANDS + KEYS + NUMBERS),
    ]
