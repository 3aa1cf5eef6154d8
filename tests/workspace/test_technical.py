"""Whoever helps an office with the technical sees how it is, and nothing of its patients."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import Role, Side
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Feature, Kind
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound
from dialog.ledger.models import Delivery, DeliveryState, Entry
from dialog.people import actions, queries
from dialog.people.policy import LookReason
from tests.authorisation.test_wrong_queries import with_content
from tests.authorisation.world import everything
from tests.doors import signed_in
from tests.people.on_lists import list_of, uuid_of

PAGE = "/kontor/teknisk"
DAY = queries.today() + timedelta(days=10)


def seen(cast: Cast, statement: str) -> list[tuple[object, ...]]:
    """What a query that names nobody reads, as the one who helps."""
    with rows.part(rows.view_of(cast.even)), connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_the_page_says_how_it_is_and_names_no_patient(cast: Cast, as_even: Client) -> None:
    conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )
    conversations.switch_service(
        by=cast.lund, list_id=list_of(cast.lund), feature=Feature.ENQUIRY_FILES, on=False
    )

    page = as_even.get(PAGE).content.decode()

    assert "Siri Dahl" in page and "Helsesekretær" in page and "Storgata 1" in page
    assert "<dt>Pasienter på listene</dt><dd>4</dd>" in page
    assert "<dt>Ingrid Lund</dt><dd>Av: Bilder og filer i henvendelser</dd>" in page
    assert "<dt>Fellesliste Storgata</dt><dd>Alt er på</dd>" in page
    assert "<dt>Henvendelser</dt><dd>1</dd>" in page
    for patient in ("Kari", "Ola", "Per Hansen", "Anne Moe"):
        assert patient not in page


def test_what_is_parked_is_told_without_what_it_is(cast: Cast, as_even: Client) -> None:
    asked = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )
    with rows.seeing(practice=cast.lund.practice_id):
        Delivery.objects.create(
            entry=Entry.objects.filter(conversation_id=asked.id)[0],
            subscriber="interop",
            practice_id=cast.lund.practice_id,
            conversation_id=asked.id,
            state=DeliveryState.PARKED,
            problem="refused",
        )

    page = as_even.get(PAGE).content.decode()

    assert "Meldingen kom ikke fram til journalsystemet" in page
    assert "Journalsystemet tok ikke imot meldingen." in page
    assert str(asked.id) not in page


def test_it_is_where_one_begins_and_all_else_is_shut(cast: Cast, as_even: Client) -> None:
    assert f'href="{PAGE}"' in as_even.get(PAGE).content.decode()
    for address in ("/kontor/", "/kontor/pasienter", "/kontor/innstillinger", "/kontor/logg"):
        assert as_even.get(address).headers["Location"].startswith("/logg-inn")
    shut = as_even.get(f"/kontor/pasient/{uuid_of(cast.kari)}")
    assert shut.headers["Location"].startswith("/logg-inn")


def test_the_page_is_for_nobody_else(as_lund: Client, as_kari: Client, anybody: Client) -> None:
    for client in (as_lund, as_kari, anybody):
        assert client.get(PAGE).headers["Location"].startswith("/logg-inn")


# Who is a patient, for whom they act, and what is written in the log.
OF_PATIENTS = (
    "people_patient",
    "people_gpassignment",
    "people_proxy",
    "conversations_conversation",
    "appointments_appointment",
    "ledger_entry",
)
# Their own and their colleagues' accounts, and what the office says of its services.
OF_THE_OFFICE = {
    "people_account",
    "conversations_serviceswitch",
    "conversations_servicepause",
    "appointments_appointmenttype",
}


def test_a_wrong_query_reads_nothing_of_the_offices_patients(cast: Cast) -> None:
    everything(cast)
    tables = {model._meta.db_table for model in with_content()} | set(OF_PATIENTS)

    read = {table for table in tables if seen(cast, f'SELECT 1 FROM "{table}"')}  # noqa: S608

    assert read <= OF_THE_OFFICE
    names = seen(cast, "SELECT name FROM people_account")
    assert {name for (name,) in names} == {"Even Lie", "Ingrid Lund", "Nina Vik", "Siri Dahl"}


def test_what_is_owed_is_that_of_the_office_alone(cast: Cast) -> None:
    practices = seen(cast, "SELECT DISTINCT practice_id FROM ledger_delivery")

    assert {found for (found,) in practices} <= {cast.lund.practice_id}


def test_whoever_helps_no_more_counts_and_sees_nothing(cast: Cast, as_even: Client) -> None:
    numbers = "SELECT * FROM people_practice AS one, dialog_numbers(one.id)"
    assert seen(cast, numbers)

    actions.remove_member(by=cast.lund, account_id=cast.even.account)

    assert as_even.get(PAGE).headers["Location"].startswith("/logg-inn")
    assert seen(cast, numbers) == []
    assert seen(cast, "SELECT 1 FROM ledger_delivery") == []


def test_nobody_else_is_told_the_numbers(cast: Cast) -> None:
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        assert core.numbers(cast.lund).patients == 0


class TestWhoMay:
    def test_the_office_lets_somebody_in_to_help(self, cast: Cast, as_siri: Client) -> None:
        assert "Teknisk hjelp" in as_siri.get("/kontor/innstillinger/ansatte").content.decode()
        actions.remove_member(by=cast.siri, account_id=cast.even.account)

        actions.add_member(
            by=cast.siri,
            practice_id=cast.siri.practice,
            account_id=cast.even.account,
            role=Role.SUPPORT,
        )

        assert signed_in(cast.even).get(PAGE).status_code == 200

    def test_they_are_on_neither_side_and_have_no_duty(self, cast: Cast) -> None:
        assert cast.even.side is Side.SUPPORT and cast.even.duties == frozenset()

    def test_they_do_nothing_and_are_handed_nothing(self, cast: Cast) -> None:
        with pytest.raises((NotAllowed, NotFound)):
            actions.explain_look(
                by=cast.even, patient_uuid=uuid_of(cast.kari), reason=LookReason.CALL
            )
        with pytest.raises(NotAllowed):
            actions.open_day(by=cast.even, day=timezone.localdate() + timedelta(days=1))
        with pytest.raises(NotFound):
            actions.set_reviewers(by=cast.lund, account_ids=frozenset({cast.even.account}))

    @pytest.mark.parametrize(
        "statement", ["DELETE FROM people_closingday", "UPDATE ledger_delivery SET state = 'owed'"]
    )
    def test_a_wrong_query_finds_nothing_to_change(self, cast: Cast, statement: str) -> None:
        actions.close_days(by=cast.siri, first=DAY, last=DAY + timedelta(days=6))

        with rows.part(rows.view_of(cast.even)), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0

    def test_nor_does_one_change_what_is_seen(self, cast: Cast) -> None:
        with (
            pytest.raises(ProgrammingError),
            rows.part(rows.view_of(cast.even)),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE people_practice SET name = 'Mitt'")
