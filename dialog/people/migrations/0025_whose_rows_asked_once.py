from typing import NamedTuple

from django.db import migrations

# A table named in a policy brings its own policy along, and theirs theirs: dozens of plans to get
# ready for every statement, nearly all of them for nothing, as one's own row has been seen by then.
# These are asked only when they are come to. They look as whoever asks, behind the same wall.
TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"
QUESTIONS = f"""
CREATE FUNCTION dialog_own() RETURNS bigint LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN (SELECT own.id FROM people_patient AS own WHERE own.account_id = dialog_account());
END $$;
CREATE FUNCTION dialog_acts_for() RETURNS bigint[] LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT proxy.patient_id FROM people_proxy AS proxy
        WHERE proxy.account_id = dialog_account()
        AND proxy.period @> {TODAY} AND proxy.stopped = '');
END $$;
CREATE FUNCTION dialog_has_acted(whom bigint) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.account_id = whom);
END $$;
"""
NO_QUESTIONS = """
DROP FUNCTION dialog_has_acted(bigint);
DROP FUNCTION dialog_acts_for();
DROP FUNCTION dialog_own();
"""
# A plan is made once and kept. Had it been made for a patient, whose transaction has no practice,
# it would expect to find nobody here; asked in this way it expects what is there.
EVER_HERE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = {practice})"
)
NOW_HERE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = {practice} AND NOT isempty(here.period) "
    f"AND (upper_inf(here.period) OR upper(here.period) > {TODAY}))"
)


class Asked(NamedTuple):
    """How each question is put."""

    practice: str
    own: str
    acts_for: str
    has_acted: str


BEFORE = Asked(
    practice="dialog_practice()",
    own="EXISTS (SELECT 1 FROM people_patient AS own WHERE own.id = {patient} "
    "AND own.account_id = dialog_account())",
    acts_for="EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.patient_id = {patient} "
    "AND proxy.account_id = dialog_account() "
    f"AND proxy.period @> {TODAY} AND proxy.stopped = '')",
    has_acted="EXISTS (SELECT 1 FROM people_proxy AS proxy "
    "WHERE proxy.account_id = people_account.id)",
)
NOW = Asked(
    practice="(SELECT dialog_practice())",
    own="{patient} = (SELECT dialog_own())",
    acts_for="{patient} = ANY ((SELECT dialog_acts_for())::bigint[])",
    has_acted="dialog_has_acted(people_account.id)",
)


def policies(asked: Asked) -> str:
    """What is seen, with its questions put in one of the two ways."""

    def of(question: str, table: str, column: str = "patient_id") -> str:
        return question.format(patient=f"people_{table}.{column}", practice=asked.practice)

    return f"""
ALTER POLICY seen ON people_patient USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR {of(EVER_HERE, "patient", "id")} OR {of(asked.acts_for, "patient", "id")});
ALTER POLICY seen ON people_digitalconsent USING (
    patient_id = dialog_patient() OR {of(asked.own, "digitalconsent")}
    OR {of(NOW_HERE, "digitalconsent")} OR {of(asked.acts_for, "digitalconsent")});
ALTER POLICY seen ON people_ownaccess USING (
    patient_id = dialog_patient() OR {of(asked.own, "ownaccess")});
ALTER POLICY seen ON people_registeredcontact USING (
    patient_id = dialog_patient() OR {of(NOW_HERE, "registeredcontact")});
ALTER POLICY seen ON people_notificationchoice USING (
    patient_id = dialog_patient() OR {of(EVER_HERE, "notificationchoice")});
ALTER POLICY seen ON people_proxy USING (
    account_id = dialog_account() OR patient_id = dialog_patient() OR {of(NOW_HERE, "proxy")});
ALTER POLICY mine ON people_account USING (
    id = dialog_account() OR dialog_scope() = 'door'
    OR EXISTS (SELECT 1 FROM people_membership AS here WHERE here.account_id = people_account.id)
    OR {asked.has_acted});
"""


class Migration(migrations.Migration):
    """The same rows are seen, and the database has less to get ready before it looks."""

    dependencies = [("people", "0024_sms_are_the_patients_to_choose")]
    operations = [
        migrations.RunSQL(QUESTIONS, NO_QUESTIONS),
        migrations.RunSQL(policies(NOW), policies(BEFORE)),
    ]
