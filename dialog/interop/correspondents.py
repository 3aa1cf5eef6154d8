"""Who a message is from, to and about, as its header names them."""

from django.conf import settings

from dialog.errors import PortError
from dialog.interop import queries
from dialog.interop.messages import (
    Code,
    Organisation,
    Person,
    Professional,
    Relation,
    Telecom,
)
from dialog.interop.messages.people import her, national
from dialog.people import queries as people
from dialog.people.policy import ProxyKind
from dialog.people.queries import Clinician, Numbered, Office

FASTLEGE = Code(value="6", list="9034", text="Fastlege")
RELATIONS = {
    ProxyKind.PARENT: Code(value="FO", list="7611", text="Foreldreansvar"),
    ProxyKind.GUARDIAN: Code(value="VE", list="7611", text="Verge"),
    ProxyKind.MANDATE: Code(value="FU", list="7611", text="Fullmakt"),
}


def ourselves() -> Organisation:
    """The platform, on the two levels a message names: the enterprise, and its service."""
    return Organisation(
        name=settings.HER_NAME,
        identities=(her(str(settings.HER_ENTERPRISE)),),
        inside=Organisation(name=settings.HER_NAME, identities=(her(str(settings.HER_ID)),)),
    )


def receiver(list_id: int, practitioner_id: int | None) -> tuple[int, Organisation]:
    """The HER-id a message about somebody on a list goes to, and how its header names it.

    The practitioner it is about, else the list's own doctor; a team is reached at the practice.
    PortError when the practice has no number: then somebody must give it one.
    """
    owner = people.list_by_id(list_id)
    theirs = queries.address_of(owner.office.id)
    if theirs is None:
        raise PortError(permanent=True)
    whose = practitioner_id or owner.practitioner_id
    number = queries.address_of(owner.office.id, whose) if whose else None
    if whose is None or number is None:
        return theirs, practice(owner.office, theirs)
    return number, practitioner(owner.office, theirs, people.clinician_by_id(whose), number)


def practice(office: Office, her_id: int) -> Organisation:
    """A practice that takes its messages itself: the same number on both levels."""
    return Organisation(
        name=office.name,
        identities=(her(str(her_id)),),
        inside=Organisation(name=office.name, identities=(her(str(her_id)),)),
    )


def practitioner(office: Office, her_id: int, one: Clinician, number: int) -> Organisation:
    """A practice, and the practitioner in it."""
    given, _space, family = one.name.rpartition(" ")
    person = Person(given=given, family=family, identities=(her(str(number), person=True),))
    return Organisation(
        name=office.name,
        identities=(her(str(her_id)),),
        professional=Professional(person=person, role=FASTLEGE),
    )


def patient(one: Numbered) -> Person:
    """Whom it is about, known by the national identity number."""
    return Person(
        given=one.given,
        family=one.family,
        identities=(national(one.number),),
        telecom=(Telecom(f"tel:{one.phone}"),) if one.phone else (),
    )


def relation(one: Numbered) -> Relation | None:
    """Who acts for the patient, and by what right."""
    if one.relation is None:
        return None
    return Relation(person=patient(one), kind=RELATIONS[one.relation])
