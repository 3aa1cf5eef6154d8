"""The few sentences an SMS may contain, and the words for how it went.

No link, no free text, no illness, service or doctor (R31, R32), never more than one segment.
«Avtale med legekontoret» is true of doctor, nurse and lab, in person, by phone and video (R44).
"""

from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.notifications.policy import AttemptState, News, Reason
from dialog.ui import dates

ANSWERED = _("Legekontoret har svart deg. Logg inn i Digital dialog for å lese svaret.")
ANOTHER_ANSWERED = _(
    "Legekontoret har svart en du representerer. Logg inn i Digital dialog for å lese svaret."
)

TO_ONESELF: dict[News, Promise] = {
    News.BOOKED: _(
        "Du har en avtale med legekontoret %(when)s. "
        "Logg inn i Digital dialog for å lese mer eller endre den."
    ),
    News.MOVED: _(
        "Avtalen din med legekontoret er flyttet til %(when)s. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.CANCELLED: _(
        "Avtalen din med legekontoret %(when)s er avlyst. Logg inn i Digital dialog for å lese mer."
    ),
    News.CHANGED: _(
        "Avtalen din med legekontoret %(when)s er endret. Logg inn i Digital dialog for å lese mer."
    ),
    News.REFUSED: _(
        "Legekontoret kunne ikke gi deg tiden du valgte. "
        "Logg inn i Digital dialog for å velge en annen."
    ),
    News.UNANSWERED: _(
        "Legekontoret har ikke svart på tiden du valgte, så den ble ikke din. "
        "Logg inn i Digital dialog eller ring legekontoret."
    ),
    News.RUN_OUT: _(
        "Et forslag til avtale med legekontoret har gått ut. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.OFFERED: _(
        "Legekontoret foreslår en avtale med deg. Logg inn i Digital dialog for å svare."
    ),
    News.REMINDER: _(
        "Husk avtalen med legekontoret %(when)s. "
        "Passer det ikke? Logg inn i Digital dialog eller ring legekontoret."
    ),
    News.MESSAGE: _(
        "Du har fått en melding fra legekontoret. Logg inn i Digital dialog for å lese den."
    ),
    News.UNREAD: _(
        "Du har en viktig melding fra legekontoret som du ikke har lest. "
        "Logg inn i Digital dialog for å lese den."
    ),
    News.ANSWERED: ANSWERED,
    News.RENEWAL: ANSWERED,
    News.TASK: _(
        "Legekontoret venter på at du gjør noe, og fristen er snart ute. "
        "Logg inn i Digital dialog for å se hva."
    ),
    News.TASK_LATE: _(
        "Fristen for noe legekontoret ba deg gjøre, er ute. "
        "Logg inn i Digital dialog for å se hva du kan gjøre nå."
    ),
}

FOR_ANOTHER: dict[News, Promise] = {
    News.BOOKED: _(
        "En du representerer har en avtale med legekontoret %(when)s. "
        "Logg inn i Digital dialog for å lese mer eller endre den."
    ),
    News.MOVED: _(
        "Avtalen til en du representerer er flyttet til %(when)s. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.CANCELLED: _(
        "Avtalen til en du representerer %(when)s er avlyst. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.CHANGED: _(
        "Avtalen til en du representerer %(when)s er endret. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.REFUSED: _(
        "Legekontoret kunne ikke gi tiden som ble valgt til en du representerer. "
        "Logg inn i Digital dialog for å velge en annen."
    ),
    News.UNANSWERED: _(
        "Legekontoret har ikke svart på tiden som ble valgt til en du representerer. "
        "Logg inn i Digital dialog eller ring legekontoret."
    ),
    News.RUN_OUT: _(
        "Et forslag til avtale for en du representerer har gått ut. "
        "Logg inn i Digital dialog for å lese mer."
    ),
    News.OFFERED: _(
        "Legekontoret foreslår en avtale med en du representerer. "
        "Logg inn i Digital dialog for å svare."
    ),
    News.REMINDER: _(
        "Husk at en du representerer har avtale %(when)s. "
        "Passer det ikke? Logg inn i Digital dialog eller ring legekontoret."
    ),
    News.MESSAGE: _(
        "Legekontoret har skrevet til en du representerer. "
        "Logg inn i Digital dialog for å lese meldingen."
    ),
    News.UNREAD: _(
        "En du representerer har en viktig melding fra legekontoret som ikke er lest. "
        "Logg inn i Digital dialog for å lese den."
    ),
    News.ANSWERED: ANOTHER_ANSWERED,
    News.RENEWAL: ANOTHER_ANSWERED,
    News.TASK: _(
        "Legekontoret venter på noe for en du representerer, og fristen er snart ute. "
        "Logg inn i Digital dialog for å se hva."
    ),
    News.TASK_LATE: _(
        "Fristen for noe legekontoret ba om for en du representerer, er ute. "
        "Logg inn i Digital dialog for å se hva."
    ),
}

NEWS: dict[News, Promise] = {
    News.BOOKED: _("Ny time"),
    News.MOVED: _("Flyttet time"),
    News.CANCELLED: _("Avlyst time"),
    News.CHANGED: _("Endret time"),
    News.REFUSED: _("Fikk ikke timen"),
    News.UNANSWERED: _("Ikke svart på valgt time"),
    News.OFFERED: _("Forslag til time"),
    News.RUN_OUT: _("Forslag til time har gått ut"),
    News.REMINDER: _("Påminnelse om time"),
    News.MESSAGE: _("Ny melding"),
    News.ANSWERED: _("Svar fra legekontoret"),
    News.UNREAD: _("Påminnelse om ulest melding"),
    News.RENEWAL: _("Svar på reseptfornyelse"),
    News.TASK: _("Påminnelse om noe som skal gjøres"),
    News.TASK_LATE: _("Fristen er ute for noe som skal gjøres"),
}

STATE: dict[AttemptState, Promise] = {
    AttemptState.QUEUED: _("Venter på å bli sendt"),
    AttemptState.SENT: _("Sendt"),
    AttemptState.DELIVERED: _("Levert"),
    AttemptState.FAILED: _("Kom ikke fram"),
    AttemptState.SUPPRESSED: _("Ikke sendt"),
}

REASON: dict[Reason, Promise | str] = {
    Reason.NONE: "",
    Reason.CHOICE: _("Mottakeren har valgt bort slike varsler."),
    Reason.NO_CONSENT: _("Pasienten er ikke digital bruker."),
    Reason.RESERVED: _("Mottakeren har reservert seg mot digital kommunikasjon."),
    Reason.OLD_CONTACT: _("Mobilnummeret er ikke bekreftet de siste 18 månedene."),
    Reason.NOT_REGISTERED: _("Mottakeren står ikke i kontaktregisteret."),
    Reason.NO_PHONE: _("Vi har ikke noe mobilnummer."),
    Reason.SAME_PHONE: _("Samme mobilnummer har alt fått varselet."),
    Reason.MERGED: _("Slått sammen med et nyere varsel."),
    Reason.ALREADY_READ: _("Mottakeren hadde alt lest det."),
    Reason.NOT_SO: _("Det gjaldt ikke lenger da varselet skulle sendes."),
    Reason.REFUSED: _("Mobilnummeret kan ikke ta imot SMS."),
    Reason.TOO_LATE: _("Det ble for sent å varsle."),
    Reason.NOT_DELIVERED: _("Telefonen tok ikke imot meldingen."),
}


def sentence(
    news: News, *, language: str, starts: datetime | None = None, for_another: bool = False
) -> str:
    """The whole SMS, in the reader's language, in letters that fit one segment."""
    with translation.override(language):
        words = str((FOR_ANOTHER if for_another else TO_ONESELF)[news])
        when = dates.moment(starts).replace(dates.NBSP, " ") if starts else ""
        return words % {"when": when}
