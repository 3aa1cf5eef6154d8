"""What an office does in each process: its functions, their queues and what may be in them.

Versions, functions and packages are those of the published test agreement of 2021, role
Helsepersonell; Avtaleutsending and Avtaleavbestilling are from the national wiki and
BehandlerOversikt from an older profile, read from the office's side. An id that nothing public
gives is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog.interop import names
from dialog.interop.agreed import RECEIPT, Channel
from dialog.interop.names import Process

ROLE = "Helsepersonell"
_ASYNC, _SYNC = Channel.ASYNC, Channel.SYNC

# What may be in a message of each package: the first always, the others perhaps.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "package_dia_v1.1": (names.DIALOG_11,),
    "package_dia_v1.1_pas": (names.DIALOG_11, names.RELATION),
    "package_dia_v1.1_m1": (names.DIALOG_11, names.PRESCRIPTION[0]),
    "package_dia_v1.1_ical": (names.DIALOG_11, names.XCAL),
    "package_dia_v1.1_ical_pas": (names.DIALOG_11, names.XCAL, names.RELATION),
    "package_dia_v1.1_ical_hp": (names.DIALOG_11, names.XCAL, names.PERSONNEL[0]),
    "package_dia_v1.1_ical_hp_pas": (
        names.DIALOG_11,
        names.XCAL,
        names.RELATION,
        names.PERSONNEL[0],
    ),
    "package_apprec_v1.1": (names.APPREC_11,),
}
_DIALOG, _PATIENT, _RECEIPT = "package_dia_v1.1", "package_dia_v1.1_pas", "package_apprec_v1.1"
_CALENDAR, _CALENDAR_PATIENT = "package_dia_v1.1_ical", "package_dia_v1.1_ical_pas"


@dataclass(frozen=True, slots=True)
class Named:
    """A function, on which queue and in which package."""

    name: str
    package: str
    channel: Channel = _ASYNC


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePart:
    """An office's part in a process."""

    version: str
    service: str
    uuid: str = ""
    sends: tuple[Named, ...]
    receives: tuple[Named, ...]


_APPREC = Named(RECEIPT, _RECEIPT)
_WRITTEN = (Named("Foresporsel", _DIALOG), Named("Svar", _DIALOG), _APPREC)
_READ = (Named("Foresporsel", _PATIENT), Named("Svar", _PATIENT), _APPREC)
_TRIED = (Named("Foresporsel", _DIALOG, _SYNC), Named("Svar", _DIALOG, _SYNC))

OFFICE: Mapping[Process, OfficePart] = {
    Process.ECONSULTATION: OfficePart(
        version="1.2",
        service="Konsultasjon",
        uuid="FB6A0156-7EEA-4AE3-AED3-C3A15D916A1C",
        sends=_WRITTEN,
        receives=_READ,
    ),
    Process.ENQUIRY: OfficePart(
        version="1.2",
        service="Kontakt",
        uuid="819B8F8F-54C0-4A67-929D-9EFD0FA32EEA",
        sends=_WRITTEN,
        receives=_READ,
    ),
    Process.RENEWAL: OfficePart(
        version="1.2",
        service="ReseptFornyelse",
        uuid="7EC87F84-1C8B-46CA-9112-11C74B6CB522",
        sends=(Named("Svar", "package_dia_v1.1_m1"), _APPREC),
        receives=(Named("Foresporsel", _PATIENT), _APPREC),
    ),
    Process.WISH: OfficePart(
        version="1.2",
        service="Timeonske",
        uuid="19D6208C-A348-44EE-9A08-270D083C1186",
        sends=(Named("SvarOnske", _CALENDAR), _APPREC),
        receives=(
            Named("OnskeReserver", _CALENDAR_PATIENT),
            Named("OnskeEndring", _CALENDAR_PATIENT),
            Named("OnskeAvbestill", _CALENDAR_PATIENT),
            _APPREC,
        ),
    ),
    Process.BOOKING: OfficePart(
        version="1.2",
        service="Timereservasjon",
        uuid="7B68B3C8-ADCF-495D-98E1-F2BB1151516E",
        sends=(
            Named("SvarLedigeTimer", "package_dia_v1.1_ical_hp", _SYNC),
            Named("SvarAvtaleReservasjon", "package_dia_v1.1_ical_hp_pas"),
            _APPREC,
        ),
        receives=(
            Named("HentLedigeTimer", _DIALOG, _SYNC),
            Named("ReserverAvtale", _CALENDAR_PATIENT),
            Named("AvbestillAvtale", _CALENDAR_PATIENT),
            _APPREC,
        ),
    ),
    Process.APPOINTMENTS: OfficePart(
        version="1.0",
        service="Avtaleutsending",
        sends=(Named("Avtale", _CALENDAR),),
        receives=(_APPREC,),
    ),
    Process.CANCELLING: OfficePart(
        version="1.0",
        service="Avtaleavbestilling",
        sends=(Named("SvarAvbestilling", _CALENDAR), _APPREC),
        receives=(Named("AvbestillAvtale", _CALENDAR_PATIENT), _APPREC),
    ),
    Process.PRACTITIONERS: OfficePart(
        version="1.0",
        service="BehandlerOversikt",
        uuid="b86b0d41-21fd-4ab7-86f3-af633ea7b27a",
        sends=(Named("Svar", _DIALOG, _SYNC),),
        receives=(Named("Hent", _DIALOG, _SYNC),),
    ),
    Process.TEST: OfficePart(
        version="1.1",
        service="KomTest",
        uuid="A28BCD40-CCA5-48F0-92CD-C95EA6A70EDE",
        sends=_TRIED,
        receives=_TRIED,
    ),
}
