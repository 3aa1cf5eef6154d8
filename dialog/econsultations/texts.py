"""The words people see for how far an e-consultation has come, and for the fields of the card."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialog.conversations.policy import Kind
from dialog.econsultations.policy import EConsultationStatus, Reply, TemplateKind
from dialog.ui import dates

STATUS: dict[EConsultationStatus, Promise] = {
    EConsultationStatus.REQUESTED: _("Sendt"),
    EConsultationStatus.BEGUN: _("Åpnet av lege"),
    EConsultationStatus.COMPLETED: _("Avsluttet"),
    EConsultationStatus.REFERRED: _("Du trenger en vanlig time"),
    EConsultationStatus.DECLINED: _("Legen kan ikke svare her"),
    EConsultationStatus.WITHDRAWN: _("Trukket tilbake"),
}

STATUS_FOR_PRACTICE: dict[EConsultationStatus, Promise] = {
    EConsultationStatus.REQUESTED: _("Ikke tatt av noen ennå"),
    EConsultationStatus.BEGUN: _("Tatt av lege"),
    EConsultationStatus.COMPLETED: _("Avsluttet"),
    EConsultationStatus.REFERRED: _("Vist til en vanlig time"),
    EConsultationStatus.DECLINED: _("Avslått"),
    EConsultationStatus.WITHDRAWN: _("Trukket tilbake av pasienten"),
}

CARD: dict[TemplateKind, Promise] = {
    TemplateKind.WHAT_WE_THINK: _("Dette tror vi"),
    TemplateKind.WHAT_YOU_DO: _("Dette gjør du"),
    TemplateKind.WHEN_AND_WHERE: _("Når du skal ta kontakt igjen, og hvor"),
    TemplateKind.WHO_FOLLOWS_UP: _("Hvem som følger opp, og innen når"),
}

TEMPLATE: dict[TemplateKind, Promise] = {
    TemplateKind.ANSWER: _("Svar"),
    TemplateKind.ASK: _("Be om mer"),
    TemplateKind.DECLINE: _("Avslag"),
    TemplateKind.REFER: _("Du trenger en vanlig time"),
    **CARD,
}

REPLY: dict[Reply, Promise] = {
    Reply.FREE: _("Ja, gratis"),
    Reply.NONE: _("Nei, dette er bare informasjon"),
    Reply.CHARGED: _("Ja, som en ny e-konsultasjon med egenandel"),
}

_FREE = _(
    "Du betaler ikke noe for denne e-konsultasjonen. Teksten din følger med når du går videre, "
    "så du slipper å skrive alt på nytt."
)
ELSEWHERE: dict[Kind, tuple[Promise, ...]] = {
    Kind.RENEWAL: (
        _("Hei!"),
        _("Dette gjelder en resept. Det ber du om i tjenesten Forny resept, og det er gratis."),
        _FREE,
    ),
    Kind.ENQUIRY: (
        _("Hei!"),
        _("Dette er noe praktisk som legekontoret svarer på gratis i Kontakt legekontoret."),
        _FREE,
    ),
}


def office_shut(on: date, nearest: date) -> str:
    """That nobody is at the office that day to follow up, and which day comes closest."""
    return gettext(
        "Legekontoret er stengt %(day)s. Velg en annen dag, for eksempel %(nearest)s."
    ) % {
        "day": dates.day(on),
        "nearest": dates.day(nearest),
    }
