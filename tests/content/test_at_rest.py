"""What somebody sees who has the whole database, and what they can make of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction

from dialog.adapters.blobs import DatabaseBlobs
from dialog.content import ContentBytes, ContentField
from dialog.content.ports import ContentFault
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from tests.content.scene import WORDS, answered, asked, key_row, raw, texts
from tests.pictures import png

pytestmark = pytest.mark.usefixtures("db")


def content_columns() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ContentField | ContentBytes)
    ]


def test_every_column_is_encrypted_in_the_whole_cast(cast: Cast) -> None:
    asked(cast)
    found = 0
    for table, column in content_columns():
        kept = raw(f'SELECT "{column}" FROM {table} WHERE "{column}" IS NOT NULL')  # noqa: S608
        assert {bytes(value)[:1] for (value,) in kept if bytes(value) != b"\x00"} <= {b"\x01"}
        found += len(kept)
    assert found > 50


def test_no_column_of_any_kind_has_the_words(cast: Cast) -> None:
    asked(cast, "Ord som ikke finnes ellers: kvernknurr")
    tables = raw("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")

    for (table,) in tables:
        hits = raw(
            f"SELECT count(*) FROM \"{table}\" AS one WHERE one::text LIKE '%%kvernknurr%%' "  # noqa: S608
            "OR one::text LIKE '%%' || encode('kvernknurr', 'hex') || '%%'"
        )
        assert hits == [(0,)], table


def test_each_matter_has_its_own_key_and_its_practice_wraps_it(cast: Cast) -> None:
    first, second = asked(cast), asked(cast)
    answered(cast, first)

    one, two = key_row(f"conversation {first}"), key_row(f"conversation {second}")

    assert one[0] != two[0]
    assert one[1] == two[1]
    (owner,) = raw("SELECT owner FROM content_wrappingkey WHERE id = %s", one[1])
    assert owner == (f"practice {cast.siri.practice_id}",)
    messages = raw("SELECT text FROM conversations_message WHERE conversation_id = %s", first)
    assert [UUID(bytes=bytes(text)[1:17]) for (text,) in messages] == [one[0]] * 2


def test_the_same_words_look_different_each_time(cast: Cast) -> None:
    thread = asked(cast)
    answered(cast, thread, WORDS)

    kept = raw("SELECT text FROM conversations_message WHERE conversation_id = %s", thread)

    assert len({bytes(text)[17:] for (text,) in kept}) == 2


class TestTampering:
    """Whoever can write in the database can destroy, and cannot forge."""

    def test_words_do_not_move_to_another_message(self, cast: Cast) -> None:
        thread = asked(cast)
        answered(cast, thread)
        raw(
            "UPDATE conversations_message AS one SET text = other.text FROM "
            "conversations_message AS other WHERE one.conversation_id = %s AND "
            "other.conversation_id = %s AND one.id <> other.id",
            thread,
            thread,
        )

        with pytest.raises(ContentFault, match="changed or moved"):
            texts(cast, thread)

    def test_nor_to_another_matter(self, cast: Cast) -> None:
        first, second = asked(cast), asked(cast)
        raw(
            "UPDATE conversations_message SET text = (SELECT text FROM conversations_message "
            "WHERE conversation_id = %s) WHERE conversation_id = %s",
            first,
            second,
        )

        with pytest.raises(ContentFault, match="changed or moved"):
            texts(cast, second)

    def test_a_bit_that_is_turned_is_found(self, cast: Cast) -> None:
        thread = asked(cast)
        raw(
            "UPDATE conversations_message SET text = set_byte(text, 40, get_byte(text, 40) # 1) "
            "WHERE conversation_id = %s",
            thread,
        )

        with pytest.raises(ContentFault, match="changed or moved"):
            texts(cast, thread)

    def test_words_that_were_put_in_plain_are_not_believed(self, cast: Cast) -> None:
        thread = asked(cast)
        raw(
            "UPDATE conversations_message SET text = '\\x00'::bytea || 'Ta dobbel dose'::bytea "
            "WHERE conversation_id = %s",
            thread,
        )

        with pytest.raises(ContentFault, match="not encrypted"):
            texts(cast, thread)

    def test_keys_cannot_change_places(self, cast: Cast) -> None:
        first, second = asked(cast), asked(cast)
        raw(
            "UPDATE content_datakey SET wrapped = %s WHERE owner = %s",
            key_row(f"conversation {first}")[2],
            f"conversation {second}",
        )

        with pytest.raises(ContentFault, match="another's"):
            texts(cast, second)

    def test_a_page_says_no_more_than_that_something_is_wrong(self, cast: Cast) -> None:
        thread = asked(cast)
        raw("UPDATE conversations_message SET text = '\\x00'::bytea || 'x'::bytea")

        with pytest.raises(ContentFault) as fault:
            texts(cast, thread)

        assert WORDS not in str(fault.value)


class TestDestroying:
    def test_without_its_key_a_matter_is_gone_and_no_other(self, cast: Cast) -> None:
        first, second = asked(cast), asked(cast)
        raw("DELETE FROM content_datakey WHERE owner = %s", f"conversation {first}")

        with pytest.raises(ContentFault, match="has been destroyed"):
            texts(cast, first)
        assert texts(cast, second) == [WORDS]

    @pytest.mark.parametrize(
        "wrong",
        [
            "DELETE FROM content_datakey",
            "UPDATE content_datakey SET wrapped = ''",
            "DELETE FROM content_wrappingkey",
            "UPDATE content_wrappingkey SET retired_at = now()",
        ],
    )
    def test_the_web_servers_role_destroys_and_changes_none(self, cast: Cast, wrong: str) -> None:
        asked(cast)

        with (
            pytest.raises(Exception, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(wrong)

    def test_a_files_key_goes_with_the_file(
        self, cast: Cast, as_role: Callable[[str], Any]
    ) -> None:
        kept = conversations.keep_file(by=cast.kari, name="utslett.png", data=png())
        ((blob,),) = raw("SELECT blob FROM conversations_attachment WHERE id = %s", kept.id)
        assert key_row(f"file {blob}")

        with as_role("postgres"):
            DatabaseBlobs().delete(blob)

        assert not raw("SELECT 1 FROM content_datakey WHERE owner = %s", f"file {blob}")
        with pytest.raises(NotFound):
            list(DatabaseBlobs().parts(blob))
