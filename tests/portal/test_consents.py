"""A yes that is missing: said in the form of the first thing somebody sends, with nothing lost."""

from typing import Any

import pytest
from django.test import Client

from dialog import rows
from dialog.conversations import queries
from dialog.demo.cast import Cast
from dialog.people import actions, texts
from dialog.people import queries as people
from tests.doors import post
from tests.portal.times import slots
from tests.renewals.prescribed import prescribe

WORDS = "Når åpner dere på fredag, og kan jeg hente papirene da?"
ASKED: dict[str, Any] = {"calm": "on", "topic": "opening-hours", "text": WORDS}
YES = {"digital_bruker": "ja"}
PAGE = "/digital-bruker"


@pytest.fixture
def without(cast: Cast) -> None:
    """Kari has taken back her yes."""
    actions.take_back_yes(by=cast.kari)


def matters(cast: Cast) -> list[queries.Matter]:
    with rows.seeing(patient=cast.kari.patient):
        return queries.my_matters(cast.kari)


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.mark.usefixtures("without")
class TestInTheFlow:
    def test_it_says_what_is_missing_and_keeps_every_word(
        self, cast: Cast, as_kari: Client
    ) -> None:
        assert "Ja, jeg vil være digital bruker" in page_of(as_kari, "/kontakt?gjelder=valgt")

        answer = post(as_kari, "/kontakt", **ASKED)

        page = answer.content.decode()
        assert answer.status_code == 422 and not matters(cast)
        assert "Ett ja mangler" in page and WORDS in page

    def test_one_tick_and_the_same_click_sends_it(self, cast: Cast, as_kari: Client) -> None:
        answer = post(as_kari, "/kontakt", **ASKED, **YES)

        (asked,) = matters(cast)
        assert answer.headers["Location"] == f"/meldinger/{asked.id}"
        assert "ikke digital bruker" not in page_of(as_kari, "/")

    def test_the_yes_stands_also_when_something_else_is_missing(self, as_kari: Client) -> None:
        answer = post(as_kari, "/kontakt", topic="opening-hours", text=WORDS, **YES)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Kryss av hvis det kan vente." in page and "digital_bruker" not in page

    def test_renewals_are_looked_over_again_with_the_box(self, cast: Cast, as_kari: Client) -> None:
        ref = prescribe(cast, cast.kari, "Metoprolol")
        marked = {"items": [str(ref)], "pick_up": "pharmacy", "send": "1"}

        page = post(as_kari, "/resept", **marked).content.decode()
        sent = post(as_kari, "/resept", **marked, **YES)

        assert "Ett ja mangler" in page and "Ja, send" in page and str(ref) in page
        assert sent.status_code == 302 and matters(cast)

    def test_a_time_is_not_lost_for_it(self, cast: Cast, as_kari: Client) -> None:
        slot = slots(cast.kari)[0]
        meeting = sorted(slot.type.meetings)[0]
        wish = {"time": str(slot.id), "text": "Kneet", "meeting": str(meeting)}

        page = post(as_kari, "/time/bestill", **wish).content.decode()
        taken = post(as_kari, "/time/bestill", **wish, **YES)

        assert "Ett ja mangler" in page and "Bestill timen" in page and "Kneet" in page
        assert taken.status_code == 302 and matters(cast)

    @pytest.mark.parametrize("address", ["/time/onske", "/fullmakter/ny"])
    def test_other_forms_have_it_too(self, as_kari: Client, address: str) -> None:
        assert "Ja, jeg vil være digital bruker" in page_of(as_kari, address)


class TestThePage:
    def test_it_is_taken_back_and_said_again(self, as_kari: Client) -> None:
        assert "Trekk ja\u2011et tilbake" in page_of(as_kari, PAGE)
        assert "slettes ikke av seg selv" in page_of(as_kari, f"{PAGE}/trekk")

        gone = post(as_kari, f"{PAGE}/trekk")
        after = page_of(as_kari, gone.headers["Location"])
        unticked = post(as_kari, PAGE)
        back = post(as_kari, PAGE, **YES)

        assert "Ja-et er trukket tilbake" in after and "Trukket tilbake." in after
        assert str(texts.TICK_FOR_YES) in unticked.content.decode()
        assert unticked.status_code == 422
        assert "Du er digital bruker." in page_of(as_kari, back.headers["Location"])

    @pytest.mark.usefixtures("without")
    def test_there_is_nothing_to_take_back_before_it_is_said(self, as_kari: Client) -> None:
        assert as_kari.get(f"{PAGE}/trekk").headers["Location"] == PAGE
        assert "Du er ikke digital bruker" in page_of(as_kari, "/")

    def test_a_mother_reads_whom_it_is_about(self, cast: Cast, as_kari_for_ola: Client) -> None:
        assert "Ola Nordmann er digital bruker." in page_of(as_kari_for_ola, PAGE)
        actions.take_back_yes(by=cast.kari_for_ola)

        assert "Ja, Ola Nordmann skal være digital bruker" in page_of(as_kari_for_ola, "/kontakt")

    def test_an_offices_form_says_no_yes(self, cast: Cast, as_siri: Client) -> None:
        actions.take_back_yes(by=cast.kari)

        post(as_siri, "/kontor/pasienter", words="Kari", **YES)

        with rows.seeing(patient=cast.kari.patient):
            assert people.consent_of(cast.kari.patient) == "withdrawn"
