"""The words people see for services, statuses, outcomes and topics."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialog.conversations.policy import Feature, Kind, Outcome, Status, Topic
from dialog.conversations.rights import Decision, Obstacle, Wish
from dialog.ui import dates

KIND: dict[Kind, Promise] = {
    Kind.APPOINTMENT: _("Bestill time"),
    Kind.RENEWAL: _("Forny resept"),
    Kind.ECONSULTATION: _("E-konsultasjon"),
    Kind.ENQUIRY: _("Kontakt legekontoret"),
    Kind.LOG_QUESTION: _("Spørsmål om et oppslag"),
}

MATTER: dict[Kind, Promise] = {
    Kind.APPOINTMENT: pgettext_lazy("an appointment", "Time"),
    Kind.RENEWAL: _("Reseptfornyelse"),
    Kind.ECONSULTATION: _("E-konsultasjon"),
    Kind.ENQUIRY: _("Henvendelse"),
    Kind.LOG_QUESTION: _("Spørsmål om et oppslag"),
}

LANE: dict[Kind, Promise] = {
    Kind.APPOINTMENT: _("Timer"),
    Kind.RENEWAL: _("Resepter"),
    Kind.ECONSULTATION: _("E-konsultasjoner"),
    Kind.ENQUIRY: _("Henvendelser"),
    Kind.LOG_QUESTION: _("Spørsmål om oppslag"),
}

FEATURE: dict[Feature, Promise] = {
    Feature.APPOINTMENT: _("Bestill time"),
    Feature.DIRECT_BOOKING: _("Velge ledig time selv"),
    Feature.APPOINTMENT_YOUTH: _("Unge under 16 år bestiller time selv"),
    Feature.RENEWAL: _("Forny resept"),
    Feature.RENEWAL_YOUTH: _("Unge under 16 år fornyer resept selv"),
    Feature.ECONSULTATION: _("E-konsultasjon"),
    Feature.ECONSULTATION_FILES: _("Bilder og filer i e-konsultasjoner"),
    Feature.ECONSULTATION_YOUTH: _("Unge under 16 år skriver e-konsultasjon selv"),
    Feature.ENQUIRY: _("Kontakt legekontoret"),
    Feature.ENQUIRY_FILES: _("Bilder og filer i henvendelser"),
    Feature.ENQUIRY_YOUTH: _("Unge under 16 år kontakter legekontoret selv"),
    Feature.OFFICE_REPLY: _("Pasienten kan svare når kontoret skriver først"),
}

NOT_FOR_THE_YOUNG = _(
    "Legekontoret har ikke åpnet dette for unge under 16 år som skriver selv. "
    "En forelder kan gjøre det for deg, eller du kan ringe legekontoret."
)
CLINICIANS_KEEP = _(
    "Det er leger og sykepleiere som avgjør hva foreldre ikke skal se. Spør en av dem."
)
NOBODY_TO_KEEP_FROM = _(
    "Pasienten har fylt 16 år. Foreldrene ser ikke lenger noe her, og det er ingenting å skjule."
)
NOT_BY_YOURSELF = _(
    "Du er under 16 år. En forelder må først si ja til at du bruker dette selv. Det gjør de under "
    "Innstillinger når de har valgt deg. Er du under 13 år, må en forelder gjøre det for deg."
)
NOT_FOR_YOU = _(
    "Du kan ikke gjøre dette for den du har valgt. Fullmakten, eller alderen på barnet, gjelder "
    "ikke denne tjenesten. Pasienten kan gjøre det selv, eller ringe legekontoret."
)
NO_FILES = _(
    "Legekontoret tar ikke imot bilder og filer her nå. Det du har skrevet, står som før. "
    "Send det uten filer, og ring legekontoret hvis de trenger å se dem."
)
NOBODY_SCANS = _(
    "Her kan ingen sende filer nå, for vi kan ikke sjekke dem for virus. Det du har skrevet, står "
    "som før. Send det uten filer."
)
HARMFUL = _(
    "Virussjekken sier at filen kan være skadelig, så vi tar den ikke imot. Send et bilde av det "
    "du vil vise i stedet."
)

OFFICE_CLOSED = _(
    "Legekontoret er lagt ned og tar ikke imot noe mer her. Det du skrev, er ikke sendt. "
    "Trenger du hjelp, ring legen du har nå. Haster det, ring legevakten på 116 117."
)

HAS_CLOSED = _(
    "Legekontoret er lagt ned. Se hvem som er fastlegen din nå, på helsenorge.no. "
    "Haster det, ring legevakten på 116 117."
)

STATUS_FOR_PATIENT: dict[Status, Promise] = {
    Status.WITH_PRACTICE: _("Venter på legekontoret"),
    Status.WITH_PATIENT: _("Venter på deg"),
    Status.RESTING: _("Du trenger ikke gjøre noe"),
    Status.CLOSED: _("Avsluttet"),
}

STATUS_FOR_PRACTICE: dict[Status, Promise] = {
    Status.WITH_PRACTICE: _("Venter på oss"),
    Status.WITH_PATIENT: _("Venter på pasienten"),
    Status.RESTING: _("Hviler"),
    Status.CLOSED: _("Avsluttet"),
}

ERASED = _("Innholdet er slettet.")

WISH: dict[Wish, Promise] = {
    Wish.CORRECT: _("Retting"),
    Wish.ERASE: _("Sletting"),
}

DECISION: dict[Decision, Promise] = {
    Decision.CORRECTED: _("Rettet"),
    Decision.ERASED: _("Slettet"),
    Decision.DECLINED: _("Avslått"),
}

OBSTACLE: dict[Obstacle, Promise] = {
    Obstacle.NOT_CLOSED: _("Avslutt saken før innholdet slettes."),
    Obstacle.PROMISED: _("Noe i saken er ikke gjort ennå. Fullfør oppfølgingen og fristene først."),
    Obstacle.NOT_JOURNALED: _("Før e-konsultasjonen i journalen først."),
    Obstacle.ON_ITS_WAY: _("Journalsystemet har ikke fått alt ennå. Prøv igjen om litt."),
}

OUTCOME: dict[Outcome, Promise] = {
    Outcome.ANSWERED: _("Besvart"),
    Outcome.DECLINED: _("Avslått"),
    Outcome.REDIRECTED: _("Vist videre"),
    Outcome.WITHDRAWN: _("Trukket tilbake"),
    Outcome.EXPIRED: _("Utløpt"),
}

TOPIC: dict[Topic, Promise | str] = {
    Topic.NONE: "",
    Topic.OPENING_HOURS: _("Åpningstider"),
    Topic.INVOICE: _("Regning eller betaling"),
    Topic.CERTIFICATE: _("Kopi av attest eller papirer"),
    Topic.CHANGE_OF_APPOINTMENT: _("Endre en time"),
    Topic.LAB: _("Time til prøvetaking"),
    Topic.ADDRESS: _("Finne fram til kontoret"),
    Topic.FEE_COMPLAINT: _("Klage på en regning"),
    Topic.OTHER: _("Noe annet praktisk"),
    Topic.SICK_NOTE: _("Sykmelding eller attest"),
    Topic.KNOWN_PROBLEM: _("Noe legen kjenner til fra før"),
    Topic.NEW_PROBLEM: _("Et nytt problem"),
    Topic.TEST_RESULT: _("Spørsmål om prøvesvar"),
    Topic.FOLLOW_UP: _("Oppfølging vi har avtalt"),
    Topic.MEDICINE: _("Spørsmål om medisin"),
    Topic.INFORMATION: _("Informasjon"),
    Topic.QUESTION: _("Spørsmål til deg"),
    Topic.CALL_IN: _("Innkalling"),
    Topic.FORM: _("Skjema"),
    Topic.TASK: _("Noe du skal gjøre"),
}


def at_most(price: int) -> str:
    """What an e-consultation costs a patient who is shown the way to one (R49)."""
    if price == 0:
        return _now("Det er gratis for deg.")
    return _now("Det koster høyst %(price)s.") % {"price": dates.kr(price)}


def urgent(phone: str) -> str:
    """What to do when it cannot wait for an answer."""
    return _now("Haster det, må du ringe legekontoret på %(phone)s.") % {
        "phone": dates.phone(phone)
    }
