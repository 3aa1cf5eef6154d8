"""Enquiries at the office: one click shows the way elsewhere; the office writes first."""

from uuid import UUID

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Feature, Kind, Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions
from dialog.people import queries as people
from tests.doors import post
from tests.people.on_lists import kinds


@pytest.fixture
def question(cast: Cast) -> Conversation:
    return actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Utslettet klør.")


def uuid_of(cast: Cast, who: str) -> UUID:
    with rows.seeing(patient=getattr(cast, who).patient):
        return people.the_patient(getattr(cast, who)).uuid


class TestMisdirected:
    def test_one_click_tells_the_patient_and_opens_the_next(
        self, as_siri: Client, as_kari: Client, question: Conversation
    ) -> None:
        page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()
        assert "Feilsendt: e-konsultasjon" in page

        answer = post(as_siri, f"/kontor/sak/{question.id}/feilsendt", to="econsultation", seen="1")

        told = as_kari.get(f"/meldinger/{question.id}").content.decode()
        assert answer.headers["Location"].startswith("/kontor/")
        assert "Dette må legen svare på." in told

    def test_after_somebody_else_has_answered_it_is_refused(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        conversations.reply(by=cast.nina, conversation_id=question.id, text="Kom innom.")

        answer = post(as_siri, f"/kontor/sak/{question.id}/feilsendt", to="econsultation", seen="1")

        assert answer.status_code == 409 and "Kom innom." in answer.content.decode()

    def test_a_service_that_is_off_is_not_offered(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        with rows.seeing(patient=cast.kari.patient):
            owner = people.list_of(cast.kari.patient)
        assert owner is not None
        conversations.switch_service(
            by=cast.lund, list_id=owner.list_id, feature=Feature.ECONSULTATION, on=False
        )

        page = as_siri.get(f"/kontor/sak/{question.id}").content.decode()

        assert "Feilsendt" not in page and 'value="appointment"' in page

    @pytest.mark.parametrize("to", ["", "tull", "enquiry"])
    def test_nowhere_is_refused(self, as_siri: Client, question: Conversation, to: str) -> None:
        answer = post(as_siri, f"/kontor/sak/{question.id}/feilsendt", to=to, seen="1")

        assert answer.status_code == 422

    def test_another_office_does_not_find_it(self, as_berg: Client, question: Conversation) -> None:
        answer = post(as_berg, f"/kontor/sak/{question.id}/feilsendt", to="econsultation")

        assert answer.status_code == 404


@pytest.mark.usefixtures("on_the_phone")
class TestWriteFirst:
    def test_the_patient_is_told_that_she_cannot_answer(
        self, cast: Cast, as_siri: Client, as_kari: Client
    ) -> None:
        address = f"/kontor/pasient/{uuid_of(cast, 'kari')}/skriv"
        assert as_siri.get(address).status_code == 200
        # The page shows how she can be reached.
        assert kinds(patient=cast.kari.patient)[-1] == "PatientLookedUp"

        post(
            as_siri,
            address,
            topic="information",
            text="Vi har stengt på mandag.",
            reply="no",
            remind_after="3",
        )

        with rows.seeing(patient=cast.kari.patient):
            (told,) = queries.my_matters(cast.kari)
        page = as_kari.get(f"/meldinger/{told.id}").content.decode()
        assert "Vi har stengt på mandag." in page
        assert "Du kan ikke svare på denne meldingen." in page

    def test_a_refused_message_keeps_its_words(self, cast: Cast, as_siri: Client) -> None:
        address = f"/kontor/pasient/{uuid_of(cast, 'kari')}/skriv"

        answer = post(as_siri, address, text="Ring oss i morgen tidlig.", reply="yes")

        assert answer.status_code == 422
        assert "Ring oss i morgen tidlig." in answer.content.decode()

    def test_another_offices_patient_is_not_found(self, cast: Cast, as_berg: Client) -> None:
        address = f"/kontor/pasient/{uuid_of(cast, 'kari')}/skriv"

        assert as_berg.get(address).status_code == 404
        sent = post(as_berg, address, topic="information", text="Hei", reply="no")
        assert sent.status_code == 404


class TestMisfiled:
    @pytest.fixture
    def wrong(self, cast: Cast) -> Conversation:
        return actions.write_to_patient(
            by=cast.siri,
            patient=uuid_of(cast, "kari"),
            topic=Topic.CALL_IN,
            text="Kom til kontroll av hjertet.",
        )

    def test_it_moves_to_the_right_patient(
        self, cast: Cast, as_siri: Client, as_kari: Client, as_per: Client, wrong: Conversation
    ) -> None:
        found = post(as_siri, f"/kontor/sak/{wrong.id}/feil-pasient", words="Hansen")
        address = f"/kontor/sak/{wrong.id}/feil-pasient/{uuid_of(cast, 'per')}"
        assert address in found.content.decode()
        asked = as_siri.get(address).content.decode()
        assert "Kari Nordmann" in asked and "Per Hansen" in asked

        post(as_siri, address)

        with rows.seeing(patient=cast.per.patient):
            (right,) = queries.my_matters(cast.per, kind=Kind.ENQUIRY)
        hers = as_kari.get(f"/meldinger/{wrong.id}").content.decode()
        assert "hjertet" in as_per.get(f"/meldinger/{right.id}").content.decode()
        assert "hjertet" not in hers

    def test_what_the_patient_wrote_herself_is_not_moved(
        self, cast: Cast, as_siri: Client, question: Conversation
    ) -> None:
        address = f"/kontor/sak/{question.id}/feil-pasient/{uuid_of(cast, 'per')}"

        assert post(as_siri, address).status_code == 409

    def test_it_is_not_moved_to_another_offices_patient(
        self, cast: Cast, as_siri: Client, wrong: Conversation
    ) -> None:
        address = f"/kontor/sak/{wrong.id}/feil-pasient/{uuid_of(cast, 'bjarne')}"

        assert as_siri.get(address).status_code == 404
        assert post(as_siri, address).status_code == 404

    def test_another_office_moves_nothing(
        self, cast: Cast, as_berg: Client, wrong: Conversation
    ) -> None:
        address = f"/kontor/sak/{wrong.id}/feil-pasient"

        assert as_berg.get(address).status_code == 404
        assert post(as_berg, f"{address}/{uuid_of(cast, 'bjarne')}").status_code == 404
