"""Who acts for a patient by more than the register's word, on which ground, and who decided it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from dialog.actor import Actor, Area, Side
from dialog.errors import NotFound
from dialog.people.models import Account, Guardianship, Proxy
from dialog.people.policy import GuardianBasis, ProxyKind
from dialog.people.queries.days import today

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why somebody acts for a patient, in the words of the doctor who decided it."""

    basis: GuardianBasis
    explanation: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Somebody who acts for a patient by an office's decision or by the patient's own; no ground
    where it is neither, or another office's.
    """

    proxy_uuid: UUID
    kind: ProxyKind
    name: str
    areas: tuple[Area, ...]
    since: date
    last: date | None
    ground: Ground | None


def representatives_of(by: Actor, patient_id: int) -> list[Representative]:
    """Those who act for one of the practice's patients, today or later; not those of whom only the
    register knows.
    """
    if by.side is not Side.PRACTICE:
        raise NotFound
    rights = [
        one
        for one in Proxy.objects.filter(patient_id=patient_id, from_register=False).order_by(
            "period", "id"
        )
        if one.period.upper is None or one.period.upper > today()
    ]
    names = dict(
        Account.objects.filter(id__in=[one.account_id for one in rights]).values_list("id", "name")
    )
    grounds = grounds_for(patient_id)
    return [
        Representative(
            proxy_uuid=one.uuid,
            kind=ProxyKind(one.kind),
            name=names.get(one.account_id, ""),
            areas=tuple(area for area in Area if area in one.areas),
            since=one.period.lower,
            last=one.period.upper - A_DAY if one.period.upper else None,
            ground=grounds.get(one.account_id) if one.kind == ProxyKind.GUARDIAN else None,
        )
        for one in rights
    ]


def grounds_for(patient_id: int) -> dict[int, Ground]:
    """Why those act for a patient who do, by their account: the last decision about each that this
    transaction may see.
    """
    decided = Guardianship.objects.filter(patient_id=patient_id).order_by("decided_at", "id")
    return _grounds({one.account_id: one for one in decided})


def grounds_of(account_id: int) -> dict[int, Ground]:
    """On what ground somebody acts for others, by patient; what was said of them is not told on."""
    decided = Guardianship.objects.filter(account_id=account_id).order_by("decided_at", "id")
    found = _grounds({one.patient_id: one for one in decided})
    return {patient_id: replace(one, explanation="") for patient_id, one in found.items()}


def _grounds(found: Mapping[int, Guardianship]) -> dict[int, Ground]:
    doctors = {one.decided_by_id for one in found.values()}
    names = dict(Account.objects.filter(id__in=doctors).values_list("id", "name"))
    return {
        key: Ground(
            basis=GuardianBasis(one.basis),
            explanation=one.explanation,
            decided_by=names.get(one.decided_by_id, ""),
        )
        for key, one in found.items()
    }
