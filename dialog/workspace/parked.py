"""What could not be delivered, in words: what went wrong, and what somebody at the office does."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.ledger.queries import Debts, ParkedDelivery, Problem

UNAVAILABLE, REFUSED, FAULT = Problem.UNAVAILABLE, Problem.REFUSED, "fault"
SMS, SMS_PLAN, RECORD_SYSTEM, OTHER_SYSTEM = "sms", "sms-plan", "interop", "fhir"
DEVIATION = "breaches"

WHAT: Mapping[str, Promise] = {
    SMS: _("SMS til pasienten ble ikke sendt"),
    SMS_PLAN: _("SMS til pasienten ble ikke gjort klar"),
    RECORD_SYSTEM: _("Meldingen kom ikke fram til journalsystemet"),
    OTHER_SYSTEM: _("Et annet system fikk ikke beskjed"),
    DEVIATION: _("En melding på feil pasient ble ikke skrevet ned som avvik"),
}
SOMETHING = _("Noe ble ikke levert")

CALL = _(
    "Pasienten ser det når hun eller han logger inn. Haster det, kan du ringe pasienten, og trykke "
    "«Ordnet på annen måte»."
)
BY_HAND = _(
    "Skriv det inn i journalen selv hvis det haster, og trykk «Ordnet på annen måte» når det er "
    "gjort."
)
TELL_OPERATIONS = _("Si fra til den som drifter systemet. Prøv igjen når det er rettet.")
LATER = _("Prøv igjen om litt.")

WHY: Mapping[tuple[str, str], Promise] = {
    (SMS, UNAVAILABLE): _("SMS-tjenesten svarte ikke."),
    (SMS, REFUSED): _("SMS-tjenesten tok ikke imot meldingen fra oss. Da er noe satt opp feil."),
    (RECORD_SYSTEM, UNAVAILABLE): _("Journalsystemet, eller nettet dit, svarte ikke."),
    (RECORD_SYSTEM, REFUSED): _("Journalsystemet tok ikke imot meldingen."),
    (OTHER_SYSTEM, UNAVAILABLE): _("Det andre systemet svarte ikke."),
    (OTHER_SYSTEM, REFUSED): _("Det andre systemet tok ikke imot beskjeden."),
}
WHY_ELSE: Mapping[str, Promise] = {
    UNAVAILABLE: _("Mottakeren svarte ikke."),
    REFUSED: _("Ingen tok imot det."),
    FAULT: _("Det er en feil i systemet, ikke hos deg."),
}
WHAT_TO_DO: Mapping[str, Promise] = {
    UNAVAILABLE: LATER,
    REFUSED: TELL_OPERATIONS,
    FAULT: TELL_OPERATIONS,
}
MEANWHILE: Mapping[str, Promise] = {SMS: CALL, SMS_PLAN: CALL, RECORD_SYSTEM: BY_HAND}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """What did not arrive, why, and what to do about it."""

    what: str
    why: str
    do: tuple[str, ...]


def in_words(one: ParkedDelivery | Debts) -> Parked:
    """The words for a debt nobody could pay; what is not a known problem is a fault of ours."""
    problem = one.problem if one.problem in (UNAVAILABLE, REFUSED) else FAULT
    steps = (WHAT_TO_DO[problem], MEANWHILE.get(one.subscriber, ""))
    return Parked(
        what=str(WHAT.get(one.subscriber, SOMETHING)),
        why=str(WHY.get((one.subscriber, problem), WHY_ELSE[problem])),
        do=tuple(str(step) for step in steps if step),
    )
