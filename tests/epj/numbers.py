"""Who writes to whom in these tests: a portal, an office with two doctors, and two patients."""

from datetime import date

from dialog.interop.building import party
from dialog.interop.codes import tables
from dialog.interop.messages import Organisation, Person, Professional
from dialog.interop.messages.people import her, national
from dialog.people.identity_number import synthetic

KNOWN = tables()
PORTAL_ENTERPRISE, PORTAL, STORGATA, LUND, HANSEN = 8000000, 8000001, 8000010, 8000011, 8000012
KARI = Person(given="Kari", family="Nordmann", identities=(national(synthetic(date(1985, 3, 14))),))
OLA = Person(given="Ola", family="Nordmann", identities=(national(synthetic(date(2018, 6, 2))),))
US = party("Digital dialog", str(PORTAL_ENTERPRISE), "Digital dialog", str(PORTAL))


def office(her_id: int = LUND) -> Organisation:
    """The office as the portal names it, with the one it writes to."""
    who = Person(given="Ingrid", family="Lund", identities=(her(str(her_id), person=True),))
    return Organisation(
        name="Storgata legesenter",
        identities=(her(str(STORGATA)),),
        professional=Professional(person=who),
    )
