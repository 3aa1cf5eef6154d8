"""Whose key it is, when it is made, and that none is used that is not there."""

import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from dialog import rows
from dialog.content import Owner, keys_of
from dialog.content.fields import bound_to
from dialog.content.keys import begin, key_of
from dialog.conversations import actions
from dialog.conversations.models import Message, Note
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.econsultations.models import CareCard
from dialog.people.models import Account
from dialog.renewals.models import Prescription
from tests.content.scene import WORDS, asked, key_row, raw

pytestmark = pytest.mark.usefixtures("db")


def of(name: str, practice: int | None = None) -> Owner:
    return Owner(name, lambda: practice)


class Undone(Exception):
    pass


def test_a_key_that_was_made_in_what_is_undone_is_not_used_again() -> None:
    owner = of("conversation of nobody")
    with pytest.raises(Undone), transaction.atomic():
        undone = key_of(owner)
        raise Undone

    again = key_of(owner)

    assert again.id != undone.id
    assert key_row(owner.name)[0].bytes == again.id


def test_it_is_asked_for_once_in_a_transaction(django_assert_num_queries: Any) -> None:
    key_of(of("conversation of nobody"))

    with django_assert_num_queries(0):
        key_of(of("conversation of nobody"))


def test_the_next_of_the_same_practice_is_made_in_one_statement(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    practice = cast.siri.practice_id
    with rows.seeing(practice=practice):
        key_of(of("conversation one", practice))
        connection.content_keys.clear()  # type: ignore[attr-defined]

        with django_assert_num_queries(1):
            begin(of("conversation two", practice))

        assert key_row("conversation two")[1] == key_row("conversation one")[1]


def test_what_wraps_and_was_made_in_what_is_undone_is_not_used_again() -> None:
    with pytest.raises(Undone), transaction.atomic():
        key_of(of("conversation one", 1234567))
        raise Undone

    with rows.seeing(practice=1):
        key_of(of("conversation two", 1234567))

        assert len(raw("SELECT 1 FROM content_wrappingkey WHERE owner = 'practice 1234567'")) == 1


def test_many_are_found_and_made_in_a_few_statements(django_assert_max_num_queries: Any) -> None:
    there = key_of(of("a"))
    connection.content_keys.clear()  # type: ignore[attr-defined]

    with django_assert_max_num_queries(6):
        keys_of(of(name) for name in "abcdefgh")
        found = [key_of(of(name)) for name in "abcdefgh"]

    assert found[0] == there
    assert len({one.id for one in found}) == 8
    connection.content_keys.clear()  # type: ignore[attr-defined]
    assert [key_of(of(name)) for name in "abcdefgh"] == found


class TestWriting:
    def test_a_value_alone_cannot_be_written(self, cast: Cast) -> None:
        with pytest.raises(TypeError, match=r"Message.text is encrypted"):
            Message.objects.update(text="Noe annet")

    def test_nor_looked_for(self, cast: Cast) -> None:
        with pytest.raises(TypeError, match="look for rows by something else"):
            list(Message.objects.filter(text=WORDS))

    def test_nothing_needs_no_key(self, cast: Cast) -> None:
        thread = actions.start(by=cast.kari, kind=Kind.APPOINTMENT, patient_id=cast.kari.patient_id)

        assert not raw(
            "SELECT 1 FROM content_datakey WHERE owner = %s", f"conversation {thread.id}"
        )

    def test_a_row_that_is_saved_again_is_what_it_was(self, cast: Cast) -> None:
        thread = asked(cast)
        actions.add_note(by=cast.siri, conversation_id=thread, text="Ring ham.")
        with rows.seeing(practice=cast.siri.practice_id):
            note = Note.objects.get(conversation_id=thread)
            (before,) = raw("SELECT text FROM conversations_note WHERE id = %s", note.id)
            note.save()

            (after,) = raw("SELECT text FROM conversations_note WHERE id = %s", note.id)
            assert Note.objects.get(conversation_id=thread).text == "Ring ham."
        assert before != after


class TestReading:
    def test_through_the_orm_in_every_way(self, cast: Cast) -> None:
        thread = asked(cast)
        with rows.seeing(practice=cast.siri.practice_id):
            mine = Message.objects.filter(conversation_id=thread)
            assert mine.get().text == WORDS
            assert mine.values_list("text", flat=True).get() == WORDS
            assert mine.defer("text").get().text == WORDS
            assert next(iter(mine.values("text").union(mine.values("text"), all=True))) == {
                "text": WORDS
            }
            one = mine.select_related("conversation").get()
            one.refresh_from_db(fields=["text"])
            assert one.text == WORDS

    def test_of_another_table_along_the_way(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.lund.practice_id):
            found = Prescription.objects.values_list("name", "patient__identity_number")
            assert all(name and len(number) == 11 for name, number in found)


@pytest.mark.parametrize("model", [Account, Prescription, CareCard, Message])
def test_what_a_row_is_bound_to_is_known_before_it_is_written(model: type) -> None:
    column = bound_to(model)
    assert column is not None
    assert column.default is uuid.uuid4 or column.is_relation
