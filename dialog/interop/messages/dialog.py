"""Dialogmelding: a question, or an answer with the question it answers."""

from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from dialog.interop.messages.elements import (
    Code,
    add,
    add_code,
    add_day,
    add_words,
    clean,
    code,
    coded,
    day,
    parts,
    read_code,
    words,
)
from dialog.interop.messages.people import (
    IN_COMMON,
    IN_DIALOG,
    Organisation,
    Person,
    Professional,
)
from dialog.interop.messages.people_blocks import (
    read_organisation,
    read_person,
    read_professional,
    write_organisation,
    write_person,
    write_professional,
)
from dialog.interop.names import COMMON, DIALOG_10, DIALOG_11
from dialog.interop.trees import tree_of
from dialog.interop.xhtml import plain, runs, sanitised


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain words, which we keep; ``xhtml`` is the same as it may be shown, where it was formatted.

    ``cut`` tells that something was taken away that is not shown: a script, a link that runs.
    """

    plain: str = ""
    xhtml: str = ""
    cut: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The enterprise that somebody with a role belongs to."""

    organisation: Organisation
    remark: str = ""
    person: Person | None = None
    professional: Professional | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who somebody is to the note, and to the patient."""

    kind: Code | None = None
    to_patient: Code | None = None
    unit: Unit | None = None
    person: Person | None = None
    professional: Professional | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Foresporsel. ``extra`` is the one coded thing more, as how a prescription is delivered."""

    kind: Code
    subject: str = ""
    text: Text | None = None
    purpose: Code | None = None
    reason: str = ""
    urgency: Code | None = None
    start: date | None = None
    end: date | None = None
    journal: tuple[Code, ...] = ()
    extra: Code | None = None
    id: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Notat: an answer, or words nobody asked for. ``question`` is the question repeated."""

    kind: Code
    subject: str = ""
    text: Text | None = None
    remark: str = ""
    id: str = ""
    dated: date | None = None
    question: Question | None = None
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialog:
    """Questions or notes, never both; ``version`` is 1.0 or 1.1."""

    version: str = "1.1"
    case: Code | None = None
    case_text: str = ""
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()


VERSIONS = {DIALOG_10: "1.0", DIALOG_11: "1.1"}
_NAMESPACES = {version: namespace for namespace, version in VERSIONS.items()}


def read_dialog(element: etree._Element) -> Dialog:
    """Dialogmelding."""
    found = parts(element)
    return Dialog(
        version=VERSIONS[str(etree.QName(element).namespace)],
        case=code(found, "SakstypeKodet"),
        case_text=words(found, "Sakstype"),
        questions=tuple(read_question(one) for one in found.get("Foresporsel", ())),
        notes=tuple(read_note(one) for one in found.get("Notat", ())),
    )


def read_question(element: etree._Element) -> Question:
    """Foresporsel."""
    found = parts(element)
    text = found.get("Sporsmal")
    return Question(
        kind=read_code(found["TypeForesp"][0]),
        subject=words(found, "EmneSporsmal"),
        text=read_text(text[0]) if text else None,
        purpose=code(found, "Formål"),
        reason=words(found, "Begrunnelse"),
        urgency=code(found, "Hastegrad"),
        start=day(found, "FraDato"),
        end=day(found, "TilDato"),
        journal=coded(found.get("TypeJournalinfo", ())),
        extra=code(found, "KodetOpplysning"),
        id=words(found, "DokIdForesp"),
        roles=tuple(read_role(one) for one in found.get("RollerRelatertNotat", ())),
    )


def read_note(element: etree._Element) -> Note:
    """Notat."""
    found = parts(element)
    text, question = found.get("TekstNotatInnhold"), found.get("Foresporsel")
    return Note(
        kind=read_code(found["TemaKodet"][0]),
        subject=words(found, "Tema"),
        text=read_text(text[0]) if text else None,
        remark=words(found, "Merknad"),
        id=words(found, "DokIdNotat"),
        dated=day(found, "DatoNotat"),
        question=read_question(question[0]) if question else None,
        roles=tuple(read_role(one) for one in found.get("RollerRelatertNotat", ())),
    )


def read_text(element: etree._Element) -> Text:
    """Sporsmal and TekstNotatInnhold: text, or XHTML."""
    if not len(element):
        return Text(plain=(element.text or "").strip())
    return Text(plain=plain(element), xhtml=sanitised(element), cut=runs(element))


def read_role(element: etree._Element) -> Role:
    """RollerRelatertNotat."""
    found = parts(element)
    unit = found.get("TilknyttetEnhet")
    person, professional = found.get("Person"), found.get("HealthcareProfessional")
    return Role(
        kind=code(found, "RolleNotat"),
        to_patient=code(found, "RoleToPatient"),
        unit=read_unit(unit[0]) if unit else None,
        person=read_person(person[0]) if person else None,
        professional=read_professional(professional[0]) if professional else None,
    )


def read_unit(element: etree._Element) -> Unit:
    """TilknyttetEnhet."""
    found = parts(element)
    person, professional = found.get("Person"), found.get("HealthcareProfessional")
    return Unit(
        organisation=read_organisation(found["Kontaktenhet"][0]),
        remark=words(found, "Merknad"),
        person=read_person(person[0]) if person else None,
        professional=read_professional(professional[0]) if professional else None,
    )


def write_dialog(dialog: Dialog) -> etree._Element:
    """Dialogmelding, in the version it says."""
    own = _NAMESPACES[dialog.version]
    element = etree.Element(f"{{{own}}}Dialogmelding", nsmap={None: own, "fk1": COMMON})
    add_code(element, own, "SakstypeKodet", dialog.case)
    add_words(element, own, "Sakstype", dialog.case_text)
    for question in dialog.questions:
        write_question(element, own, question)
    for note in dialog.notes:
        write_note(element, own, note)
    return element


def write_question(parent: etree._Element, own: str, said: Question) -> None:
    """Foresporsel; what version 1.0 has no word for is left out there."""
    newer = own == DIALOG_11
    element = add(parent, own, "Foresporsel")
    add_code(element, own, "TypeForesp", said.kind)
    if newer:
        add_words(element, own, "EmneSporsmal", said.subject)
    write_text(element, own, "Sporsmal", said.text, formatted=newer)
    add_code(element, own, "Formål", said.purpose)
    add_words(element, own, "Begrunnelse", said.reason)
    add_code(element, own, "Hastegrad", said.urgency)
    add_day(element, own, "FraDato", said.start)
    add_day(element, own, "TilDato", said.end)
    for one in said.journal if newer else said.journal[:1]:
        add_code(element, own, "TypeJournalinfo", one)
    if newer:
        add_code(element, own, "KodetOpplysning", said.extra)
    add_words(element, own, "DokIdForesp", said.id)
    for role in said.roles:
        write_role(element, own, role)


def write_note(parent: etree._Element, own: str, said: Note) -> None:
    """Notat."""
    element = add(parent, own, "Notat")
    add_code(element, own, "TemaKodet", said.kind)
    add_words(element, own, "Tema", said.subject)
    write_text(element, own, "TekstNotatInnhold", said.text, formatted=True)
    add_words(element, own, "Merknad", said.remark)
    add_words(element, own, "DokIdNotat", said.id)
    add_day(element, own, "DatoNotat", said.dated)
    if said.question is not None:
        write_question(element, own, said.question)
    for role in said.roles:
        write_role(element, own, role)


def write_text(
    parent: etree._Element, own: str, name: str, said: Text | None, *, formatted: bool
) -> None:
    """Sporsmal and TekstNotatInnhold: formatted where it was and may be."""
    if said is None:
        return
    element = add(parent, own, name)
    if said.xhtml and formatted:
        element.append(tree_of(said.xhtml.encode()))
    else:
        element.text = clean(said.plain)


def write_role(parent: etree._Element, own: str, said: Role) -> None:
    """RollerRelatertNotat."""
    element = add(parent, own, "RollerRelatertNotat")
    add_code(element, own, "RolleNotat", said.kind)
    add_code(element, own, "RoleToPatient", said.to_patient)
    if said.unit is not None and own == DIALOG_11:
        write_unit(element, own, said.unit)
    _write_who(element, own, said)


def write_unit(parent: etree._Element, own: str, said: Unit) -> None:
    """TilknyttetEnhet."""
    element = add(parent, own, "TilknyttetEnhet")
    write_organisation(element, said.organisation, IN_COMMON, "Kontaktenhet", own)
    add_words(element, own, "Merknad", said.remark)
    _write_who(element, own, said)


def _write_who(parent: etree._Element, own: str, said: Role | Unit) -> None:
    if said.professional is not None:
        write_professional(parent, said.professional, IN_DIALOG[own])
    elif said.person is not None:
        write_person(parent, "Person", said.person, IN_DIALOG[own])
