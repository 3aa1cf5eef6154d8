"""The demonstration's door: somebody one can be."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dialog.actor import Role
from dialog.people import texts
from dialog.people.models import (
    Account,
    Membership,
    Patient,
)
from dialog.people.policy import OWN_VOICE, age
from dialog.people.queries.days import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody one can be in a demonstration."""

    uuid: UUID
    identity_number: str
    name: str
    born: date | None
    works_at: str
    role: Role | None

    @property
    def role_words(self) -> str:
        """What the person works as, in words."""
        return str(texts.ROLE[self.role]) if self.role else ""


def everybody_at_the_door(*, most: int = 40) -> list[Persona]:
    """The first people who can sign in, each as patient and as employee (scope ``door``).

    Patients whom an office has put on its list come last, until they have signed in once.
    """
    known = _personas(Account.objects.order_by("id")[:most])
    new = Patient.objects.filter(account__isnull=True).order_by("id")[:most]
    grown = [_new_persona(one) for one in new if age(one.born, today()) >= OWN_VOICE]
    return (known + grown)[:most]


def _new_persona(patient: Patient) -> Persona:
    return Persona(
        uuid=patient.uuid,
        identity_number=patient.identity_number,
        name=patient.name,
        born=patient.born,
        works_at="",
        role=None,
    )


def _personas(accounts: Iterable[Account]) -> list[Persona]:
    known = list(accounts)
    employed = Membership.objects.filter(account__in=known, period__contains=today())
    work: dict[int, list[Membership]] = defaultdict(list)
    for one in employed.select_related("practice").order_by("id"):
        work[one.account_id].append(one)
    own = {one.account_id: one for one in Patient.objects.filter(account__in=known).order_by("-id")}
    return [persona for one in known for persona in _of(one, work[one.id], patient=own.get(one.id))]


def _of(account: Account, work: list[Membership], *, patient: Patient | None) -> list[Persona]:
    found = [_persona(account, works_at=one.practice.name, role=Role(one.role)) for one in work]
    if patient is not None or not found:
        found.append(_persona(account, born=patient.born if patient else None))
    return found


def _persona(
    account: Account, *, works_at: str = "", role: Role | None = None, born: date | None = None
) -> Persona:
    return Persona(
        uuid=account.uuid,
        identity_number=account.identity_number,
        name=account.name,
        born=born,
        works_at=works_at,
        role=role,
    )


def persona(chosen: str) -> Persona | None:
    """One of them, by the page's own id (scope ``door``)."""
    try:
        uuid = UUID(chosen)
    except ValueError:
        return None
    account = Account.objects.filter(uuid=uuid).first()
    if account is not None:
        return _persona(account)
    patient = Patient.objects.filter(uuid=uuid, account__isnull=True).first()
    return _new_persona(patient) if patient else None
