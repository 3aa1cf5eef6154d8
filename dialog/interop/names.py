"""Namespaces and processes, as the published schemas and agreements name them."""

from collections.abc import Mapping
from enum import StrEnum

MSGHEAD = "http://www.kith.no/xmlstds/msghead/2006-05-24"
DIALOG_10 = "http://www.kith.no/xmlstds/dialog/2006-10-11"
DIALOG_11 = "http://www.kith.no/xmlstds/dialog/2013-01-23"
APPREC_10 = "http://www.kith.no/xmlstds/apprec/2004-11-21"
APPREC_11 = "http://www.kith.no/xmlstds/apprec/2012-02-15"
BASE64 = "http://www.kith.no/xmlstds/base64container"
COMMON = "http://www.kith.no/xmlstds/felleskomponent1"
RELATION = "http://www.kith.no/xmlstds/pasientrelasjon/2014-03-28"
PERSONNEL = (
    "http://www.kith.no/xmlstds/helsepersonell/2015-05-04",
    "http://www.kith.no/xmlstds/helsepersonell/2014-03-28",
)
PERSONS = "http://www.kith.no/xmlstds/person/2014-03-28"
XCAL = "urn:ietf:params:xml:ns:icalendar-2.0"
PRESCRIPTION = (
    "http://www.kith.no/xmlstds/eresept/m1/2013-10-08",
    "http://www.kith.no/xmlstds/eresept/m1/2010-05-01",
)
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
CPPA = "http://www.oasis-open.org/committees/ebxml-cppa/schema/cpp-cpa-2_0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XHTML = "http://www.w3.org/1999/xhtml"

# The national code lists are numbers after this.
NATIONAL = "2.16.578.1.12.4.1.1."
LISTS = ("9051", "8116", "7601", "7602", "9034", "9057", "7611", "8324", "7617", "9060", "8221")


class Process(StrEnum):
    """The dialogues between citizens and their GP's office; the message type is the same in
    capitals.
    """

    ECONSULTATION = "Dialog_Innbygger_Ekonsultasjon"
    ENQUIRY = "Dialog_Innbygger_Ekontakt"
    RENEWAL = "Dialog_Innbygger_Reseptfornyelse"
    WISH = "Dialog_Innbygger_Timeonske"
    BOOKING = "Dialog_Innbygger_Timereservasjon"
    APPOINTMENTS = "Dialog_Innbygger_Avtaleutsending"
    CANCELLING = "Dialog_Innbygger_Avtaleavbestilling"
    PRACTITIONERS = "Dialog_Innbygger_BehandlerOversikt"
    TEST = "Dialog_Innbygger_Test"


BY_TYPE: Mapping[str, Process] = {one.upper(): one for one in Process}
APPREC = "APPREC"
