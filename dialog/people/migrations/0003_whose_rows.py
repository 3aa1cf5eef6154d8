from django.db import migrations

OFFICE = ("practitioner", "membership", "patientlist", "closingday", "delegation")
ROW_SECURITY = "".join(
    f"""
ALTER TABLE people_{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY setup ON people_{table} TO dialog_owner USING (dialog_scope() = 'setup');
"""
    for table in (
        *("account", "practice", *OFFICE, "listmember", "gpassignment", "gpchange"),
        *("patient", "proxy", "ownaccess", "digitalconsent", "guardianship", "explanation"),
        *("notificationchoice", "registeredcontact", "registeranswer"),
        *("professional", "authorisation"),
    )
)

TODAY = "(now() AT TIME ZONE 'Europe/Oslo')::date"
MY_OFFICES = "ANY ((SELECT dialog_offices())::bigint[])"


def ever_here(patient: str, *, practice: str = "dialog_practice()") -> str:
    """A patient is or has been on a list of the practice's."""
    return (
        f"EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
        f"AND here.practice_id = {practice})"
    )


def now_here(patient: str, *, practice: str = "dialog_practice()") -> str:
    """A patient is on a list of the practice's, or is to be."""
    return (
        f"EXISTS (SELECT 1 FROM people_gpassignment AS here WHERE here.patient_id = {patient} "
        f"AND here.practice_id = {practice} AND NOT isempty(here.period) "
        f"AND (upper_inf(here.period) OR upper(here.period) > {TODAY}))"
    )


def oneself(patient: str) -> str:
    """Whoever the transaction is for is the patient."""
    return (
        f"EXISTS (SELECT 1 FROM people_patient AS own WHERE own.id = {patient} "
        "AND own.account_id = dialog_account())"
    )


def acts_for(patient: str, *, kinds: str = "") -> str:
    """Whoever the transaction is for may act for the patient: the right has begun, is not over, and
    the population register has nothing against it.
    """
    return (
        f"EXISTS (SELECT 1 FROM people_proxy AS proxy WHERE proxy.patient_id = {patient} "
        f"AND proxy.account_id = dialog_account() {kinds} "
        f"AND proxy.period @> {TODAY} AND proxy.stopped = '')"
    )


# For what is asked by nearly every statement. A plan is made once and kept. Had it been made for a
# patient, whose transaction has no practice, it would expect to find nobody here; asked in this way
# it expects what is there.
WHICHEVER = "(SELECT dialog_practice())"
OWN = "(SELECT dialog_own())"
ACTS_FOR = "ANY ((SELECT dialog_acts_for())::bigint[])"


def office(table: str, seen: str, mine: str) -> str:
    """Seen by those who work there and their patients, and at the door; written by the office."""
    return f"""
CREATE POLICY seen ON people_{table} FOR SELECT USING ({seen});
CREATE POLICY office_adds ON people_{table} FOR INSERT WITH CHECK ({mine});
CREATE POLICY office_changes ON people_{table} FOR UPDATE USING ({seen}) WITH CHECK ({mine});
CREATE POLICY office_removes ON people_{table} FOR DELETE USING ({mine});
"""


def list_of(practice: str) -> str:
    """The list is the practice's."""
    return (
        "EXISTS (SELECT 1 FROM people_patientlist AS list WHERE list.id = patient_list_id "
        f"AND list.practice_id = {practice})"
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
        f"{list_of('dialog_practice()')} AND EXISTS (SELECT 1 FROM people_practitioner AS one "
        "WHERE one.id = practitioner_id AND one.practice_id = dialog_practice())",
    )
)

# A practice takes on whoever is on nobody's list; anybody else must have said yes first. Only the
# period of a stay may change, so that no row can be turned into another person's. The relay follows
# the register as those who sign in do: it ends a stay, and changes nothing else.
STAYS = f"""
CREATE POLICY seen ON people_gpassignment FOR SELECT USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY taken_on ON people_gpassignment FOR INSERT WITH CHECK (
    {list_of("people_gpassignment.practice_id")} AND (
        (practice_id = dialog_practice()
         AND NOT dialog_listed_elsewhere(patient_id, practice_id, lower(period)))
        OR (patient_id = dialog_patient() AND EXISTS (
            SELECT 1 FROM people_gpchange AS wish
            WHERE wish.patient_id = people_gpassignment.patient_id AND wish.answer = 'yes'
            AND wish.patient_list_id = people_gpassignment.patient_list_id))));
CREATE POLICY ended ON people_gpassignment FOR UPDATE USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
REVOKE UPDATE ON people_gpassignment FROM dialog_web, dialog_relay;
GRANT UPDATE (period) ON people_gpassignment TO dialog_web, dialog_relay;

CREATE POLICY seen ON people_gpchange FOR SELECT USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient());
CREATE POLICY asked ON people_gpchange FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND answer = ''
    AND {list_of("dialog_practice()")});
CREATE POLICY answered ON people_gpchange FOR UPDATE USING (
    practice_id = dialog_practice() OR patient_id = dialog_patient())
    WITH CHECK (patient_id = dialog_patient()
        OR (practice_id = dialog_practice() AND answer <> 'yes'));
REVOKE UPDATE ON people_gpchange FROM dialog_web, dialog_relay;
GRANT UPDATE (answer, answered_by_id, answered_at) ON people_gpchange TO dialog_web;
"""

PERSONS = f"""
CREATE POLICY seen ON people_patient FOR SELECT USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR {ever_here("people_patient.id", practice=WHICHEVER)} OR people_patient.id = {ACTS_FOR});
CREATE POLICY registered ON people_patient FOR INSERT WITH CHECK (dialog_scope() = 'door');
CREATE POLICY changed ON people_patient FOR UPDATE USING (
    id = dialog_patient() OR account_id = dialog_account() OR dialog_scope() = 'door'
    OR {now_here("people_patient.id")});
CREATE POLICY mine ON people_account USING (
    id = dialog_account() OR dialog_scope() = 'door'
    OR EXISTS (SELECT 1 FROM people_membership AS here WHERE here.account_id = people_account.id)
    OR dialog_has_acted(people_account.id)
) WITH CHECK (id = dialog_account() OR dialog_scope() = 'door');
"""

# An office goes by what a patient who has left wanted of SMS, and never wanted it for them.
TOLD = f"""
CREATE POLICY seen ON people_notificationchoice FOR SELECT USING (
    patient_id = dialog_patient()
    OR {ever_here("people_notificationchoice.patient_id", practice=WHICHEVER)});
CREATE POLICY chosen ON people_notificationchoice USING (patient_id = dialog_patient());
"""

# Whoever acts for somebody may give that up, and never take it or make it longer; a change of a
# mandate is an end and a beginning (R23).
THEIRS = f"patient_id = dialog_patient() OR {now_here('people_proxy.patient_id')}"
PROXIES = f"""
CREATE POLICY seen ON people_proxy FOR SELECT USING (
    account_id = dialog_account() OR patient_id = dialog_patient()
    OR {now_here("people_proxy.patient_id", practice=WHICHEVER)});
CREATE POLICY given ON people_proxy FOR INSERT
    WITH CHECK (({THEIRS}) AND account_id IS DISTINCT FROM dialog_account());
CREATE POLICY shortened ON people_proxy FOR UPDATE
    USING (account_id = dialog_account() OR {THEIRS})
    WITH CHECK (account_id = dialog_account() OR {THEIRS});
CREATE POLICY taken_back ON people_proxy FOR DELETE
    USING (account_id = dialog_account() OR {THEIRS});
"""

# Only whoever acts for the child lets it in, or takes that back; never the child itself (R21).
LETS_IN = f"patient_id = dialog_patient() AND {acts_for('people_ownaccess.patient_id')}"
OWN_ACCESS = f"""
CREATE POLICY seen ON people_ownaccess FOR SELECT USING (
    patient_id = dialog_patient() OR people_ownaccess.patient_id = {OWN});
CREATE POLICY given ON people_ownaccess FOR INSERT
    WITH CHECK ({LETS_IN} AND given_by_id = dialog_account());
CREATE POLICY withdrawn ON people_ownaccess FOR UPDATE
    USING ({LETS_IN}) WITH CHECK ({LETS_IN});
REVOKE UPDATE ON people_ownaccess FROM dialog_web, dialog_relay;
GRANT UPDATE (withdrawn_by_id, withdrawn_at) ON people_ownaccess TO dialog_web;
"""

# A mandate is for acting in what the patient has said yes to, and not for saying it (R4, R5).
SAYS_IT = acts_for(
    "people_digitalconsent.patient_id", kinds="AND proxy.kind IN ('parent', 'guardian')"
)
THEIRS_TO_SAY = (
    f"patient_id = dialog_patient() AND ({oneself('people_digitalconsent.patient_id')} "
    f"OR {SAYS_IT})"
)
CONSENT = f"""
CREATE POLICY seen ON people_digitalconsent FOR SELECT USING (
    patient_id = dialog_patient() OR people_digitalconsent.patient_id = {OWN}
    OR {now_here("people_digitalconsent.patient_id", practice=WHICHEVER)}
    OR people_digitalconsent.patient_id = {ACTS_FOR});
CREATE POLICY given ON people_digitalconsent FOR INSERT
    WITH CHECK ({THEIRS_TO_SAY} AND given_by_id = dialog_account() AND ended_at IS NULL);
CREATE POLICY ended ON people_digitalconsent FOR UPDATE
    USING ({THEIRS_TO_SAY} AND ended_at IS NULL)
    WITH CHECK ({THEIRS_TO_SAY} AND ended_by_id = dialog_account());
REVOKE UPDATE, DELETE ON people_digitalconsent FROM dialog_web, dialog_relay;
GRANT UPDATE (ended_by_id, ended_at, replaced) ON people_digitalconsent TO dialog_web;
"""

# The office that decided, the patient, and whoever acts. Others who act for the patient read
# nothing of why the patient cannot consent (R24).
GUARDIANS = f"""
CREATE POLICY seen ON people_guardianship FOR SELECT USING (
    practice_id = dialog_practice()
    OR (account_id = dialog_account() AND {acts_for("people_guardianship.patient_id")})
    OR (patient_id = dialog_patient() AND {oneself("people_guardianship.patient_id")}));
CREATE POLICY decided ON people_guardianship FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND decided_by_id = dialog_account() AND ended_at IS NULL);
CREATE POLICY ended ON people_guardianship FOR UPDATE
    USING (practice_id = dialog_practice() AND ended_at IS NULL)
    WITH CHECK (practice_id = dialog_practice() AND ended_by_id = dialog_account());
REVOKE UPDATE, DELETE ON people_guardianship FROM dialog_web, dialog_relay;
GRANT UPDATE (ended_by_id, ended_at) ON people_guardianship TO dialog_web;
"""

# Written by whoever looks, at an office the patient belongs to; read by that office, and by the
# patient themselves: not by those who act for them, who may not know of what is going on (R232).
EXPLANATIONS = f"""
CREATE POLICY seen ON people_explanation FOR SELECT USING (
    practice_id = dialog_practice()
    OR patient_id = dialog_patient() AND {oneself("people_explanation.patient_id")});
CREATE POLICY said ON people_explanation FOR INSERT WITH CHECK (
    practice_id = dialog_practice() AND account_id = dialog_account()
    AND {ever_here("people_explanation.patient_id")});
REVOKE UPDATE, DELETE ON people_explanation FROM dialog_web, dialog_relay;
"""

# What the registers say is written at the door only: nobody says it for themselves or for others.
# Answers are about whoever is asked about, patient here or not, so they are seen there only. What
# is said of somebody who works is read by the office they work at today.
REGISTERS = (
    "".join(
        f"CREATE POLICY at_the_door ON people_{table} USING (dialog_scope() = 'door');"
        for table in ("registeranswer", "registeredcontact", "professional", "authorisation")
    )
    + f"""
CREATE POLICY seen ON people_registeredcontact FOR SELECT USING (
    patient_id = dialog_patient()
    OR {now_here("people_registeredcontact.patient_id", practice=WHICHEVER)});
CREATE POLICY seen ON people_professional FOR SELECT USING (
    account_id = dialog_account() OR EXISTS (
        SELECT 1 FROM people_membership AS here
        WHERE here.account_id = people_professional.account_id
        AND here.practice_id = dialog_practice() AND here.period @> {TODAY}));
CREATE POLICY seen ON people_authorisation FOR SELECT USING (EXISTS (
    SELECT 1 FROM people_professional AS known WHERE known.id = professional_id));
"""
)


class Migration(migrations.Migration):
    """People are seen by themselves, those who act for them, and the practice they belong to."""

    replaces = [("people", "0025_whose_rows_asked_once")]
    dependencies = [("people", "0002_questions_and_guards")]
    operations = [
        migrations.RunSQL(ROW_SECURITY + OFFICES + STAYS),
        migrations.RunSQL(PERSONS + TOLD + PROXIES),
        migrations.RunSQL(OWN_ACCESS + CONSENT + GUARDIANS + EXPLANATIONS + REGISTERS),
    ]
