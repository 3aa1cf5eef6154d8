"""Whether a patient can be reached here, as those see it who would write to them (R8, R9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from dialog.errors import NotFound, Unreachable
from dialog.people import texts
from dialog.people.contact_register import contact_connected
from dialog.people.numbers import mobile
from dialog.people.policy import (
    OWN_VOICE,
    STOPS_WRITING,
    Consent,
    Given,
    GivenAs,
    Heard,
    Hindrance,
    NotificationKind,
    age,
    counts,
    may_be_told,
    phone_for,
    stops_writing,
)
from dialog.people.queries.contacts import contact, those_who_act_for
from dialog.people.queries.days import today
from dialog.statements import ask_one

REACHED = """
SELECT patient.born, dialog_access_locked(patient.id), yes.given_as, yes.text_version, yes.ended_at,
    EXISTS (SELECT 1 FROM people_notificationchoice AS choice WHERE choice.patient_id = patient.id
            AND choice.kind = %s AND NOT choice.wanted),
    patient.phone, patient.contact_confirmed_at, heard.heard_at, heard.registered, heard.reserved,
    heard.may_be_told, heard.phone, heard.phone_confirmed_at
FROM people_patient AS patient
LEFT JOIN LATERAL (
    SELECT given_as, text_version, ended_at FROM people_digitalconsent AS said
    WHERE said.patient_id = patient.id ORDER BY said.given_at DESC, said.id DESC LIMIT 1
) AS yes ON true
LEFT JOIN people_registeredcontact AS heard ON heard.patient_id = patient.id
WHERE patient.id = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What is in the way of reaching a patient, weightiest first; ``heard_at`` is when the contact
    register was last asked.
    """

    hindrances: tuple[Hindrance, ...]
    heard_at: datetime | None = None

    @property
    def may_be_written_to(self) -> bool:
        """Whether the practice may write first."""
        return not stops_writing(self.hindrances)

    @property
    def told(self) -> bool:
        """Whether the patient's side gets to know that something is here."""
        return not self.hindrances


def reached(
    patient_id: int, kind: NotificationKind = NotificationKind.MESSAGE, *, in_full: bool = True
) -> Reached:
    """What is in the way of reaching a patient whom this transaction may see, with news of a kind.

    For a child those are looked at who act for it, when ``in_full``.
    """
    found = ask_one(REACHED, kind, patient_id)
    if found is None:
        raise NotFound
    born, locked, given_as, version, ended_at, unwanted, *numbers = found
    consent = _consent(born, given_as, version, ended_at)
    given, heard = _given(numbers), _heard(numbers)
    hindrances: set[Hindrance | None] = set()
    if not may_be_told(kind, consent):
        withdrawn = consent is Consent.WITHDRAWN
        hindrances.add(Hindrance.WITHDRAWN if withdrawn else Hindrance.NO_CONSENT)
    if age(born, today()) < OWN_VOICE:
        if in_full and not _somebody_told(patient_id, kind):
            hindrances.add(Hindrance.NOBODY_TOLD)
    else:
        hindrances |= {
            Hindrance.LOCKED if locked else None,
            Hindrance.SWITCHED_OFF if unwanted else None,
            phone_for(
                kind, given=given, heard=heard, connected=contact_connected(), now=timezone.now()
            )[1],
        }
    return Reached(
        hindrances=tuple(one for one in Hindrance if one in hindrances),
        heard_at=heard.heard_at if heard else None,
    )


def must_be_reachable(patient_id: int) -> None:
    """Refuse a practice that would write first to somebody who does not read here (R9)."""
    why = next((one for one in reached(patient_id, in_full=False).hindrances), None)
    if why in STOPS_WRITING:
        raise Unreachable(texts.NOT_WRITTEN_TO[why])


def _consent(
    born: date, given_as: str | None, version: int | None, ended_at: datetime | None
) -> Consent:
    if given_as is None:
        return Consent.NEVER
    if ended_at is not None:
        return Consent.WITHDRAWN
    still = counts(GivenAs(given_as), version or 0, born=born, on=today())
    return Consent.GIVEN if still else Consent.NEVER


def _given(numbers: Sequence[Any]) -> Given:
    phone, confirmed_at, *_heard = numbers
    return Given(phone=mobile(phone), confirmed_at=confirmed_at)


def _heard(numbers: Sequence[Any]) -> Heard | None:
    heard_at, registered, reserved, tellable, phone, confirmed_at = numbers[2:]
    if heard_at is None:
        return None
    return Heard(
        registered=registered,
        reserved=reserved,
        may_be_told=tellable,
        phone=mobile(phone),
        confirmed_at=confirmed_at,
        heard_at=heard_at,
    )


def _somebody_told(patient_id: int, kind: NotificationKind) -> bool:
    """Whether one of those who act for a child is told; not which, and not why not."""
    told = those_who_act_for(patient_id) or [contact(patient_id)]
    return any(one.wanted[kind] and one.phone_for(kind)[1] is None for one in told)
