"""Giving somebody a mandate, by the number and the name on their bank card."""

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.utils.functional import Promise

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

FOR_ONESELF = (texts.REGISTER_IS_SILENT, texts.NOT_HERE)


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
    own_number = Account.objects.get(id=by.account).identity_number
    known = in_the_register(own_number, number, refusals=FOR_ONESELF)
    account = whoever_is_called(number, known, family_name)
    if account.id == by.account:
        raise InvalidInput(texts.NOT_ONESELF, field="identity_number")
    if has_one(by.patient, account.id):
        raise InvalidInput(texts.HAS_ONE, field="identity_number")
    return grant_proxy(
        by=by,
        patient_id=by.patient,
        account_id=account.id,
        kind=ProxyKind.MANDATE,
        until=last + timedelta(days=1) if last else None,
        areas=areas,
    )


def in_the_register(
    own: str, number: str, *, refusals: tuple[Promise, Promise]
) -> Registered | None:
    """Whoever is to act as the register knows them; neither of the two may be one it closes (R26).

    ``refusals``: what is said when it does not answer, and when it closes whom it is for. Of the
    other it is said as of a number that is nobody's: numbers are typed, and somebody who knows
    that a person lives would read out of any other words that the address is protected.
    """
    if not connected():
        return None
    silent, closed = refusals
    try:
        whom, who = (
            registered(one, at_most=settings.REGISTER_TO_BEGIN).person for one in (own, number)
        )
    except PortError:
        raise InvalidInput(silent) from None
    if whom is not None and whom.closed:
        raise InvalidInput(closed)
    if who is not None and who.closed:
        raise InvalidInput(texts.NOBODY_SUCH, field="identity_number")
    return who


def whoever_is_called(number: str, known: Registered | None, family_name: str) -> Account:
    """The account of somebody with this number, when it goes with the name."""
    account = _account(number, known)
    if account is None or not _called(known.name if known else account.name, family_name):
        raise InvalidInput(texts.NOBODY_SUCH, field="identity_number")
    return account


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


def has_one(patient_id: int, account_id: int) -> bool:
    """Whether somebody may act for a patient already, today or later."""
    given = Proxy.objects.filter(patient_id=patient_id, account_id=account_id)
    return any(one.period.upper is None or one.period.upper > queries.today() for one in given)
