"""What is gone when a conversation has been erased, what stays, and who could do it."""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions as appointments
from dialog.content import ContentBytes, ContentField
from dialog.conversations import actions, queries
from dialog.conversations.models import Erasure
from dialog.conversations.rights import WORDS, Decision, Why, Wish
from dialog.demo.cast import Cast
from dialog.econsultations import actions as econsultations
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from tests.appointments.people_and_times import booked, on_top_of, view
from tests.content.scene import raw
from tests.conversations.pictures import half_and_half, written
from tests.conversations.rights import (
    BECAUSE,
    AsRole,
    answered,
    ask,
    decide,
    erased,
    pay,
    seen,
)
from tests.econsultations import asked as econsultation
from tests.people.on_lists import enquiry, kinds

# What hangs on a practice, a file, a person or the platform is no conversation's.
NOT_OF_A_CONVERSATION = {
    "appointments_appointmenttype",
    "appointments_calendarimport",
    "appointments_scheduleexception",
    "breaches_addition",
    "breaches_affected",
    "breaches_assessment",
    "breaches_breach",
    "conversations_attachment",
    "conversations_servicepause",
    "conversations_serviceswitch",
    "econsultations_template",
    "oversight_logsearch",
    "oversight_unusuallook",
    "people_account",
    "people_explanation",
    "people_gpchange",
    "people_guardianship",
    "people_patient",
    "people_registeranswer",
    "renewals_prescription",
}


def attempt(cursor: Any, statement: str, *values: object) -> None:
    """Whoever tries this is told why it cannot be done; nothing of it is left."""
    why = r"not written over|permission denied|row-level"
    with pytest.raises(Exception, match=why), transaction.atomic():
        cursor.execute(statement, values)


def picture(cast: Cast) -> UUID:
    data = written(half_and_half(), "PNG")
    return actions.keep_file(by=cast.kari, name="utslett.png", data=data).id


def kept_of(conversation_id: UUID) -> list[bytes]:
    return [
        bytes(value)
        for words in WORDS.values()
        for column in words.columns
        for (value,) in raw(
            f"SELECT {column} FROM {words.table} WHERE {words.rows}",  # noqa: S608 - our own
            conversation_id,
        )
        if value is not None
    ]


def test_every_column_with_words_of_a_conversation_is_known() -> None:
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, ContentField | ContentBytes):
                found.setdefault(model._meta.db_table, set()).add(field.column)
    found["conversations_rightsrequest"].remove("reason")  # stays, for it can be complained of

    known = {words.table: set(words.columns) for words in WORDS.values()}

    assert known == {table: found[table] for table in found if table not in NOT_OF_A_CONVERSATION}


class TestErase:
    def test_words_files_and_keys_are_gone_and_the_shell_stays(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        conversation_id = answered(cast, files=[picture(cast)])
        actions.add_note(by=cast.siri, conversation_id=conversation_id, text="Ring henne.")
        ((blob,),) = raw(
            "SELECT blob FROM conversations_attachment AS a JOIN conversations_message AS m "
            "ON m.id = a.message_id WHERE m.conversation_id = %s",
            conversation_id,
        )
        whole = seen(cast.kari, conversation_id)

        erased(cast, as_role, conversation_id)

        assert set(kept_of(conversation_id)) <= {b"\x00", b"\x04"}
        owners = [f"conversation {conversation_id}", f"file {blob}"]
        assert raw("SELECT 1 FROM content_datakey WHERE owner = ANY (%s)", owners) == []
        assert raw("SELECT 1 FROM conversations_blobpart WHERE blob = %s", blob) == []
        left = seen(cast.kari, conversation_id)
        assert [one.text for one in left.messages] == ["Innholdet er slettet."] * 2
        assert [one.sent_at for one in left.messages] == [one.sent_at for one in whole.messages]
        assert left.messages[0].files == ()
        assert left.erased is not None
        assert left.erased.why is Why.DECIDED
        assert left.requests[0].reason == BECAUSE
        with pytest.raises(NotFound):
            actions.open_file(by=cast.kari, attachment_id=whole.messages[0].files[0].id)

    def test_nobody_reads_it_from_when_it_is_decided(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id, Wish.ERASE)

        decide(cast.lund, conversation_id, Decision.ERASED)

        for reader in (cast.kari, cast.siri, cast.lund):
            words = {one.text for one in seen(reader, conversation_id).messages}
            assert words == {"Innholdet er slettet."}

    def test_each_step_is_on_the_ledger_and_twice_is_once(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        conversation_id = answered(cast)
        erased(cast, as_role, conversation_id)

        with (
            as_role("dialog_relay"),
            rows.seeing(practice=cast.lund.practice_id, scope="erasing"),
        ):
            actions.erase(conversation_id=conversation_id)

        told = kinds(patient=cast.kari.patient_id)
        steps = ["RightAsked", "RightDecided", "ErasureDecided", "ConversationErased"]
        assert [one for one in told if one in steps] == steps

    def test_other_matters_are_as_they_were(self, cast: Cast, as_role: AsRole) -> None:
        file = picture(cast)
        first = answered(cast, files=[file])
        second = answered(cast, files=[file])

        erased(cast, as_role, first)

        whole = seen(cast.kari, second)
        assert "Innholdet er slettet." not in [one.text for one in whole.messages]
        (along,) = whole.messages[0].files
        view, parts = actions.open_file(by=cast.kari, attachment_id=along.id)
        assert len(b"".join(parts)) == view.size
        erased(cast, as_role, second)
        assert raw("SELECT 1 FROM conversations_blobpart") == []

    def test_nothing_more_is_written_in_it(self, cast: Cast, as_role: AsRole) -> None:
        conversation_id = answered(cast)
        erased(cast, as_role, conversation_id)

        with pytest.raises(WrongState):
            actions.add_note(by=cast.siri, conversation_id=conversation_id, text="Hei")
        with pytest.raises(WrongState):
            ask(cast.kari, conversation_id)
        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.text_to_carry(cast.kari, conversation_id) == ("", ())

    def test_an_econsultation_goes_when_it_is_in_the_journal(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        one = econsultation.asked(cast.kari)
        econsultations.begin(by=cast.lund, conversation_id=one.id)
        econsultations.complete(by=cast.lund, conversation_id=one.id, card=econsultation.CARD)
        ask(cast.kari, one.id, Wish.ERASE)
        with pytest.raises(InvalidInput) as refused:
            decide(cast.lund, one.id, Decision.ERASED)
        assert "journalen først" in str(refused.value.sentence)
        econsultations.mark_journaled(by=cast.lund, conversation_id=one.id)

        decide(cast.lund, one.id, Decision.ERASED)
        pay(as_role)

        assert set(kept_of(one.id)) <= {b"\x00", b"\x04"}
        left = econsultation.seen(cast.kari, one)
        assert left.card is None
        assert left.charge is not None

    def test_that_a_time_was_given_on_top_of_another_is_known_still_and_not_why(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        extra = on_top_of(cast, booked(cast.kari))
        appointments.cancel(by=cast.siri, conversation_id=extra.conversation_id)
        ask(cast.anne, extra.conversation_id, Wish.ERASE)
        decide(cast.lund, extra.conversation_id, Decision.ERASED)

        pay(as_role)

        left = view(cast.siri, extra.conversation_id)
        assert (left.overbooked, left.overbooked_reason) == (True, "")


class TestDecideErasure:
    def test_an_open_matter_is_not_erased(self, cast: Cast) -> None:
        asked = enquiry(cast.kari)

        with rows.seeing(practice=cast.lund.practice_id), pytest.raises(WrongState):
            actions.decide_erasure(by=PLATFORM, conversation_id=asked.id, why=Why.RETENTION)

    def test_nor_by_the_desk(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.decide_erasure(by=cast.siri, conversation_id=answered(cast), why=Why.DECIDED)


class TestWhoCould:
    """What is not decided cannot be done, whoever tries."""

    def test_nobody_writes_over_what_was_written(self, cast: Cast, as_role: AsRole) -> None:
        conversation_id = answered(cast)
        empty = "UPDATE conversations_message SET text = '\\x04' WHERE conversation_id = %s"
        other = "UPDATE conversations_message SET text = '\\x00' WHERE conversation_id = %s"
        gone = "DELETE FROM conversations_message WHERE conversation_id = %s"

        with rows.seeing(practice=cast.lund.practice_id, scope="erasing"):
            for role in ("dialog_web", "dialog_relay", "postgres"):
                for statement in (empty, other, gone):
                    with as_role(role), connection.cursor() as cursor:
                        attempt(cursor, statement, conversation_id)

        assert len(seen(cast.kari, conversation_id).messages) == 2

    def test_what_is_decided_can_be_emptied_and_not_written_over(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        conversation_id = answered(cast)
        ask(cast.kari, conversation_id, Wish.ERASE)
        decide(cast.lund, conversation_id, Decision.ERASED)
        over = "UPDATE conversations_message SET text = '\\x01' WHERE conversation_id = %s"

        with (
            rows.seeing(practice=cast.lund.practice_id, scope="erasing"),
            as_role("dialog_relay"),
            connection.cursor() as cursor,
        ):
            attempt(cursor, over, conversation_id)

    def test_the_relay_destroys_no_key_that_nobody_decided(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        conversation_id = answered(cast)
        with (
            rows.seeing(practice=cast.lund.practice_id, scope="erasing"),
            as_role("dialog_relay"),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM content_datakey WHERE owner NOT LIKE 'file %%'")
            assert cursor.rowcount == 0

        assert "Når åpner dere?" in [one.text for one in seen(cast.kari, conversation_id).messages]

    def test_a_patient_decides_nothing(self, cast: Cast) -> None:
        conversation_id = answered(cast)
        with rows.seeing(patient=cast.kari.patient_id), connection.cursor() as cursor:
            attempt(
                cursor,
                "INSERT INTO conversations_erasure (conversation_id, practice_id, why, decided_at) "
                "VALUES (%s, %s, 'decided', now())",
                conversation_id,
                cast.lund.practice_id,
            )
            assert not Erasure.objects.exists()
