"""Tables from other programs: their letters, their separators, their headings and their faults."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog import table_file
from dialog.table_file import Column, Table, as_words, read_table

COLUMNS = (
    Column("fødselsnummer", "fødselsnummer", ("fnr",)),
    Column("navn", "navn"),
    Column("e-post", "e-post", ("epostadresse",), required=False),
)


def read(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), COLUMNS)


def cells(table: Table) -> list[tuple[str, ...]]:
    assert table.faults == ()
    return [tuple(line.cells[column.name] for column in COLUMNS) for line in table.lines]


def complaint(data: bytes | str) -> tuple[int, str]:
    table = read_table(data if isinstance(data, bytes) else data.encode(), COLUMNS)
    [fault] = table.faults
    assert table.lines == ()
    return fault.line, fault.sentence


class TestLetters:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_norwegian_letters_are_read_as_any_program_writes_them(self, encoding: str) -> None:
        table = read("Fødselsnummer;Navn\n1;Bjørg Ås\n", encoding)

        assert cells(table) == [("1", "Bjørg Ås", "")]

    def test_bytes_windows_has_no_letter_for_do_not_stop_the_rest(self) -> None:
        table = read_table(b"fnr;navn\n1;Bj\xf8rg \x81\n", COLUMNS)

        assert cells(table)[0][1].startswith("Bjørg")

    @pytest.mark.parametrize("separator", [";", ",", "\t"])
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_every_usual_separator_and_line_ending(self, separator: str, newline: str) -> None:
        lines = [separator.join(row) for row in (["fnr", "navn"], ["1", "Kari"], ["2", "Ola"])]

        assert cells(read(newline.join(lines))) == [("1", "Kari", ""), ("2", "Ola", "")]

    def test_a_separator_inside_quotes_belongs_to_the_text(self) -> None:
        table = read('fnr;navn\n1;"Nordmann; Kari ""Kaja"""\n')

        assert cells(table) == [("1", 'Nordmann; Kari "Kaja"', "")]

    def test_a_comma_in_a_title_does_not_change_the_separator(self) -> None:
        assert cells(read('"fnr";"navn";"merknad, kort, fort"\n1;Kari;x')) == [("1", "Kari", "")]

    def test_the_line_that_tells_a_spreadsheet_its_separator_is_passed_over(self) -> None:
        table = read("sep=;\nfnr;navn\n1;Kari\n")

        assert [line.number for line in table.lines] == [3]

    def test_a_number_kept_as_text_by_a_spreadsheet_is_the_number(self) -> None:
        assert cells(read('fnr;navn\n="01";Kari\n')) == [("01", "Kari", "")]

    def test_spaces_of_every_kind_around_a_cell_are_gone(self) -> None:
        assert cells(read("fnr;navn\n\u00a0 1 ; Kari \u00a0 Marie\n")) == [("1", "Kari Marie", "")]

    @given(
        st.lists(st.tuples(*[st.text(st.characters(codec="utf-8", exclude_categories=["C"]))] * 3))
    )
    def test_what_a_program_writes_is_what_we_read(self, rows: list[tuple[str, ...]]) -> None:
        written = StringIO()
        writer = csv.writer(written, delimiter=";")
        writer.writerow(["fnr", "navn", "e-post"])
        writer.writerows(rows)

        table = read(written.getvalue())

        tidy = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
        kept = [row for row in tidy if any(row) and not any('="' in cell for cell in row)]
        found = [tuple(line.cells[column.name] for column in COLUMNS) for line in table.lines]
        assert [row for row in found if row in kept] == kept


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        [
            "Fødselsnummer",
            "FØDSELSNUMMER",
            "fodselsnummer",
            "Fødsels-nummer:",
            "fnr",
            "F.NR.",
            " Fnr ",
        ],
    )
    def test_a_title_is_known_however_it_is_written(self, heading: str) -> None:
        assert cells(read(f"{heading};navn\n1;Kari\n")) == [("1", "Kari", "")]

    def test_columns_come_in_any_order_among_others(self) -> None:
        table = read("adresse;E-post;Navn;kjønn;fnr\nx;k@x.no;Kari;k;1\n")

        assert cells(table) == [("1", "Kari", "k@x.no")]

    def test_a_missing_column_is_named(self) -> None:
        number, sentence = complaint("navn;e-post\nKari;x\n")

        assert number == 1
        assert sentence.endswith("Vi fant ikke: fødselsnummer.")

    def test_a_file_without_a_heading_is_told_so_where_it_begins(self) -> None:
        number, sentence = complaint("\n\n1;Kari\n")

        assert number == 3
        assert "fødselsnummer, navn" in sentence

    def test_a_column_that_stands_twice_is_named(self) -> None:
        assert complaint("fnr;Fødselsnummer;navn\n1;2;Kari\n") == (
            1, "Kolonnen «fødselsnummer» står flere ganger.",
        )  # fmt: skip


class TestLines:
    def test_lines_are_counted_as_an_editor_shows_them(self) -> None:
        table = read('\nfnr;navn\n\n1;"to\nlinjer"\n;;\n2;Ola\n')

        assert [line.number for line in table.lines] == [4, 7]

    def test_a_short_line_has_empty_cells(self) -> None:
        assert cells(read("fnr;navn;e-post\n1\n")) == [("1", "", "")]

    def test_empty_cells_beyond_the_columns_are_nothing(self) -> None:
        assert cells(read("fnr;navn\n1;Kari;;;\n")) == [("1", "Kari", "")]

    def test_a_line_with_more_than_the_columns_is_a_fault_and_the_rest_is_read(self) -> None:
        table = read("fnr;navn\n1;Kari;Nordmann\n2;Ola\n")

        assert [line.number for line in table.lines] == [3]
        assert [str(fault) for fault in table.faults] == [
            "Linje 2: Linjen har flere felt enn det er kolonner."
        ]

    def test_a_quote_that_is_never_closed_is_found_where_it_begins(self) -> None:
        number, sentence = complaint('fnr;navn\n1;Kari\n2;"Ola\n3;Per\n')

        assert number == 3
        assert "anførselstegn" in sentence

    def test_printing_a_line_shows_nothing_of_it(self) -> None:
        [line] = read("fnr;navn\n1;Kari\n").lines

        assert "Kari" not in repr(line)


class TestWholeFile:
    @pytest.mark.parametrize(
        ("data", "word"),
        [
            (b"", "tom"),
            (b" \r\n\t\n", "tom"),
            (b"\xef\xbb\xbf", "tom"),
            (b"fnr;navn\n", "ingen linjer under"),
            (b"fnr;navn\n;\n", "ingen linjer under"),
            (b"PK\x03\x04" + bytes(30), "regneark"),
            (b"\xd0\xcf\x11\xe0" + bytes(30), "regneark"),
            (b"fnr;navn\n1;\x00\n", "ikke en tekstfil"),
            (b"\xff\xfe\x00", "ikke en tekstfil"),
        ],
    )
    def test_a_file_of_no_use_is_told_what_it_is(self, data: bytes, word: str) -> None:
        _number, sentence = complaint(data)

        assert word in sentence

    def test_a_file_that_is_too_large_is_refused_before_it_is_read(self) -> None:
        number, sentence = complaint(b"x" * (10 * 1024 * 1024 + 1))

        assert (number, "10 MB" in sentence) == (0, True)

    def test_twenty_thousand_lines_are_read(self) -> None:
        table = read("fnr;navn\n" + "1;Kari\n" * 20_000)

        assert len(table.lines) == 20_000

    def test_more_than_the_most_are_refused_as_a_whole(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(table_file, "MOST_ROWS", 2)

        number, sentence = complaint("fnr;navn\n" + "1;Kari\n" * 3)

        assert (number, "mer enn 2 linjer" in sentence) == (0, True)

    @given(st.binary(max_size=300))
    def test_any_bytes_give_lines_or_faults(self, data: bytes) -> None:
        table = read_table(b"fnr;navn\n" + data, COLUMNS)

        assert table.lines or table.faults


@pytest.mark.parametrize("began", ["=", "+", "-", "@", "\t=", "\r=", "\n="])
def test_what_is_taken_out_is_never_a_formula(began: str) -> None:
    assert as_words(f"{began}1+1") == f"'{began}1+1"


def test_what_is_taken_out_stands_as_it_was_written() -> None:
    assert as_words("Brevet = feil") == "Brevet = feil"
