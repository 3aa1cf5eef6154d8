"""Every published message is judged as those who published it say."""

from pathlib import Path

import pytest

from dialog.interop.judging import judge
from dialog.interop.names import Process

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


def test_each_of_them_is_known_here(examples: Path) -> None:
    assert {one.name for one in examples.glob("*.xml")} == VALID.keys() | BROKEN.keys()


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
