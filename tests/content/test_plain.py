"""What was written before content was encrypted is encrypted by the migration."""

from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from dialog import rows
from dialog.adapters.blobs import DatabaseBlobs
from dialog.content.plain import Table, encrypt, open_to_their_owner
from dialog.conversations import actions as conversations
from dialog.demo.cast import Cast
from tests.content.scene import WORDS, answered, asked, raw, texts
from tests.content.test_at_rest import content_columns
from tests.pictures import png

pytestmark = pytest.mark.usefixtures("db")

MIGRATION = import_module("dialog.interop.migrations.0003_content_is_encrypted")


def test_every_column_of_then_is_in_the_migration() -> None:
    told = {(one.name, column) for one in MIGRATION.TABLES for column in one.columns}

    assert told <= set(content_columns())
    assert len(told) >= 30


def test_a_matter_and_a_file_from_before_are_read_as_ever(cast: Cast, as_role: Any) -> None:
    first, second = asked(cast), asked(cast)
    answered(cast, second)
    file = conversations.keep_file(by=cast.kari, name="utslett.png", data=png())
    ((blob,),) = raw("SELECT blob FROM conversations_attachment WHERE id = %s", file.id)
    kept = in_the_store(cast, blob)
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    raw("ALTER TABLE conversations_message DISABLE TRIGGER USER")
    raw("UPDATE conversations_message SET text = '\\x00'::bytea || convert_to(%s, 'UTF8')", WORDS)
    raw("ALTER TABLE conversations_message ENABLE TRIGGER USER")
    raw("UPDATE conversations_blobpart SET part = %s WHERE blob = %s", kept, blob)
    raw("DELETE FROM content_datakey WHERE owner LIKE 'conversation %%' OR owner LIKE 'file %%'")
    connection.content_keys.clear()  # type: ignore[attr-defined]  # another transaction than theirs

    with as_role("dialog_owner"):
        MIGRATION.encrypt_all(None, None)

    assert texts(cast, first) == [WORDS]
    assert texts(cast, second) == [WORDS, WORDS]
    assert in_the_store(cast, blob) == kept
    assert raw("SELECT count(*) FROM conversations_message WHERE get_byte(text, 0) <> 1") == [(0,)]
    wrapped_by = raw(
        "SELECT DISTINCT w.owner FROM content_datakey d JOIN content_wrappingkey w "
        "ON w.id = d.wrapped_by_id WHERE d.owner = %s",
        f"conversation {first}",
    )
    assert wrapped_by == [(f"practice {cast.siri.practice_id}",)]
    assert raw(
        "SELECT count(*) FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
    ) == [(0,)]


def test_more_than_fit_in_one_go(cast: Cast, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        asked(cast)
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    raw("ALTER TABLE conversations_message DISABLE TRIGGER USER")
    raw("UPDATE conversations_message SET text = '\\x00'::bytea || 'x'::bytea")
    raw("ALTER TABLE conversations_message ENABLE TRIGGER USER")
    monkeypatch.setattr("dialog.content.plain.AT_A_TIME", 2)
    table: Table = next(one for one in MIGRATION.TABLES if one.name == "conversations_message")

    names = [table.name, "conversations_conversation"]
    with as_role("dialog_owner"), open_to_their_owner(names):
        assert encrypt(table) == raw_count()
        assert encrypt(table) == 0


def in_the_store(cast: Cast, blob: UUID) -> bytes:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        return b"".join(DatabaseBlobs().parts(blob))


def raw_count() -> int:
    """All of them: as the owner, while row security stands aside."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM conversations_message")
        return int(cursor.fetchone()[0])
