"""The second wall: what the database itself keeps from whoever asks wrongly.

Every query here is wrong on purpose: it names no person and no practice. What is left out, the
database has left out.
"""

import contextlib
import re

import pytest
from django.apps import apps
from django.db import connection, transaction

from dialog import rows
from dialog.adapters import database_roles as roles
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import number
from dialog.people import actions as people
from tests.people.on_lists import list_of

ROOMS = (
    "people",
    "conversations",
    "appointments",
    "renewals",
    "econsultations",
    "notifications",
    "oversight",
    "breaches",
    "interop",
)
LEDGER = ("ledger_entry", "ledger_seal", "ledger_delivery", "ledger_requestkey")
# What hangs on a row of another table is seen with that row.
HANGS_ON = {
    "conversation_id": "conversations_conversation",
    "message_id": "conversations_message",
    "patient_list_id": "people_patientlist",
}
ACROSS = {
    "dialog_numbers": "how many patients and waiting matters, to whoever helps the office",
    "dialog_offices_found": "which offices this person works at or is a patient of",
    "dialog_listed_elsewhere": "whether a patient is on another office's list, not whose",
    "appointments_busy": "whether somebody's time is taken, not by whom",
    "dialog_access_locked": "whether a patient on the office's own list has shut their access",
    "dialog_acted_for": "the names and birthdays of those somebody has, or had, a right to act for",
}
# What the wall goes by has its days: a right to act, days at work, a stay on a list. Whoever does
# not ask for the day has a reason.
HAS_DAYS = ("people_proxy", "people_membership", "people_gpassignment")
ON_ANY_DAY = {
    ("people_patient.seen", "people_gpassignment"): "who has left has matters there",
    ("people_explanation.said", "people_gpassignment"): "and opening these takes a reason",
    ("people_notificationchoice.seen", "people_gpassignment"): "and a no to SMS about them stands",
    ("dialog_offices_found", "people_gpassignment"): "and the patient reads whose they are",
    ("people_account.mine", "people_membership"): "who has worked there is named in the log",
    ("dialog_has_acted", "people_proxy"): "so is who has acted for a patient",
    ("dialog_acted_for", "people_proxy"): "so is whom one has acted for, to oneself",
}


def tables():
    """Every table of the rooms that know people, by name."""
    models = (model for room in ROOMS for model in apps.get_app_config(room).get_models())
    return sorted({model._meta.db_table for model in models} | set(LEDGER))


def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def everything_in(table):
    return ask(f'SELECT * FROM "{table}"')  # noqa: S608  # a name of ours


def tables_with(column):
    """Those of the tables that have a column of this name."""
    known = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields}
        for model in apps.get_models()
    }
    return [table for table in tables() if column in known[table]]


def hanging_by(column):
    """Those of the tables whose column of this name is the key of the row they hang on; a national
    message has an id of its own that is called the same.
    """
    hangs = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.column == column
    }
    return [table for table in tables_with(column) if table in hangs or table in LEDGER]


@pytest.fixture
def lived_in(cast):
    """Both offices have something of everything that a test can make in a breath."""
    for patient, doctor in ((cast.kari, cast.lund), (cast.bjarne, cast.berg)):
        made = conversations.start(
            by=patient, kind=Kind.ENQUIRY, patient_id=patient.patient, text="Hei"
        )
        conversations.read(by=doctor, conversation_id=made.id)
        conversations.add_note(by=doctor, conversation_id=made.id, text="Ring tilbake")
        people.choose_notification(by=patient, kind="message", wanted=False)
    take_on_kari(cast.berg)


def take_on_kari(doctor):
    """Another office asks for her; she has not answered."""
    people.take_on(
        by=doctor,
        list_id=list_of(doctor),
        identity_number=number("kari"),
        given_name="Kari",
        family_name="Nordmann",
    )


class TestEveryTable:
    def test_is_behind_the_wall_for_its_owner_too(self, db):
        secured = ask(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity "
            "AND relnamespace = 'public'::regnamespace"
        )

        assert set(tables()) - {name for (name,) in secured} == set()

    @pytest.mark.parametrize("role", [roles.WEB, roles.RELAY, roles.OWNER])
    def test_shows_nothing_to_anybody_unset(self, lived_in, as_role, role):
        with rows.seeing(), as_role(role):
            seen = {table for table in tables() if everything_in(table)}

        assert seen == set()

    def test_shows_an_office_nothing_of_another(self, lived_in, cast):
        others = {}
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            for table in tables_with("practice_id"):
                seen = ask(f'SELECT DISTINCT practice_id FROM "{table}"')  # noqa: S608
                others[table] = {one for (one,) in seen} - {cast.lund.practice_id}

        assert {table for table, seen in others.items() if seen} == set()

    def test_shows_a_patient_nothing_of_another(self, lived_in, cast):
        family = {cast.kari.patient_id, cast.kari_for_ola.patient_id}
        others = {}
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            for table in tables_with("patient_id"):
                seen = ask(f'SELECT DISTINCT patient_id FROM "{table}"')  # noqa: S608
                others[table] = {one for (one,) in seen} - family

        assert {table for table, seen in others.items() if seen} == set()

    @pytest.mark.parametrize("hook", HANGS_ON)
    def test_shows_an_office_only_what_hangs_on_its_own(self, lived_in, cast, hook):
        loose = {}
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            for table in hanging_by(hook):
                loose[table] = ask(
                    f'SELECT count(*) FROM "{table}" WHERE {hook} IS NOT NULL '  # noqa: S608
                    f"AND {hook} NOT IN (SELECT id FROM {HANGS_ON[hook]})"
                )

        assert {table for table, found in loose.items() if found != [(0,)]} == set()


class TestDays:
    def test_what_has_days_counts_on_them_or_has_a_reason(self, db):
        """What stands between one FROM and the next is one table, and how it is asked."""
        asked = ask(
            "SELECT tablename || '.' || policyname, concat_ws(' ', qual, with_check) "
            "FROM pg_policies WHERE schemaname = 'public' UNION ALL "
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND prokind = 'f'"
        )
        on_any_day = {
            (name, table)
            for name, words in asked
            for part in re.split(r"(?:FROM|JOIN|UNION)\s", words)
            for table in HAS_DAYS
            if part.startswith(table) and "period" not in part
        }

        assert on_any_day == ON_ANY_DAY.keys()

    def test_a_plan_made_for_a_patient_and_kept_expects_an_office_to_have_patients(self, db):
        seen = ask("SELECT tablename, qual FROM pg_policies WHERE policyname = 'seen'")
        looks = [(one, part) for one, words in seen for part in words.split("FROM ")[1:]]
        here = {one: part for one, part in looks if part.startswith("people_gpassignment")}

        assert ["SELECT dialog_practice()" in part for part in here.values()] == [True] * 5


class TestPeople:
    def test_an_office_sees_the_patients_it_has_had_and_no_others(self, lived_in, cast):
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            seen = {one for (one,) in ask("SELECT id FROM people_patient")}

        assert seen == {cast.bjarne.patient_id}

    def test_an_office_sees_its_own_people_and_no_others(self, lived_in, cast):
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            seen = {one for (one,) in ask("SELECT id FROM people_account")}

        assert seen == {cast.berg.account_id}

    def test_a_patient_sees_those_who_work_at_the_office_and_nobody_elses(self, cast):
        with rows.seeing(account=cast.bjarne.account_id, patient=cast.bjarne.patient_id):
            seen = {one for (one,) in ask("SELECT id FROM people_account")}

        assert seen == {cast.bjarne.account_id, cast.berg.account_id}

    def test_there_is_more_to_see_than_anybody_does(self, lived_in, cast, as_role):
        """Or all of the above would hold in an empty database."""
        with as_role("postgres"):
            everybody = {one: len(everything_in(one)) for one in ("people_patient", *LEDGER[:1])}
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            seen = {one: len(everything_in(one)) for one in everybody}

        assert all(0 < seen[one] < everybody[one] for one in everybody)


class TestWhichOffices:
    """The answer is kept for a transaction, and must never be older than what it was read from."""

    def test_a_new_one_is_there_at_once(self, cast):
        with rows.seeing(patient=cast.kari.patient_id):
            ((before,),) = ask("SELECT dialog_offices()")
            take_on_kari(cast.berg)
            ((after,),) = ask("SELECT dialog_offices()")

        assert before == [cast.lund.practice_id]
        assert sorted(after) == sorted([cast.lund.practice_id, cast.berg.practice_id])

    @pytest.mark.parametrize("table", ["gpassignment", "gpchange", "membership"])
    def test_what_it_was_read_from_does_not_change_unseen(self, cast, as_role, table):
        account = None if table == "gpchange" else cast.berg.account_id
        take_on_kari(cast.berg)
        with rows.seeing(account=account, patient=cast.kari.patient_id):
            if account:
                with as_role("postgres"):
                    connection.cursor().execute("DELETE FROM people_gpchange")
            ((before,),) = ask("SELECT dialog_offices()")
            with as_role("postgres"):
                connection.cursor().execute(f"DELETE FROM people_{table}")  # noqa: S608 - ours
            ((kept,),) = ask("SELECT dialog_offices()")

        assert (len(before), len(kept)) == (2, 1)

    def test_nor_is_one_left_that_was_given_up(self, cast):
        with rows.seeing(patient=cast.kari.patient_id):
            with contextlib.suppress(ZeroDivisionError), transaction.atomic():
                take_on_kari(cast.berg)
                assert len(ask("SELECT dialog_offices()")[0][0]) == 2
                raise ZeroDivisionError

            assert ask("SELECT dialog_offices()") == [([cast.lund.practice_id],)]

    def test_somebody_else_has_their_own(self, cast):
        with rows.seeing(patient=cast.kari.patient_id):
            assert ask("SELECT dialog_offices()") == [([cast.lund.practice_id],)]
            rows.see(rows.View(patient=cast.bjarne.patient_id))
            assert ask("SELECT dialog_offices()") == [([cast.berg.practice_id],)]
            rows.see(rows.NOBODY)
            assert ask("SELECT dialog_offices()") == [([],)]


class TestRoles:
    def test_none_of_them_is_above_the_wall(self, db):
        above = ask(
            "SELECT rolname FROM pg_roles WHERE rolname LIKE 'dialog\\_%' "
            "AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"
        )

        assert above == []

    def test_the_web_server_and_the_relay_change_rows_and_not_tables(self, db):
        owned = ask(
            "SELECT relname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner "
            "WHERE rolname IN ('dialog_web', 'dialog_relay')"
        )

        assert owned == []

    def test_only_these_questions_are_answered_across_practices(self, db):
        """A function that runs as the owner could look over the wall; each is known by name."""
        found = ask(
            "SELECT proname FROM pg_proc WHERE prosecdef "
            "AND pronamespace = 'public'::regnamespace ORDER BY proname"
        )

        assert {name for (name,) in found} == ACROSS.keys()

    def test_the_tests_themselves_run_as_the_web_server(self, db):
        assert ask("SELECT current_user") == [(roles.WEB,)]
