"""The log at the office, over HTTP: nothing before the purpose, and nothing of what was written."""

import pytest
from django.test import Client
from django.urls import reverse

from dialog.demo.cast import Cast, number
from dialog.oversight.policy import LASTS
from dialog.people import actions as people
from tests.counting import queries_of
from tests.doors import post
from tests.oversight.searched import entries, looked
from tests.people.on_lists import uuid_of

LOG, OWN = "/kontor/logg", "/kontor/logg/mitt"


def of_patient(cast: Cast) -> str:
    return reverse("workspace:log_patient", args=[uuid_of(cast.kari)])


def of_siri(cast: Cast) -> str:
    return reverse("workspace:log_colleague", args=[cast.siri.account_uuid])


def searched(client: Client, address: str, **words: str) -> str:
    """The address of what was found."""
    said = {"purpose": "sample", "which": "all", **words}
    return str(post(client, address, **said).headers["Location"])


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestWhom:
    @pytest.mark.parametrize("words", ["kari nord", number("kari")])
    def test_a_patient_is_found_by_name_or_number_which_is_in_no_address(
        self, as_lund: Client, cast: Cast, words: str
    ) -> None:
        page = post(as_lund, LOG, words=words).content.decode()

        assert of_patient(cast) in page and number("kari") not in of_patient(cast)

    def test_a_patient_who_has_left_is_found(self, as_berg: Client, cast: Cast) -> None:
        people.leave_list(by=cast.berg, patient_id=cast.bjarne.patient)

        page = post(as_berg, LOG, words="Bjarne").content.decode()

        assert reverse("workspace:log_patient", args=[uuid_of(cast.bjarne)]) in page

    def test_colleagues_and_those_who_were(self, as_lund: Client, cast: Cast) -> None:
        people.remove_member(by=cast.lund, account_id=cast.siri.account)

        page = read(as_lund, LOG)

        assert of_siri(cast) in page and "Helsesekretær, jobber ikke her lenger" in page
        assert "Berg" not in page

    def test_others_are_told_who_can(self, as_siri: Client) -> None:
        refused = as_siri.get(LOG)

        assert refused.status_code == 403
        assert "Bare de som følger opp loggen" in refused.content.decode()

    def test_each_has_a_way_to_the_log_in_the_menu(self, as_siri: Client, as_lund: Client) -> None:
        assert f'href="{OWN}"' in read(as_siri, "/kontor/")
        assert f'href="{LOG}"' in read(as_lund, "/kontor/")


class TestThePurpose:
    def test_nothing_is_shown_before_it_is_said(self, as_lund: Client, cast: Cast) -> None:
        looked(cast.siri, cast.kari)

        page = read(as_lund, of_patient(cast))

        assert "Hva er formålet?" in page and "Siri Dahl" not in page
        assert entries(cast.lund, "LogSearched") == []

    def test_what_is_missing_is_said_at_the_field_and_nothing_is_lost(
        self, as_lund: Client, cast: Cast
    ) -> None:
        answer = post(
            as_lund,
            of_patient(cast),
            purpose="suspicion",
            which="looks",
            first_day="2026-02-01",
        )

        page = answer.content.decode()
        assert answer.status_code == 422 and "Skriv kort hva det gjelder." in page
        assert 'value="2026-02-01"' in page and page.count(" checked") == 2

    def test_a_patient_is_not_searched_for_because_a_colleague_asks(
        self, as_lund: Client, cast: Cast
    ) -> None:
        assert "Den ansatte har spurt" not in read(as_lund, of_patient(cast))
        assert "Den ansatte har spurt" in read(as_lund, of_siri(cast))

    def test_the_patient_reads_that_it_was_done_and_why(
        self, as_lund: Client, as_kari: Client, cast: Cast
    ) -> None:
        searched(as_lund, of_patient(cast), purpose="patient-asked")

        page = read(as_kari, "/innsyn")

        assert "Søkte i loggen: pasienten har spurt" in page
        assert "Lund, lege, Storgata legesenter" in page

    def test_nobody_who_acts_for_a_child_does(
        self, as_lund: Client, as_kari_for_ola: Client, cast: Cast
    ) -> None:
        ola = reverse("workspace:log_patient", args=[uuid_of(cast.kari_for_ola)])
        searched(as_lund, ola, purpose="patient-asked")

        assert "Søkte i loggen" not in read(as_kari_for_ola, "/innsyn")

    def test_after_an_hour_it_is_to_be_said_anew(
        self, as_lund: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = searched(as_lund, of_patient(cast))
        monkeypatch.setattr("dialog.oversight.queries.searching.LASTS", LASTS * 0)

        answer = as_lund.get(address, follow=True)

        assert answer.redirect_chain == [(LOG, 302)]
        assert "Formålet gjelder i én time" in answer.content.decode()


class TestWhatIsFound:
    def test_who_in_what_role_did_what_when_on_which_matter(
        self, as_lund: Client, cast: Cast
    ) -> None:
        looked(cast.siri, cast.kari)

        page = read(as_lund, searched(as_lund, of_patient(cast)))

        assert "Leste samtalen" in page and "Siri Dahl, helsesekretær" in page
        assert "Henvendelse fra" in page and "Stikkprøve" in page

    def test_and_on_what_ground(self, as_lund: Client, as_siri: Client, cast: Cast) -> None:
        matter = looked(cast.nina, cast.kari)
        as_siri.get(f"/kontor/sak/{matter.id}")

        page = read(as_lund, searched(as_lund, of_siri(cast)))

        assert "Pasienten hadde en sak som ikke var avsluttet" in page

    def test_the_way_into_a_matter_is_not_from_here(self, as_lund: Client, cast: Cast) -> None:
        matter = looked(cast.siri, cast.kari)

        page = read(as_lund, searched(as_lund, of_patient(cast)))

        assert str(matter.id) not in page and "Når åpner dere?" not in page

    def test_of_a_colleague_it_says_whom_each_line_is_about(
        self, as_lund: Client, cast: Cast
    ) -> None:
        looked(cast.siri, cast.kari)

        page = read(as_lund, searched(as_lund, of_siri(cast)))

        assert "Gjelder Kari Nordmann" in page

    def test_older_lines_are_on_the_next_page_for_the_same_purpose(
        self, as_lund: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dialog.workspace.views.log.lines.ON_A_PAGE", 2)
        monkeypatch.setattr("dialog.workspace.views.log.searching.ON_A_PAGE", 2)
        looked(cast.siri, cast.kari)
        address = searched(as_lund, of_patient(cast))

        first = read(as_lund, address)
        older = read(as_lund, address + first.split('rel="next" href="')[1].split('"')[0])

        assert "Leste samtalen" in first and "Leste samtalen" not in older
        assert "Til det nyeste" in older and len(entries(cast.lund, "LogSearched")) == 1

    def test_more_lines_take_no_more_queries(self, as_lund: Client, cast: Cast) -> None:
        looked(cast.siri, cast.kari)
        address = searched(as_lund, of_siri(cast))
        few = queries_of(as_lund, address)
        looked(cast.siri, cast.per)
        looked(cast.siri, cast.anne)

        assert queries_of(as_lund, address) == few


class TestOwn:
    def test_everybody_reads_what_they_have_done_and_who_has_searched_and_why(
        self, as_lund: Client, as_siri: Client, cast: Cast
    ) -> None:
        looked(cast.siri, cast.kari)
        searched(as_lund, of_siri(cast), purpose="suspicion", words="Kari har sagt det")

        page = read(as_siri, OWN)

        assert "Leste samtalen" in page and "Gjelder Kari Nordmann" in page
        assert "Mistanke om at noen har sett noe de ikke skulle" in page
        assert cast.lund.name in page and "Kari har sagt det" not in page

    def test_nobody_reads_what_a_colleague_has_done(self, as_nina: Client, cast: Cast) -> None:
        looked(cast.siri, cast.kari)

        page = read(as_nina, OWN)

        assert "Leste samtalen" not in page and "Ingen har søkt etter deg." in page
