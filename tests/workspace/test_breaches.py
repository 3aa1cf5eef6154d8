"""The pages of the register: who opens them, what they say, and what is taken out of it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from dialog import rows
from dialog.breaches import actions, chores
from dialog.breaches.models import Breach
from dialog.breaches.policy import Kind, Risk, Said, Told
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind as Service
from dialog.demo.cast import Cast
from dialog.working_days import OSLO
from tests.breaches.scene import WHAT, assess, letters, registered, view
from tests.conversations.rights import AsRole, pay, seen
from tests.doors import post
from tests.people.on_lists import enquiry, kinds, uuid_of

HERE = "/kontor/avvik"


def printed(answer: Any) -> str:
    pages = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def moment(name: str, hours: float = 0) -> dict[str, str]:
    at = (timezone.now() - timedelta(hours=hours)).astimezone(OSLO)
    return {f"{name}_on": f"{at:%Y-%m-%d}", f"{name}_clock": f"{at:%H:%M}"}


class TestWhoSeesIt:
    def test_there_is_a_lane_for_those_who_follow_up_and_for_no_others(
        self, cast: Cast, as_lund: Client, as_siri: Client
    ) -> None:
        registered(cast)

        assert HERE in as_lund.get("/kontor/").content.decode()
        assert HERE not in as_siri.get("/kontor/").content.decode()

    def test_others_are_told_whom_to_tell(self, cast: Cast, as_siri: Client) -> None:
        refused = as_siri.get(f"{HERE}/nytt")

        assert refused.status_code == 403
        assert "Si fra om avviket til en av dem" in refused.content.decode()

    def test_those_reminded_read_it_in_their_inbox_until_one_has_looked(
        self, cast: Cast, as_lund: Client, as_siri: Client, as_role: AsRole
    ) -> None:
        id = registered(cast, aware_at=timezone.now() - timedelta(hours=41))
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            kept = Breach.objects.get(id=id)
            kept.remind_at = timezone.now()
            kept.save(update_fields=["remind_at"])
        with as_role("dialog_relay"):
            chores.remind_of_clocks()

        pages = [one.get("/kontor/").content.decode() for one in (as_lund, as_siri)]
        as_lund.get(f"{HERE}/{id}")
        after = as_lund.get("/kontor/").content.decode()

        assert ["Et avvik venter på dere" in page for page in (*pages, after)] == [
            True,
            False,
            False,
        ]
        assert "30 timer igjen" in pages[0]


class TestRegistering:
    def test_who_and_where_come_with_the_address(self, cast: Cast, as_lund: Client) -> None:
        matter = enquiry(cast.kari)
        address = f"{HERE}/nytt?sak={matter.id}&pasient={uuid_of(cast.per)}&pasient=tull"

        asked = as_lund.get(address).content.decode()
        done = post(
            as_lund, address, kind=Kind.WRONG_PATIENT, what=WHAT, **moment("aware", hours=1)
        )

        assert "Kari Nordmann" in asked and "Per Hansen" in asked
        found = view(cast.lund, done.headers["Location"].rsplit("/", 1)[1])  # type: ignore[arg-type]
        assert {one.patient.id for one in found.affected} == {
            cast.kari.patient_id,
            cast.per.patient_id,
        }
        assert found.source == matter.id

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"what": ""}, "Fyll ut dette feltet."),
            ({"aware_clock": ""}, "Velg et klokkeslett."),
            ({"aware_on": "2199-01-01"}, "Tidspunktet kan ikke være fram i tid."),
            ({"happened_on": "2026-01-01", "happened_clock": ""}, "Velg et klokkeslett."),
            ({"kind": "hva"}, "Velg ett av alternativene."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(
        self, cast: Cast, as_lund: Client, wrong: dict[str, str], told: str
    ) -> None:
        said = {"kind": Kind.LOST, "what": WHAT, **moment("aware")} | wrong

        page = post(as_lund, f"{HERE}/nytt", **said)

        assert page.status_code == 422
        assert told in page.content.decode()
        assert (WHAT in page.content.decode()) is (said["what"] == WHAT)

    def test_what_is_taken_back_may_be_said_to_have_been_for_another(
        self, cast: Cast, as_siri: Client, as_role: AsRole
    ) -> None:
        wrong = conversations.start(
            by=cast.siri, kind=Service.ENQUIRY, patient_id=cast.kari.patient, text="Hei, Per."
        )
        message = seen(cast.siri, wrong.id).messages[0].id
        address = f"/kontor/sak/{wrong.id}/trekk/{message}"

        assert "Meldingen gikk til feil pasient" in as_siri.get(address).content.decode()
        post(as_siri, address, wrong_patient="on")
        pay(as_role)

        assert "BreachRegistered" in kinds(practice=cast.lund.practice_id)


class TestTheSteps:
    def test_from_assessment_to_the_end(self, cast: Cast, as_lund: Client) -> None:
        one = f"{HERE}/{registered(cast, patients=[])}"
        post(
            as_lund,
            f"{one}/vurder",
            risk=Risk.RISK,
            reason="Navn og adresse",
            information="Navn",
            consequences="Lite",
            measures="Hentet",
            contact="Ingrid Lund",
            **moment("aware", hours=1),
        )
        post(as_lund, one, said=Said.MEASURE, text="Ny rutine for konvolutter")
        post(as_lund, f"{one}/meldt", reference="26/1234", **moment("told"))
        post(as_lund, f"{one}/avslutt", text="Vi leser navnet høyt")
        page = as_lund.get(one).content.decode()
        post(as_lund, f"{one}/apne", text="Vi fant mer")

        for words in ("Avsluttet", "26/1234", "Ny rutine for konvolutter", "Vi leser navnet høyt"):
            assert words in page
        assert "Åpnet igjen" in as_lund.get(one).content.decode()

    def test_a_step_that_cannot_be_taken_leads_back(self, cast: Cast, as_lund: Client) -> None:
        one = f"{HERE}/{registered(cast)}"

        assert as_lund.get(f"{one}/meldt").headers["Location"] == one
        assert as_lund.get(f"{one}/apne").headers["Location"] == one

    def test_a_matter_the_reader_does_not_see_is_not_linked(
        self, cast: Cast, as_lund: Client
    ) -> None:
        matter = enquiry(cast.kari)
        one = f"{HERE}/{registered(cast, source=matter.id)}"

        assert f"/kontor/sak/{matter.id}" in as_lund.get(one).content.decode()


class TestAffected:
    def test_found_put_down_told_and_taken_out(self, cast: Cast, as_lund: Client) -> None:
        id = registered(cast, patients=[])
        found = post(as_lund, f"{HERE}/{id}/berorte", words="Hansen").content.decode()
        address = f"{HERE}/{id}/berorte/{uuid_of(cast.per)}"
        assert address in found
        post(as_lund, address)
        post(as_lund, f"{HERE}/{id}/berorte/{uuid_of(cast.kari)}")
        per, kari = view(cast.lund, id).affected
        told = f"{HERE}/{id}/berort/{per.id}/fortalt"
        late = post(as_lund, told, how=Told.EXEMPT, **moment("told"))
        post(as_lund, told, how=Told.PHONE, text="Ringte ham.", **moment("told"))
        post(as_lund, f"{HERE}/{id}/berort/{kari.id}/ta-ut")

        assert "Skriv hvorfor pasienten ikke trenger" in late.content.decode()
        (left,) = view(cast.lund, id).affected
        assert (left.patient.id, left.told_how) == (cast.per.patient_id, Told.PHONE)
        assert "Ringte ham." in as_lund.get(f"{HERE}/{id}").content.decode()


class TestLetters:
    def test_the_words_are_gone_over_looked_at_and_sent(self, cast: Cast, as_lund: Client) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        asked = as_lund.get(f"{HERE}/{id}/brev").content.decode()
        words = "Kjære Kari. Brevet ditt lå i feil konvolutt."

        looked = printed(post(as_lund, f"{HERE}/{id}/brev", words_nb=words, look="1"))
        untold = len(view(cast.lund, id).untold)
        sent = post(as_lund, f"{HERE}/{id}/brev", words_nb=words)

        assert "En melding om deg ble sendt til en annen pasient." in asked
        assert "En annen vet om prøvesvaret." in asked
        assert words in looked and untold == 1
        assert sent.headers["Location"] == f"{HERE}/{id}"
        (told,) = view(cast.lund, id).affected
        assert (told.told_how, told.letter) == (Told.PORTAL, words)

    def test_a_letter_on_paper_is_printed_as_it_was_written(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast, patients=[uuid_of(cast.kari)])
        assess(cast, id, Risk.HIGH)
        one = view(cast.lund, id).affected[0]
        actions.note_told(
            by=cast.lund,
            breach_id=id,
            affected_id=one.id,
            how=Told.LETTER,
            told_at=timezone.now(),
            text="Brevet ditt lå i feil konvolutt.",
        )

        on_paper = printed(as_lund.get(f"{HERE}/{id}/berort/{one.id}/brev.pdf"))

        for words in ("Kari Nordmann", "Storgata legesenter", "Brevet ditt lå i feil konvolutt."):
            assert words in on_paper


class TestWhatIsTakenOut:
    def test_what_the_authority_asks_for_on_paper_and_as_text(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast)
        assess(cast, id, people_about=3)
        actions.add(by=cast.lund, breach_id=id, said=Said.MEASURE, text="Ny rutine.")

        on_paper = printed(as_lund.get(f"{HERE}/{id}/datatilsynet.pdf"))
        answer = as_lund.get(f"{HERE}/{id}/datatilsynet.txt")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

        for words in (WHAT, "Navn og prøvesvar", "En annen vet om prøvesvaret.", "Ny rutine."):
            assert words in on_paper and words in text
        assert "ikke kontrollert mot skjemaet" in on_paper
        assert "Kari Nordmann" not in text

    def test_the_table_has_every_entry_and_reckons_out_nothing(
        self, cast: Cast, as_lund: Client
    ) -> None:
        registered(cast, what='=HYPERLINK("http://eksempel.no")')
        letters(cast, registered(cast))

        answer = as_lund.get(f"{HERE}/oversikt.csv")
        table = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        lines = list(csv.DictReader(StringIO(table), delimiter=";"))

        assert [one["Fortalt"] for one in lines] == ["0", "1"]
        assert lines[0]["Hva skjedde"].startswith("'=")
        assert "Kari Nordmann" not in table

    def test_the_paper_says_whom_it_concerns_and_how_they_were_told(
        self, cast: Cast, as_lund: Client
    ) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        letters(cast, id)

        on_paper = printed(as_lund.get(f"{HERE}/oversikt.pdf"))

        for words in ("Oversikt over avvik", WHAT, "Kari Nordmann", "Melding i portalen"):
            assert words in on_paper


class TestTheList:
    def test_what_is_over_stands_by_itself(self, cast: Cast, as_lund: Client) -> None:
        registered(cast, kind=Kind.LOST)
        over = registered(cast, kind=Kind.SEEN)
        assess(cast, over, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=over, text="Ferdig")

        now = as_lund.get(HERE).content.decode()
        done = as_lund.get(f"{HERE}?status=avsluttet").content.decode()

        assert ["på avveie" in now, "Sett av noen" in now] == [True, False]
        assert "Sett av noen" in done
        assert WHAT not in now + done
