"""How long things are kept: our own file, and an operator's over it."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from dialog import retention
from dialog.retention import CONVERSATIONS, KINDS, RetentionFault, gone_before, kept, read, table

HEAD = "kind,days,basis,source,verified\n"
OURS = (files("dialog") / "retention.csv").read_text("utf-8")


def test_ours_has_every_kind_once_and_erases_no_conversation_by_itself() -> None:
    rows = read(OURS)

    assert [one.kind for one in rows] == list(KINDS)
    assert {one.days for one in rows if one.kind in CONVERSATIONS} == {None}
    assert not any(one.verified for one in rows)


def test_an_operators_rows_stand_over_ours(settings: Any, tmp_path: Path) -> None:
    own = tmp_path / "retention.csv"
    own.write_text(HEAD + "enquiry,3650,advokat,brev 12,yes\n")
    settings.RETENTION_FILE = str(own)

    assert (kept("enquiry").days, kept("enquiry").verified) == (3650, True)
    assert kept("renewal").days is None
    assert list(table()) == list(KINDS)
    assert gone_before("renewal") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kind,days\n", "must begin with"),
        (HEAD + "letters,1,x,y,no\n", "line 2 .* the kind is one of"),
        (HEAD + "enquiry,soon,x,y,no\n", "line 2 .* whole number"),
        (HEAD + "enquiry,0,x,y,no\n", "kept from 1 to"),
        (HEAD + "national-messages,1,x,y,no\n", "kept from 7 to"),
        (HEAD + "enquiry,99999,x,y,no\n", "to 36525 days"),
        (HEAD + "enquiry,1,,y,no\n", "by which rule"),
        (HEAD + "enquiry,1,x,y,perhaps\n", "yes or no"),
        (HEAD + "enquiry,1,x,y\n", "yes or no"),
        (HEAD + "enquiry,1,x,y,no,more\n", "beyond the last column"),
        (HEAD + "enquiry,1,x,y,no\nenquiry,2,x,y,no\n", "two things of enquiry"),
        (HEAD + 'enquiry,1,"x\n', "retention file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(RetentionFault, match=told):
        read(text)


def test_one_that_is_not_there_is_named(settings: Any, tmp_path: Path) -> None:
    settings.RETENTION_FILE = str(tmp_path / "nowhere.csv")

    with pytest.raises(RetentionFault, match=r"nowhere\.csv"):
        retention.table()
