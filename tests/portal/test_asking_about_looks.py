"""Spør om dette oppslaget, as the patient meets it, and as those who answer do."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import PLATFORM, Area
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.demo.cast import Cast
from dialog.ledger.actions import record
from dialog.people import actions as people
from dialog.people.events import ProxyStopped
from dialog.people.policy import ProxyKind, Stop
from tests.authorisation.actors import acting
from tests.authorisation.world import given
from tests.counting import queries_of
from tests.doors import post
from tests.oversight.searched import looked
from tests.people.on_lists import asked as wished
from tests.people.on_lists import uuid_of

LOOKS = "/innsyn?vis=sett"


@pytest.fixture
def look(cast: Cast) -> Conversation:
    return looked(cast.siri, cast.kari)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def way_to_ask(client: Client) -> str:
    """The newest look that can be asked about."""
    found = re.search(r"/innsyn/\d+/spor", read(client, LOOKS))
    assert found is not None
    return found[0]


class TestThePatient:
    def test_one_tap_leads_to_a_short_form_with_the_line_on_it(
        self, as_kari: Client, look: Conversation
    ) -> None:
        page = read(as_kari, way_to_ask(as_kari))

        assert "Leste samtalen" in page and "Siri Dahl, helsesekretær" in page
        assert "leser det du sender: Ingrid Lund." in page
        assert "innen 5 virkedager. Det koster ingenting." in page

    def test_it_is_sent_without_a_word_more_and_is_found_from_the_line(
        self, as_kari: Client, look: Conversation
    ) -> None:
        address = way_to_ask(as_kari)
        sent = post(as_kari, address, words="")

        page = read(as_kari, LOOKS)
        assert f'href="{sent.headers["Location"]}"' in page
        assert "Du har spurt om dette oppslaget" in page and address not in page
        assert as_kari.get(address).headers["Location"] == sent.headers["Location"]

    def test_the_conversation_says_who_reads_it_and_whom_else_one_can_ask(
        self, as_kari: Client, look: Conversation
    ) -> None:
        thread = post(as_kari, way_to_ask(as_kari), words="Hvem er det?").headers["Location"]

        page = read(as_kari, thread)

        assert "Jeg lurer på dette oppslaget:" in page and "Hvem er det?" in page
        assert "leses bare av de som følger opp loggen på legekontoret: Ingrid Lund." in page
        assert "Datatilsynet" in page and "Retting" not in page

    def test_it_is_said_before_it_is_sent_that_the_one_who_looked_reads_it_alone(
        self, as_kari: Client, cast: Cast
    ) -> None:
        looked(cast.lund, cast.kari)

        page = read(as_kari, way_to_ask(as_kari))

        assert "Ingrid Lund følger opp loggen alene på dette legekontoret." in page
        assert "Statsforvalteren" in page and "Send spørsmålet" in page

    def test_and_that_they_are_one_of_those_who_do(self, as_kari: Client, cast: Cast) -> None:
        both = frozenset({cast.lund.account, cast.siri.account})
        people.set_reviewers(by=cast.lund, account_ids=both)
        looked(cast.siri, cast.kari)

        page = read(as_kari, way_to_ask(as_kari))

        assert "leser det du sender: Ingrid Lund og Siri Dahl." in page
        assert "er en av dem" in page

    def test_those_at_a_former_office_are_named_too(
        self, as_kari: Client, cast: Cast, look: Conversation
    ) -> None:
        people.answer_gp_change(by=cast.kari, change_uuid=wished(cast).uuid, yes=True)

        page = read(as_kari, way_to_ask(as_kari))

        assert "leser det du sender: Ingrid Lund." in page

    def test_too_many_words_are_told_of_and_not_lost(
        self, as_kari: Client, look: Conversation
    ) -> None:
        answer = post(as_kari, way_to_ask(as_kari), words="å" * 1001)

        page = answer.content.decode()
        assert answer.status_code == 422 and "å" * 1001 in page and "1 tegn for lang" in page

    def test_what_no_office_did_has_a_sentence_and_no_button(
        self, as_kari: Client, cast: Cast
    ) -> None:
        with rows.seeing(patient=cast.kari.patient):
            record(
                PLATFORM,
                ProxyStopped(
                    patient_id=cast.kari.patient,
                    proxy_account_id=cast.per.account,
                    proxy_kind=ProxyKind.MANDATE,
                    reason=Stop.REGISTER,
                ),
            )

        page = read(as_kari, "/innsyn")

        assert "Det skjedde av seg selv. Ingen har lest noe." in page and "/spor" not in page

    def test_ones_own_looks_are_not_asked_about(self, as_kari: Client, cast: Cast) -> None:
        looked(cast.kari, cast.kari)

        assert "/spor" not in read(as_kari, LOOKS)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_whoever_acts_in_some_things_is_told_that_it_is_not_theirs_before_they_write(
        self, as_kari: Client, cast: Cast, look: Conversation, method: str
    ) -> None:
        given(cast, cast.per, [Area.ENQUIRY])
        per = acting(cast.per, uuid_of(cast.kari))

        answer = getattr(per, method)(way_to_ask(as_kari), {"request_key": str(uuid4())})

        assert answer.status_code == 403
        assert "den som handler for pasienten i alt" in answer.content.decode()
        assert "/spor" not in read(per, LOOKS)

    def test_more_lines_take_no_more_queries(
        self, as_kari: Client, cast: Cast, look: Conversation
    ) -> None:
        few = queries_of(as_kari, "/innsyn")
        looked(cast.nina, cast.kari)
        looked(cast.lund, cast.kari)

        assert queries_of(as_kari, "/innsyn") == few


class TestTheOffice:
    @pytest.fixture
    def asked(self, as_kari: Client, look: Conversation) -> str:
        thread = post(as_kari, way_to_ask(as_kari), words="Hvem er det?").headers["Location"]
        return thread.rsplit("/", 1)[1]

    def test_it_lies_in_a_list_of_its_own_for_those_who_answer(
        self, as_lund: Client, asked: str
    ) -> None:
        page = read(as_lund, "/kontor/?liste=log-question")

        assert asked in page and "De som følger opp loggen" in page

    def test_others_see_neither_the_list_nor_that_there_is_anything(
        self, as_siri: Client, cast: Cast, asked: str
    ) -> None:
        inbox = read(as_siri, "/kontor/?liste=log-question")

        assert "Spørsmål om oppslag" not in inbox and asked not in inbox
        assert as_siri.get(f"/kontor/sak/{asked}").status_code == 404

    def test_it_is_answered_there_and_leads_to_the_log(
        self, as_lund: Client, as_kari: Client, cast: Cast, asked: str
    ) -> None:
        page = read(as_lund, f"/kontor/sak/{asked}")
        version = page.split('name="seen" value="')[1].split('"')[0]
        post(as_lund, f"/kontor/sak/{asked}", text="Siri svarte deg.", seen=version)

        assert "Bare de som følger opp loggen, ser denne saken." in page
        assert str(cast.siri.account_uuid) in page and "Feilsendt" not in page
        assert "Siri svarte deg." in read(as_kari, f"/meldinger/{asked}")

    def test_a_file_from_the_patient_is_told_to_stay_at_home(
        self, cast: Cast, asked: str, as_kari: Client
    ) -> None:
        page = read(as_kari, f"/meldinger/{asked}")

        assert 'type="file"' not in page
        assert conversations.read(by=cast.kari, conversation_id=asked).may_write  # type: ignore[arg-type]
