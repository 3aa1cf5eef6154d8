"""Somebody who works at Storgata on some days and not on others."""

from datetime import date, timedelta

from dialog import rows
from dialog.actor import Actor, Role
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Membership

MONA = synthetic(date(1979, 4, 5))
A_DAY = timedelta(days=1)


def add(by: Actor, role: Role = Role.PRACTITIONER, **days: date) -> int:
    return actions.add_colleague(by=by, identity_number=MONA, name="Mona Lie", role=role, **days)


def now(account_id: int) -> Actor | None:
    with rows.seeing(account=account_id):
        return queries.practice_actor(account_id)


def of(by: Actor, account_id: int) -> queries.Colleague:
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return next(one for one in queries.employees(by) if one.account_id == account_id)


def put(by: Actor, account_id: int, first: date, last: date) -> None:
    """As the days would be had they been said long ago; the actions write no past anew."""
    with rows.seeing(practice=by.practice_id):
        Membership.objects.filter(account_id=account_id).update(period=(first, last + A_DAY))
