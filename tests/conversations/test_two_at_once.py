"""Two at the desk who answer at once: real threads, real commits, one answer."""

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind
from dialog.demo.cast import find
from tests.appointments.crowds import at_once

TIMES = 8


def test_two_answers_at_once_is_one_answer(own_database: str) -> None:
    cast = find()
    for _ in range(TIMES):
        asked = actions.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id, text="Når åpner dere?"
        )

        outcome = at_once(
            *(
                lambda who=who, one=asked.id: actions.reply(
                    by=who, conversation_id=one, text="Klokka åtte.", seen=1
                )
                for who in (cast.siri, cast.lund)
            )
        )

        assert sorted(outcome) == ["WrongState", "done"]
        with rows.seeing(patient=cast.kari.patient_id):
            assert len(queries.thread(cast.kari, asked.id).messages) == 2
