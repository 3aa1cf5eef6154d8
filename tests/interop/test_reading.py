"""What we take, what we take knowingly, and what we refuse: each with its name or its code."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dialog.interop.codes import tables
from dialog.interop.messages import Calendar, Kept, Message, Prescription, Receipt, Text
from dialog.interop.reading import NOT_WELL_FORMED, Refused, read
from dialog.interop.showing import Shown
from dialog.interop.tolerances import MENDINGS
from dialog.interop.writing import write
from tests.interop.messages import NOTE, QUESTION, changed, message
from tests.interop.test_compiled import CALENDAR, FILE, PERSONNEL, RECEIPT, RELATION
from tests.interop.test_compiled import changed as damaged

KNOWN = tables()
OSLO = ZoneInfo("Europe/Oslo")
MSG_ID = "5c1f7a52-2b0b-4f86-9c5e-0d6f0a8f8d11"
FIRST = "11e3a7de-58c3-41d5-a5f2-9b3f66c0b0a1"
PARENT = f"<RefToParent>{FIRST}</RefToParent>"
CONVERSATION = f"<RefToConversation>{FIRST}</RefToConversation>"
BETWEEN = "\n      "
REFERENCE = f"<ConversationRef>{BETWEEN}{PARENT}{BETWEEN}{CONVERSATION}\n    </ConversationRef>"
PRESCRIPTION = """<Resept xmlns="http://www.kith.no/xmlstds/eresept/m1/2013-10-08"
 xmlns:f="http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08">
 <Forskrivningsdato>2026-05-01</Forskrivningsdato><Utloper>2027-05-01</Utloper>
 <ReseptDokLegemiddel><Reiterasjon>3</Reiterasjon><f:Forskrivning><f:LegemiddelMerkevare>
 <f:NavnFormStyrke>Ventoline inhalasjonspulver</f:NavnFormStyrke><f:Varenavn>Ventoline</f:Varenavn>
 </f:LegemiddelMerkevare></f:Forskrivning></ReseptDokLegemiddel></Resept>"""
ACK = '<Ack V="J" DN="Ja"/>'
KEPT = "<GivenName>Kari</GivenName>"


def taken(data: bytes) -> Message:
    found = read(data)
    assert isinstance(found, Message)
    return found


def refused(data: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        read(data)
    return caught.value


class TestWhatItSays:
    def test_a_question_in_our_own_terms(self) -> None:
        found = taken(message())

        header = found.header
        assert (header.type.value, header.id) == ("DIALOG_INNBYGGER_EKONTAKT", MSG_ID)
        assert header.sent == datetime(2026, 5, 15, 9, 20, tzinfo=OSLO)
        assert header.wants_receipt and header.thread == FIRST
        assert header.sender.name == "Storgata legesenter"
        assert header.patient is not None and header.patient.name == "Kari Nordmann"
        assert header.patient.born == date(1985, 3, 14)
        assert found.question is not None and found.question.kind.list == "7601"
        assert found.question.text == Text(plain="Kan jeg få en attest?")
        assert found.note is None and found.relation is None

    def test_who_acts_for_the_patient(self) -> None:
        found = taken(message(QUESTION + RELATION))

        assert found.relation is not None
        assert (found.relation.person.family, found.relation.kind.value) == ("Nordmann", "FO")

    def test_a_time_in_a_calendar_knows_its_zone(self) -> None:
        local = CALENDAR.replace(
            "<dtstart><date-time>2026-05-15T09:20:00Z",
            "<dtstart><parameters><tzid><text>Europe/London</text></tzid></parameters>"
            "<date-time>2026-05-15T09:20:00",
        )

        starts = [taken(message(one)).bodies(Calendar)[0].events[0].start for one in
                  (CALENDAR, local, CALENDAR.replace("09:20:00Z", "09:20:00"))]  # fmt: skip

        assert [one.isoformat() for one in starts] == [
            "2026-05-15T09:20:00+00:00",
            "2026-05-15T08:20:00+00:00",
            "2026-05-15T07:20:00+00:00",
        ]

    def test_a_file(self) -> None:
        assert taken(message(FILE)).attachments[0].content == b"Hei"

    def test_a_receipt(self) -> None:
        found = read(RECEIPT.encode())

        assert isinstance(found, Receipt)
        assert not found.taken and [one.value for one in found.errors] == ["T02", "T99"]
        assert found.sender.her_ids == ("1", "")

    def test_a_prescription_is_kept_whole_and_its_medicines_are_read(self) -> None:
        found = taken(message(NOTE + PRESCRIPTION)).bodies(Prescription)[0]

        assert found.medicines == ("Ventoline inhalasjonspulver", "Ventoline")
        assert (found.prescribed, found.expires) == ("2026-05-01", "2027-05-01")
        assert "<Reiterasjon>3</Reiterasjon>" in found.xml


class TestWhatIsTakenKnowingly:
    @pytest.mark.parametrize(
        ("name", "before", "after"),
        [
            ("conversationref-order", PARENT + BETWEEN + CONVERSATION, CONVERSATION + PARENT),
            ("conversationref-without-conversation", CONVERSATION, ""),
            ("ack-after-conversationref", f"{ACK}\n    {REFERENCE}", REFERENCE + ACK),
            ("day-without-zeros", "1985-03-14", "1985-3-14"),
            ("time-without-zone", "09:20:00+02:00", "09:20:00"),
            ("her-id-list-mixed", "4.1.1.9051", "4.1.1.8116"),
            (
                "telecom-order",
                "</Patient>",
                '<TeleCom><TeleAddress V="tel:1"/><TypeTelecom V="HP"/></TeleCom></Patient>',
            ),
            (
                "schema-namespace-misspelt",
                "<Dialogmelding ",
                '<Dialogmelding xmlns:x="http://www.w3.org/2001/XMLSchemainstance" x:a="b" ',
            ),
        ],
    )
    def test_it_is_read_and_named(self, name: str, before: str, after: str) -> None:
        right, found = taken(message()), taken(changed(before, after))

        assert name in found.tolerated and name not in right.tolerated
        assert found.header.thread == FIRST and found.header.wants_receipt
        assert found.header.sent == right.header.sent
        assert found.header.patient is not None and found.header.patient.born == date(1985, 3, 14)

    def test_a_mark_before_the_first_letter(self) -> None:
        assert "byte-order-mark" in taken(b"\xef\xbb\xbf" + message()).tolerated

    def test_markup_that_runs_is_not_shown(self) -> None:
        found = taken(message(NOTE.replace("Hei", "Hei<script>x()</script>")))

        assert "markup-removed" in found.tolerated
        assert found.note is not None and found.note.text == Text(
            plain="Hei", xhtml='<div xmlns="http://www.w3.org/1999/xhtml">Hei</div>'
        )

    def test_a_code_we_do_not_know(self) -> None:
        found = taken(changed('V="BA"', 'V="ZZ"'))

        assert "unknown-code-7601" in found.tolerated

    def test_one_level_of_numbers(self) -> None:
        assert "her-id-on-one-level" in taken(message()).tolerated

    def test_what_breaks_only_rules_of_our_own_is_kept_whole(self) -> None:
        other = PERSONNEL.replace("HealthcareProfessional", "Behandler")

        found = taken(message(QUESTION + other + CALENDAR))

        assert "payload-otherwise" in found.tolerated
        assert [one.name for one in found.bodies(Kept)] == ["Helsepersonell"]
        assert found.calendar is not None and found.question is not None

    def test_every_mending_has_a_case_here(self) -> None:
        cases = {case[0] for case in self.test_it_is_read_and_named.pytestmark[0].args[1]}

        assert {one.name for one in MENDINGS} <= cases


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("code", "make"),
        [
            ("T01", lambda: b"Hei"),
            ("T01", lambda: message()[:400]),
            ("T01", lambda: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            ("T10", lambda: b"<html/>"),
            ("T10", lambda: changed("v1.2 2006-05-24", "v1.1 2006-02-15")),
            ("T10", lambda: changed("DIALOG_INNBYGGER_EKONTAKT", "DIALOG_UKJENT")),
            ("T02", lambda: changed(KEPT, KEPT * 2)),
            ("T02", lambda: changed("2026-05-15T09:20:00+02:00", "i dag")),
            ("T02", lambda: changed("2026-05-15T09:20:00+02:00", "12026-05-15T09:20:00Z")),
            ("T02", lambda: changed("<TypeForesp ", "<TypeForesp X='1' ")),
            ("E10", lambda: changed(MSG_ID, "melding-1")),
            ("T10", lambda: changed('V="DIALOG_INNBYGGER_EKONTAKT" ', "")),
            ("T99", lambda: message(QUESTION + RELATION.replace('V="FO"', 'V="NABO"'))),
            ("T99", lambda: message(QUESTION + RELATION.replace('V="FO"', ""))),
        ],
    )
    def test_it_is_told_with_a_code(self, code: str, make: Callable[[], bytes]) -> None:
        error = refused(make())

        assert error.code == code and error.sentence

    def test_who_can_be_answered_gets_a_receipt(self) -> None:
        error = refused(changed(KEPT, KEPT * 2))

        assert error.condition == "" and error.header is not None
        assert (error.header.id, error.header.sender.her_id) == (MSG_ID, "8000001")
        assert error.faults[0].element == "GivenName" and "Line " in error.sentence

    @pytest.mark.parametrize("data", [b"Hei", RECEIPT.replace("<Id>1</Id>", "", 1).encode()])
    def test_who_cannot_gets_a_named_error_on_the_bus(self, data: bytes) -> None:
        assert refused(data).condition == NOT_WELL_FORMED

    def test_a_receipt_is_taken_whatever_its_codes_are(self) -> None:
        found = read(RECEIPT.replace('Status V="2"', 'Status V="77"').encode())

        assert found.tolerated == ("time-without-zone", "unknown-code-8258")


class TestWhateverComes:
    @given(damaged())
    def test_it_is_read_or_refused_with_a_code(self, root: etree._Element) -> None:
        try:
            found = read(etree.tostring(root))
        except Refused as error:
            assert KNOWN.entry("8221", error.code) is not None and error.sentence
            assert error.condition or error.header is not None
        else:
            assert write(found)
            assert list(Shown(KNOWN).lines(found))

    @given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
    def test_bytes_that_are_no_message_are_refused(self, data: bytes) -> None:
        assert refused(data).code in ("T01", "T10")
