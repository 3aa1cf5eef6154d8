"""The compiled schema and the checker that says it in words never disagree."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dialog.interop.grammar import faults_in, is_right
from dialog.interop.trees import tree_of
from tests.interop.messages import NOTE, QUESTION, message

FILE = '<Base64Container xmlns="http://www.kith.no/xmlstds/base64container">SGVp</Base64Container>'
RELATION = """<pr:Pasientrelasjon xmlns:pr="http://www.kith.no/xmlstds/pasientrelasjon/2014-03-28"
 xmlns:fk1="http://www.kith.no/xmlstds/felleskomponent1"><pr:Person>
 <fk1:FamilyName>Nordmann</fk1:FamilyName><fk1:TeleCom><fk1:TeleAddress V="tel:99999999"/>
 </fk1:TeleCom></pr:Person><pr:Relasjon V="FO" S="2.16.578.1.12.4.1.1.7611"/>
 </pr:Pasientrelasjon>"""
CALENDAR = """<icalendar xmlns="urn:ietf:params:xml:ns:icalendar-2.0"><vcalendar><properties>
 <version><text>2.0</text></version><prodid><text>-//x//y//</text></prodid></properties>
 <components><vevent><properties><dtstart><date-time>2026-05-15T09:20:00Z</date-time></dtstart>
 <dtend><date>2026-05-15</date></dtend><uid><text>1</text></uid><contact><text>8</text></contact>
 <categories><text>Lab</text><text>Vaksine</text></categories><other/></properties></vevent>
 </components></vcalendar></icalendar>"""
PERSONNEL = """<h:Helsepersonell xmlns:h="http://www.kith.no/xmlstds/helsepersonell/2015-05-04"
 xmlns="http://www.kith.no/xmlstds/felleskomponent1"><h:HealthcareProfessional>
 <FamilyName>Berg</FamilyName><Ident><Id>1</Id><TypeId V="HPR"/></Ident>
 </h:HealthcareProfessional></h:Helsepersonell>"""
UNKNOWN = '<Resept xmlns="http://www.kith.no/xmlstds/eresept/m1/2013-10-08"><Hva a="b"/></Resept>'
RECEIPT = """<AppRec xmlns="http://www.kith.no/xmlstds/apprec/2012-02-15">
 <MsgType V="APPREC"/><MIGversion>v1.1 2012-02-15</MIGversion>
 <GenDate>2026-05-15T09:20:00</GenDate><Id>1</Id>
 <Sender><HCP><Inst><Name>A</Name><Id>1</Id><TypeId V="HER"/><Dept><Id>2</Id></Dept></Inst></HCP>
 </Sender><Receiver><Role V="COP"/><HCP><HCProf><Id>1</Id></HCProf></HCP></Receiver>
 <Status V="2"/><Error V="T02" S="2.16.578.1.12.4.1.1.8221"/><Error V="T99"/>
 <OriginalMsgId><MsgType V="A"/><IssueDate>2026-05-15T09:20:00Z</IssueDate><Id>1</Id>
 </OriginalMsgId></AppRec>"""
OLDER = QUESTION.replace("2013-01-23", "2006-10-11")
WHOLE = [
    tree_of(one)
    for one in (
        *(message(dialog) for dialog in (QUESTION, NOTE, OLDER, FILE, RELATION, CALENDAR)),
        *(message(dialog) for dialog in (PERSONNEL, UNKNOWN, QUESTION + FILE + CALENDAR)),
        RECEIPT.encode(),
    )
]
TEXTS = [
    "",
    " ",
    "å",
    "2026-02-29",
    "2024-02-29",
    "2026-05-15Z",
    "0000-05-15",
    "12345-05-15",
    "-2026-05-15",
    "2026-05-15T24:00:00",
    "2026-05-15T24:00:01",
    "2026-05-15T23:59:60",
    "2026-05-15T09:20:00.1234567+14:00",
    "2026-05-15T09:20:00+14:01",
    "2026-05",
    "2026",
    "09:20:00",
    " 2026-05-15T09:20:00Z ",
    "1991-12-4",
    "2.16.578.1.12.4.1.1.9051",
    "2.16..578",
    "1" * 60 + "x",
    "8324",
    "v1.2  2006-05-24",
    "SGVp",
]
ATTRIBUTES = ["V", "DN", "S", "OT", "x", "{urn:x}V", "{http://www.w3.org/2001/XMLSchema-instance}n"]


@st.composite
def changed(draw: st.DrawFn) -> etree._Element:
    """A whole message, with one to three things done to it that senders do."""
    root = deepcopy(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 3))):
        places = list(root.iter())
        element = places[draw(st.integers(0, len(places) - 1))]
        parent = element.getparent()
        match draw(
            st.sampled_from(["text", "tail", "attribute", "none", "gone", "twice", "moved"])
        ):
            case "text":
                element.text = draw(st.sampled_from(TEXTS))
            case "tail" if parent is not None:
                element.tail = draw(st.sampled_from(TEXTS))
            case "attribute":
                element.set(draw(st.sampled_from(ATTRIBUTES)), draw(st.sampled_from(TEXTS)))
            case "none":
                element.attrib.clear()
            case "gone" if parent is not None:
                parent.remove(element)
            case "twice" if parent is not None:
                element.addnext(deepcopy(element))
            case "moved" if parent is not None:
                parent.insert(draw(st.integers(0, len(parent))), element)
            case _:
                element.append(deepcopy(places[draw(st.integers(0, len(places) - 1))]))
    return tree_of(etree.tostring(root))


def test_what_is_whole_is_right_by_both() -> None:
    assert [(is_right(one), faults_in(one)) for one in WHOLE] == [(True, [])] * len(WHOLE)


@given(changed())
def test_they_agree_on_whatever_is_done_to_a_message(root: etree._Element) -> None:
    faults = faults_in(root)

    assert is_right(root) == (not faults), faults


@pytest.mark.parametrize(
    ("text", "right"),
    [("SGVp", True), ("SG\nVp", True), ("", True), ("SGV", False), ("å", False), ("SGVp!", False)],
)
def test_they_agree_on_what_is_a_file(text: str, right: bool) -> None:
    root = tree_of(message(FILE.replace("SGVp", text)))

    assert (is_right(root), not faults_in(root)) == (right, right)


def test_very_many_elements_are_judged_in_time_and_alike() -> None:
    many = message(NOTE.replace("Hei", "x<br/>" * 300_000))
    wrong = many.replace(b"1985-03-14", b"1985")

    assert is_right(tree_of(many))
    assert not is_right(tree_of(wrong))
