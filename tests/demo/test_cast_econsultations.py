"""What is under way in a demonstration."""

from dialog import rows
from dialog.conversations import queries as core
from dialog.conversations.queries import Lane
from dialog.demo import cast_econsultations
from dialog.demo.cast import Cast
from dialog.econsultations import queries


def test_the_doctor_has_something_to_answer_and_texts_to_answer_with(cast: Cast) -> None:
    cast_econsultations.begin(cast.lund, kari=cast.kari, per=cast.per)

    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        waiting, _ = core.inbox(cast.lund, lane=Lane.ECONSULTATION)
        templates = queries.templates(cast.lund)
    assert {(one.patient_name, one.owner_name) for one in waiting} == {
        ("Kari Nordmann", "Ingrid Lund"),
        ("Per Hansen", ""),
    }
    assert len(templates) == len(cast_econsultations.TEMPLATES)
