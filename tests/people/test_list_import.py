"""A doctor's patient list: who can be put on it, and what is said of every other line."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.people.identity_number import SENTENCES, synthetic
from dialog.people.list_import import ListFile, read

KARI, OLA, PER = (synthetic(date(1980, 3, 15), serial) for serial in range(3))
HEADER = "fødselsnummer;fornavn;etternavn;mobil;e-post"


def the_file(*lines: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([header, *lines, ""]).encode(encoding)


def listed(*lines: str, header: str = HEADER, synthetic_only: bool = True) -> ListFile:
    return read(the_file(*lines, header=header), synthetic_only=synthetic_only)


def complaints(*lines: str, synthetic_only: bool = True) -> list[tuple[int, str, str]]:
    faults = listed(*lines, synthetic_only=synthetic_only).faults
    return [(fault.line, fault.column, fault.sentence) for fault in faults]


def ordinary(number: str) -> str:
    """A number outside the synthetic series, worked out here so that none is written down."""
    digits = number[:2] + f"{int(number[2:4]) - 80:02}" + number[4:9]
    for control in range(100):
        tried = [*map(int, digits), *divmod(control, 10)]
        sums = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
        if all(sum(a * b for a, b in zip(tried, w, strict=True)) % 11 == 0 for w in sums):
            return digits + f"{control:02}"
    return ordinary(synthetic(date(1980, 3, 15), int(number[6:9]) + 1))


class TestRows:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    def test_everything_about_a_person_is_read(self, encoding: str) -> None:
        data = the_file(f"{KARI};Kari Marie;Ødegård;912 34 567;kari@example.no", encoding=encoding)

        [row] = read(data, synthetic_only=True).rows

        assert (row.line, row.identity.value, row.identity.birth_date) == (
            2, KARI, date(1980, 3, 15),
        )  # fmt: skip
        assert (row.given_name, row.family_name) == ("Kari Marie", "Ødegård")
        assert (row.phone, row.email) == ("+4791234567", "kari@example.no")

    def test_phone_and_e_mail_may_be_empty_or_not_there(self) -> None:
        empty = listed(f"{KARI};Kari;Nordmann;;")
        absent = listed(f"{KARI};Kari;Nordmann", header="fnr;fornavn;etternavn")

        for found in (empty, absent):
            assert found.faults == ()
            assert (found.rows[0].phone, found.rows[0].email) == ("", "")

    def test_the_titles_other_programs_use_are_known(self) -> None:
        found = listed(
            f"Nordmann,Kari,{KARI},+47 91234567,k@example.no",
            header="Etternavn,For- og mellomnavn,Personnr.,Mobiltlf,E-postadresse",
        )

        assert found.faults == ()
        assert (found.rows[0].given_name, found.rows[0].phone) == ("Kari", "+4791234567")

    def test_the_first_zero_a_spreadsheet_took_is_put_back(self) -> None:
        first_of_may = synthetic(date(1980, 5, 1))
        assert first_of_may.startswith("0")

        [row] = listed(f"{first_of_may[1:]};Kari;Nordmann;;").rows

        assert row.identity.value == first_of_may

    @pytest.mark.parametrize("between", [" ", "-", " - ", "\u00a0", "\u2013"])
    def test_a_number_is_read_as_people_write_it(self, between: str) -> None:
        [row] = listed(f"{KARI[:6]}{between}{KARI[6:]};Kari;Nordmann;;").rows

        assert row.identity.value == KARI

    def test_also_where_it_lost_its_first_zero(self) -> None:
        first_of_may = synthetic(date(1980, 5, 1))

        [row] = listed(f"{first_of_may[1:6]}-{first_of_may[6:]};Kari;Nordmann;;").rows

        assert row.identity.value == first_of_may

    def test_the_same_number_written_in_two_ways_stands_twice(self) -> None:
        found = listed(f"{KARI};Kari;Nordmann;;", f"{KARI[:6]}-{KARI[6:]};Kari;Nordmann;;")

        assert [fault.line for fault in found.faults] == [3]

    def test_printing_a_row_shows_nobody(self) -> None:
        found = listed(f"{KARI};Kari;Nordmann;91234567;kari@example.no")

        for secret in (KARI, "Kari", "Nordmann", "91234567"):
            assert secret not in repr(found)

    def test_the_good_lines_are_kept_apart_from_the_faults(self) -> None:
        found = listed(f"{KARI};Kari;Nordmann;;", f"{OLA};;Nordmann;;", f"{PER};Per;Hansen;;")

        assert [row.line for row in found.rows] == [2, 4]
        assert [str(fault) for fault in found.faults] == ["Linje 3: Navnet mangler."]


class TestFaults:
    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("", "length"),
            ("123", "length"),
            ("1,5838E+10", "digits"),
            ("32838000012", "date"),
            (KARI[:-1] + str((int(KARI[-1]) + 1) % 10), "checksum"),
        ],
    )
    def test_a_number_that_cannot_be_is_explained(self, number: str, code: str) -> None:
        assert complaints(f"{number};Kari;Nordmann;;") == [
            (2, "fødselsnummer", str(SENTENCES[code]))
        ]

    def test_a_real_looking_number_is_refused_where_only_made_up_people_may_be(self) -> None:
        [(line, column, sentence)] = complaints(f"{ordinary(KARI)};Kari;Nordmann;;")

        assert (line, column) == (2, "fødselsnummer")
        assert "oppdiktede fødselsnumre" in sentence

    def test_the_same_number_is_taken_where_real_people_may_be(self) -> None:
        line = f"{ordinary(KARI)};Kari;Nordmann;;"

        assert complaints(line, synthetic_only=False) == []

    def test_a_number_that_stands_twice_is_told_where_it_stood_first(self) -> None:
        lines = (f"{KARI};Kari;Nordmann;;", f"{OLA};Ola;Nordmann;;", f"{KARI};Kari;Nordmann;;")

        assert complaints(*lines) == [
            (4, "fødselsnummer", "Det samme fødselsnummeret står på linje 2.")
        ]

    @pytest.mark.parametrize(
        ("number", "word"),
        [
            ("22334455", "ikke et mobilnummer"),
            ("9123456", "ikke et mobilnummer"),
            ("912345678", "ikke et mobilnummer"),
            ("ring kona", "ikke et mobilnummer"),
            ("+4791234567890", "ikke et mobilnummer"),
        ],
    )
    def test_a_number_that_takes_no_sms_is_a_fault(self, number: str, word: str) -> None:
        [(line, column, sentence)] = complaints(f"{KARI};Kari;Nordmann;{number};")

        assert (line, column, word in sentence) == (2, "mobil", True)

    @pytest.mark.parametrize("number", ["91234567", "0047 912 34 567", "+46 70 123 45 67"])
    def test_mobile_numbers_as_people_write_them_are_fine(self, number: str) -> None:
        assert complaints(f"{KARI};Kari;Nordmann;{number};") == []

    @pytest.mark.parametrize(
        "address", ["kari", "kari@", "a b@example.no", "x" * 250 + "@example.no"]
    )
    def test_an_address_that_cannot_be_is_a_fault(self, address: str) -> None:
        [(line, column, sentence)] = complaints(f"{KARI};Kari;Nordmann;;{address}")

        assert (line, column, "e-postadresse" in sentence) == (2, "e-post", True)

    def test_a_name_no_field_holds_is_a_fault(self) -> None:
        [(_line, column, sentence)] = complaints(f"{KARI};{'x' * 101};Nordmann;;")

        assert (column, "for langt" in sentence) == ("fornavn", True)

    def test_every_fault_of_a_line_is_told_and_lines_come_in_order(self) -> None:
        found = complaints("1;;Nordmann;2;", f"{KARI};Kari;Nordmann;;;mer", ";;;x;")

        assert [(line, column) for line, column, _sentence in found] == [
            (2, "fødselsnummer"), (2, "fornavn"), (2, "mobil"), (3, ""),
            (4, "fødselsnummer"), (4, "fornavn"), (4, "etternavn"), (4, "mobil"),
        ]  # fmt: skip

    def test_a_fault_never_repeats_what_the_file_says(self) -> None:
        found = complaints("15838000099;Kari;Nordmann;ring Kari;Kari")

        assert "Kari" not in f"{found}"
        assert "15838000099" not in f"{found}"

    def test_a_file_that_cannot_be_read_has_one_fault(self) -> None:
        found = read(b"PK\x03\x04", synthetic_only=True)

        assert (found.rows, len(found.faults)) == ((), 1)

    @given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=8))
    def test_any_lines_give_rows_or_faults(self, lines: list[str]) -> None:
        found = listed(f"{KARI};Kari;Nordmann;;", *lines)

        assert found.rows or found.faults

    def test_a_list_of_two_thousand_is_read_in_a_moment(self) -> None:
        born = [date(1950, 1, 1) + timedelta(days=number) for number in range(2000)]
        lines = [f"{synthetic(day)};Kari;Nordmann;91234567;k@example.no" for day in born]

        assert len(listed(*lines).rows) == 2000
