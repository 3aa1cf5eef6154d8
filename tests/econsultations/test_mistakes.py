"""What a doctor wrote to the wrong patient goes to the right one; nobody is charged for it."""

from uuid import UUID

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Status, Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.policy import EConsultationStatus, Reply
from dialog.errors import NotAllowed, NotFound, WrongState
from tests.doors import post
from tests.econsultations.asked import asked, seen
from tests.people.on_lists import kinds, uuid_of


def written(cast: Cast, reply: Reply = Reply.FREE) -> Conversation:
    return actions.write_to_patient(
        by=cast.lund,
        patient_id=cast.kari.patient,
        text="Prøvene dine er fine.",
        topic=Topic.TEST_RESULT,
        reply=reply,
    )


def moved(cast: Cast, wrong: Conversation) -> Conversation:
    return actions.misfile(by=cast.lund, conversation_id=wrong.id, right_patient=uuid_of(cast.per))


def thread(cast: Cast, conversation_id: UUID, who: str) -> core.Thread:
    by = getattr(cast, who)
    with rows.seeing(**rows.view_of(by)._asdict()):
        return core.thread(by, conversation_id)


class TestMisfile:
    def test_the_right_patient_gets_it_on_the_same_terms(self, cast: Cast) -> None:
        right = moved(cast, written(cast, Reply.CHARGED))

        view = seen(cast.per, right)
        assert (view.status, view.reply_charged) == (EConsultationStatus.BEGUN, True)
        assert view.begun_by == "Ingrid Lund"
        assert thread(cast, right.id, "per").messages[0].text == "Prøvene dine er fine."

    def test_the_wrong_one_sees_no_words_and_pays_nothing(self, cast: Cast) -> None:
        wrong = written(cast)

        moved(cast, wrong)

        left = thread(cast, wrong.id, "kari")
        assert (left.status, left.messages[0].text) == (Status.CLOSED, "")
        view = seen(cast.kari, wrong)
        assert (view.status, view.charge) == (EConsultationStatus.WITHDRAWN, 0)
        for patient in (cast.kari, cast.per):
            assert "ConversationMisfiled" in kinds(patient=patient.patient_id)

    def test_the_right_one_is_concluded_as_any_other(self, cast: Cast) -> None:
        right = moved(cast, written(cast))

        actions.put_away(by=cast.lund, conversation_id=right.id)

        assert seen(cast.per, right).status is EConsultationStatus.COMPLETED

    def test_what_the_patient_asked_is_the_patients(self, cast: Cast) -> None:
        with pytest.raises(WrongState):
            moved(cast, asked(cast.kari))

    def test_not_what_is_over(self, cast: Cast) -> None:
        wrong = written(cast)
        actions.put_away(by=cast.lund, conversation_id=wrong.id)

        with pytest.raises(WrongState):
            moved(cast, wrong)

    @pytest.mark.parametrize(("who", "refusal"), [("kari", NotAllowed), ("berg", NotFound)])
    def test_nor_by_the_patient_or_a_stranger(
        self, cast: Cast, who: str, refusal: type[Exception]
    ) -> None:
        wrong = written(cast)

        with pytest.raises(refusal):
            actions.misfile(
                by=getattr(cast, who), conversation_id=wrong.id, right_patient=uuid_of(cast.per)
            )

    def test_in_the_browser(self, cast: Cast, as_lund: Client) -> None:
        wrong = written(cast)
        where = f"/kontor/sak/{wrong.id}/feil-pasient/{uuid_of(cast.per)}"
        assert as_lund.get(where).status_code == 200

        answer = post(as_lund, where, seen="1")

        assert answer.status_code == 302
        assert "Per Hansen" in as_lund.get(answer.headers["Location"]).content.decode()
