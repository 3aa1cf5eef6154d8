"""The words people see for roles, professions and relations."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Duty, Role
from dialog.people.policy import Language, NotificationKind, Profession, ProxyKind

ROLE: dict[Role, Promise] = {
    Role.PATIENT: _("Pasient"),
    Role.PROXY: _("Representant"),
    Role.PRACTITIONER: _("Lege"),
    Role.NURSE: _("Sykepleier"),
    Role.STAFF: _("Helsesekretær"),
    Role.PLATFORM: _("Digital dialog"),
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

DUTY: dict[Duty, Promise] = {
    Duty.MANAGE_OFFICE: _("Sette opp kontoret"),
    Duty.PREPARE_RENEWALS: _("Forberede reseptfornyelser"),
    Duty.SEE_ECONSULTATIONS: _("Lese e-konsultasjoner"),
    Duty.ANSWER_ECONSULTATIONS: _("Svare på e-konsultasjoner"),
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
