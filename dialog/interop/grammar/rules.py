"""The rules: which element stands where, how often, and what may be in it.

Facts restated from the published schemas: Hodemelding 1.2, Dialogmelding 1.0 and 1.1,
Applikasjonskvittering 1.0 and 1.1, Base64Container 1.0, and Pasientrelasjon as the national wiki
shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog.interop import names
from dialog.interop.grammar.shapes import (
    Blocks,
    Choice,
    Value,
    always,
    either,
    maybe,
    one,
    several,
    some,
)

V = Value


@dataclass(frozen=True, slots=True)
class Rules:
    """What may stand in a document of one namespace, which begins with ``root``."""

    namespace: str
    root: str
    blocks: Blocks


_NAMED = (
    maybe("FamilyName", V.TEXT),
    maybe("MiddleName", V.TEXT),
    maybe("GivenName", V.TEXT),
)
_WHO = (maybe("DateOfBirth", V.DAY), maybe("Sex", V.CODE), maybe("Nationality", V.CODE))
_REACHED = (maybe("Address"), several("TeleCom"))
_SHARED: Blocks = {
    "Address": (
        maybe("Type", V.CODE),
        maybe("StreetAdr", V.TEXT),
        maybe("PostalCode", V.TEXT),
        maybe("City", V.TEXT),
        maybe("Postbox", V.TEXT),
        maybe("County", V.CODE),
        maybe("Country", V.CODE),
    ),
    "TeleCom": (maybe("TypeTelecom", V.CODE), one("TeleAddress", V.ADDRESS)),
    "Ident": (one("Id", V.TEXT), one("TypeId", V.CODED)),
    "Person": (*_NAMED, *_WHO, several("Ident"), *_REACHED),
}
_ROLES = (maybe("TypeHealthcareProfessional", V.CODE), maybe("RoleToPatient", V.CODED))

HEADER = Rules(
    names.MSGHEAD,
    "MsgHead",
    {
        **_SHARED,
        "MsgHead": (
            one("MsgInfo"),
            either(some("Document"), some("PatientReport")),
            maybe("Signature", V.ANY, prefix=names.SIGNATURE),
        ),
        "MsgInfo": (
            one("Type", V.CODE),
            always("MIGversion", "v1.2 2006-05-24"),
            one("GenDate", V.MOMENT),
            one("MsgId", V.TEXT),
            maybe("ProcessingStatus", V.CODE),
            maybe("RequestedPriority", V.CODE),
            maybe("Ack", V.CODE),
            maybe("ConversationRef"),
            one("Sender", "Party"),
            one("Receiver", "Party"),
            several("OtherReceiver"),
            maybe("Patient", "Person"),
        ),
        "ConversationRef": (one("RefToParent", V.TEXT), one("RefToConversation", V.TEXT)),
        "Party": (maybe("ComMethod", V.CODE), one("Organisation")),
        "OtherReceiver": (
            maybe("ComMethod", V.CODE),
            one("RoleReceiver", V.CODE),
            either(
                one("Organisation"),
                one("Patient", "Person"),
                one("Person"),
                one("HealthcareProfessional"),
                least=0,
            ),
        ),
        "Organisation": (
            one("OrganisationName", V.TEXT),
            maybe("TypeOrganisation", V.CODED),
            some("Ident"),
            *_REACHED,
            maybe("Organisation"),
            maybe("HealthcareProfessional"),
        ),
        "HealthcareProfessional": (*_ROLES, *_NAMED, *_WHO, some("Ident"), *_REACHED),
        "PatientReport": (
            maybe("DocumentConnection", V.CODE),
            one("CaseNo", V.TEXT),
            some("Document"),
            maybe("Patient", "Person"),
        ),
        "Document": (
            maybe("DocumentConnection", V.CODE),
            maybe("ContentType", V.CODED),
            maybe("ContentDescription", V.TEXT),
            maybe("ContentCategory", V.CODED),
            maybe("Consent", V.CODED),
            maybe("Annotation", V.TEXT),
            maybe("FromDate", V.STAMP),
            maybe("ToDate", V.STAMP),
            maybe("OidRef", V.NUMBERS),
            maybe("EnquiryRefId", V.TEXT),
            one("RefDoc"),
        ),
        "RefDoc": (
            maybe("IssueDate", V.STAMP),
            one("MsgType", V.CODE),
            maybe("Id", V.TEXT),
            maybe("MimeType", V.TEXT),
            maybe("Description", V.TEXT),
            maybe("Compression", V.CODE),
            either(one("FileReference", V.TEXT), one("Content", V.PAYLOAD), least=0),
        ),
    },
)


def _dialog(namespace: str, *, newer: bool) -> Rules:
    common = names.COMMON
    who: Choice = either(one("HealthcareProfessional"), one("Person"), least=0 if newer else 1)
    journal = several("TypeJournalinfo", V.CODED) if newer else maybe("TypeJournalinfo", V.CODED)
    idents = several("Ident", f"{{{common}}}Ident")
    reached = (
        maybe("Address", f"{{{common}}}Address"),
        several("TeleCom", f"{{{common}}}TeleCom"),
    )
    named = (maybe("GivenName", V.TEXT), maybe("MiddleName", V.TEXT), maybe("FamilyName", V.TEXT))
    return Rules(
        namespace,
        "Dialogmelding",
        {
            "Dialogmelding": (
                maybe("SakstypeKodet", V.CODED),
                maybe("Sakstype", V.TEXT),
                either(several("Foresporsel"), several("Notat"), least=0),
            ),
            "Foresporsel": (
                one("TypeForesp", V.CODED),
                *((maybe("EmneSporsmal", V.TEXT),) if newer else ()),
                maybe("Sporsmal", V.ANY if newer else V.TEXT),
                maybe("Formål", V.CODED),
                maybe("Begrunnelse", V.TEXT),
                maybe("Hastegrad", V.CODE),
                maybe("FraDato", V.DAY),
                maybe("TilDato", V.DAY),
                journal,
                *((maybe("KodetOpplysning", V.CODED),) if newer else ()),
                maybe("DokIdForesp", V.TEXT),
                several("RollerRelatertNotat"),
            ),
            "Notat": (
                one("TemaKodet", V.CODED),
                maybe("Tema", V.TEXT),
                maybe("TekstNotatInnhold", V.ANY),
                maybe("Merknad", V.TEXT),
                maybe("DokIdNotat", V.TEXT),
                maybe("DatoNotat", V.DAY),
                maybe("Foresporsel"),
                several("RollerRelatertNotat"),
            ),
            "RollerRelatertNotat": (
                maybe("RolleNotat", V.CODED),
                maybe("RoleToPatient", V.CODED),
                *((maybe("TilknyttetEnhet"),) if newer else ()),
                who,
            ),
            "TilknyttetEnhet": (
                one("Kontaktenhet", f"{{{common}}}Organisation"),
                maybe("Merknad", V.TEXT),
                who,
            ),
            "HealthcareProfessional": (*_ROLES, *_NAMED, *_WHO, idents, *reached),
            "Person": (*named, *_WHO, idents, *reached),
        },
    )


def _receipt(namespace: str) -> Rules:
    return Rules(
        namespace,
        "AppRec",
        {
            "AppRec": (
                one("MsgType", V.CODE),
                one("MIGversion", V.TEXT),
                maybe("SoftwareName", V.TEXT),
                maybe("SoftwareVersion", V.TEXT),
                one("GenDate", V.MOMENT),
                one("Id", V.TEXT),
                one("Sender", "Party"),
                one("Receiver", "Party"),
                one("Status", V.CODE),
                several("Error", V.CODED),
                one("OriginalMsgId"),
            ),
            "OriginalMsgId": (
                one("MsgType", V.CODE),
                one("IssueDate", V.MOMENT),
                one("Id", V.TEXT),
            ),
            "Party": (maybe("Role", V.CODE), one("HCP")),
            "HCP": (
                either(one("Inst"), one("HCProf", "Known")),
                maybe("MedSpeciality", V.CODED),
                maybe("Address"),
            ),
            "Known": (maybe("Type", V.CODE), *_KNOWN_BY, several("AdditionalId")),
            "Inst": (
                *_KNOWN_BY,
                several("Dept", "Known"),
                several("AdditionalId"),
                several("HCPerson"),
            ),
            "HCPerson": (*_KNOWN_BY, several("AdditionalId")),
            "AdditionalId": (one("Id", V.TEXT), one("Type", V.CODE)),
            "Address": (
                one("Type", V.CODE),
                maybe("StreetAdr", V.TEXT),
                maybe("PostalCode", V.TEXT),
                maybe("City", V.TEXT),
                maybe("County", V.CODE),
                maybe("Country", V.CODE),
                maybe("CityDistr", V.CODE),
                several("TeleAddress", V.ADDRESS),
            ),
        },
    )


_KNOWN_BY = (maybe("Name", V.TEXT), maybe("Id", V.TEXT), maybe("TypeId", V.CODE))
COMMON = Rules(
    names.COMMON,
    "Person",
    {
        **_SHARED,
        "Organisation": (
            maybe("TypeOrganisation", V.CODED),
            one("OrganisationName", V.TEXT),
            some("Ident"),
            *_REACHED,
            maybe("Organisation"),
        ),
    },
)
RELATION = Rules(
    names.RELATION,
    "Pasientrelasjon",
    {"Pasientrelasjon": (one("Person", f"{{{names.COMMON}}}Person"), one("Relasjon", V.CODED))},
)
FILE = Rules(names.BASE64, "Base64Container", {"Base64Container": ()})

GRAMMAR: Mapping[str, Rules] = {
    rules.namespace: rules
    for rules in (
        HEADER,
        _dialog(names.DIALOG_10, newer=False),
        _dialog(names.DIALOG_11, newer=True),
        _receipt(names.APPREC_10),
        _receipt(names.APPREC_11),
        COMMON,
        RELATION,
        FILE,
    )
}
