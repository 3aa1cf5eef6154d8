"""The words people see for roles, professions and relations."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Duty, Role
from dialog.people.policy import (
    EndReason,
    GuardianBasis,
    Hindrance,
    Language,
    NotificationKind,
    Presence,
    Profession,
    ProxyKind,
    Stop,
    WrongDays,
    presence,
)
from dialog.ui.dates import day_of_month

ROLE: dict[Role, Promise] = {
    Role.PATIENT: _("Pasient"),
    Role.PROXY: _("Representant"),
    Role.PRACTITIONER: _("Lege"),
    Role.NURSE: _("Sykepleier"),
    Role.STAFF: _("Helsesekretær"),
    Role.PLATFORM: _("Digital dialog"),
    Role.SUPPORT: _("Teknisk hjelp"),
}

PROFESSION: dict[Profession, Promise] = {
    Profession.DOCTOR: _("Lege"),
    Profession.NURSE: _("Sykepleier"),
    Profession.LAB: _("Laboratorium"),
}

PROXY: dict[ProxyKind, Promise] = {
    ProxyKind.PARENT: _("Forelder"),
    ProxyKind.MANDATE: _("Fullmakt"),
    ProxyKind.GUARDIAN: _("Verge"),
}

# The field it is said at, and the sentence.
WRONG_DAYS: dict[WrongDays, tuple[str, Promise]] = {
    WrongDays.HAS_BEGUN: (
        "since",
        _("Personen har begynt her, og første dag kan ikke endres. La feltet stå som det var."),
    ),
    WrongDays.BEGINS_IN_THE_PAST: ("since", _("Første dag må være i dag eller senere.")),
    WrongDays.ENDS_BEFORE_IT_BEGINS: ("last", _("Siste dag kan ikke være før første dag.")),
    WrongDays.ENDS_IN_THE_PAST: (
        "last",
        _("Siste dag må være i dag eller senere. Skal tilgangen slutte nå, ta bort personen."),
    ),
}


def days_at_work(role: Role, first: date, last: date | None, *, on: date) -> str:
    """What is to be said of somebody's days here: that they are a locum and until when, or when
    they begin; nothing of those who have begun and are here until further notice.
    """
    if role is Role.SUPPORT and last is not None:  # who helps is nobody's locum
        return days_from(first, last)
    coming = presence(first, last, on=on) is Presence.COMING
    if last is None:
        return _now("Begynner %(first)s") % {"first": day_of_month(first)} if coming else ""
    if coming:
        words = {"first": day_of_month(first), "last": day_of_month(last)}
        return _now("Vikar fra %(first)s til og med %(last)s") % words
    return _now("Vikar til og med %(last)s") % {"last": day_of_month(last)}


def days_from(first: date, last: date | None) -> str:
    """From which day somebody works here, and to which last one when that is said."""
    words = {"first": day_of_month(first), "last": day_of_month(last) if last else ""}
    if last is None:
        return _now("Fra %(first)s") % words
    return _now("Fra %(first)s til og med %(last)s") % words


YES_IS_ANOTHERS = _(
    "Den du handler for, må selv si ja til å være digital bruker først. Det gjøres på "
    "Innstillinger, med egen innlogging. Det du har skrevet, står her. Haster det, ring "
    "legekontoret."
)
TICK_FOR_YES = _("Kryss av for ja hvis du vil være digital bruker.")

HINDRANCE: dict[Hindrance, Promise] = {
    Hindrance.NO_CONSENT: _("Pasienten er ikke digital bruker."),
    Hindrance.WITHDRAWN: _("Pasienten har trukket ja\u2011et til å være digital bruker."),
    Hindrance.RESERVED: _("Pasienten har reservert seg mot digital kommunikasjon."),
    Hindrance.LOCKED: _("Pasienten har sperret tilgangen sin."),
    Hindrance.NOT_HEARD: _("Kontaktregisteret har ikke svart om pasienten ennå."),
    Hindrance.NOT_REGISTERED: _("Pasienten står ikke i kontaktregisteret."),
    Hindrance.OLD_CONTACT: _("Mobilnummeret er ikke bekreftet de siste 18 månedene."),
    Hindrance.NO_PHONE: _("Vi har ikke noe mobilnummer til pasienten."),
    Hindrance.SWITCHED_OFF: _("Pasienten har valgt bort slike SMS."),
    Hindrance.NOBODY_TOLD: _("Ingen av dem som handler for pasienten, kan få SMS."),
}
NOT_WRITTEN_TO: dict[Hindrance, Promise] = {
    Hindrance.NO_CONSENT: _(
        "Pasienten er ikke digital bruker, og kan ikke få meldinger her. Ring, eller send brev. "
        "Det du har skrevet, står her."
    ),
    Hindrance.WITHDRAWN: _(
        "Pasienten har trukket ja\u2011et til å være digital bruker. Ring, eller send brev. Det du "
        "har skrevet, står her."
    ),
    Hindrance.RESERVED: _(
        "Pasienten har reservert seg mot digital kommunikasjon. Ring, eller send brev. Det du "
        "har skrevet, står her."
    ),
    Hindrance.LOCKED: _(
        "Pasienten har sperret tilgangen sin, og leser ikke her. Ring, eller send brev. Det du "
        "har skrevet, står her."
    ),
}

TOO_YOUNG_TO_GIVE = _(
    "Alderen passer ikke. En forelder kan handle for barn under 16 år. Den som har fylt 16 år, kan "
    "selv gi fullmakt."
)
TOO_YOUNG_TO_RECEIVE = _("Den som skal få fullmakt, må ha fylt 18 år.")
NOT_AT_THIS_AGE = _(
    "Barn kan få bruke tjenesten selv fra de fyller 13 år. Fra 16 år bestemmer de det selv."
)
NOBODY_SUCH = _(
    "Vi finner ingen med dette fødselsnummeret og etternavnet. Se om begge er riktige. Har "
    "personen aldri brukt tjenesten, må personen logge inn her én gang først."
)
NOT_ONESELF = _("Dette er ditt eget fødselsnummer. Skriv nummeret til den som skal få fullmakt.")
HAS_ONE = _(
    "Denne personen kan allerede handle for deg. Vil du endre noe, må du avslutte det som gjelder "
    "nå, og gi en ny fullmakt."
)
NOT_HERE = _("Det går ikke å gi denne fullmakten her. Ring legekontoret, så hjelper de deg.")
REGISTER_IS_SILENT = _(
    "Vi får ikke svar fra Folkeregisteret, og kan ikke gi noen fullmakt akkurat nå. Det du har "
    "skrevet, står her. Prøv igjen om litt."
)
A_DOCTOR_DECIDES = _("Bare en lege kan bestemme at noen skal handle for en pasient.")
TOO_YOUNG_TO_ACT = _("Den som skal handle for pasienten, må ha fylt 18 år.")
WITHIN_YEARS = _("Velg en dag fra i morgen og inntil fem år frem. Da ser dere på det på nytt.")
WRITE_THE_GROUND = _("Skriv hva dere bygger på, og hvor det er dokumentert.")
NOT_THIS_ONE = _("Dette er nummeret til pasienten eller til deg selv.")
ACTS_ALREADY = _(
    "Denne personen kan allerede handle for pasienten. Avslutt det som gjelder nå, før dere "
    "registrerer noe nytt."
)
FOR_THE_OFFICE: tuple[Promise, Promise] = (
    _(
        "Vi får ikke svar fra Folkeregisteret, og kan ikke registrere noen akkurat nå. Det du har "
        "skrevet, står her. Prøv igjen om litt."
    ),
    _("Det går ikke å registrere denne personen for pasienten her."),
)
GUARDIAN_BASIS: dict[GuardianBasis, Promise] = {
    GuardianBasis.GUARDIAN: _("Oppnevnt verge"),
    GuardianBasis.FUTURE_POWER: _("Fremtidsfullmakt"),
    GuardianBasis.NEXT_OF_KIN: _("Nærmeste pårørende"),
}
END_REASON: dict[EndReason, Promise] = {
    EndReason.ASKED: _("Pasienten har bedt om det"),
    EndReason.OVER: _("Grunnlaget gjelder ikke lenger"),
    EndReason.MISTAKE: _("Det ble registrert ved en feil"),
    EndReason.SAFETY: _("For å beskytte pasienten"),
}
IN_NOTHING = _("Velg minst én ting fullmakten skal gjelde.")
ENDS_BEFORE_IT_BEGINS = _("Velg en dag som kommer etter den dagen fullmakten begynner.")

PERSONNEL_IS_SILENT = _(
    "Vi får ikke svar fra Helsepersonellregisteret, og kan ikke legge til helsepersonell akkurat "
    "nå. Det du har skrevet, står her. Prøv igjen om litt."
)
NOT_AUTHORISED: dict[Role, Promise] = {
    Role.PRACTITIONER: _(
        "Helsepersonellregisteret sier ikke at denne personen har gyldig autorisasjon som lege. Se "
        "om fødselsnummeret er riktig."
    ),
    Role.NURSE: _(
        "Helsepersonellregisteret sier ikke at denne personen har gyldig autorisasjon som "
        "sykepleier. Se om fødselsnummeret er riktig."
    ),
}
ONLY_DIGITS = _("Skriv bare tallene i avtalenummeret.")
NO_ORGANISATION_NUMBER = _(
    "Kontoret har ikke noe organisasjonsnummer her. Be dem som drifter tjenesten om å legge det "
    "inn først."
)
ANOTHER_LIST_HAS_IT = _("En annen av listene deres har dette avtalenummeret.")
ANOTHERS_HPR_NUMBER = _(
    "HPR-nummeret du logget inn med, er ikke det Helsepersonellregisteret har på deg. Da slipper "
    "vi ingen inn. Ta kontakt med den som styrer innloggingen på kontoret."
)

NOT_NOW: dict[Stop, Promise] = {
    Stop.NOT_RESPONSIBLE: _(
        "Folkeregisteret sier at du ikke har foreldreansvar eller er verge nå. Stemmer det ikke? "
        "Ta kontakt med Folkeregisteret. Legekontoret kan hjelpe deg på telefon så lenge."
    ),
    Stop.LIVES_ELSEWHERE: _(
        "Folkeregisteret sier at ingen av foreldrene bor på samme adresse som barnet. Da kan ingen "
        "av dere bruke tjenesten for barnet her. Stemmer det ikke? Meld flytting til "
        "Folkeregisteret. Ring legekontoret hvis barnet trenger hjelp."
    ),
    Stop.REGISTER: _(
        "Det går ikke å handle for denne personen her nå. Ring legekontoret, så hjelper de deg."
    ),
}

DUTY: dict[Duty, Promise] = {
    Duty.MANAGE_OFFICE: _("Sette opp kontoret"),
    Duty.PREPARE_RENEWALS: _("Forberede reseptfornyelser"),
    Duty.SEE_ECONSULTATIONS: _("Lese e-konsultasjoner"),
    Duty.ANSWER_ECONSULTATIONS: _("Svare på e-konsultasjoner"),
    Duty.REVIEW_ACCESS: _("Følge opp loggen"),
}

LANGUAGE: dict[Language, str] = {
    Language.NB: "Norsk bokmål",
    Language.NN: "Norsk nynorsk",
    Language.EN: "English",
}

NOTIFICATION: dict[NotificationKind, Promise] = {
    NotificationKind.APPOINTMENT: _("Ny, endret eller avlyst time"),
    NotificationKind.REMINDER: _("Påminnelse dagen før en time"),
    NotificationKind.MESSAGE: _("Ny melding fra legekontoret"),
    NotificationKind.RENEWAL: _("Svar på reseptfornyelse"),
}
