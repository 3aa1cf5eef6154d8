"""Kontakt legekontoret, and going on elsewhere with the same words."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
from tests.pictures import png

WORDS = "Når åpner dere på fredag, og kan jeg hente papirene da?"


def list_of(cast: Cast) -> int:
    with rows.seeing(patient=cast.kari.patient):
        owner = people.list_of(cast.kari.patient)
    assert owner is not None
    return owner.list_id


def matters(cast: Cast, kind: Kind | None = None) -> list[queries.Matter]:
    with rows.seeing(patient=cast.kari.patient):
        return queries.my_matters(cast.kari, kind=kind)


class TestAsk:
    def test_the_patient_is_told_who_reads_before_she_writes(self, as_kari: Client) -> None:
        page = as_kari.get("/kontakt?gjelder=valgt").content.decode()

        writing = page.index("<textarea")
        for words in ("Hvem leser det du skriver?", "Her får du ikke helsehjelp", "tel:113"):
            assert page.index(words) < writing

    def test_it_is_sent_and_shown(self, cast: Cast, as_kari: Client) -> None:
        answer = post(as_kari, "/kontakt", calm="on", topic="opening-hours", text=WORDS)

        (asked,) = matters(cast)
        assert answer.headers["Location"] == f"/meldinger/{asked.id}"
        assert WORDS in as_kari.get(answer.headers["Location"]).content.decode()

    def test_what_may_be_urgent_is_not_sent_and_keeps_every_word(
        self, cast: Cast, as_kari: Client
    ) -> None:
        answer = post(as_kari, "/kontakt", topic="opening-hours", text=WORDS)

        page = answer.content.decode()
        assert answer.status_code == 422 and not matters(cast)
        assert WORDS in page and "Kryss av hvis det kan vente." in page

    def test_the_same_click_twice_is_one_question(self, cast: Cast, as_kari: Client) -> None:
        key = "0b8a8d5e-51a8-4b6c-9f3b-6a3b1d1f9a11"
        for _click in range(2):
            post(as_kari, "/kontakt", key=key, calm="on", topic="lab", text=WORDS)

        assert len(matters(cast)) == 1

    def test_a_file_is_kept_when_the_form_is_refused_and_sent_with_the_next(
        self, cast: Cast, as_kari: Client
    ) -> None:
        picture = SimpleUploadedFile("skjema.png", png(), content_type="image/png")
        refused = post(as_kari, "/kontakt", topic="other", text=WORDS, files=picture)
        kept = re.search(r'name="files_kept" value="([^"]+)"', refused.content.decode())
        assert kept is not None

        answer = post(
            as_kari, "/kontakt", calm="on", topic="other", text=WORDS, files_kept=kept.group(1)
        )

        assert "skjema" in as_kari.get(answer.headers["Location"]).content.decode()

    def test_somebody_elses_kept_file_is_not_sent(
        self, cast: Cast, as_kari: Client, as_per: Client
    ) -> None:
        picture = SimpleUploadedFile("skjema.png", png(), content_type="image/png")
        refused = post(as_kari, "/kontakt", topic="other", text=WORDS, files=picture)
        kept = re.search(r'name="files_kept" value="([^"]+)"', refused.content.decode())
        assert kept is not None

        answer = post(
            as_per, "/kontakt", calm="on", topic="other", text=WORDS, files_kept=kept.group(1)
        )

        assert "skjema" not in as_per.get(answer.headers["Location"]).content.decode()

    def test_while_it_is_off_the_page_says_so_and_shows_other_ways(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast), feature=Feature.ENQUIRY, on=False
        )

        page = as_kari.get("/kontakt?gjelder=valgt").content.decode()

        assert "Legekontoret tilbyr ikke dette nå." in page and "<textarea" not in page
        assert 'href="/time"' in page

    def test_switched_off_while_writing_keeps_every_word(self, cast: Cast, as_kari: Client) -> None:
        conversations.switch_service(
            by=cast.lund, list_id=list_of(cast), feature=Feature.ENQUIRY, on=False
        )

        answer = post(as_kari, "/kontakt", calm="on", topic="lab", text=WORDS)

        assert answer.status_code == 422 and WORDS in answer.content.decode()


@pytest.fixture
def misdirected(cast: Cast) -> Conversation:
    asked = actions.ask_practice(
        by=cast.kari, topic=Topic.OTHER, text="Utslettet klør mer. Hva gjør jeg?"
    )
    actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.ECONSULTATION)
    return asked


class TestCarryOver:
    def shown_price(self, page: str) -> str:
        found = re.search(r'name="shown" value="([^"]+)"', page)
        assert found is not None
        return found.group(1)

    def test_the_thread_says_where_it_belongs_and_what_that_costs(
        self, as_kari: Client, misdirected: Conversation
    ) -> None:
        page = as_kari.get(f"/meldinger/{misdirected.id}").content.decode()

        assert "Dette hører til «E-konsultasjon»" in page
        assert "Koster høyst" in page and f"/meldinger/{misdirected.id}/ta-med" in page

    def test_one_yes_sends_the_same_words(
        self, cast: Cast, as_kari: Client, misdirected: Conversation
    ) -> None:
        address = f"/meldinger/{misdirected.id}/ta-med"
        page = as_kari.get(address).content.decode()
        assert "Utslettet klør mer. Hva gjør jeg?" in page

        answer = post(
            as_kari,
            address,
            text="Utslettet klør mer. Hva gjør jeg?",
            topic="known-problem",
            consent="on",
            shown=self.shown_price(page),
        )

        (sent,) = matters(cast, Kind.ECONSULTATION)
        assert answer.headers["Location"] == f"/meldinger/{sent.id}"
        assert as_kari.get(address).headers["Location"] == f"/meldinger/{sent.id}"

    def test_without_a_yes_to_the_price_nothing_is_sent(
        self, cast: Cast, as_kari: Client, misdirected: Conversation
    ) -> None:
        address = f"/meldinger/{misdirected.id}/ta-med"
        page = as_kari.get(address).content.decode()

        answer = post(
            as_kari,
            address,
            text="Utslettet klør mer.",
            topic="known-problem",
            shown=self.shown_price(page),
        )

        assert answer.status_code == 422 and "Utslettet klør mer." in answer.content.decode()
        assert not matters(cast, Kind.ECONSULTATION)

    def test_the_files_come_along(self, cast: Cast, as_kari: Client) -> None:
        kept = conversations.keep_file(by=cast.kari, name="utslett.png", data=png())
        asked = actions.ask_practice(
            by=cast.kari, topic=Topic.OTHER, text="Se bildet", files=[kept.id]
        )
        actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.ECONSULTATION)
        address = f"/meldinger/{asked.id}/ta-med"
        page = as_kari.get(address).content.decode()
        carried = re.findall(r'name="files_kept" value="([^"]+)"', page)

        answer = post(
            as_kari,
            address,
            text="Se bildet",
            topic="known-problem",
            consent="on",
            shown=self.shown_price(page),
            files_kept=carried,
        )

        assert "utslett" in as_kari.get(answer.headers["Location"]).content.decode()

    def test_a_wish_for_a_time_takes_the_words_along(self, cast: Cast, as_kari: Client) -> None:
        asked = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Jeg vil ha en time")
        actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.APPOINTMENT)
        address = f"/meldinger/{asked.id}/ta-med"
        assert "Jeg vil ha en time" in as_kari.get(address).content.decode()

        answer = post(as_kari, address, text="Jeg vil ha en time")

        (wish,) = matters(cast, Kind.APPOINTMENT)
        assert answer.headers["Location"] == f"/meldinger/{wish.id}"

    def test_a_renewal_goes_on_where_prescriptions_are_chosen(
        self, cast: Cast, as_kari: Client
    ) -> None:
        asked = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Mer medisin")
        actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.RENEWAL)

        answer = as_kari.get(f"/meldinger/{asked.id}/ta-med")

        assert answer.headers["Location"].startswith("/resept?fra=")

    def test_a_stranger_carries_nothing(self, as_per: Client, misdirected: Conversation) -> None:
        address = f"/meldinger/{misdirected.id}/ta-med"

        assert as_per.get(address).status_code == 404
        assert post(as_per, address, text="Hei", consent="on").status_code == 404

    def test_what_is_not_misdirected_is_carried_nowhere(self, cast: Cast, as_kari: Client) -> None:
        asked = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Hei")

        assert as_kari.get(f"/meldinger/{asked.id}/ta-med").status_code == 409


class TestFiles:
    def test_the_owner_and_the_office_open_it_and_nobody_else(
        self, cast: Cast, as_kari: Client, as_siri: Client, as_per: Client, as_berg: Client
    ) -> None:
        kept = conversations.keep_file(by=cast.kari, name="skjema.png", data=png())
        actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Her", files=[kept.id])

        mine = as_kari.get(f"/fil/{kept.id}")

        assert b"".join(mine.streaming_content).startswith(b"\x89PNG")  # type: ignore[arg-type]
        assert mine.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert mine.headers["X-Content-Type-Options"] == "nosniff"
        assert as_siri.get(f"/kontor/fil/{kept.id}").status_code == 200
        assert as_per.get(f"/fil/{kept.id}").status_code == 404
        assert as_berg.get(f"/kontor/fil/{kept.id}").status_code == 404


def test_a_renewal_shows_the_words_and_goes_on_from_them(cast: Cast, as_kari: Client) -> None:
    asked = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Mer blodtrykksmedisin")
    actions.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.RENEWAL)
    address = as_kari.get(f"/meldinger/{asked.id}/ta-med").headers["Location"]
    assert "Mer blodtrykksmedisin" in as_kari.get(address).content.decode()

    answer = post(as_kari, address, earlier="Losartan 50 mg", pick_up="pharmacy", send="ja")

    page = as_kari.get(answer.headers["Location"]).content.decode()
    assert f'href="/meldinger/{asked.id}"' in page
    again = as_kari.get(f"/meldinger/{asked.id}/ta-med")
    assert again.headers["Location"] == answer.headers["Location"]


def test_a_stranger_sees_no_words_there(cast: Cast, as_per: Client) -> None:
    asked = actions.ask_practice(by=cast.kari, topic=Topic.OTHER, text="Mer blodtrykksmedisin")

    assert as_per.get(f"/resept?fra={asked.id}").status_code == 404
