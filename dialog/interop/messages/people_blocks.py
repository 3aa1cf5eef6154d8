"""Person, HealthcareProfessional and Organisation in XML: the same blocks in every document."""

from lxml import etree

from dialog.interop.messages.elements import (
    Found,
    add,
    add_code,
    add_day,
    add_words,
    clean,
    code,
    day,
    parts,
    read_code,
    words,
)
from dialog.interop.messages.people import (
    IN_DIALOG,
    Address,
    Identity,
    Naming,
    Organisation,
    Person,
    Professional,
    Telecom,
)
from dialog.interop.names import COMMON


def read_identity(element: etree._Element) -> Identity:
    """Ident."""
    found = parts(element)
    return Identity(words(found, "Id"), read_code(found["TypeId"][0]))


def read_address(element: etree._Element) -> Address:
    """Address."""
    found = parts(element)
    return Address(
        kind=code(found, "Type"),
        street=words(found, "StreetAdr"),
        postal_code=words(found, "PostalCode"),
        city=words(found, "City"),
        box=words(found, "Postbox"),
        county=code(found, "County"),
        country=code(found, "Country"),
    )


def read_telecom(element: etree._Element) -> Telecom:
    """TeleCom."""
    found = parts(element)
    return Telecom(found["TeleAddress"][0].get("V", ""), code(found, "TypeTelecom"))


def read_person(element: etree._Element) -> Person:
    """Patient and Person."""
    return _person(parts(element))


def read_professional(element: etree._Element) -> Professional:
    """HealthcareProfessional."""
    found = parts(element)
    kind, role = code(found, "TypeHealthcareProfessional"), code(found, "RoleToPatient")
    return Professional(person=_person(found), kind=kind, role=role)


def read_organisation(element: etree._Element) -> Organisation:
    """Organisation, with all that is in it."""
    found = parts(element)
    inside, professional = found.get("Organisation"), found.get("HealthcareProfessional")
    return Organisation(
        name=words(found, "OrganisationName"),
        kind=code(found, "TypeOrganisation"),
        identities=_identities(found),
        address=_address(found),
        telecom=_telecom(found),
        inside=read_organisation(inside[0]) if inside else None,
        professional=read_professional(professional[0]) if professional else None,
    )


def _person(found: Found) -> Person:
    return Person(
        family=words(found, "FamilyName"),
        middle=words(found, "MiddleName"),
        given=words(found, "GivenName"),
        born=day(found, "DateOfBirth"),
        sex=code(found, "Sex"),
        nationality=code(found, "Nationality"),
        identities=_identities(found),
        address=_address(found),
        telecom=_telecom(found),
    )


def _identities(found: Found) -> tuple[Identity, ...]:
    return tuple(read_identity(one) for one in found.get("Ident", ()))


def _address(found: Found) -> Address | None:
    elements = found.get("Address")
    return read_address(elements[0]) if elements else None


def _telecom(found: Found) -> tuple[Telecom, ...]:
    return tuple(read_telecom(one) for one in found.get("TeleCom", ()))


def write_person(
    parent: etree._Element, name: str, person: Person, naming: Naming, outer: str = ""
) -> None:
    """Patient and Person, under a parent, in the namespace ``outer`` where it is not their own."""
    element = add(parent, outer or naming.own, name)
    given_first = name == "Person" and naming.own in IN_DIALOG
    _write_person(element, person, naming, given_first=given_first)


def write_professional(
    parent: etree._Element, said: Professional, naming: Naming, outer: str = ""
) -> None:
    """HealthcareProfessional, under a parent."""
    element = add(parent, outer or naming.own, "HealthcareProfessional")
    add_code(element, naming.own, "TypeHealthcareProfessional", said.kind)
    add_code(element, naming.own, "RoleToPatient", said.role)
    _write_person(element, said.person, naming)


def write_organisation(
    parent: etree._Element, said: Organisation, naming: Naming, name: str = "", outer: str = ""
) -> None:
    """Organisation, under a parent, with all that is in it."""
    element = add(parent, outer or naming.own, name or "Organisation")
    if said == Organisation():
        return
    if naming.own == COMMON:
        add_code(element, COMMON, "TypeOrganisation", said.kind)
    add(element, naming.own, "OrganisationName", said.name)
    if naming.own != COMMON:
        add_code(element, naming.own, "TypeOrganisation", said.kind)
    _write_reached(element, said, naming)
    if said.inside is not None:
        write_organisation(element, said.inside, naming)
    if said.professional is not None:
        write_professional(element, said.professional, naming)


def _write_person(
    element: etree._Element, person: Person, naming: Naming, *, given_first: bool = False
) -> None:
    names = (("FamilyName", person.family), ("MiddleName", person.middle))
    named = (*names, ("GivenName", person.given))
    for name, text in reversed(named) if given_first else named:
        add_words(element, naming.own, name, text)
    add_day(element, naming.own, "DateOfBirth", person.born)
    add_code(element, naming.own, "Sex", person.sex)
    add_code(element, naming.own, "Nationality", person.nationality)
    _write_reached(element, person, naming)


def _write_reached(element: etree._Element, said: Person | Organisation, naming: Naming) -> None:
    for identity in said.identities:
        ident = add(element, naming.own, "Ident")
        add(ident, naming.inner, "Id", identity.number)
        add_code(ident, naming.inner, "TypeId", identity.kind)
    if said.address is not None:
        _write_address(element, said.address, naming)
    for one in said.telecom:
        telecom = add(element, naming.own, "TeleCom")
        add_code(telecom, naming.inner, "TypeTelecom", one.kind)
        add(telecom, naming.inner, "TeleAddress").set("V", clean(one.address))


def _write_address(element: etree._Element, said: Address, naming: Naming) -> None:
    address = add(element, naming.own, "Address")
    add_code(address, naming.inner, "Type", said.kind)
    add_words(address, naming.inner, "StreetAdr", said.street)
    add_words(address, naming.inner, "PostalCode", said.postal_code)
    add_words(address, naming.inner, "City", said.city)
    add_words(address, naming.inner, "Postbox", said.box)
    add_code(address, naming.inner, "County", said.county)
    add_code(address, naming.inner, "Country", said.country)
