"""Parts of a service switched off while somebody writes: the words stay, and what to do is said."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.policy import Feature, Kind, Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.people import queries as people
from tests.doors import post, signed_in
from tests.people.on_lists import enquiry, list_of, young_patient
from tests.pictures import png

WORDS = "Her er skjemaet fra skolen."
TOLD = "tar ikke imot bilder og filer her nå"
PICKER = 'type="file"'


def off(cast: Cast, feature: Feature) -> None:
    actions.switch_service(by=cast.lund, list_id=list_of(cast.lund), feature=feature, on=False)


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("tegning.png", png(), content_type="image/png")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def sent(cast: Cast) -> list[queries.Matter]:
    with rows.seeing(patient=cast.kari.patient):
        return queries.my_matters(cast.kari)


class TestFilesInAnEnquiry:
    def test_the_page_offers_no_files_while_they_are_off(self, cast: Cast, as_kari: Client) -> None:
        assert PICKER in text(as_kari.get("/kontakt?gjelder=valgt"))

        off(cast, Feature.ENQUIRY_FILES)

        assert PICKER not in text(as_kari.get("/kontakt?gjelder=valgt"))

    def test_switched_off_while_writing_keeps_the_words_and_tells_of_the_file(
        self, cast: Cast, as_kari: Client
    ) -> None:
        off(cast, Feature.ENQUIRY_FILES)

        answer = post(as_kari, "/kontakt", calm="on", topic="other", text=WORDS, files=picture())

        page = text(answer)
        assert answer.status_code == 422 and sent(cast) == []
        assert WORDS in page and TOLD in page and PICKER not in page

    def test_sent_again_it_goes_without_the_file(self, cast: Cast, as_kari: Client) -> None:
        off(cast, Feature.ENQUIRY_FILES)
        post(as_kari, "/kontakt", calm="on", topic="other", text=WORDS, files=picture())

        answer = post(as_kari, "/kontakt", calm="on", topic="other", text=WORDS)

        page = text(as_kari.get(answer.headers["Location"]))
        assert WORDS in page and "tegning" not in page

    def test_a_file_kept_from_an_earlier_try_is_told_of_too(
        self, cast: Cast, as_kari: Client
    ) -> None:
        refused = post(as_kari, "/kontakt", topic="other", text=WORDS, files=picture())
        kept = re.search(r'name="files_kept" value="([^"]+)"', text(refused))
        assert kept is not None
        off(cast, Feature.ENQUIRY_FILES)

        answer = post(as_kari, "/kontakt", topic="other", text=WORDS, files_kept=kept.group(1))

        assert TOLD in text(answer) and WORDS in text(answer)


class TestFilesInAThread:
    def test_an_answer_being_written_keeps_its_words(self, cast: Cast, as_kari: Client) -> None:
        asked = enquiry(cast.kari)
        assert PICKER in text(as_kari.get(f"/meldinger/{asked.id}"))
        off(cast, Feature.ENQUIRY_FILES)

        answer = post(as_kari, f"/meldinger/{asked.id}", text=WORDS, files=picture())

        page = text(answer)
        assert answer.status_code == 422
        assert WORDS in page and TOLD in page and PICKER not in page

    def test_and_is_sent_without_the_file(self, cast: Cast, as_kari: Client) -> None:
        asked = enquiry(cast.kari)
        off(cast, Feature.ENQUIRY_FILES)

        answer = post(as_kari, f"/meldinger/{asked.id}", text=WORDS)

        assert answer.status_code == 302
        assert WORDS in text(as_kari.get(f"/meldinger/{asked.id}"))


class TestFilesInAnEConsultation:
    def writing(self, client: Client) -> dict[str, str]:
        post(client, "/e-konsultasjon", calm="on")
        shown = re.search(
            r'name="shown" value="([^"]+)"', text(client.get("/e-konsultasjon/skriv"))
        )
        assert shown is not None
        return {"topic": "known-problem", "text": WORDS, "consent": "on", "shown": shown.group(1)}

    def test_every_word_stays_and_it_goes_without_the_file(
        self, cast: Cast, as_kari: Client
    ) -> None:
        said = self.writing(as_kari)
        off(cast, Feature.ECONSULTATION_FILES)

        told = post(as_kari, "/e-konsultasjon/skriv", files=picture(), **said)
        answer = post(as_kari, "/e-konsultasjon/skriv", **said)

        assert WORDS in text(told) and TOLD in text(told) and PICKER not in text(told)
        assert WORDS in text(as_kari.get(answer.headers["Location"]))


class TestFilesThatWouldBeCarried:
    def test_the_patient_is_told_that_they_stay_where_they_are(
        self, cast: Cast, as_kari: Client
    ) -> None:
        kept = actions.keep_file(by=cast.kari, name="utslett.png", data=png())
        asked = enquiries.ask_practice(by=cast.kari, topic=Topic.OTHER, text=WORDS, files=[kept.id])
        enquiries.point_elsewhere(by=cast.siri, conversation_id=asked.id, to=Kind.ECONSULTATION)
        off(cast, Feature.ECONSULTATION_FILES)

        page = text(as_kari.get(f"/meldinger/{asked.id}/ta-med"))

        assert "følger ikke med" in page and WORDS in page and "utslett" not in page


class TestTheYoung:
    @pytest.fixture
    def ung(self, cast: Cast) -> Client:
        return signed_in(young_patient(cast))

    @pytest.mark.parametrize(
        ("feature", "address"),
        [
            (Feature.APPOINTMENT_YOUTH, "/time"),
            (Feature.RENEWAL_YOUTH, "/resept"),
            (Feature.ECONSULTATION_YOUTH, "/e-konsultasjon"),
            (Feature.ENQUIRY_YOUTH, "/kontakt"),
        ],
    )
    def test_each_service_says_what_to_do_instead(
        self, cast: Cast, ung: Client, feature: Feature, address: str
    ) -> None:
        assert "under 16 år" not in text(ung.get(address))

        off(cast, feature)

        assert "under 16 år" in text(ung.get(address))

    def test_the_start_page_says_so_beside_the_phone(self, cast: Cast, ung: Client) -> None:
        off(cast, Feature.ENQUIRY_YOUTH)

        page = text(ung.get("/"))

        assert "En forelder kan gjøre det for deg" in page and 'href="/kontakt"' not in page

    def test_switched_off_while_writing_keeps_every_word(self, cast: Cast, ung: Client) -> None:
        off(cast, Feature.ENQUIRY_YOUTH)

        answer = post(ung, "/kontakt", calm="on", topic="other", text=WORDS)

        assert answer.status_code == 422
        assert WORDS in text(answer) and "under 16 år" in text(answer)

    def test_a_time_cannot_be_asked_for_either(self, cast: Cast, ung: Client) -> None:
        off(cast, Feature.APPOINTMENT_YOUTH)

        answer = post(ung, "/time/onske", text=WORDS)

        assert answer.status_code == 422 and WORDS in text(answer)

    def test_the_grown_see_no_difference(self, cast: Cast, as_kari: Client) -> None:
        before = text(as_kari.get("/kontakt?gjelder=valgt"))
        off(cast, Feature.ENQUIRY_YOUTH)

        assert "<textarea" in before and "<textarea" in text(as_kari.get("/kontakt?gjelder=valgt"))


class TestTheOffice:
    def test_the_page_shows_each_part_under_its_service(self, cast: Cast, as_lund: Client) -> None:
        page = text(as_lund.get(self.address(cast)))

        names = ("E-konsultasjon", "Bilder og filer i e-konsultasjoner", "Kontakt legekontoret")
        assert [page.index(f"{name}") for name in names] == sorted(page.index(one) for one in names)
        assert "Pasienten kan svare når kontoret skriver først" in page

    def test_before_it_is_switched_off_the_doctor_sees_what_that_means(
        self, cast: Cast, as_lund: Client
    ) -> None:
        page = text(as_lund.get(f"{self.address(cast)}/enquiry-files/av"))

        assert "beholder teksten sin" in page and "Fastleger skal tilby" not in page

    def test_the_switch_is_one_click_and_on_the_log(self, cast: Cast, as_lund: Client) -> None:
        post(as_lund, f"{self.address(cast)}/enquiry-youth/av")

        page = text(as_lund.get(self.address(cast)))
        assert "slo av «Unge under 16 år kontakter legekontoret selv»" in page

    def test_a_part_has_no_words_of_its_own(self, cast: Cast, as_lund: Client) -> None:
        assert as_lund.get(f"{self.address(cast)}/enquiry-files").status_code == 404

    @pytest.mark.usefixtures("on_the_phone")
    def test_what_the_office_writes_first_is_set_to_no_answer(
        self, cast: Cast, as_siri: Client, as_lund: Client
    ) -> None:
        with rows.seeing(patient=cast.kari.patient):
            kari = people.the_patient(cast.kari).uuid
        off(cast, Feature.OFFICE_REPLY)

        for client, page in ((as_siri, "skriv"), (as_lund, "e-konsultasjon")):
            shown = text(client.get(f"/kontor/pasient/{kari}/{page}"))
            chosen = re.search(r'name="reply" value="([a-z]+)"[^>]*checked', shown)
            assert chosen is not None and chosen.group(1) in ("no", "none")

    def address(self, cast: Cast) -> str:
        with rows.seeing(practice=cast.lund.practice_id):
            owner = people.list_by_id(list_of(cast.lund))
        return f"/kontor/innstillinger/tjenester/{owner.list_uuid}"
