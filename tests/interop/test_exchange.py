"""How a question and its answer belong together."""

from dialog.interop.exchange import Verdict, answer_to, question, verdict
from tests.interop.envelopes import envelope


def test_a_question_says_where_to_answer_and_dies_with_its_patience() -> None:
    asked = question(envelope(), "8141703_syncreply", 15.0)

    assert asked.reply_to == "8141703_syncreply"
    assert asked.correlation_id == str(asked.message_id)
    assert asked.ttl == 15.0


def test_an_answer_goes_back_the_way_the_question_said() -> None:
    asked = question(envelope(), "8141703_syncreply", 15.0)

    answer = answer_to(asked, 15.0)

    assert answer.to == "8141703_syncreply"
    assert (answer.sender, answer.receiver) == (asked.receiver, asked.sender)
    assert answer.correlation_id == asked.correlation_id
    assert answer.function == asked.function
    assert answer.reply_to == ""
    assert answer.message_id != asked.message_id


def test_only_who_was_asked_can_answer() -> None:
    asked = question(envelope(), "8141703_syncreply", 15.0)

    assert verdict(asked, answer_to(asked, 15.0)) is Verdict.ANSWER
    assert verdict(asked, envelope(sender=99, receiver=8141703)) is Verdict.STRANGER
    assert verdict(None, answer_to(asked, 15.0)) is Verdict.LATE
