"""The words for what went wrong and what is done about it; and the letter to those affected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialog.breaches.policy import Kind, Must, Obstacle, Risk, Said, Status, Step, Told, hours_left
from dialog.conversations.queries import Mistake
from dialog.people import queries as people
from dialog.ui import dates

KIND: Mapping[Kind, Promise] = {
    Kind.WRONG_PATIENT: gettext_lazy("Sendt til feil pasient"),
    Kind.WRONG_DOCTOR: gettext_lazy("Sendt til feil lege eller kontor"),
    Kind.SEEN: gettext_lazy("Sett av noen som ikke skulle se det"),
    Kind.LOST: gettext_lazy("Opplysninger er borte eller på avveie"),
    Kind.UNAVAILABLE: gettext_lazy("Opplysninger var ikke tilgjengelige"),
    Kind.OTHER: gettext_lazy("Noe annet"),
}
STATUS: Mapping[Status, Promise] = {
    Status.OPEN: gettext_lazy("Ikke vurdert"),
    Status.ASSESSED: gettext_lazy("Vurdert"),
    Status.NOTIFIED: gettext_lazy("Meldt til Datatilsynet"),
    Status.CLOSED: gettext_lazy("Avsluttet"),
}
RISK: Mapping[Risk, Promise] = {
    Risk.UNLIKELY: gettext_lazy("Lite trolig at noen får problemer"),
    Risk.RISK: gettext_lazy("Risiko"),
    Risk.HIGH: gettext_lazy("Høy risiko"),
}
RISK_MEANS: Mapping[Risk, Promise] = {
    Risk.UNLIKELY: gettext_lazy("Avviket skrives ned her. Datatilsynet trenger ikke få vite det."),
    Risk.RISK: gettext_lazy("Datatilsynet skal ha melding innen 72 timer."),
    Risk.HIGH: gettext_lazy(
        "Datatilsynet skal ha melding innen 72 timer, og de det gjelder skal få vite det så fort "
        "som mulig."
    ),
}
MUST: Mapping[Must, Promise] = {
    Must.DOCUMENT: gettext_lazy("Skrive ned avviket og hva dere gjør med det"),
    Must.NOTIFY: gettext_lazy("Melde fra til Datatilsynet innen 72 timer"),
    Must.TELL: gettext_lazy("Fortelle det til dem det gjelder, så fort som mulig"),
}
OBSTACLE: Mapping[Obstacle, Promise] = {
    Obstacle.NOT_ASSESSED: gettext_lazy("Vurder risikoen først."),
    Obstacle.NOT_NOTIFIED: gettext_lazy("Datatilsynet har ikke fått melding."),
    Obstacle.NOT_TOLD: gettext_lazy("Ikke alle de berørte har fått vite det."),
}
SAID: Mapping[Said, Promise] = {
    Said.NOTE: gettext_lazy("Merknad"),
    Said.MEASURE: gettext_lazy("Tiltak"),
    Said.NOTIFIED: gettext_lazy("Meldt til Datatilsynet"),
    Said.CLOSED: gettext_lazy("Avsluttet"),
    Said.REOPENED: gettext_lazy("Åpnet igjen"),
}
TOLD: Mapping[Told, Promise] = {
    Told.PORTAL: gettext_lazy("Melding i portalen"),
    Told.LETTER: gettext_lazy("Brev på papir"),
    Told.PHONE: gettext_lazy("På telefon"),
    Told.IN_PERSON: gettext_lazy("På kontoret"),
    Told.EXEMPT: gettext_lazy("Trenger ikke få vite det"),
}
STEP: Mapping[Step, Promise] = {
    Step.ASSESS: gettext_lazy("Vurder risikoen"),
    Step.NOTIFY: gettext_lazy("Skriv ned at Datatilsynet har fått melding"),
    Step.CLOSE: gettext_lazy("Avslutt avviket"),
    Step.REOPEN: gettext_lazy("Åpne avviket igjen"),
}
OPENING: Mapping[Kind, Promise] = {
    Kind.WRONG_PATIENT: gettext_lazy("En melding om deg ble sendt til en annen pasient."),
    Kind.WRONG_DOCTOR: gettext_lazy("En melding om deg ble sendt til feil lege eller legekontor."),
    Kind.SEEN: gettext_lazy("Noen har sett opplysninger om deg uten at de skulle det."),
    Kind.LOST: gettext_lazy("Opplysninger om deg er kommet bort hos oss."),
    Kind.UNAVAILABLE: gettext_lazy("Vi hadde en tid ikke tilgang til opplysninger om deg."),
    Kind.OTHER: gettext_lazy("Noe har gått galt med opplysninger om deg hos oss."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter tells, as the office has assessed it."""

    kind: Kind
    happened_at: datetime | None
    aware_at: datetime
    information: str
    consequences: str
    measures: str
    contact: str


def letter(about: About) -> str:
    """A first draft to those affected, with what article 34 (2) asks for; the office goes over it.

    What the office wrote itself is not translated.
    """
    when = (
        _("Det skjedde %(day)s. Vi oppdaget det %(found)s.")
        % {"day": dates.day(about.happened_at), "found": dates.day(about.aware_at)}
        if about.happened_at
        else _("Vi oppdaget det %(found)s.") % {"found": dates.day(about.aware_at)}
    )
    parts = [
        f"{OPENING[about.kind]} {when}",
        _("Vi beklager at dette har skjedd."),
        *_part(_("Opplysningene det gjelder:"), about.information),
        *_part(_("Dette kan det føre til:"), about.consequences),
        *_part(_("Dette har vi gjort:"), about.measures),
        *_part(_("Lurer du på noe? Ta kontakt med:"), about.contact),
        _("Du kan også klage til Datatilsynet: datatilsynet.no."),
    ]
    return "\n\n".join(parts)


def _part(heading: str, words: str) -> list[str]:
    return [f"{heading}\n{words}"] if words else []


def contact_of(office: people.Office, name: str) -> str:
    """Whom to ask, as it is suggested: whoever follows up, and the office's telephone."""
    phone = _("telefon %(phone)s") % {"phone": dates.phone(office.phone)}
    return f"{name}, {office.name}, {phone}"


def drafted(mistake: Mistake) -> str:
    """What the platform writes about what was on the wrong patient."""
    if mistake.about_patient_id is None:
        return _(
            "Kontoret sendte en melding til feil pasient og trakk den tilbake før den var åpnet. "
            "Skriv hvem den gjaldt, hvis det er noen andre."
        )
    moved = _("En melding fra kontoret lå hos feil pasient, og er flyttet til riktig pasient.")
    opened = (
        _("Den første pasienten hadde åpnet den.")
        if mistake.opened
        else _("Den første pasienten hadde ikke åpnet den.")
    )
    return f"{moved} {opened}"


def clock(deadline: datetime, now: datetime) -> str:
    """``Frist mandag 30. november kl. 14.10, 31 timer igjen``."""
    left = hours_left(deadline, now)
    said = {"when": dates.moment(deadline), "n": abs(left)}
    if left < 0:
        return (
            ngettext(
                "Fristen var %(when)s, for %(n)d time siden",
                "Fristen var %(when)s, for %(n)d timer siden",
                abs(left),
            )
            % said
        )
    if left == 0:
        return _("Frist %(when)s, mindre enn en time igjen") % said
    return (
        ngettext("Frist %(when)s, %(n)d time igjen", "Frist %(when)s, %(n)d timer igjen", left)
        % said
    )
