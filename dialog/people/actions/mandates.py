"""Giving somebody a mandate, by the number and the name on their bank card."""

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings

from dialog import rows
from dialog.actor import PLATFORM, Actor, Area, Role
from dialog.errors import InvalidInput, NotFound, PortError
from dialog.people import policy, queries, texts
from dialog.people.actions.accounts import grant_proxy, recognise, register_account
from dialog.people.actions.registers import registered
from dialog.people.identity import checked, sort_key
from dialog.people.models import Account, Proxy
from dialog.people.policy import ProxyKind
from dialog.people.ports import Registered, connected
from dialog.rows import action


@action
def give_mandate(
    *,
    by: Actor,
    identity_number: str,
    family_name: str,
    areas: Collection[Area],
    last: date | None = None,
) -> Proxy:
    """Let somebody act for oneself from today on, in these things and, if said, until a last day.

    Number and name must go together, so that a slip of the finger does not let a stranger in. It
    counts at once (R25), and a change is an end and a new one (R23).
    """
    if by.role is not Role.PATIENT or by.patient_id is None:
        raise NotFound
    own = queries.patient_by_id(by.patient)
    if not policy.may_act_for(ProxyKind.MANDATE, born=own.born, on=queries.today()):
        raise InvalidInput(texts.TOO_YOUNG_TO_GIVE)
    number = checked(identity_number).value
    known = _in_the_register(by, number)
    account = _account(number, known)
    if account is None or not _called(known.name if known else account.name, family_name):
        raise InvalidInput(texts.NOBODY_SUCH, field="identity_number")
    if account.id == by.account:
        raise InvalidInput(texts.NOT_ONESELF, field="identity_number")
    if _stands(by, account.id):
        raise InvalidInput(texts.HAS_ONE, field="identity_number")
    return grant_proxy(
        by=by,
        patient_id=by.patient,
        account_id=account.id,
        kind=ProxyKind.MANDATE,
        until=last + timedelta(days=1) if last else None,
        areas=areas,
    )


def _in_the_register(by: Actor, number: str) -> Registered | None:
    """The receiver as the register knows them; neither of the two may be one it closes (R26)."""
    if not connected():
        return None
    own = Account.objects.get(id=by.account).identity_number
    try:
        two = [registered(one, at_most=settings.REGISTER_TO_BEGIN).person for one in (own, number)]
    except PortError:
        raise InvalidInput(texts.REGISTER_IS_SILENT) from None
    if any(one is not None and one.closed for one in two):
        raise InvalidInput(texts.NOT_HERE)
    return two[1]


def _account(number: str, known: Registered | None) -> Account | None:
    """Whoever it is: somebody who signs in here, who is a patient here, or whom the register
    knows.
    """
    with rows.at_the_door():
        account = queries.account_at_the_door(number)
    account = account or recognise(by=PLATFORM, identity_number=number)
    if account is None and known is not None:
        account = register_account(by=PLATFORM, identity_number=number, name=known.name)
    return account


def _called(name: str, family_name: str) -> bool:
    """Whether this is the last of somebody's names, or all that comes after the first."""
    said, names = sort_key(family_name, "").split(), sort_key(name, "").split()
    return bool(said) and names[-len(said) :] == said and len(said) < len(names)


def _stands(by: Actor, account_id: int) -> bool:
    given = Proxy.objects.filter(patient_id=by.patient, account_id=account_id)
    return any(one.period.upper is None or one.period.upper > queries.today() for one in given)
