"""Code lists are files: ours, and what an operator puts over them."""

from pathlib import Path

import pytest

from dialog.interop.codes import NoCodes, Unknown, number_of, system_of, tables


class TestOurs:
    def test_a_code_has_its_words_and_its_source(self) -> None:
        found = tables().entry("8221", "E35")

        assert found is not None and found.text == "Pasienten er ukjent hos mottakeren"
        assert found.source and found.verified

    def test_what_no_public_source_says_is_not_verified(self) -> None:
        guesses = [
            one
            for known in tables().lists.values()
            for one in known.entries.values()
            if one.source == "ours"
        ]

        assert guesses and not any(one.verified for one in guesses)

    def test_who_acts_by_an_unknown_right_may_not(self) -> None:
        known = tables().lists

        assert known["7611"].unknown is Unknown.REFUSE and known["7601"].unknown is Unknown.TAKE

    def test_a_list_we_do_not_have_has_no_words(self) -> None:
        assert tables().text("1234", "x") == "" and tables().entry("7601", "ZZ") is None

    def test_a_calendar_says_its_state_as_data(self) -> None:
        known = tables()

        assert known.state_property == "status"
        assert known.states[known.word_for("cancelled")] == "cancelled"
        assert known.word_for("else") == ""


class TestAnOperatorsFolder:
    def test_a_row_stands_instead_of_ours_and_another_beside_them(self, tmp_path: Path) -> None:
        (tmp_path / "8324.toml").write_text(
            'list = "8324"\n[codes]\nAP = { text = "Apotek" }\nPO = { text = "Post" }\n'
        )
        (tmp_path / "calendar.toml").write_text('property = "x-state"\n[states]\nNEI = "cancelled"')

        found = tables(tmp_path)

        assert (found.text("8324", "AP"), found.text("8324", "PO")) == ("Apotek", "Post")
        assert found.lists["8324"].title == tables().lists["8324"].title
        assert (found.state_property, found.states["NEI"]) == ("x-state", "cancelled")
        assert tables().text("8324", "PO") == ""

    def test_a_list_of_their_own(self, tmp_path: Path) -> None:
        (tmp_path / "9999.toml").write_text(
            'list = "9999"\nunknown = "refuse"\n[codes]\nA = { text = "a", verified = true }'
        )

        assert tables(tmp_path).lists["9999"].unknown is Unknown.REFUSE

    @pytest.mark.parametrize(
        ("name", "text", "why"),
        [
            ("8324.toml", "list = ", "cannot be read"),
            ("8324.toml", 'list = "8325"', "must say list"),
            ("9998.toml", 'list = "9998"\nunknown = "x"\n[codes]', "take"),
            ("8324.toml", "[codes]\nAP = 1", "must have a text"),
            ("8324.toml", '[codes]\nAP = { text = "a", verified = 1 }', "true or false"),
        ],
    )
    def test_what_cannot_be_used_is_told(
        self, tmp_path: Path, name: str, text: str, why: str
    ) -> None:
        (tmp_path / name).write_text(text)

        with pytest.raises(NoCodes, match=why):
            tables(tmp_path)

    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(NoCodes, match="DIALOG_CODES_DIR"):
            tables(tmp_path / "ikke")


def test_a_list_is_known_by_its_number() -> None:
    assert number_of("2.16.578.1.12.4.1.1.7601") == "7601" and number_of("1.2") == "1.2"
    assert system_of("7601") == "2.16.578.1.12.4.1.1.7601"
    assert (system_of("1.2"), system_of("")) == ("1.2", "")
