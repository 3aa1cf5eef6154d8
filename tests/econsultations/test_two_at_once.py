"""Two who do something at once: one does it, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from django.db import connections

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import queries as core
from dialog.conversations.actions import redirect, start
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.models import EConsultation
from dialog.errors import AlreadyGoneOn, WrongState
from tests.econsultations.asked import CARD, asked


def outcome_of(act: Callable[[], object]) -> str:
    try:
        act()
    except (WrongState, AlreadyGoneOn):
        return "told"
    else:
        return "done"
    finally:
        connections.close_all()


def at_once(*acts: Callable[[], object]) -> list[str]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(outcome_of, acts))


def test_one_withdraws_as_another_takes_it_on(own_database: str, people_of_the_cast: Cast) -> None:
    cast = people_of_the_cast
    conversation = asked(cast.kari)

    outcomes = at_once(
        partial(actions.withdraw, by=cast.kari, conversation_id=conversation.id),
        partial(actions.answer, by=cast.lund, conversation_id=conversation.id, text="Hei", seen=1),
    )

    assert outcomes == ["done", "told"]
    row = row_of(cast.kari.patient_id, conversation.id)
    said = messages_of(cast.kari, conversation.id)
    # Whoever came first decides: withdrawn and never answered, or answered and never withdrawn.
    assert (row.status, said) in (("withdrawn", 1), ("begun", 2))


def test_concluding_twice_charges_once(own_database: str, people_of_the_cast: Cast) -> None:
    cast = people_of_the_cast
    conversation = asked(cast.kari)
    conclude = partial(
        actions.complete, by=cast.lund, conversation_id=conversation.id, card=CARD, text="Hei"
    )

    outcomes = at_once(conclude, conclude, conclude)

    assert outcomes == ["done", "told", "told"]
    assert messages_of(cast.kari, conversation.id) == 2


def test_one_matter_taken_on_from_two_windows_is_one_fee(
    own_database: str, people_of_the_cast: Cast
) -> None:
    cast = people_of_the_cast
    question = start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Utslett")
    redirect(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)
    go_on = partial(asked, cast.kari, continues_id=question.id)

    outcomes = at_once(go_on, go_on, go_on)

    assert outcomes == ["done", "told", "told"]
    with rows.seeing(patient=cast.kari.patient_id):
        thread = core.thread(cast.kari, question.id)
    assert len(thread.continued_by) == 1


def row_of(patient_id: int | None, conversation_id: UUID) -> EConsultation:
    with rows.seeing(patient=patient_id):
        return EConsultation.objects.get(conversation_id=conversation_id)


def messages_of(by: Actor, conversation_id: UUID) -> int:
    with rows.seeing(patient=by.patient_id):
        return len(core.thread(by, conversation_id).messages)
