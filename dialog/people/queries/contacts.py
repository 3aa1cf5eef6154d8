"""Whom to tell something, and how to reach them; for the platform's own use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Area, Role, Side
from dialog.people.contact_register import contact_connected
from dialog.people.models import Patient, Proxy, RegisteredContact
from dialog.people.numbers import mobile
from dialog.people.policy import (
    Given,
    Heard,
    Hindrance,
    Language,
    NotificationKind,
    language_to_use,
    phone_for,
    still_counts,
)
from dialog.people.queries.actors import Right, reach
from dialog.people.queries.days import today
from dialog.people.queries.patients import wanted_notifications
from dialog.statements import found


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Where a person is told things, in which language, and what they wish to be told; whichever
    practice they belong to.
    """

    patient_id: int
    given: Given
    heard: Heard | None
    language: str
    wanted: Mapping[NotificationKind, bool]

    def phone_for(self, kind: NotificationKind) -> tuple[str, Hindrance | None]:
        """The number an SMS of this kind goes to, or what is in the way."""
        return phone_for(
            kind,
            given=self.given,
            heard=self.heard,
            connected=contact_connected(),
            now=timezone.now(),
        )


def contact(patient_id: int) -> Contact:
    """How one person is told things."""
    with rows.seeing(patient=patient_id):
        (person,) = found(Patient, where="own.id = %s", values=(patient_id,))
        heard = found(RegisteredContact, where="own.patient_id = %s", values=(patient_id,))
        said = heard[0] if heard else None
        return Contact(
            patient_id=person.id,
            given=Given(phone=mobile(person.phone), confirmed_at=person.contact_confirmed_at),
            heard=_heard(said) if said else None,
            language=_language(person, said),
            wanted=wanted_notifications(person.id),
        )


def _heard(said: RegisteredContact) -> Heard:
    return Heard(
        registered=said.registered,
        reserved=said.reserved,
        may_be_told=said.may_be_told,
        phone=mobile(said.phone),
        confirmed_at=said.phone_confirmed_at,
        heard_at=said.heard_at,
    )


def _language(person: Patient, said: RegisteredContact | None) -> str:
    spoken = said.language if said and said.language in set(Language) else ""
    return language_to_use(
        person.language,
        chosen_at=person.language_chosen_at,
        registered=spoken if contact_connected() else "",
        registered_at=said.language_at if said else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InRegister:
    """What the contact register has of whoever reads it; ``spoken``: a language of ours."""

    registered: bool
    reserved: bool
    phone: str
    phone_counts: bool
    email: str
    email_counts: bool
    language: str
    spoken: bool
    heard_at: datetime


def in_register(by: Actor) -> InRegister | None:
    """What the register said of the patient one acts for; None when it has not been heard, or there
    is none.
    """
    said = RegisteredContact.objects.filter(patient_id=by.patient).first()
    if by.side is not Side.PATIENT or said is None or not contact_connected():
        return None
    now = timezone.now()
    return InRegister(
        registered=said.registered,
        reserved=said.reserved,
        phone=said.phone.removeprefix("+47"),
        phone_counts=said.may_be_told and still_counts(said.phone_confirmed_at, now),
        email=said.email,
        email_counts=still_counts(said.email_confirmed_at, now),
        language=said.language,
        spoken=said.language in set(Language),
        heard_at=said.heard_at,
    )


# What a person can mend, and is asked to when they sign in (R37).
TO_MEND = frozenset({Hindrance.OLD_CONTACT, Hindrance.NOT_REGISTERED, Hindrance.NO_PHONE})


def to_mend(by: Actor) -> Hindrance | None:
    """What is in the way of telling somebody things, and theirs to mend; a child's parents are
    told.
    """
    if by.role is not Role.PATIENT or by.patient_id is None or by.young:
        return None
    hindrance = contact(by.patient_id).phone_for(NotificationKind.MESSAGE)[1]
    return hindrance if hindrance in TO_MEND else None


def those_who_act_for(patient_id: int, areas: frozenset[Area] | None = None) -> list[Contact]:
    """Parents and guardians who may act for a patient today in these areas, as themselves (R42)."""
    with rows.seeing(patient=patient_id):
        born = Patient.objects.get(id=patient_id).born
        accounts = [
            one.account_id
            for one in Proxy.objects.filter(patient_id=patient_id, period__contains=today())
            if (within := _reach(one, born)) and (areas is None or areas <= within)
        ]
    patients = (_own_patient(account_id) for account_id in sorted(accounts))
    return [contact(one) for one in patients if one is not None]


def _reach(proxy: Proxy, born: date) -> frozenset[Area]:
    """However old the register's answer: what is told is that there is something to read, and who
    then signs in is asked about anew.
    """
    right = Right(proxy.kind, proxy.areas, proxy.stopped, proxy.confirmed_at)
    return reach(right, born, at_most=None)


def _own_patient(account_id: int) -> int | None:
    with rows.seeing(account=account_id):
        return Patient.objects.filter(account_id=account_id).values_list("id", flat=True).first()
