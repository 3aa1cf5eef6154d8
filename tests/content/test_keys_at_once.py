"""Keys where transactions commit and threads meet."""

from django.db import connection, transaction

from dialog import rows
from dialog.content import Owner, begin
from dialog.content.keys import key_of
from dialog.conversations import actions
from dialog.conversations.models import Note
from dialog.demo.cast import find
from tests.appointments.crowds import at_once
from tests.content.scene import asked, raw


def test_outside_a_transaction_nothing_is_remembered(own_database: str) -> None:
    with rows.seeing(scope="relay"):
        key_of(Owner("platform", lambda: None))
    assert connection.content_keys == {}  # type: ignore[attr-defined]

    begin(Owner("file of nobody", lambda: None))
    assert connection.content_keys == {}  # type: ignore[attr-defined]


def test_two_who_write_first_use_the_same_key(own_database: str) -> None:
    cast = find()
    thread = asked(cast)

    def write() -> None:
        actions.add_note(by=cast.siri, conversation_id=thread, text="Ring ham.")

    assert at_once(*[write] * 6) == ["done"] * 6
    with rows.seeing(practice=cast.siri.practice_id):
        notes = list(Note.objects.filter(conversation_id=thread))
        assert [one.text for one in notes] == ["Ring ham."] * 6


def test_many_who_are_first_of_all_make_one(own_database: str) -> None:
    owner = Owner("practice 1234567", lambda: 1234567)

    def first() -> None:
        with rows.seeing(practice=1):
            key_of(owner)

    assert at_once(*[first] * 8) == ["done"] * 8
    with transaction.atomic():
        assert len(raw("SELECT 1 FROM content_datakey WHERE owner = %s", owner.name)) == 1
        assert len(raw("SELECT 1 FROM content_wrappingkey WHERE owner = %s", owner.name)) == 1
