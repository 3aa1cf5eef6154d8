"""A patient's prescriptions from another program: what can be kept, and what is wrong by line."""

from datetime import date

import pytest

from dialog.renewals.policy import Group
from dialog.renewals.prescription_file import PrescriptionFile, Row, read

HEADER = "Navn;Styrke;Form;Dosering;Reseptgruppe;Utleveringer igjen;Gyldig til;ATC"
METFORMIN = "Metformin;500 mg;tablett;1 tablett 2 ganger daglig;C;2;31.12.2026;A10BA02"


def read_lines(*lines: str, header: str = HEADER) -> PrescriptionFile:
    return read("\n".join([header, *lines]).encode())


def complaint(line: str) -> tuple[int, str, str]:
    found = read_lines(line)
    [fault] = found.faults
    assert found.rows == ()
    return fault.line, fault.column, fault.sentence


def test_everything_about_a_prescription_is_read() -> None:
    found = read_lines(METFORMIN)

    assert found.faults == ()
    assert found.rows == (
        Row(
            line=2,
            name="Metformin",
            strength="500 mg",
            form="tablett",
            dosage="1 tablett 2 ganger daglig",
            group=Group.C,
            repeats_left=2,
            valid_until=date(2026, 12, 31),
            atc="A10BA02",
        ),
    )


def test_what_the_file_does_not_say_is_nothing_and_not_a_guess() -> None:
    [row] = read_lines("Vaselin;ingen", header="legemiddel;gruppe").rows

    assert (row.name, row.group, row.repeats_left, row.valid_until, row.atc) == (
        "Vaselin", Group.NONE, None, None, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "group"),
    [("A", Group.A), ("b", Group.B), (" C ", Group.C), ("F", Group.F), ("-", Group.NONE)],
)
def test_the_group_is_read_in_any_case(written: str, group: Group) -> None:
    [row] = read_lines(METFORMIN.replace(";C;", f";{written};")).rows

    assert row.group is group


@pytest.mark.parametrize("written", ["2026-12-31", "31.12.2026", "31/12/2026", "31-12-2026"])
def test_a_day_is_read_as_people_write_it(written: str) -> None:
    [row] = read_lines(METFORMIN.replace("31.12.2026", written)).rows

    assert row.valid_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("find", "put", "column", "word"),
    [
        ("Metformin", "", "navn", "mangler"),
        ("Metformin", "x" * 201, "navn", "for langt"),
        ("500 mg", "x" * 501, "styrke", "for lang"),
        (";C;", ";;", "reseptgruppe", "A, B, C eller F"),
        (";C;", ";D;", "reseptgruppe", "A, B, C eller F"),
        (";2;", ";-1;", "utleveringer igjen", "helt tall"),
        (";2;", ";1,5;", "utleveringer igjen", "helt tall"),
        (";2;", ";100;", "utleveringer igjen", "helt tall"),
        (";2;", ";²;", "utleveringer igjen", "helt tall"),
        ("31.12.2026", "31.02.2026", "gyldig til", "Datoen"),
        ("31.12.2026", "31.12.26", "gyldig til", "Datoen"),
        ("31.12.2026", "neste år", "gyldig til", "Datoen"),
        ("A10BA02", "Z10BA02", "atc", "ATC-kode"),
        ("A10BA02", "A10BA2", "atc", "ATC-kode"),
    ],
)
def test_what_cannot_be_used_is_told_by_line_and_column(
    find: str, put: str, column: str, word: str
) -> None:
    line, found, sentence = complaint(METFORMIN.replace(find, put))

    assert (line, found, word in sentence) == (2, column, True)


@pytest.mark.parametrize("code", ["A", "A10", "A10B", "A10BA", "A10BA02", "a10ba02", "A10 BA 02"])
def test_an_atc_code_may_stop_at_any_level_but_the_first(code: str) -> None:
    found = read_lines(METFORMIN.replace("A10BA02", code))

    assert len(found.rows) == (0 if code == "A" else 1)


def test_the_same_prescription_twice_is_told_where_it_stood_first() -> None:
    found = read_lines(METFORMIN, METFORMIN.upper().replace(";2;", ";3;"))

    assert [row.line for row in found.rows] == [2]
    assert [str(fault) for fault in found.faults] == [
        "Linje 3: Den samme resepten står på linje 2."
    ]


def test_the_same_medicine_in_another_strength_is_another_prescription() -> None:
    assert len(read_lines(METFORMIN, METFORMIN.replace("500", "850")).rows) == 2


def test_good_lines_are_kept_apart_and_every_fault_is_told_in_order() -> None:
    found = read_lines("Paracet;;;;X;x;x;x", METFORMIN, ";;;;A;;;")

    assert [row.line for row in found.rows] == [3]
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (2, "reseptgruppe"), (2, "atc"), (2, "utleveringer igjen"), (2, "gyldig til"), (4, "navn"),
    ]  # fmt: skip


def test_a_file_without_the_group_is_refused_as_a_whole() -> None:
    found = read_lines("Paracet", header="navn")

    assert found.rows == ()
    assert found.faults[0].sentence.endswith("Vi fant ikke: reseptgruppe.")
