"""Who works at the office and on which days: nobody is given a time with somebody on other days."""

from datetime import date

from dialog.actor import Actor, Role
from dialog.appointments.actions.publishing import bring_up_to_date, made_and_locked
from dialog.appointments.queries.at_work import left_behind
from dialog.people import actions as people
from dialog.people import queries as known
from dialog.rows import action, once_more_on_deadlock


@action
def add_colleague(
    *,
    by: Actor,
    identity_number: str,
    name: str,
    role: Role,
    since: date | None = None,
    last: date | None = None,
    timebook: bool = False,
    specialist: bool = False,
    bookable: bool = True,
) -> int:
    """Let somebody in who works here; whoever has before finds their timebook as it was, with times
    on the days they are here now.
    """
    account_id = people.add_colleague(
        by=by,
        identity_number=identity_number,
        name=name,
        role=role,
        since=since,
        last=last,
        timebook=timebook,
        specialist=specialist,
        bookable=bookable,
    )
    _publish_their_days(by, account_id)
    return account_id


@once_more_on_deadlock
@action
def change_days(
    *, by: Actor, account_id: int, since: date | None = None, last: date | None = None
) -> int:
    """Change from and until which day a colleague works here; nothing is free with them on other
    days, and what is booked stays until the office moves or cancels it: so many times are.
    """
    people.change_days(by=by, account_id=account_id, since=since, last=last)
    return _publish_their_days(by, account_id)


@once_more_on_deadlock
@action
def remove_member(*, by: Actor, account_id: int) -> int:
    """Say that somebody no longer works at the practice, from now; nothing is free with them any
    more, and what is booked stays until the office moves or cancels it: so many times are.
    """
    people.remove_member(by=by, account_id=account_id)
    return _publish_their_days(by, account_id)


def _publish_their_days(by: Actor, account_id: int) -> int:
    """How many times somebody has with them on other days; a timebook nobody has opened yet is
    made, so that it cannot be filled meanwhile by somebody who knows of the former days.
    """
    everybody = known.clinicians_of_practice(by, retired=True)
    whose = next((one for one in everybody if one.account_id == account_id), None)
    if whose is None:
        return 0
    bring_up_to_date(by, made_and_locked(by, whose.id))
    return sum(one.many for one in left_behind(by) if one.whose.id == whose.id)
