"""A patient's prescriptions at the office: entered, brought in from a file, taken off."""

import base64
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialog import rows
from dialog.demo.cast import Cast
from dialog.renewals import queries
from dialog.renewals.policy import Group
from tests.counting import queries_of
from tests.doors import post, signed_in
from tests.renewals.prescribed import patient_uuid, prescribe

pytestmark = pytest.mark.usefixtures("on_the_phone")

GOOD = "Navn;Styrke;Gruppe;Reit;Gyldig til\nMetoprolol;50 mg;C;2;31.12.2030\nSobril;10 mg;A;;\n"


@pytest.fixture
def address(cast: Cast) -> str:
    return f"/kontor/pasient/{patient_uuid(cast.anne)}/resepter"


def kept(cast: Cast) -> list[str]:
    with rows.seeing(practice=cast.siri.practice, account=cast.siri.account):
        found = queries.prescriptions_of(cast.siri, patient_uuid(cast.anne))
    return [one.medicine.title for one in found]


def csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("resepter.csv", text.encode(), "text/csv")


def facts(**more: Any) -> dict[str, Any]:
    return {"name": "Metoprolol", "group": "c", **more}


class TestEnter:
    def test_name_and_group_are_enough(self, cast: Cast, as_siri: Client, address: str) -> None:
        answer = post(as_siri, f"{address}/ny", **facts())

        assert answer.headers["Location"] == address
        assert kept(cast) == ["Metoprolol"]
        assert "Resepten er skrevet inn." in as_siri.get(address).content.decode()

    def test_everything_that_was_written_is_shown(self, as_siri: Client, address: str) -> None:
        post(
            as_siri,
            f"{address}/ny",
            **facts(
                form="depottablett",
                strength="50 mg",
                dosage="1 tablett morgen",
                repeats_left="3",
                valid_until="31.12.2035",
                control_by="01.02.2035",
                reserved="on",
            ),
        )

        page = as_siri.get(address).content.decode()
        for words in (
            "Metoprolol depottablett 50 mg",
            "1 tablett morgen",
            "3 utleveringer igjen.",
            "Skjult for foreldre",
            "Kontroll innen",
        ):
            assert words in page, words

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"name": " "}, "Fyll ut dette feltet."),
            ({"group": "x"}, "Velg noe fra listen."),
            ({"repeats_left": "-1"}, "0 eller mer"),
            ({"valid_until": "i morgen"}, "Skriv datoen slik"),
        ],
    )
    def test_a_refused_form_keeps_its_words(
        self, cast: Cast, as_siri: Client, address: str, more: dict[str, str], said: str
    ) -> None:
        answer = post(as_siri, f"{address}/ny", **facts(dosage="1 tablett morgen", **more))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert said in page and 'value="1 tablett morgen"' in page
        assert kept(cast) == []

    @pytest.mark.parametrize("who", ["berg", "anne"])
    def test_a_stranger_writes_nothing(self, cast: Cast, address: str, who: str) -> None:
        client = signed_in(getattr(cast, who))

        answer = post(client, f"{address}/ny", **facts())

        assert answer.status_code in (403, 404)
        assert kept(cast) == []


class TestFile:
    def test_it_is_shown_before_anything_is_kept(
        self, cast: Cast, as_siri: Client, address: str
    ) -> None:
        answer = post(as_siri, f"{address}/fil", file=csv(GOOD))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "2 resepter kan hentes inn." in page and "Reseptgruppe A" in page
        assert kept(cast) == []

    def test_one_yes_keeps_all_of_it(self, cast: Cast, as_siri: Client, address: str) -> None:
        data = base64.b64encode(GOOD.encode()).decode()

        answer = post(as_siri, f"{address}/fil/hent", data=data)

        assert answer.headers["Location"] == address
        assert kept(cast) == ["Metoprolol 50 mg", "Sobril 10 mg"]
        assert "2 resepter er hentet inn." in as_siri.get(address).content.decode()

    def test_each_fault_says_its_line_and_there_is_nothing_to_click(
        self, cast: Cast, as_siri: Client, address: str
    ) -> None:
        text = "Navn;Gruppe\nMetoprolol;C\nSobril;X\n;C\n"

        page = post(as_siri, f"{address}/fil", file=csv(text)).content.decode()

        assert "Linje 3:" in page and "Linje 4:" in page
        assert "Legg inn" not in page
        assert kept(cast) == []

    @pytest.mark.parametrize(
        "data", ["", "not base64!", base64.b64encode(b"Navn;Gruppe\nSobril;X\n").decode()]
    )
    def test_what_was_not_shown_as_good_is_not_kept(
        self, cast: Cast, as_siri: Client, address: str, data: str
    ) -> None:
        assert post(as_siri, f"{address}/fil/hent", data=data).status_code == 422
        assert kept(cast) == []

    @pytest.mark.parametrize(
        "file", [None, csv(""), csv("x" * (200 * 1024 + 1))], ids=["none", "empty", "large"]
    )
    def test_no_file_or_too_much_of_one_is_said_at_the_field(
        self, as_siri: Client, address: str, file: SimpleUploadedFile | None
    ) -> None:
        assert post(as_siri, f"{address}/fil", file=file).status_code == 422

    def test_a_stranger_brings_in_nothing(self, cast: Cast, as_berg: Client, address: str) -> None:
        data = base64.b64encode(GOOD.encode()).decode()

        assert post(as_berg, f"{address}/fil", file=csv(GOOD)).status_code == 404
        assert post(as_berg, f"{address}/fil/hent", data=data).status_code == 404
        assert kept(cast) == []


class TestStop:
    def test_it_is_asked_once_and_then_gone(
        self, cast: Cast, as_siri: Client, address: str
    ) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        asked = as_siri.get(f"{address}/{ref}/av")
        before = kept(cast)
        post(as_siri, f"{address}/{ref}/av")

        assert "Vil du ta Metoprolol av listen?" in asked.content.decode()
        assert (before, kept(cast)) == (["Metoprolol"], [])

    def test_the_question_names_it_and_is_a_look(
        self, cast: Cast, as_siri: Client, as_anne: Client, address: str
    ) -> None:
        as_siri.get(f"{address}/{prescribe(cast, cast.anne, 'Metoprolol')}/av")

        assert "Siri Dahl" in as_anne.get("/innsyn?vis=sett").content.decode()

    def test_gone_already_leads_back_to_the_list(
        self, cast: Cast, as_siri: Client, address: str
    ) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        post(as_siri, f"{address}/{ref}/av")

        assert as_siri.get(f"{address}/{ref}/av").headers["Location"] == address

    def test_a_stranger_does_not_find_it(self, cast: Cast, as_berg: Client, address: str) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        assert as_berg.get(f"{address}/{ref}/av").status_code == 404
        assert post(as_berg, f"{address}/{ref}/av").status_code == 404
        assert kept(cast) == ["Metoprolol"]


class TestTheList:
    def test_a_stranger_does_not_find_it(self, as_berg: Client, address: str) -> None:
        assert as_berg.get(address).status_code == 404

    def test_an_empty_list_says_what_the_patient_can_do(
        self, as_siri: Client, address: str
    ) -> None:
        assert "Ingen resepter er skrevet inn" in as_siri.get(address).content.decode()

    def test_it_takes_as_many_queries_however_long_it_is(
        self, cast: Cast, as_siri: Client, address: str
    ) -> None:
        prescribe(cast, cast.anne, "Metoprolol", group=Group.C)
        few = queries_of(as_siri, address)
        for number in range(12):
            prescribe(cast, cast.anne, f"Legemiddel {number}")

        assert queries_of(as_siri, address) == few


def test_the_patients_page_leads_there(cast: Cast, as_siri: Client, address: str) -> None:
    page = as_siri.get(address.removesuffix("/resepter")).content.decode()

    assert f'href="{address}"' in page


def test_no_address_names_a_medicine(cast: Cast, as_siri: Client, address: str) -> None:
    ref: UUID = prescribe(cast, cast.anne, "Metoprolol")

    page = as_siri.get(address).content.decode()

    assert f"{address}/{ref}/av" in page
