"""An e-consultation that belongs in a free service is shown the way, and costs nothing (R53)."""

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Feature, Kind, Outcome
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.people import queries as people
from tests.doors import post
from tests.econsultations.asked import asked, seen


class TestPointToFreeService:
    @pytest.mark.parametrize(
        ("to", "words"), [(Kind.RENEWAL, "Forny resept"), (Kind.ENQUIRY, "Kontakt legekontoret")]
    )
    def test_the_patient_is_told_where_and_pays_nothing(
        self, cast: Cast, to: Kind, words: str
    ) -> None:
        conversation = asked(cast.kari)

        actions.point_to_free_service(by=cast.lund, conversation_id=conversation.id, to=to)

        with rows.seeing(patient=cast.kari.patient):
            thread = core.thread(cast.kari, conversation.id)
        assert (thread.outcome, thread.redirected_to) == (Outcome.REDIRECTED, to)
        assert words in thread.messages[-1].text
        assert seen(cast.kari, conversation).charge == 0

    @pytest.mark.parametrize("to", [Kind.ECONSULTATION, Kind.APPOINTMENT])
    def test_only_to_what_is_free_and_needs_no_time(self, cast: Cast, to: Kind) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.point_to_free_service(by=cast.lund, conversation_id=conversation.id, to=to)

    def test_not_to_a_service_that_is_off(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        with rows.seeing(patient=cast.kari.patient):
            owner = people.list_of(cast.kari.patient)
        assert owner is not None
        conversations.switch_service(
            by=cast.lund, list_id=owner.list_id, feature=Feature.RENEWAL, on=False
        )

        with pytest.raises(WrongState):
            actions.point_to_free_service(
                by=cast.lund, conversation_id=conversation.id, to=Kind.RENEWAL
            )

    def test_not_after_somebody_else_has_answered(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        actions.answer(by=cast.lund, conversation_id=conversation.id, text="Ta det med ro.")

        with pytest.raises(WrongState):
            actions.point_to_free_service(
                by=cast.lund, conversation_id=conversation.id, to=Kind.RENEWAL, seen=1
            )

    @pytest.mark.parametrize("who", ["siri", "berg", "per"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotFound):
            actions.point_to_free_service(
                by=getattr(cast, who), conversation_id=conversation.id, to=Kind.RENEWAL
            )

    def test_the_patient_does_not_do_it_herself(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotAllowed):
            actions.point_to_free_service(
                by=cast.kari, conversation_id=conversation.id, to=Kind.RENEWAL
            )


def test_one_click_at_the_office_and_one_for_the_patient(
    cast: Cast, as_lund: Client, as_kari: Client
) -> None:
    conversation = asked(cast.kari)
    assert "(gratis)" in as_lund.get(f"/kontor/sak/{conversation.id}").content.decode()

    post(
        as_lund,
        f"/kontor/e-konsultasjon/{conversation.id}/annet-sted",
        to="enquiry",
        seen="1",
    )
    page = as_kari.get(f"/meldinger/{conversation.id}").content.decode()
    sent = post(
        as_kari, f"/meldinger/{conversation.id}/ta-med", topic="other", text="Når åpner dere?"
    )

    assert f"/meldinger/{conversation.id}/ta-med" in page
    with rows.seeing(patient=cast.kari.patient):
        (enquiry,) = core.my_matters(cast.kari, kind=Kind.ENQUIRY)
    assert sent.headers["Location"] == f"/meldinger/{enquiry.id}"
