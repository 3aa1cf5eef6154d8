"""What is written in the access log, in plain words: one sentence for each kind of event (R218)."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Role
from dialog.oversight.policy import Purpose
from dialog.oversight.texts import PURPOSE
from dialog.people import texts as people_texts
from dialog.people.policy import EndReason

WORDS: dict[str, Promise] = {
    # Looks
    "ConversationRead": _("Leste samtalen"),
    "AttachmentRead": _("Åpnet en fil"),
    "CopyTaken": _("Lagret en kopi av samtalen"),
    "EverythingTaken": _("Tok ut en kopi av samtalene og loggen"),
    "LogTaken": _("Tok ut en kopi av loggen"),
    "LogHandedOut": _("Leverte ut loggen til en myndighet eller domstol"),
    "PatientLookedUp": _("Åpnet pasientsiden"),
    "LookExplained": _("Sa hvorfor noe ble åpnet"),
    # Conversations
    "ConversationStarted": _("Startet en samtale"),
    "MessageSent": _("Skrev en melding"),
    "ConversationAssigned": _("Ga saken til en kollega"),
    "ConversationFlagged": _("Endret hvor mye saken haster"),
    "ConversationKept": _("Endret om foreldre kan se saken"),
    "NoteAdded": _("Skrev en intern merknad"),
    "ConversationRedirected": _("Viste videre til en annen tjeneste"),
    "ConversationClosed": _("Avsluttet samtalen"),
    "MessageRecalled": _("Trakk tilbake en melding"),
    "ConversationMisfiled": _("Flyttet en melding som lå på feil pasient"),
    "UnreadReminded": _("Minnet om en viktig melding som ikke var åpnet"),
    "FollowUpMade": _("Avtalte en oppfølging"),
    "FollowUpDone": _("Fullførte en oppfølging"),
    "RightAsked": _("Ba om at noe blir rettet eller slettet"),
    "RightDecided": _("Avgjorde om noe skal rettes eller slettes"),
    "ErasureDecided": _("Bestemte at innholdet i samtalen skal slettes"),
    "ConversationErased": _("Slettet innholdet i samtalen"),
    "ConversationHandedOver": _("Leverte saken videre fordi legekontoret legges ned"),
    "TaskGiven": _("Ba pasienten gjøre noe innen en frist"),
    "TaskMoved": _("Ga pasienten en ny frist"),
    "TaskDone": _("Meldte at det er gjort"),
    "TaskReminded": _("Minnet om noe som skal gjøres"),
    "TaskMissed": _("Noterte at fristen er ute"),
    # Appointments
    "AppointmentRequested": _("Ba om en time"),
    "AppointmentBooked": _("Satte opp en time"),
    "AppointmentReserved": _("Valgte en time som legekontoret må svare på"),
    "AppointmentRefused": _("Sa nei til en time"),
    "AppointmentUnanswered": _("Avsluttet en bestilling som ingen svarte på"),
    "AppointmentOffered": _("Foreslo en time"),
    "AnotherTimeAsked": _("Ba om en annen time"),
    "AppointmentMoved": _("Flyttet en time"),
    "AppointmentConverted": _("Endret hvordan timen skal foregå"),
    "AppointmentCancelled": _("Avlyste en time"),
    "AppointmentFulfilled": _("Noterte at timen er gjennomført"),
    "AppointmentMissed": _("Noterte at pasienten ikke møtte"),
    "ReminderDue": _("Gjorde klart en påminnelse om en time"),
    # E-consultations
    "EConsultationRequested": _("Sendte en e-konsultasjon og godtok prisen"),
    "EConsultationBegun": _("Begynte på e-konsultasjonen"),
    "EConsultationCompleted": _("Fullførte e-konsultasjonen"),
    "EConsultationReferred": _("Ba om at pasienten bestiller en vanlig time"),
    "EConsultationDeclined": _("Avslo e-konsultasjonen"),
    "EConsultationWithdrawn": _("Trakk tilbake e-konsultasjonen"),
    "EConsultationJournaled": _("Førte e-konsultasjonen i journalen"),
    # Prescriptions
    "PrescriptionEntered": _("Skrev inn en resept"),
    "PrescriptionStopped": _("Tok en resept av listen"),
    "PrescriptionsRead": _("Så på listen over resepter"),
    "RenewalRequested": _("Ba om å få fornyet resepter"),
    "RenewalPrepared": _("Gjorde en resept klar for legen"),
    "RenewalDecided": _("Avgjorde en reseptfornyelse"),
    # What went wrong
    "AffectedTold": _("Fortalte pasienten om et avvik"),
    # The person
    "PatientRegistered": _("Registrerte pasienten"),
    "GpAssigned": _("Satte pasienten på en liste"),
    "GpUnassigned": _("Tok pasienten av en liste"),
    "GpChangeAsked": _("Spurte om pasienten vil bytte fastlege"),
    "GpChangeAnswered": _("Svarte på spørsmålet om å bytte fastlege"),
    "ProxyGranted": _("Ga noen rett til å handle for pasienten"),
    "GuardianAppointed": _("Bestemte hvem som handler for pasienten, og hvorfor"),
    "ProxyRevoked": _("Tok bort noens rett til å handle for pasienten"),
    "ProxyStopped": _("Folkeregisteret stanset noens rett til å handle for pasienten"),
    "OwnAccessChosen": _("Endret om barnet kan bruke tjenesten selv"),
    "ConsentGiven": _("Sa ja til å være digital bruker"),
    "ConsentWithdrawn": _("Trakk ja\u2011et til å være digital bruker"),
    "NotificationChosen": _("Endret hvilke varsler som sendes"),
    "CeilingCardSet": _("Registrerte om pasienten har frikort"),
    "ContactDetailsChanged": _("Endret kontaktopplysninger"),
    "NotificationQueued": _("Gjorde klart et varsel på SMS"),
    "NotificationSettled": _("Noterte om varselet på SMS kom fram"),
    "ParkedDeliveryHandled": _("Ordnet noe som ikke kom fram"),
    "LogSearched": _("Søkte i loggen"),
    "LookQuestioned": _("Spurte om et oppslag"),
    # The office's own record system
    "MessageUnderstood": _("Journalsystemet til legekontoret sendte noe om deg"),
    "ReceiptHeard": _("Journalsystemet til legekontoret sa om det fikk det du sendte"),
    "SignedIn": _("Logget inn"),
    "SignedOut": _("Logget ut"),
    "SignedOutEverywhere": _("Logget ut overalt"),
    "AccessLocked": _("Sperret tilgangen sin"),
    "AccessUnlocked": _("Åpnet tilgangen igjen med ny innlogging"),
}

# What happens to an office, a list or a timebook is never about one patient: the office alone reads
# it.
OFFICE_WORDS: dict[str, Promise] = {
    "AccountMade": _("Ga noen tilgang til å logge inn"),
    "AddressGiven": _("Endret hvor journalsystemet tar imot meldinger"),
    "AffectedAdded": _("Førte opp hvem et avvik gjelder"),
    "AffectedTakenOut": _("Tok bort noen som et avvik ikke gjaldt"),
    "AppointmentTypeChanged": _("Endret hva som kan bestilles"),
    "AuthorisationHeard": _("Fikk vite av Helsepersonellregisteret hva en ansatt kan gjøre"),
    "AuthorityNotified": _("Skrev ned at Datatilsynet har fått melding"),
    "BreachAddedTo": _("La til noe i et avvik"),
    "BreachAssessed": _("Vurderte risikoen ved et avvik"),
    "BreachClosed": _("Avsluttet et avvik"),
    "BreachForgotten": _("Slettet et gammelt avvik"),
    "BreachRead": _("Åpnet et avvik"),
    "BreachRegistered": _("Skrev ned et avvik"),
    "BreachReminded": _("Minnet om fristen for et avvik"),
    "BreachReopened": _("Åpnet et avvik igjen"),
    "CalendarImported": _("Hentet en kalender"),
    "ChannelChosen": _("Endret hvor legekontoret arbeider"),
    "ConfirmationMoved": _("Endret hvem som bekrefter timer"),
    "DutyDelegated": _("Endret hva en rolle kan gjøre"),
    "DutyGiven": _("Endret hvem som følger opp loggen"),
    "ListChanged": _("Endret en pasientliste"),
    "ListOpened": _("Laget en pasientliste"),
    "MemberAdded": _("La til en ansatt"),
    "MemberDaysChanged": _("Endret hvor lenge en ansatt jobber her"),
    "MemberRemoved": _("Tok bort en ansatt"),
    "MessageTriedAgain": _("Prøvde en melding fra journalsystemet på nytt"),
    "OfficeErased": _("Slettet det siste legekontoret hadde skrevet"),
    "OfficeHandedOver": _("Leverte alt legekontoret har videre"),
    "PracticeChanged": _("Endret opplysninger om legekontoret"),
    "PracticeCloses": _("Endret når legekontoret legges ned"),
    "PracticeOpened": _("Åpnet legekontoret"),
    "PracticeServed": _("Endret hvem som får vite hva som skjer"),
    "PractitionerChanged": _("Endret en timebok"),
    "RegisterTaken": _("Hentet ut oversikten over avvik"),
    "RenewalRulesChanged": _("Endret reglene for resepter"),
    "ServicePlanned": _("Planla at en tjeneste er av en tid"),
    "ServiceSwitched": _("Slo en tjeneste av eller på"),
    "SlotRestored": _("La ut en time igjen"),
    "SlotWithdrawn": _("Tok tilbake en ledig time"),
    "SlotsPublished": _("La ut ledige timer"),
    "SubstituteAppointed": _("Satte inn en vikar"),
    "SubstituteEnded": _("Avsluttet et vikariat"),
    "TemplateRemoved": _("Tok bort en mal"),
    "TemplateSaved": _("Lagret en mal"),
    "TimebookChanged": _("Endret en timebok"),
    "UnusualLookAnswered": _("Svarte på et spørsmål om et oppslag"),
    "UnusualLookAsked": _("Spurte en ansatt om et oppslag"),
    "UnusualLookForgotten": _("Slettet en gammel vurdering av et oppslag"),
    "UnusualLookJudged": _("Vurderte et oppslag"),
    "UnusualLookNoticed": _("La merke til et oppslag som er annerledes enn vanlig"),
}

# These say nothing of which matter they belong to, and a parent must not guess at what a young
# person has kept to themselves (R20); nor at why another may no longer act, whose address may be
# protected (R26).
NOT_FOR_PROXIES = frozenset(
    {
        "LogHandedOut",
        "LogSearched",
        "AffectedTold",
        "NotificationQueued",
        "NotificationSettled",
        "PrescriptionEntered",
        "PrescriptionStopped",
        "PrescriptionsRead",
        "GuardianAppointed",
        "ProxyGranted",
        "ProxyRevoked",
        "ProxyStopped",
        "ReminderDue",
    }
)
WITH_DAYS = frozenset({"MemberAdded", "MemberDaysChanged"})
# A reason stands with the look it was given for.
TOLD_ELSEWHERE = frozenset({"LookExplained"})


def what(kind: str, details: Mapping[str, object]) -> str:
    """The sentence for a line; a search says why it was made (R217), an office why it ended
    that somebody acts for a patient, and an employee's days which they are.
    """
    known = WORDS.get(kind) or OFFICE_WORDS.get(kind)
    words = str(known) if known else _now("Noe ble registrert")
    more = _more(kind, details)
    return f"{words}: {more[:1].lower()}{more[1:]}" if more else words


def _more(kind: str, details: Mapping[str, object]) -> str:
    if kind == "LogSearched":
        return str(PURPOSE[Purpose(str(details["purpose"]))])
    if kind == "ProxyRevoked" and details.get("reason"):
        return str(people_texts.END_REASON[EndReason(str(details["reason"]))])
    if kind not in WITH_DAYS or "first" not in details:
        return ""
    first, last = date.fromisoformat(str(details["first"])), details["last"]
    return people_texts.days_from(first, date.fromisoformat(str(last)) if last else None)


def who(role: Role, name: str, office: str) -> str:
    """Whoever did it, in what role and where."""
    if role is Role.PLATFORM:
        return _now("Digital dialog (automatisk)")
    name = name or _now("Ukjent navn")
    if role is Role.PATIENT:
        return name
    works = str(people_texts.ROLE[role]).lower()
    return ", ".join(
        part for part in (name, works, office if role is not Role.PROXY else "") if part
    )
