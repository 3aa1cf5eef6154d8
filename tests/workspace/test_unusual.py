"""Looks that were unlike the usual, over HTTP: for those who judge them, and for whoever looked."""

import pytest
from django.test import Client
from django.urls import reverse

from dialog.demo.cast import Cast
from dialog.oversight import actions, queries
from dialog.oversight.policy import Verdict
from dialog.people import actions as people
from dialog.people.policy import LookReason
from tests.doors import post, signed_in
from tests.oversight.looked import NIGHT, look, raised
from tests.oversight.searched import at_work, entries
from tests.people.on_lists import uuid_of

LIST, OWN, INBOX = "/kontor/logg/uvanlig", "/kontor/logg/mitt", "/kontor/"
LANE, ASKED = "Oppslag å vurdere", "Spørsmål til deg"


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def siris(cast: Cast) -> str:
    """The address of something Siri has looked at."""
    return reverse("workspace:unusual_look", args=[raised(cast.siri, cast.kari.patient_id)])


class TestList:
    def test_it_says_who_whom_and_what_is_unlike_the_usual(
        self, as_lund: Client, cast: Cast, siris: str
    ) -> None:
        page = read(as_lund, LIST)

        for words in ("Siri Dahl åpnet noe om Kari Nordmann", "mellom kl. 22 og kl. 6", siris):
            assert words in page
        assert "Det betyr ikke at noen har gjort noe galt" in page

    def test_how_many_wait_is_seen_by_those_who_judge_and_nobody_else(
        self, as_lund: Client, as_siri: Client, as_nina: Client, siris: str
    ) -> None:
        assert LANE in read(as_lund, INBOX)
        assert LANE not in read(as_siri, INBOX) + read(as_nina, INBOX)

    def test_ones_own_stands_apart_and_says_that_another_judges_it(
        self, as_lund: Client, cast: Cast
    ) -> None:
        raised(cast.lund, cast.kari.patient_id)

        page = read(as_lund, LIST)

        assert "Gjelder deg selv" in page and "Du kan ikke vurdere det du selv har åpnet" in page
        assert reverse("workspace:duties") in page
        assert LANE not in read(as_lund, INBOX)

    def test_others_do_not_see_it(self, as_siri: Client, siris: str) -> None:
        assert as_siri.get(LIST).status_code == 403

    def test_another_office_has_nothing(self, as_berg: Client, siris: str) -> None:
        assert "Siri Dahl" not in read(as_berg, LIST)


class TestOne:
    def test_it_shows_the_looks_that_day(self, as_lund: Client, siris: str) -> None:
        page = read(as_lund, siris)

        assert "Dette oppslaget er annerledes enn vanlig" in page and "Åpnet pasientsiden" in page

    @pytest.mark.parametrize("who", ["lund", "siri"])
    def test_it_says_on_what_account(self, cast: Cast, who: str) -> None:
        people.explain_look(
            by=cast.siri,
            patient_uuid=uuid_of(cast.kari),
            reason=LookReason.OTHER,
            words="Nabo spurte",
        )
        (said,) = entries(cast.siri, "LookExplained")
        explanation = said.details["explanation_id"]
        one = raised(cast.siri, cast.kari.patient_id, explanation=explanation)
        look(cast.siri, cast.kari.patient_id, NIGHT, basis="appointment")

        page = read(signed_in(getattr(cast, who)), reverse("workspace:unusual_look", args=[one]))

        assert "Grunnen som ble gitt: «Nabo spurte»" in page
        assert "Pasienten hadde en time rundt denne dagen" in page

    @pytest.mark.parametrize(
        ("what", "said"), [("in-order", "I orden"), ("breach", "Brudd på reglene")]
    )
    def test_judged_it_waits_no_more(
        self, as_lund: Client, as_siri: Client, siris: str, what: str, said: str
    ) -> None:
        post(as_lund, siris, what=what, words="Legevakten ringte.")

        page = read(as_lund, LIST)
        assert "Ingenting å vurdere" in page and "Vurdert sist" in page and said in page
        own = read(as_siri, OWN)
        assert said in own
        assert "Legevakten ringte." in read(as_siri, siris)

    def test_a_breach_goes_on_to_the_register_with_what_is_known(
        self, as_lund: Client, cast: Cast, siris: str
    ) -> None:
        to = post(as_lund, siris, what="breach", words="Ingen grunn.").headers["Location"]
        page = read(as_lund, to)
        kept = post(
            as_lund,
            to,
            kind="seen",
            what="Åpnet uten grunn.",
            patients=[str(uuid_of(cast.kari))],
            aware_on="28.11.2026",
            aware_clock="09.00",
        )

        assert "Kari Nordmann" in page and 'value="23.30"' in page.replace("23:30", "23.30")
        assert to in read(as_lund, siris).replace("&amp;", "&")
        affected = read(as_lund, kept.headers["Location"])
        assert "Kari Nordmann" in affected

    def test_the_register_opens_for_nobody_elses_look(
        self, as_berg: Client, as_siri: Client, siris: str
    ) -> None:
        to = f"/kontor/avvik/nytt?oppslag={siris.split('/')[-1]}"

        assert as_berg.get(to).status_code == 404
        assert as_siri.get(to).status_code == 403

    def test_a_judgement_without_words_is_asked_for_them(self, as_lund: Client, siris: str) -> None:
        answer = post(as_lund, siris, what="in-order", words="")

        assert answer.status_code == 422
        assert "checked" in answer.content.decode()

    def test_of_two_who_judge_the_second_keeps_the_words(self, as_lund: Client, cast: Cast) -> None:
        one = raised(cast.siri, cast.kari.patient_id)
        actions.judge_look(
            by=cast.lund, unusual_look_id=one, verdict=Verdict.IN_ORDER, reason="Ja."
        )
        address = reverse("workspace:unusual_look", args=[one])

        answer = post(as_lund, address, what="breach", words="Hun hadde ingen grunn.")

        assert answer.status_code == 409
        assert "Hun hadde ingen grunn." in answer.content.decode()

    def test_a_question_is_answered_by_whoever_looked(
        self, as_lund: Client, as_siri: Client, siris: str
    ) -> None:
        post(as_lund, siris, what="ask", words="Hva gjaldt det?")
        before = read(as_siri, INBOX)

        answer = post(as_siri, siris, answer="Legevakten ringte.")

        assert ASKED in before and ASKED not in read(as_siri, INBOX)
        assert answer.headers["Location"] == OWN
        assert "Legevakten ringte." in read(as_lund, siris)

    def test_not_asked_there_is_nothing_to_answer(self, as_siri: Client, siris: str) -> None:
        page = read(as_siri, siris)

        assert "<textarea" not in page and "Det betyr ikke at du har gjort noe galt" in page

    def test_ones_own_cannot_be_judged(self, as_lund: Client, cast: Cast) -> None:
        address = reverse("workspace:unusual_look", args=[raised(cast.lund, cast.kari.patient_id)])

        answer = post(as_lund, address, what="in-order", words="Helt i orden.")

        assert 'name="what"' not in read(as_lund, address)
        with at_work(cast.lund):
            assert len(queries.unusual_looks(cast.lund)) == 1
        assert answer.status_code != 302

    def test_another_who_follows_up_the_log_can(self, as_lund: Client, cast: Cast) -> None:
        one = raised(cast.lund, cast.kari.patient_id)
        people.set_reviewers(
            by=cast.lund, account_ids=frozenset({cast.lund.account, cast.nina.account})
        )

        answer = post(
            signed_in(cast.nina),
            reverse("workspace:unusual_look", args=[one]),
            what="in-order",
            words="Vakt.",
        )

        assert answer.status_code == 302

    def test_the_patient_reads_the_look_and_nothing_of_this(
        self, as_lund: Client, as_kari: Client, siris: str
    ) -> None:
        post(as_lund, siris, what="breach", words="Ingen grunn.")

        page = read(as_kari, "/innsyn")

        assert "Åpnet pasientsiden" in page
        assert "Vurderte" not in page and "annerledes" not in page
