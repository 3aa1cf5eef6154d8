"""When a practice is closed, and which duties it hands to whom."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dialog.actor import Actor, Duty, Role
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.rights import must_manage
from dialog.people.models import (
    ClosingDay,
    Delegation,
)
from dialog.people.policy import OF_NAMED_PEOPLE
from dialog.rows import action
from dialog.working_days import is_working_day

LONGEST_CLOSED = timedelta(days=62)


def _close(by: Actor, days: Collection[date]) -> None:
    ClosingDay.objects.bulk_create(
        [ClosingDay(practice_id=by.practice, day=day) for day in sorted(days)],
        ignore_conflicts=True,
    )
    record(by, events.PracticeChanged(practice_id=by.practice_id))


@action
def close_days(*, by: Actor, first: date, last: date) -> int:
    """Close the practice for a stretch of days, weekends and holidays aside; how many."""
    must_manage(by)
    if first < queries.today():
        raise InvalidInput(_("Velg en dag i dag eller senere."), field="first")
    if last < first:
        raise InvalidInput(_("Siste dag kan ikke være før første dag."), field="last")
    if last - first > LONGEST_CLOSED:
        raise InvalidInput(_("Velg høyst to måneder om gangen."), field="last")
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    working = [day for day in days if is_working_day(day)]
    if not working:
        raise InvalidInput(_("Dette er helg eller helligdag, og da er dere stengt."), field="first")
    _close(by, working)
    return len(working)


@action
def open_day(*, by: Actor, day: date) -> None:
    """Be open after all on a day that was to be closed."""
    must_manage(by)
    ClosingDay.objects.filter(practice_id=by.practice, day=day).delete()
    record(by, events.PracticeChanged(practice_id=by.practice_id))


@action
def delegate(*, by: Actor, role: Role, duty: Duty, on: bool) -> None:
    """Hand a duty to everybody in a role, or take it back; doctors decide (R108, R137)."""
    if by.role is not Role.PRACTITIONER or by.practice_id is None:
        raise NotAllowed
    if duty in OF_NAMED_PEOPLE:
        raise InvalidInput(field="duty")
    handed = Delegation.objects.filter(practice_id=by.practice_id, role=role, duty=duty)
    if on:
        Delegation.objects.get_or_create(practice_id=by.practice_id, role=role, duty=duty)
    else:
        handed.delete()
    record(
        by,
        events.DutyDelegated(practice_id=by.practice_id, member_role=role, duty=duty, on=on),
    )


@action
def set_duties(*, by: Actor, handed: frozenset[tuple[Role, Duty]]) -> None:
    """Say in one go what each role does beyond its own; only what changed is written down."""
    before = {(role, duty) for role, duties in queries.delegations(by).items() for duty in duties}
    for role, duty in sorted(handed - before):
        delegate(by=by, role=role, duty=duty, on=True)
    for role, duty in sorted(before - handed):
        delegate(by=by, role=role, duty=duty, on=False)
