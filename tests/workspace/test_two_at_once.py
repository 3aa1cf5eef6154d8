"""Two who answer the same patient at once, on the running server: one answer, and one is told."""

from uuid import uuid4

import pytest

from bench.load import several
from bench.people import signed_in
from dialog.conversations import actions
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast, find
from tests.serving import Running

QUESTIONS = 6
ANSWERS = "SELECT count(*) FROM conversations_message WHERE conversation_id = %s"
RECORDED = (
    "SELECT count(*) FROM ledger_entry "
    "WHERE kind = 'MessageSent' AND conversation_id = %s AND account_id = ANY (%s)"
)


@pytest.fixture(autouse=True)
def one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of its threads meet at the database as two processes do."""
    monkeypatch.setenv("WEB_WORKERS", "1")


@pytest.fixture
def cast(running: Running) -> Cast:
    return find()


def test_each_question_gets_one_answer_and_nobodys_words_are_lost(
    running: Running, cast: Cast
) -> None:
    questions = [
        actions.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id, text="Når åpner dere?"
        ).id
        for _ in range(QUESTIONS)
    ]
    both = [(cast.siri, "Klokka åtte."), (cast.lund, "Klokka ni.")]
    desks = signed_in(running, [str(who.account_uuid) for who, _words in both], "practice")
    clicks = [
        desk.post(f"/kontor/sak/{one}", text=words, seen="1", request_key=str(uuid4()))
        for one in questions
        for desk, (_who, words) in zip(desks, both, strict=True)
    ]

    answers = several(running.port, clicks, at_once=len(clicks))

    for number, one in enumerate(questions):
        pair = answers[2 * number : 2 * number + 2]
        assert sorted(each.status for each in pair) == [302, 409]
        late = 0 if pair[0].status == 409 else 1
        page = pair[late].body.decode()
        assert both[late][1] in page and both[1 - late][1] in page
        assert running.rows(ANSWERS, one) == [(2,)]
        staff = [who.account_id for who, _words in both]
        assert running.rows(RECORDED, one, staff) == [(1,)]
