from django.db import migrations

# Looks are followed up from the first seal on.
FOLLOWED = """
INSERT INTO oversight_followed (seal) VALUES (0);
"""
# Who follows up the log at a practice is somebody by name.
REVIEWS = """
CREATE FUNCTION dialog_reviews() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_membership AS work
        WHERE work.practice_id = dialog_practice() AND work.account_id = dialog_account()
        AND work.period @> (now() AT TIME ZONE 'Europe/Oslo')::date AND work.reviews_access)
$$;
"""
ROW_SECURITY = "".join(
    f"""
ALTER TABLE oversight_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_{table} FORCE ROW LEVEL SECURITY;
"""
    for table in ("logsearch", "unusuallook", "workday", "followed", "logquestion")
)
# Those who follow up the log see one another's searches, and everybody who has searched for what
# they have done. Nobody changes what was said, nor takes it away.
SEARCHES = """
CREATE POLICY seen ON oversight_logsearch FOR SELECT USING (
    practice_id = dialog_practice()
    AND (dialog_account() IS NULL OR colleague_id = dialog_account()
        OR (SELECT dialog_reviews())));
CREATE POLICY stated ON oversight_logsearch FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND account_id = dialog_account()
    AND (SELECT dialog_reviews()));
REVOKE UPDATE, DELETE ON oversight_logsearch FROM dialog_web, dialog_relay;
"""
# The relay raises them. Those who follow up the log see all at their office and judge those of
# others, once: nobody changes a judgement afterwards, also not by a wrong query. Whoever it is
# about sees their own, and may answer as long as it is not judged. Nobody else sees any: not the
# patient, and not a colleague. What nobody has judged goes too when its office has closed.
REVIEWER_OF_OTHERS = (
    "practice_id = dialog_practice() AND account_id <> dialog_account() "
    "AND (SELECT dialog_reviews())"
)
LOOKS = f"""
CREATE POLICY seen ON oversight_unusuallook FOR SELECT USING (
    practice_id = dialog_practice()
    AND (dialog_account() IS NULL OR account_id = dialog_account()
        OR (SELECT dialog_reviews())));
CREATE POLICY judged ON oversight_unusuallook FOR UPDATE TO dialog_web
    USING ({REVIEWER_OF_OTHERS} AND verdict = '') WITH CHECK ({REVIEWER_OF_OTHERS});
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
    practice_id = dialog_practice() AND (verdict <> '' OR EXISTS (
        SELECT 1 FROM people_practice AS office
        WHERE office.id = oversight_unusuallook.practice_id
        AND office.closes_on <= (now() AT TIME ZONE 'Europe/Oslo')::date)));
CREATE POLICY setup ON oversight_unusuallook TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_unusuallook FROM dialog_web;
GRANT UPDATE (question, asked_by_id, asked_at, answer, answered_at, verdict, reason, judged_by_id,
    judged_at) ON oversight_unusuallook TO dialog_web;
REVOKE UPDATE ON oversight_unusuallook FROM dialog_relay;
GRANT UPDATE (signs, looks, last_at) ON oversight_unusuallook TO dialog_relay;

CREATE POLICY the_relays ON oversight_workday TO dialog_relay USING (
    practice_id = dialog_practice());
CREATE POLICY relay ON oversight_workday FOR SELECT TO dialog_relay USING (
    dialog_scope() = 'relay');
CREATE POLICY forgotten ON oversight_workday FOR DELETE TO dialog_relay USING (
    dialog_scope() = 'relay');
CREATE POLICY setup ON oversight_workday TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_workday FROM dialog_web;

CREATE POLICY the_relays ON oversight_followed TO dialog_relay USING (dialog_scope() = 'relay');
CREATE POLICY setup ON oversight_followed TO dialog_owner USING (dialog_scope() = 'setup');
REVOKE INSERT, UPDATE, DELETE ON oversight_followed FROM dialog_web;
REVOKE INSERT, DELETE ON oversight_followed FROM dialog_relay;
"""
# The second wall for R219: nobody at an office but those who follow up the log sees that a patient
# has asked about a look. What hangs on a conversation is found through it. The platform's own work
# has no account.
QUESTIONS = """
CREATE POLICY log_questions ON conversations_conversation AS RESTRICTIVE USING (
    kind <> 'log-question' OR (SELECT dialog_account() IS NULL)
    OR patient_id = (SELECT dialog_patient())
    OR (SELECT dialog_reviews()));
CREATE POLICY with_its_conversation ON oversight_logquestion USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id
    AND c.practice_id = oversight_logquestion.practice_id));
REVOKE UPDATE, DELETE ON oversight_logquestion FROM dialog_web, dialog_relay;
"""


class Migration(migrations.Migration):
    """The log is followed up by a few at each office, and what they decide stands (R217–R220)."""

    replaces = [("oversight", "0005_what_was_judged_stands")]
    dependencies = [("oversight", "0001_tables"), ("conversations", "0002_whose_rows")]
    operations = [
        migrations.RunSQL(FOLLOWED + REVIEWS),
        migrations.RunSQL(ROW_SECURITY + SEARCHES + LOOKS + QUESTIONS),
    ]
