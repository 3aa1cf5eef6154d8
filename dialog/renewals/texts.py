"""The words people see for lines, reasons and next steps."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from dialog.renewals.policy import Group, Hint, ItemStatus, PickUp, Reason, Source, Step
from dialog.ui import dates

GROUP: dict[Group, Promise] = {
    Group.A: _("Reseptgruppe A"),
    Group.B: _("Reseptgruppe B"),
    Group.C: _("Reseptgruppe C"),
    Group.F: _("Reseptgruppe F"),
    Group.NONE: _("Utstyr eller næringsmiddel"),
}

SOURCE: dict[Source, Promise] = {
    Source.ENTERED: _("Skrevet inn av legekontoret"),
    Source.IMPORTED: _("Hentet inn fra fil"),
    Source.REGISTER: _("Hentet fra register"),
}

PICK_UP: dict[PickUp, Promise] = {
    PickUp.PHARMACY: _("Elektronisk resept, til et hvilket som helst apotek"),
    PickUp.MULTIDOSE: _("Ferdig pakket fra apoteket (multidose)"),
    PickUp.OFFICE: _("Resept på papir, hentes på legekontoret"),
}

STATUS_FOR_PATIENT: dict[ItemStatus, Promise] = {
    ItemStatus.REQUESTED: _("Mottatt"),
    ItemStatus.PREPARED: _("Klargjort for legen"),
    ItemStatus.RENEWED: _("Fornyet"),
    ItemStatus.DECLINED: _("Ikke fornyet"),
    ItemStatus.CONSULTATION_NEEDED: _("Du må snakke med legen først"),
}

STATUS_FOR_PRACTICE: dict[ItemStatus, Promise] = {
    ItemStatus.REQUESTED: _("Ny"),
    ItemStatus.PREPARED: _("Klargjort"),
    ItemStatus.RENEWED: _("Fornyet"),
    ItemStatus.DECLINED: _("Avslått"),
    ItemStatus.CONSULTATION_NEEDED: _("Trenger konsultasjon"),
}

REASON_FOR_PATIENT: dict[Reason, Promise | str] = {
    Reason.NONE: "",
    Reason.STILL_VALID: _("Du har igjen på resepten du har fra før."),
    Reason.STOPPED: _("Du skal ikke lenger bruke denne."),
    Reason.CHANGED: _("Denne er byttet ut med noe annet."),
    Reason.ANOTHER_DOCTOR: _("En annen lege følger opp denne, og må fornye den."),
    Reason.NOT_PRESCRIBED: _("Vi finner ikke at vi har skrevet ut denne til deg."),
    Reason.NOT_HERE: _("Denne kan ikke fornyes her."),
    Reason.CONTROL_DUE: _("Det er tid for en kontroll før denne fornyes."),
    Reason.TESTS_DUE: _("Det må tas prøver før denne fornyes."),
    Reason.HABIT_FORMING: _("Denne kan være vanedannende. Da må legen snakke med deg først."),
    Reason.LONG_AGO: _("Det er lenge siden du snakket med legen om denne."),
    Reason.OTHER: "",
}

REASON_FOR_PRACTICE: dict[Reason, Promise | str] = {
    Reason.NONE: "",
    Reason.STILL_VALID: _("Gyldig resept finnes"),
    Reason.STOPPED: _("Seponert"),
    Reason.CHANGED: _("Byttet ut"),
    Reason.ANOTHER_DOCTOR: _("Følges opp av annen lege"),
    Reason.NOT_PRESCRIBED: _("Ikke skrevet ut her før"),
    Reason.NOT_HERE: _("Kan ikke fornyes her (multidose, papir)"),
    Reason.CONTROL_DUE: _("Tid for kontroll"),
    Reason.TESTS_DUE: _("Trenger prøver"),
    Reason.HABIT_FORMING: _("Vanedannende"),
    Reason.LONG_AGO: _("Lenge siden sist"),
    Reason.OTHER: _("Annet (skriv selv)"),
}

NEXT_STEP: dict[Step, Promise | str] = {
    Step.NOTHING: "",
    Step.PHARMACY: _("Gå til apoteket og be om den."),
    Step.OTHER_DOCTOR: _("Ta kontakt med den legen eller det sykehuset som følger deg opp."),
    Step.BOOK: _("Bestill time hvis du vil snakke med legen om det."),
    Step.CONSULT: _("Bestill time, så går dere gjennom det sammen."),
    Step.CALL: _("Ring legekontoret hvis du lurer på noe."),
}

HINT: dict[Hint, Promise | str] = {
    Hint.NONE: "",
    Hint.HABIT_FORMING: _(
        "Denne kan være vanedannende. Legen må snakke med deg før den skrives ut på nytt."
    ),
    Hint.CONSULTATION_FIRST: _("Legen vil snakke med deg før denne skrives ut på nytt."),
    Hint.CONTROL_DUE: _("Det er tid for en kontroll. Legen kan be deg om å komme først."),
    Hint.STILL_VALID: _("Du har igjen på denne. Du kan hente den på apoteket nå."),
    Hint.JUST_RENEWED: _("Denne er nettopp fornyet. Du kan hente den på apoteket."),
}

FETCH: dict[PickUp, Promise] = {
    PickUp.PHARMACY: _("Du kan hente den på et hvilket som helst apotek."),
    PickUp.MULTIDOSE: _("Apoteket pakker den sammen med resten."),
    PickUp.OFFICE: _("Du kan hente resepten på legekontoret."),
}


def what_is_left(
    *, repeats: int | None, valid_until: date | None, renewed_on: date | None, today: date
) -> str:
    """What is left, as far as the office knows; nothing where it knows nothing."""
    parts = []
    if renewed_on:
        parts.append(gettext("Fornyet %(day)s.") % {"day": dates.day_of_month(renewed_on)})
    elif valid_until:
        words = (
            gettext("Gikk ut %(day)s.") if valid_until < today else gettext("Gyldig til %(day)s.")
        )
        parts.append(words % {"day": dates.day_of_month(valid_until)})
    if repeats is not None and not renewed_on:
        left = ngettext("%(left)s utlevering igjen.", "%(left)s utleveringer igjen.", repeats)
        parts.append(left % {"left": repeats} if repeats else gettext("Ingen utleveringer igjen."))
    return " ".join(parts)
