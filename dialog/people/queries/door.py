"""Who somebody is whom an identity provider vouches for; all of it in scope ``door``."""

from uuid import UUID

from dialog.people.identity import identity_hash
from dialog.people.models import Account, Membership, Practitioner
from dialog.people.queries.days import today
from dialog.statements import found


def account_at_the_door(identity_number: str) -> Account | None:
    """The account of somebody, by identity number."""
    whose = found(Account, where="own.identity_hash = %s", values=(identity_hash(identity_number),))
    return whose[0] if whose else None


def colleague_at_the_door(*, identity_number: str, hpr_number: str) -> Account | None:
    """The account of somebody at work: by identity number, or else by HPR number when that is one
    person's; nobody, when the two speak of different people.
    """
    here = Membership.objects.filter(period__contains=today()).values("account_id")
    working = Account.objects.filter(id__in=here)
    if not identity_number:
        return _the_one_with(hpr_number)
    account = working.filter(identity_hash=identity_hash(identity_number)).first()
    if account is None or not hpr_number:
        return account
    known = set(
        Practitioner.objects.filter(account=account, active=True)
        .exclude(hpr_number="")
        .values_list("hpr_number", flat=True)
    )
    return account if not known or hpr_number in known else None


def _the_one_with(hpr_number: str) -> Account | None:
    if not hpr_number:
        return None
    named = Practitioner.objects.filter(hpr_number=hpr_number, active=True).values("account_id")
    here = Membership.objects.filter(period__contains=today(), account_id__in=named)
    those = list(Account.objects.filter(id__in=here.values("account_id"))[:2])
    return those[0] if len(those) == 1 else None


def practice_at_the_door(account_id: int, organisation_number: str) -> tuple[UUID | None, bool]:
    """Where somebody works today among the offices with this organisation number; and whether it
    is an office here at all.
    """
    if not organisation_number:
        return None, False
    offices = Membership.objects.filter(practice__organisation_number=organisation_number)
    mine = offices.filter(account_id=account_id, period__contains=today())
    first = mine.order_by("id").values_list("practice__uuid", flat=True).first()
    return first, offices.exists()
