from django.db import migrations

# Who at a practice sees e-consultations: its practitioners, and the roles the office has handed
# that to. Which lists they look after is for the doors in Python: an item may be handed from one
# practitioner to another, and must then pass here on both sides of the change.
FUNCTIONS = """
CREATE FUNCTION dialog_sees_econsultations() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_membership AS work
        WHERE work.practice_id = dialog_practice() AND work.account_id = dialog_account()
        AND work.period @> (now() AT TIME ZONE 'Europe/Oslo')::date
        AND (work.role = 'practitioner' OR EXISTS (
            SELECT 1 FROM people_delegation AS handed
            WHERE handed.practice_id = work.practice_id AND handed.role = work.role
            AND handed.duty = 'see-econsultations')))
$$;
"""

# The second wall for R137. What hangs on a conversation is found through it, so one restriction
# there holds for words, files, notes and read marks as well. The platform's own work has no
# account: it is told nothing but what it must carry.
WALL = """
CREATE POLICY econsultations ON conversations_conversation AS RESTRICTIVE USING (
    kind <> 'econsultation' OR (SELECT dialog_account() IS NULL)
    OR patient_id = (SELECT dialog_patient())
    OR (SELECT dialog_sees_econsultations()));
CREATE POLICY with_its_conversation ON conversations_followup AS RESTRICTIVE USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id));
"""

OWN = """
ALTER TABLE econsultations_econsultation ENABLE ROW LEVEL SECURITY;
ALTER TABLE econsultations_econsultation FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_conversation ON econsultations_econsultation USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = conversation_id));
ALTER TABLE econsultations_carecard ENABLE ROW LEVEL SECURITY;
ALTER TABLE econsultations_carecard FORCE ROW LEVEL SECURITY;
CREATE POLICY with_its_conversation ON econsultations_carecard USING ((
    SELECT true FROM conversations_conversation AS c WHERE c.id = econsultation_id));
ALTER TABLE econsultations_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE econsultations_template FORCE ROW LEVEL SECURITY;
CREATE POLICY office_only ON econsultations_template USING (practice_id = dialog_practice());
"""


class Migration(migrations.Migration):
    """An e-consultation is seen by its patient and by those at the practice who may answer it."""

    replaces = [("econsultations", "0002_row_security")]
    dependencies = [("econsultations", "0001_tables"), ("conversations", "0002_whose_rows")]
    operations = [migrations.RunSQL(FUNCTIONS + WALL + OWN)]
