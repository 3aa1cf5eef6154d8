"""Statements written by hand keep and find what the ORM keeps and finds."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from dialog import rows
from dialog.conversations.models import Conversation, Message
from dialog.conversations.policy import Kind, Status
from dialog.demo.cast import Cast
from dialog.people.queries import list_of
from dialog.statements import ask_one, change, columns, found, keep, made, tell, width

FIND = f"SELECT {columns(Conversation, 'c')} FROM conversations_conversation AS c WHERE id = %s"  # noqa: S608
CLOSE_NONE = "UPDATE conversations_conversation SET version = version WHERE id = %s"


def begun(cast: Cast) -> Conversation:
    owner = list_of(cast.kari.patient)
    assert owner is not None
    return Conversation(
        kind=Kind.ENQUIRY,
        status=Status.WITH_PRACTICE,
        practice_id=owner.office.id,
        patient_list_id=owner.list_id,
        patient_id=cast.kari.patient,
        started_side=cast.kari.side,
        started_by_id=cast.kari.account_id,
        owner_role="staff",
        due_at=timezone.now() + timedelta(days=1),
    )


def test_a_row_that_is_kept_is_found_by_the_orm_as_it_was(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one = keep(begun(cast))
        said = keep(Message(conversation=one, side=cast.kari.side, author_role="p", text="Hei æ"))

        assert not one._state.adding
        found = Conversation.objects.get(id=one.id)
        assert {field.name: getattr(found, field.attname) for field in found._meta.fields} == {
            field.name: getattr(one, field.attname) for field in one._meta.fields
        }
        assert Message.objects.get(id=said.id).text == "Hei æ"


def test_what_is_changed_in_a_row_is_kept_and_nothing_else(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one = keep(begun(cast))
        tell("UPDATE conversations_conversation SET topic = 'invoice' WHERE id = %s", one.id)
        one.version, one.owner_role = 7, "nurse"

        change(one, "version", "owner_role")

        found = Conversation.objects.get(id=one.id)
        assert (found.version, found.owner_role, found.topic) == (7, "nurse", "invoice")


def test_a_row_is_kept_whole_when_nothing_is_named(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one, other = keep(begun(cast)), keep(begun(cast))
        one.version, one.owner_role, one.owner_id = 3, "nurse", None

        change(one)

        found = Conversation.objects.get(id=one.id)
        assert {field.name: getattr(found, field.attname) for field in found._meta.fields} == {
            field.name: getattr(one, field.attname) for field in one._meta.fields
        }
        assert Conversation.objects.get(id=other.id).version == other.version


def test_a_row_made_of_its_columns_is_the_one_the_orm_makes(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one = keep(begun(cast))

        found = ask_one(FIND, one.id)

        assert found is not None
        assert len(found) == width(Conversation)
        again, by_orm = made(Conversation, found), Conversation.objects.get(id=one.id)
        assert again == by_orm
        assert again.__dict__.keys() == by_orm.__dict__.keys()
        assert again.due_at == by_orm.due_at


def test_row_security_holds_for_a_statement_written_by_hand(cast: Cast) -> None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one = keep(begun(cast))

    with rows.seeing(account=cast.per.account_id, patient=cast.per.patient):
        assert ask_one(FIND, one.id) is None
        assert tell(CLOSE_NONE, one.id) == 0


def test_a_row_is_found_with_what_it_points_to_as_the_orm_finds_it(cast: Cast) -> None:
    along = ("practice", "patient_list", "started_by", "owner")  # the last is nobody
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
        one = keep(begun(cast))
        wanted = Conversation.objects.select_related(*along).get(id=one.id)

        [read] = found(Conversation, *along, where="own.id = %s", values=[one.id])

    assert said_by(read) == said_by(wanted)
    for name in along:  # which nobody could look up any more
        assert said_by(getattr(read, name)) == said_by(getattr(wanted, name))


def said_by(one: Model | None) -> dict[str, object]:
    return {} if one is None else {name: vars(one)[name] for name in vars(one) if name != "_state"}
