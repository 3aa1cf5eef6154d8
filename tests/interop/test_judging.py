"""Each thing that can be wrong with a message is told with its line, its element and its rule."""

import pytest

from dialog.interop.judging import Judged, judge
from dialog.interop.names import Process
from tests.interop.messages import KARIS, NOTE, PARTY, changed, message

REFS = """<RefToParent>11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1</RefToParent>
      <RefToConversation>11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1</RefToConversation>"""
TURNED = """<RefToConversation>1</RefToConversation><RefToParent>1</RefToParent>"""
FILE = '<Base64Container xmlns="http://www.kith.no/xmlstds/base64container">{}</Base64Container>'
UNKNOWN = '<Resept xmlns="http://www.kith.no/xmlstds/eresept/m1/2013-10-08"><Hva/></Resept>'


def first(data: bytes) -> tuple[str, str]:
    fault = judge(data).errors[0]
    return fault.element, fault.rule


class TestWhatItIs:
    def test_a_question_and_its_answer_name_their_process(self) -> None:
        asked, answered = judge(message()), judge(message(NOTE))

        assert asked == Judged(
            type="DIALOG_INNBYGGER_EKONTAKT",
            process=Process.ENQUIRY,
            direction="request",
            errors=(),
            function="Foresporsel",
        )
        assert asked.valid and answered.direction == "answer"

    def test_a_document_we_have_no_rules_for_is_kept_and_not_judged(self) -> None:
        judged = judge(message(UNKNOWN))

        assert judged.valid and judged.direction == ""

    def test_what_is_valid_and_cannot_be_acted_on_is_told_why(self) -> None:
        judged = judge(changed(KARIS, "1" * 11))

        assert judged.valid and judged.function == "Foresporsel"
        assert [one[-5:] for one in judged.improper] == ["(E31)"]

    def test_another_kind_of_document_is_no_message(self) -> None:
        element, rule = first(b"<html><body/></html>")

        assert element == "html" and "MsgHead" in rule and "AppRec" in rule


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("before", "after", "element", "rule"),
        [
            ("<MIGversion>v1.2", "<MIGversion>v9.9", "MIGversion", "must be «v1.2 2006-05-24»"),
            ("09:20:00+02:00", "halv ti", "GenDate", "must be a date and a time"),
            ("1985-03-14", "1985-3-14", "DateOfBirth", "must be a date, as 2026-05-15"),
            ("1985-03-14", "1985-02-30", "DateOfBirth", "must be a date, as 2026-05-15"),
            (
                "<MsgId>5c1f7a52-2b0b-4f86-9c5e-0d6f0a8f8d11</MsgId>",
                "",
                "MsgInfo",
                "MsgId is missing",
            ),
            ("<Ack V=", '<Ack V="J"/><Ack V=', "Ack", "only once"),
            ("<GivenName>Kari", "<Alias>K</Alias><GivenName>Kari", "Alias", "not expected here"),
            (REFS, TURNED, "RefToParent", "RefToParent, RefToConversation"),
            ('<Ack V="J"', '<Ack W="J"', "Ack", "may not have the attribute W"),
            ('S="2.16.578.1.12.4.1.1.7601"', 'S="liste"', "TypeForesp", "must be an OID"),
            ("<MsgId>5c1f", "<MsgId><b/>5c1f", "b", "holds a value, and no elements"),
            ("<FamilyName>Nordmann", "<FamilyName>N<b/>", "b", "holds a value"),
        ],
    )
    def test_it_is_told_where_and_why(
        self, before: str, after: str, element: str, rule: str
    ) -> None:
        found = first(changed(before, after))

        assert found[0] == element and rule in found[1]
        assert judge(changed(before, after)).errors[0].line > 1

    def test_a_file_that_is_not_base64(self) -> None:
        good, bad = judge(message(FILE.format("SGVp"))), judge(message(FILE.format("å!")))

        assert good.valid
        assert [one.rule for one in bad.errors] == ["It must be the bytes of a file, in base64."]

    def test_everything_is_told_and_not_only_the_first(self) -> None:
        data = message(**{"1985-03-14": "1985", "v1.2 2006": "v1.1 2006"})

        assert [one.element for one in judge(data).errors] == ["MIGversion", "DateOfBirth"]

    def test_no_more_is_told_than_can_be_read(self) -> None:
        judged = judge(changed("<Document>", "<a/>" * 5000 + "<Document>"))

        assert len(judged.errors) == 200

    def test_units_within_units_end_somewhere(self) -> None:
        deep = PARTY
        for _level in range(200):
            deep = PARTY.replace("</Organisation>", f"{deep}</Organisation>")

        assert judge(changed(PARTY, deep)).valid
        assert not judge(changed(PARTY, deep.replace("8000001</Id>", "8000001</Id><b/>"))).valid


class TestWhatIsNoXml:
    LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    @pytest.mark.parametrize(
        ("data", "rule"),
        [
            (b"", "empty"),
            (b" \n", "empty"),
            (b"Hei", "not well-formed"),
            (message()[:400], "not well-formed"),
            (b"\x00\x01\x02", "not well-formed"),
            (LAUGHS, "DOCTYPE"),
            (OUTSIDE, "DOCTYPE"),
            (LAUGHS.decode().encode("utf-16"), "DOCTYPE"),
            (b"<!--" + b" " * 5000 + b"-->" + LAUGHS, "DOCTYPE"),
            (b"<a>" * 5000, "not well-formed"),
            (message().replace(b"UTF-8", b"UTF-7"), "not well-formed"),
        ],
    )
    def test_it_is_refused_and_nothing_is_fetched(self, data: bytes, rule: str) -> None:
        judged = judge(data)

        assert not judged.valid
        assert rule in judged.errors[0].rule

    def test_what_is_far_too_large_is_not_read(self) -> None:
        assert "larger than 20 MB" in judge(b"<a>" + b" " * 21 * 1024 * 1024).errors[0].rule
