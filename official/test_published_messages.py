"""Every published message is judged as those who published it say."""

from pathlib import Path

import pytest

from dialog.interop.judging import judge
from dialog.interop.names import Process
from dialog.interop.reading import Refused, read
from dialog.interop.writing import write

VALID = {
    "apprec_10_all_data.xml": ("APPREC", "receipt"),
    "apprec_10_avvist.xml": ("APPREC", "receipt"),
    "apprec_10_ok.xml": ("APPREC", "receipt"),
    "apprec_10_ok_dialog.xml": ("APPREC", "receipt"),
    "apprec_10_ok_nav.xml": ("APPREC", "receipt"),
    "apprec_10_unknown_status.xml": ("APPREC", "receipt"),
    "apprec_11_all_data.xml": ("APPREC", "receipt"),
    "apprec_11_ok.xml": ("APPREC", "receipt"),
    "apprec_11_unknown_status.xml": ("APPREC", "receipt"),
    "dialog_foresporsel_10.xml": ("DIALOG_FORESPORSEL", "request"),
    "dialog_innbygger_ekontakt_bestille_attest.xml": ("DIALOG_INNBYGGER_EKONTAKT", "request"),
    "dialog_innbygger_ekontakt_fra_helsenorge.xml": ("DIALOG_INNBYGGER_EKONTAKT", "request"),
    "dialog_innbygger_reseptfornyelse_svar_med_m1.xml": (
        "DIALOG_INNBYGGER_RESEPTFORNYELSE",
        "answer",
    ),
    "dialog_notat_10.xml": ("DIALOG_NOTAT", "answer"),
    "dialog_svar_10.xml": ("DIALOG_SVAR", "answer"),
}
# What each of the others breaks first: the element, and a word of the rule.
BROKEN = {
    "dialog_helsefaglig_notat_tre_vedlegg.xml": ("Base64Container", "schemaLocation"),
    "invalid_apprec_missing_migversion.xml": ("AppRec", "MsgType is missing"),
    "invalid_dialog_notat_conversationref_order.xml": ("RefToParent", "RefToConversation"),
    "invalid_dialog_notat_missing_givenname.xml": ("RefToParent", "RefToConversation"),
    "invalid_dialog_svar_bad_date.xml": ("DateOfBirth", "must be a date"),
    "invalid_msghead_unknown_migversion.xml": ("MsgInfo", "Type is missing"),
}
# What we do with them: the names of what we take knowingly, or the code we refuse them with.
TAKEN = {
    "dialog_helsefaglig_notat_tre_vedlegg.xml": {
        "schema-namespace-misspelt",
        "byte-order-mark",
        "time-without-zone",
        "her-id-list-mixed",
    },
    "invalid_dialog_notat_conversationref_order.xml": {
        "conversationref-order",
        "ack-after-conversationref",
        "telecom-order",
        "day-without-zeros",
        "her-id-list-mixed",
    },
    "invalid_dialog_notat_missing_givenname.xml": {
        "conversationref-order",
        "ack-after-conversationref",
        "telecom-order",
        "day-without-zeros",
        "her-id-list-mixed",
    },
    "invalid_dialog_svar_bad_date.xml": {"day-without-zeros"},
}
REFUSED = {
    "invalid_apprec_missing_migversion.xml": "T02",
    "invalid_msghead_unknown_migversion.xml": "T10",
}


def test_each_of_them_is_known_here(examples: Path) -> None:
    assert {one.name for one in examples.glob("*.xml")} == VALID.keys() | BROKEN.keys()
    assert BROKEN.keys() == TAKEN.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", VALID)
def test_a_valid_one_is_valid_by_our_grammar_and_by_the_schemas(
    name: str, examples: Path, schemas: Path
) -> None:
    judged = judge((examples / name).read_bytes(), schemas=schemas)

    assert judged.errors == ()
    assert (judged.type, judged.direction) == VALID[name]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_one_is_told_where_and_why(name: str, examples: Path) -> None:
    first = judge((examples / name).read_bytes()).errors[0]

    element, rule = BROKEN[name]
    assert first.element == element and rule in first.rule
    assert first.line > 0


def test_a_citizens_message_names_its_process(examples: Path) -> None:
    judged = judge((examples / "dialog_innbygger_ekontakt_fra_helsenorge.xml").read_bytes())

    assert judged.process is Process.ENQUIRY


@pytest.mark.parametrize("name", [*VALID, *TAKEN])
def test_what_is_read_and_written_again_says_the_same_and_is_valid(
    name: str, examples: Path, schemas: Path
) -> None:
    found = read((examples / name).read_bytes())
    written = write(found)

    assert read(written) == found
    assert judge(written, schemas=schemas).errors == ()


@pytest.mark.parametrize("name", TAKEN)
def test_a_broken_one_is_taken_by_name(name: str, examples: Path) -> None:
    assert set(read((examples / name).read_bytes()).tolerated) == TAKEN[name]


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_one_is_refused_with_a_code(name: str, examples: Path) -> None:
    with pytest.raises(Refused) as refused:
        read((examples / name).read_bytes())

    assert refused.value.code == REFUSED[name]
