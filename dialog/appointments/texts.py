"""The words people see for appointments: states, ways to meet, parts of the day."""

from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Side
from dialog.appointments.policy import AppointmentStatus, DayPart, ExceptionKind, MeetingType
from dialog.conversations import texts
from dialog.ui import dates

STATUS_FOR_PATIENT: dict[AppointmentStatus, Promise] = {
    AppointmentStatus.PROPOSED: _("Ønske sendt"),
    AppointmentStatus.PENDING: _("Venter på svar"),
    AppointmentStatus.OFFERED: _("Svar på forslaget"),
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

# How what nobody said yes to came to nothing.
UNCONFIRMED_FOR_PATIENT: dict[Side, Promise] = {
    Side.PATIENT: _("Trukket tilbake"),
    Side.PRACTICE: _("Fikk ikke timen"),
    Side.PLATFORM: _("Ikke besvart i tide"),
}
UNCONFIRMED_FOR_PRACTICE: dict[Side, Promise] = {
    Side.PATIENT: _("Trukket av pasienten"),
    Side.PRACTICE: _("Avslått"),
    Side.PLATFORM: _("Ikke besvart i tide"),
}


def status_name(by: Side, status: AppointmentStatus, *, ended_by: Side | None = None) -> str:
    """How it stands, to one of its sides; ``ended_by`` of what came to nothing unconfirmed."""
    office = by is Side.PRACTICE
    if ended_by is not None:
        return str((UNCONFIRMED_FOR_PRACTICE if office else UNCONFIRMED_FOR_PATIENT)[ended_by])
    return str((STATUS_FOR_PRACTICE if office else STATUS_FOR_PATIENT)[status])


NOT_MOVED_HERE = _(
    "Legekontoret må svare før en time er din, så timen kan ikke flyttes her. "
    "Skriv til legekontoret, eller avbestill og velg en ny."
)
ONLY_THE_OFFICE_GIVES = _(
    "Legekontoret har bestemt at du ikke kan velge time hos denne personen selv. "
    "Velg en annen time, eller be om en time med egne ord."
)

NOT_AT_WORK = _(
    "Personen jobber ikke her den dagen. Velg en annen dag eller en annen person. "
    "Dagene kan endres under Ansatte."
)
NO_LONGER_AT_WORK = _(
    "Den du skulle hatt time hos, jobber ikke på legekontoret den dagen likevel. "
    "Be om en annen tid."
)

MEETING: dict[MeetingType, Promise] = {
    MeetingType.IN_PERSON: _("På legekontoret"),
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


def econsultation_instead(
    status: AppointmentStatus,
    starts: datetime | None,
    *,
    language: str,
    doctor: str,
    phone: str,
    price: int,
    word: str,
) -> str:
    """That the time is given back, that a doctor can answer in writing, and what that costs at
    most; with the office's own word, in the patient's own language.
    """
    with translation.override(language):
        parts = [
            _now("Hei!"),
            word.strip(),
            _given_back(status, starts),
            _now(
                "Du kan skrive til %(doctor)s i en e-konsultasjon i stedet. Da får du svar "
                "skriftlig, og du trenger ikke å møte opp."
            )
            % {"doctor": doctor}
            + " "
            + texts.at_most(price),
            _now(
                "Du bestemmer selv. Ingenting er sendt eller betalt før du sier ja. Vil du heller "
                "ha en time, kan du bestille på nytt."
            ),
            texts.urgent(phone),
        ]
        return "\n\n".join(part for part in parts if part)


def _given_back(status: AppointmentStatus, starts: datetime | None) -> str:
    if starts is None:
        return _now("Vi setter ikke opp en time til deg nå.")
    if status is AppointmentStatus.PENDING:
        words = _now(
            "Du får ikke timen %(moment)s. Den var ikke bestilt ennå, og koster ingenting."
        )
    elif status is AppointmentStatus.OFFERED:
        words = _now("Vi har tatt tilbake forslaget om time %(moment)s. Du trenger ikke å svare.")
    else:
        words = _now("Timen din %(moment)s er avlyst. Du skal ikke betale noe for den.")
    return words % {"moment": dates.moment(starts)}
