"""A patient with a new GP goes on there with an e-consultation nobody had opened (R191)."""

from uuid import UUID

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Status
from dialog.demo.cast import Cast
from dialog.people import actions as people
from tests.econsultations.asked import asked, seen
from tests.people.on_lists import asked as asked_to_change


def changes_gp(cast: Cast) -> None:
    wish = asked_to_change(cast)
    people.answer_gp_change(by=cast.kari, change_uuid=wish.uuid, yes=True)


def elsewhere(cast: Cast) -> dict[UUID, bool]:
    with rows.seeing(patient=cast.kari.patient_id):
        return {one.id: one.goes_along for one in core.open_elsewhere(cast.kari)}


def test_it_ends_at_the_old_gp_and_costs_nothing_there(cast: Cast) -> None:
    old = asked(cast.kari)
    changes_gp(cast)

    new = asked(cast.kari, continues_id=old.id)

    ended = seen(cast.kari, old)
    assert (ended.status, ended.charge) == ("withdrawn", 0)
    assert new.practice_id == cast.berg.practice_id
    assert elsewhere(cast) == {}


def test_one_the_old_gp_has_opened_is_finished_there(cast: Cast) -> None:
    old = asked(cast.kari)
    conversations.read(by=cast.lund, conversation_id=old.id)
    changes_gp(cast)

    asked(cast.kari, continues_id=old.id)

    assert elsewhere(cast) == {old.id: False}
    with rows.seeing(patient=cast.kari.patient_id):
        assert core.thread(cast.kari, old.id).status is Status.WITH_PRACTICE
