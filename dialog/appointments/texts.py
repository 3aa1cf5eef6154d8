"""The words people see for appointments: states, ways to meet, parts of the day."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.appointments.policy import AppointmentStatus, DayPart, ExceptionKind, MeetingType

STATUS_FOR_PATIENT: dict[AppointmentStatus, Promise] = {
    AppointmentStatus.PROPOSED: _("Ønske sendt"),
    AppointmentStatus.PENDING: _("Venter på bekreftelse"),
    AppointmentStatus.OFFERED: _("Forslag til time – svar på det"),
    AppointmentStatus.BOOKED: _("Time bestilt"),
    AppointmentStatus.CANCELLED: _("Avlyst"),
    AppointmentStatus.FULFILLED: _("Gjennomført"),
    AppointmentStatus.NOSHOW: _("Ikke møtt"),
}

STATUS_FOR_PRACTICE: dict[AppointmentStatus, Promise] = {
    AppointmentStatus.PROPOSED: _("Ønsker time"),
    AppointmentStatus.PENDING: _("Venter på journalsystemet"),
    AppointmentStatus.OFFERED: _("Foreslått, venter på pasienten"),
    AppointmentStatus.BOOKED: _("Bestilt"),
    AppointmentStatus.CANCELLED: _("Avlyst"),
    AppointmentStatus.FULFILLED: _("Møtte"),
    AppointmentStatus.NOSHOW: _("Møtte ikke"),
}

MEETING: dict[MeetingType, Promise] = {
    MeetingType.IN_PERSON: _("Oppmøte"),
    MeetingType.PHONE: _("Telefon"),
    MeetingType.VIDEO: _("Video"),
    MeetingType.BLOOD_SAMPLE: _("Blodprøve"),
    MeetingType.BLOOD_PRESSURE: _("Blodtrykk"),
    MeetingType.INR: _("INR-kontroll"),
    MeetingType.INJECTION: _("Sprøyte eller vaksine"),
    MeetingType.WOUND: _("Sårstell"),
    MeetingType.OTHER_TASK: _("Annet hos sykepleier eller laboratorium"),
}

DAY_PART: dict[DayPart, Promise] = {
    DayPart.MORNING: _("Tidlig (før klokka 10)"),
    DayPart.MIDDAY: _("Midt på dagen (klokka 10–13)"),
    DayPart.AFTERNOON: _("Etter klokka 13"),
}

EXCEPTION: dict[ExceptionKind, Promise] = {
    ExceptionKind.AWAY: _("Borte"),
    ExceptionKind.EXTRA: _("Ekstra timer"),
}
