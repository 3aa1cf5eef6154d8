"""Where a patient goes on is the list they are on today, whoever was asked."""

import pytest

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.policy import Feature, Kind, Topic
from dialog.demo.cast import Cast, number
from dialog.enquiries import actions
from dialog.errors import WrongState
from dialog.people import actions as people
from tests.people.on_lists import asked, team_list


def test_the_words_are_about_the_list_the_patient_is_on_today(cast: Cast) -> None:
    question = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Utslett?")
    people.take_on(
        by=cast.lund,
        list_id=team_list(cast),
        identity_number=number("kari"),
        given_name="Kari",
        family_name="Nordmann",
    )
    conversations.switch_service(
        by=cast.lund, list_id=team_list(cast), feature=Feature.ECONSULTATION, on=True
    )

    actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

    with rows.seeing(patient=cast.kari.patient):
        words = queries.thread(cast.kari, question.id).messages[-1].text
    assert "Ingrid Lund" not in words
    assert "som en e-konsultasjon" in words


def test_a_patient_who_has_left_the_office_is_shown_nowhere(cast: Cast) -> None:
    question = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Utslett?")
    people.answer_gp_change(by=cast.kari, change_uuid=asked(cast).uuid, yes=True)

    with pytest.raises(WrongState) as refused:
        actions.point_elsewhere(by=cast.siri, conversation_id=question.id, to=Kind.ECONSULTATION)

    assert "ikke fastlege her lenger" in str(refused.value.sentence)
