"""The rules: which element stands where, how often, and what may be in it.

Facts restated from the published schemas: Hodemelding 1.2, Dialogmelding 1.0 and 1.1,
Applikasjonskvittering 1.0 and 1.1, Base64Container 1.0, and Pasientrelasjon as the national wiki
shows it. What has no public schema is in ``ours.py``.
"""

from collections.abc import Mapping

from dialog.interop import names
from dialog.interop.grammar.ours import OURS
from dialog.interop.grammar.shapes import (
    Blocks,
    Choice,
    Rules,
    Value,
    always,
    either,
    maybe,
    one,
    optional,
    several,
    some,
)

V = Value


_NAMED = optional(FamilyName=V.TEXT, MiddleName=V.TEXT, GivenName=V.TEXT)
_WHO = optional(DateOfBirth=V.DAY, Sex=V.CODE, Nationality=V.CODE)
_REACHED = (maybe("Address"), several("TeleCom"))
_SHARED: Blocks = {
    "Address": optional(
        Type=V.CODE,
        StreetAdr=V.TEXT,
        PostalCode=V.TEXT,
        City=V.TEXT,
        Postbox=V.TEXT,
        County=V.CODE,
        Country=V.CODE,
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
            *optional(ProcessingStatus=V.CODE, RequestedPriority=V.CODE, Ack=V.CODE),
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
            *optional(
                DocumentConnection=V.CODE,
                ContentType=V.CODED,
                ContentDescription=V.TEXT,
                ContentCategory=V.CODED,
                Consent=V.CODED,
                Annotation=V.TEXT,
                FromDate=V.STAMP,
                ToDate=V.STAMP,
                OidRef=V.NUMBERS,
                EnquiryRefId=V.TEXT,
            ),
            one("RefDoc"),
        ),
        "RefDoc": (
            maybe("IssueDate", V.STAMP),
            one("MsgType", V.CODE),
            *optional(Id=V.TEXT, MimeType=V.TEXT, Description=V.TEXT, Compression=V.CODE),
            either(one("FileReference", V.TEXT), one("Content", V.PAYLOAD), least=0),
        ),
    },
    may_be_empty=frozenset({"Organisation"}),
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
    named = optional(GivenName=V.TEXT, MiddleName=V.TEXT, FamilyName=V.TEXT)
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
                *optional(
                    Sporsmal=V.ANY if newer else V.TEXT,
                    Formål=V.CODED,
                    Begrunnelse=V.TEXT,
                    Hastegrad=V.CODE,
                    FraDato=V.DAY,
                    TilDato=V.DAY,
                ),
                journal,
                *((maybe("KodetOpplysning", V.CODED),) if newer else ()),
                maybe("DokIdForesp", V.TEXT),
                several("RollerRelatertNotat"),
            ),
            "Notat": (
                one("TemaKodet", V.CODED),
                *optional(
                    Tema=V.TEXT,
                    TekstNotatInnhold=V.ANY,
                    Merknad=V.TEXT,
                    DokIdNotat=V.TEXT,
                    DatoNotat=V.DAY,
                ),
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
                *optional(
                    StreetAdr=V.TEXT,
                    PostalCode=V.TEXT,
                    City=V.TEXT,
                    County=V.CODE,
                    Country=V.CODE,
                    CityDistr=V.CODE,
                ),
                several("TeleAddress", V.ADDRESS),
            ),
        },
    )


_KNOWN_BY = optional(Name=V.TEXT, Id=V.TEXT, TypeId=V.CODE)
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
        "HealthcareProfessional": (*_ROLES, *_NAMED, *_WHO, some("Ident"), *_REACHED),
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
        *OURS,
    )
}
