"""Through every door of the workspace: who is not entitled meets no trace of an e-consultation."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dialog import rows
from dialog.actor import Duty, Role
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.people import actions as people
from dialog.people import queries as registers
from dialog.working_days import first_working_day
from tests.doors import post, signed_in
from tests.econsultations.asked import CARD, WORDS, price_for

OTHERS = ["siri", "nina"]


def picture(cast: Cast) -> UUID:
    data = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(data, "JPEG")
    return conversations.keep_file(by=cast.kari, name="albue.jpg", data=data.getvalue()).id


@pytest.fixture
def waiting(cast: Cast) -> Conversation:
    """One from Kari with a picture, which nobody has answered."""
    return actions.request_econsultation(
        by=cast.kari,
        text=WORDS,
        topic=Topic.KNOWN_PROBLEM,
        accepted_price=price_for(cast.kari),
        files=[picture(cast)],
    )


@pytest.fixture
def promised(cast: Cast, waiting: Conversation) -> UUID:
    """The follow-up Dr Lund promised when she concluded it."""
    assert cast.lund.account_uuid is not None
    on = first_working_day(registers.today() + timedelta(days=3))
    actions.complete(
        by=cast.lund,
        conversation_id=waiting.id,
        card=CARD,
        follow_up=actions.FollowUp(on=on, owner=cast.lund.account_uuid),
    )
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        return core.follow_ups(cast.lund)[0].id


def file_of(cast: Cast, conversation: Conversation) -> UUID:
    with rows.seeing(patient=cast.kari.patient_id):
        return core.thread(cast.kari, conversation.id).messages[0].files[0].id


def page_of_kari(cast: Cast) -> str:
    with rows.seeing(patient=cast.kari.patient_id):
        return f"/kontor/pasient/{registers.the_patient(cast.kari).uuid}"


class TestPages:
    @pytest.mark.parametrize("who", OTHERS)
    def test_the_inbox_and_its_counts(self, cast: Cast, waiting: Conversation, who: str) -> None:
        theirs = signed_in(getattr(cast, who)).get("/kontor/").content.decode()
        doctors = signed_in(cast.lund).get("/kontor/").content.decode()

        assert str(waiting.id) in doctors
        assert str(waiting.id) not in theirs
        assert "Kari Nordmann" not in theirs

    @pytest.mark.parametrize("who", OTHERS)
    def test_the_patients_page(self, cast: Cast, waiting: Conversation, who: str) -> None:
        address = page_of_kari(cast)

        theirs = signed_in(getattr(cast, who)).get(address).content.decode()
        doctors = signed_in(cast.lund).get(address).content.decode()

        assert str(waiting.id) in doctors
        assert str(waiting.id) not in theirs
        assert "bare for leger" not in theirs

    @pytest.mark.parametrize("who", [*OTHERS, "berg"])
    def test_the_picture(self, cast: Cast, waiting: Conversation, who: str) -> None:
        address = f"/kontor/fil/{file_of(cast, waiting)}"

        assert signed_in(cast.lund).get(address).status_code == 200
        assert signed_in(getattr(cast, who)).get(address).status_code == 404

    @pytest.mark.parametrize("who", ["per", "bjarne", "anne"])
    def test_the_picture_for_other_patients(
        self, cast: Cast, waiting: Conversation, who: str
    ) -> None:
        answer = signed_in(getattr(cast, who)).get(f"/fil/{file_of(cast, waiting)}")

        assert answer.status_code == 404

    @pytest.mark.parametrize("who", [*OTHERS, "berg"])
    def test_the_follow_up(self, cast: Cast, promised: UUID, who: str) -> None:
        stranger = signed_in(getattr(cast, who))

        assert (
            CARD.who_follows_up_by_when not in stranger.get("/kontor/oppfolging").content.decode()
        )
        assert stranger.get(f"/kontor/oppfolging/{promised}").status_code == 404
        assert post(stranger, f"/kontor/oppfolging/{promised}", how="Gjort").status_code == 404

    @pytest.mark.parametrize("who", [*OTHERS, "berg"])
    @pytest.mark.parametrize(
        ("what", "words"),
        [
            ("merknad", {"text": "Hei"}),
            ("gi-videre", {"to": "role:practitioner"}),
            ("til-side", {}),
            ("avslutt", {}),
        ],
    )
    def test_nothing_can_be_done_with_it(
        self, cast: Cast, waiting: Conversation, who: str, what: str, words: dict[str, str]
    ) -> None:
        answer = post(signed_in(getattr(cast, who)), f"/kontor/sak/{waiting.id}/{what}", **words)

        assert answer.status_code == 404


class TestHandedOn:
    def test_a_nurse_reads_it_once_the_doctor_has_said_so(
        self, cast: Cast, as_nina: Client, waiting: Conversation
    ) -> None:
        before = as_nina.get(f"/kontor/sak/{waiting.id}").status_code

        people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.SEE_ECONSULTATIONS, on=True)

        page = as_nina.get(f"/kontor/sak/{waiting.id}").content.decode()
        assert before == 404
        assert WORDS in page
        assert "Du kan lese, men ikke svare." in page
        assert "Jeg tar den" not in page

    def test_handing_on_to_somebody_who_may_not_see_it_is_refused(
        self, cast: Cast, as_lund: Client, waiting: Conversation
    ) -> None:
        answer = post(
            as_lund,
            f"/kontor/sak/{waiting.id}/gi-videre",
            to=f"person:{cast.siri.account_uuid}",
        )

        assert answer.status_code == 422


def test_the_page_asks_as_often_however_much_is_said(
    cast: Cast, as_lund: Client, waiting: Conversation
) -> None:
    actions.ask_for_more(by=cast.lund, conversation_id=waiting.id, text="Hvor lenge?")
    little = questions(as_lund, waiting)
    for number in range(5):
        conversations.reply(by=cast.kari, conversation_id=waiting.id, text="Svar.")
        actions.ask_for_more(by=cast.lund, conversation_id=waiting.id, text=f"Og {number}?")

    assert questions(as_lund, waiting) == little


def questions(client: Client, conversation: Conversation) -> int:
    """How often the page asks the database, when it is not the first look."""
    client.get(f"/kontor/sak/{conversation.id}")
    with CaptureQueriesContext(connection) as asked_for:
        client.get(f"/kontor/sak/{conversation.id}")
    return len(asked_for)
