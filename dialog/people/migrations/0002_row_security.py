from django.db import migrations

OFFICE = ("practitioner", "membership", "patientlist", "closingday", "delegation")
ALL = (
    "account",
    "practice",
    *OFFICE,
    "listmember",
    "patient",
    "gpassignment",
    "gpchange",
    "proxy",
    "notificationchoice",
)

# Both look across practices, which nobody else may: as the owner, in the set-up scope, and each
# answers one narrow question about whoever the transaction is for.
QUESTIONS = """
CREATE FUNCTION dialog_offices() RETURNS bigint[] LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found bigint[];
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := ARRAY(
        SELECT dialog_practice() WHERE dialog_practice() IS NOT NULL
        UNION SELECT practice_id FROM people_membership WHERE account_id = dialog_account()
        UNION SELECT practice_id FROM people_gpassignment WHERE patient_id = dialog_patient()
        UNION SELECT practice_id FROM people_gpchange WHERE patient_id = dialog_patient());
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
CREATE FUNCTION dialog_listed_elsewhere(whom bigint, here bigint, since date)
RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    before text := dialog_scope();
    found boolean;
BEGIN
    PERFORM set_config('dialog.scope', 'setup', true);
    found := EXISTS (
        SELECT 1 FROM people_gpassignment AS other
        WHERE other.patient_id = whom AND other.practice_id <> here AND NOT isempty(other.period)
        AND (upper_inf(other.period) OR since IS NULL OR upper(other.period) > since));
    PERFORM set_config('dialog.scope', before, true);
    RETURN found;
END $$;
"""

NO_QUESTIONS = """
DROP FUNCTION dialog_listed_elsewhere(bigint, bigint, date);
DROP FUNCTION dialog_offices();
"""

MY_OFFICES = "ANY ((SELECT dialog_offices())::bigint[])"
EVER_AT_MY_PRACTICE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = dialog_practice())"
)
NOW_AT_MY_PRACTICE = (
    "EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
    "AND here.practice_id = dialog_practice() AND NOT isempty(here.period) "
    "AND (upper_inf(here.period) OR upper(here.period) > (now() AT TIME ZONE 'Europe/Oslo')::date))"
)
LIST_IS_THE_PRACTICES = (
    "EXISTS (SELECT 1 FROM people_patientlist AS list WHERE list.id = patient_list_id "
    "AND list.practice_id = {practice})"
)


def on(table: str) -> str:
    return (
        f"ALTER TABLE people_{table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE people_{table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY setup ON people_{table} TO dialog_owner "
        "USING (dialog_scope() = 'setup');"
    )


def office(table: str, seen: str, mine: str) -> str:
    """Seen by those who work there and their patients, and at the door; written by the office."""
    return (
        f"CREATE POLICY seen ON people_{table} FOR SELECT USING ({seen});"
        f"CREATE POLICY office_adds ON people_{table} FOR INSERT WITH CHECK ({mine});"
        f"CREATE POLICY office_changes ON people_{table} FOR UPDATE USING ({seen}) "
        f"WITH CHECK ({mine});"
        f"CREATE POLICY office_removes ON people_{table} FOR DELETE USING ({mine});"
    )


OFFICES = (
    office("practice", f"dialog_scope() = 'door' OR id = {MY_OFFICES}", "id = dialog_practice()")
    + "".join(
        office(
            table,
            f"dialog_scope() = 'door' OR practice_id = {MY_OFFICES}",
            "practice_id = dialog_practice()",
        )
        for table in OFFICE
    )
    + office(
        "listmember",
        "EXISTS (SELECT 1 FROM people_patientlist AS list WHERE list.id = patient_list_id)",
        LIST_IS_THE_PRACTICES.format(practice="dialog_practice()")
        + " AND EXISTS (SELECT 1 FROM people_practitioner AS one WHERE one.id = practitioner_id "
        "AND one.practice_id = dialog_practice())",
    )
)

# A practice takes on whoever is on nobody's list; anybody else must have said yes first. Only the
# period of a stay may change, so that no row can be turned into another person's.
STAYS = f"""
CREATE POLICY seen ON people_gpassignment FOR SELECT USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY taken_on ON people_gpassignment FOR INSERT WITH CHECK (
    {LIST_IS_THE_PRACTICES.format(practice="people_gpassignment.practice_id")} AND (
        (practice_id = dialog_practice()
         AND NOT dialog_listed_elsewhere(patient_id, practice_id, lower(period)))
        OR (patient_id = dialog_patient() AND EXISTS (
            SELECT 1 FROM people_gpchange AS wish
            WHERE wish.patient_id = people_gpassignment.patient_id AND wish.answer = 'yes'
            AND wish.patient_list_id = people_gpassignment.patient_list_id))));
CREATE POLICY ended ON people_gpassignment FOR UPDATE USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
REVOKE UPDATE ON people_gpassignment FROM dialog_web, dialog_relay;
GRANT UPDATE (period) ON people_gpassignment TO dialog_web;

CREATE POLICY seen ON people_gpchange FOR SELECT USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY asked ON people_gpchange FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND answer = ''
    AND {LIST_IS_THE_PRACTICES.format(practice="dialog_practice()")});
CREATE POLICY answered ON people_gpchange FOR UPDATE USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient())
    WITH CHECK (patient_id = dialog_patient()
        OR (practice_id = dialog_practice() AND answer <> 'yes'));
REVOKE UPDATE ON people_gpchange FROM dialog_web, dialog_relay;
GRANT UPDATE (answer, answered_by_id, answered_at) ON people_gpchange TO dialog_web;
"""

PERSONS = (
    """
CREATE POLICY mine ON people_proxy USING (
    patient_id = dialog_patient() OR account_id = dialog_account()
    OR """
    + NOW_AT_MY_PRACTICE.format(patient="people_proxy.patient_id")
    + """);
CREATE POLICY mine ON people_notificationchoice USING (
    patient_id = dialog_patient() OR """
    + EVER_AT_MY_PRACTICE.format(patient="people_notificationchoice.patient_id")
    + """);
CREATE POLICY seen ON people_patient FOR SELECT USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR """
    + EVER_AT_MY_PRACTICE.format(patient="people_patient.id")
    + """
    OR EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.patient_id = people_patient.id
        AND proxy.account_id = dialog_account()));
CREATE POLICY registered ON people_patient FOR INSERT WITH CHECK (dialog_scope() = 'door');
CREATE POLICY changed ON people_patient FOR UPDATE USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR """
    + NOW_AT_MY_PRACTICE.format(patient="people_patient.id")
    + """);
CREATE POLICY mine ON people_account USING (
    id = dialog_account() OR dialog_scope() = 'door'
    OR EXISTS (SELECT 1 FROM people_membership AS here WHERE here.account_id = people_account.id)
    OR EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.account_id = people_account.id)
) WITH CHECK (id = dialog_account() OR dialog_scope() = 'door');
"""
)

POLICIES = {
    **dict.fromkeys(
        ("practice", *OFFICE, "listmember"),
        ("seen", "office_adds", "office_changes", "office_removes"),
    ),
    "gpassignment": ("seen", "taken_on", "ended"),
    "gpchange": ("seen", "asked", "answered"),
    "patient": ("seen", "registered", "changed"),
    **dict.fromkeys(("proxy", "notificationchoice", "account"), ("mine",)),
}

SECURE = "".join(on(table) for table in ALL) + OFFICES + STAYS + PERSONS
BARE = (
    "".join(
        f"DROP POLICY {policy} ON people_{table};"
        for table in ALL
        for policy in (*POLICIES[table], "setup")
    )
    + "".join(f"ALTER TABLE people_{table} DISABLE ROW LEVEL SECURITY;" for table in ALL)
    + "GRANT UPDATE ON people_gpassignment, people_gpchange TO dialog_web, dialog_relay;"
)


class Migration(migrations.Migration):
    """People are seen by themselves, those who act for them, and the practice they belong to."""

    dependencies = [("people", "0001_initial"), ("ledger", "0003_row_security")]
    operations = [
        migrations.RunSQL(QUESTIONS, NO_QUESTIONS),
        migrations.RunSQL(SECURE, BARE),
    ]
