"""What one costs this patient, and when it is answered: said before anybody writes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from dialog.actor import Actor
from dialog.conversations import queries as conversations
from dialog.conversations import tariff
from dialog.conversations.policy import Feature, Kind
from dialog.econsultations.policy import is_evening
from dialog.people import queries as people
from dialog.working_days import OSLO, answer_deadline, is_working_day, oslo_day

WITHOUT_CHARGE = (tariff.UNDER_AGE, tariff.CEILING_CARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a patient is told before writing: who answers, by when, and the most it can cost."""

    owner: people.ListOwner
    service: conversations.ServiceState
    price: tariff.Price
    answered_by: datetime
    takes_files: bool
    open_ones: tuple[conversations.Matter, ...]


def offer_for(by: Actor) -> Offer:
    """What an e-consultation is for this patient today; ServiceOff when they are on no list
    here.
    """
    patient = people.the_patient(by)
    owner = _owner(patient.id)
    services = conversations.services_for(by, owner.list_id)
    service = services[Feature.ECONSULTATION]
    closed = people.closing_days(owner.office.id)
    return Offer(
        owner=owner,
        service=service,
        price=conversations.highest_price(patient, owner),
        answered_by=answer_deadline(timezone.now(), service.answer_days, closed),
        takes_files=services[Feature.ECONSULTATION_FILES].on,
        open_ones=tuple(
            conversations.my_matters(by, kind=Kind.ECONSULTATION, open_only=True, most=5)
        ),
    )


def price_today(patient_id: int) -> tariff.Price:
    """The most one can cost this patient today, whenever it is answered."""
    return conversations.highest_price(people.patient_by_id(patient_id), _owner(patient_id))


def _owner(patient_id: int) -> people.ListOwner:
    owner = people.list_of(patient_id)
    if owner is None:
        raise conversations.on_no_list(patient_id)
    return owner


def price_now(by: Actor, patient_id: int, list_id: int) -> tariff.Price:
    """What one costs that this practitioner completes at this moment: by day or by evening."""
    owner = people.list_by_id(list_id)
    most = conversations.highest_price(people.patient_by_id(patient_id), owner)
    if most.code in WITHOUT_CHARGE:
        return most
    now = timezone.now()
    works = is_working_day(oslo_day(now), people.closing_days(owner.office.id))
    evening = is_evening(now.astimezone(OSLO).time(), working_day=works)
    return tariff.price(oslo_day(now), _is_specialist(by), evening)


def _is_specialist(by: Actor) -> bool:
    return any(
        one.specialist for one in people.clinicians_of_practice(by) if one.id == by.practitioner_id
    )
