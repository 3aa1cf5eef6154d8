"""Who works at a practice, as what, and on which days."""

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role
from dialog.errors import InvalidInput, NotAllowed, NotFound, constraints
from dialog.ledger.actions import record
from dialog.people import events, policy, queries, texts
from dialog.people.actions.accounts import register_account
from dialog.people.actions.last_days import must_not_leave
from dialog.people.actions.personnel import must_be_authorised
from dialog.people.actions.reviewers import reviewers
from dialog.people.actions.rights import must_manage
from dialog.people.actions.timebooks import open_timebook
from dialog.people.identity import checked
from dialog.people.models import Membership, Practitioner
from dialog.people.policy import PROFESSION_OF
from dialog.rows import action

A_DAY = timedelta(days=1)


@action
def add_member(
    *,
    by: Actor,
    practice_id: int,
    account_id: int,
    role: Role,
    since: date | None = None,
    last: date | None = None,
) -> Membership:
    """Say that somebody works at the practice, in this role, from today or a day to come, and to a
    last day or until further notice.

    The first doctor follows up the log until the doctors choose somebody else.
    """
    must_manage(by, practice_id)
    _must_decide_about(by, role)
    first = since or queries.today()
    _must_be_days(first, last)
    with constraints(membership_one_role_at_a_time=InvalidInput):
        membership = Membership.objects.create(
            account_id=account_id,
            practice_id=practice_id,
            role=role,
            period=_period(first, last),
            reviews_access=role is Role.PRACTITIONER and not reviewers(practice_id).exists(),
        )
    record(
        by,
        events.MemberAdded(
            practice_id=practice_id,
            member_account_id=account_id,
            member_role=role,
            first=first,
            last=last,
        ),
    )
    return membership


def _period(first: date, last: date | None) -> DateRange:
    return DateRange(first, last + A_DAY if last else None)


def _must_be_days(first: date, last: date | None, *, before: date | None = None) -> None:
    wrong = policy.wrong_days(first, last, on=queries.today(), before=before)
    if wrong is not None:
        field, sentence = texts.WRONG_DAYS[wrong]
        raise InvalidInput(sentence, field=field)


def _must_decide_about(by: Actor, role: Role) -> None:
    """Who is a doctor here is for the doctors to say."""
    if role not in policy.MEMBER_ROLES:
        raise InvalidInput(field="role")
    if not policy.may_decide_about(by, role):
        raise NotAllowed(_("Bare en lege kan bestemme hvem som er lege her."))


@action
def change_days(
    *, by: Actor, account_id: int, since: date | None = None, last: date | None = None
) -> None:
    """Change from and until which day a colleague works here; it counts from their next request.

    Nobody decides on which days they work here themselves: a locum would stay as long as they like.
    """
    must_manage(by)
    if account_id == by.account_id:
        raise NotAllowed(_("Du kan ikke endre hvor lenge du selv har tilgang. Spør en kollega."))
    membership = _not_gone(by, account_id)
    _must_decide_about(by, Role(membership.role))
    before = membership.period.lower
    first = since or before
    _must_be_days(first, last, before=before)
    period = _period(first, last)
    if period == membership.period:
        return
    if last is not None:
        must_not_leave(membership, last=last)
    membership.period = period
    membership.save(update_fields=["period"])
    record(
        by,
        events.MemberDaysChanged(
            practice_id=by.practice_id, member_account_id=account_id, first=first, last=last
        ),
    )


def _not_gone(by: Actor, account_id: int) -> Membership:
    """The days of somebody who works at the actor's practice, or is to begin there."""
    found = (
        Membership.objects.select_for_update()
        .filter(queries.not_gone(), account_id=account_id, practice_id=by.practice)
        .order_by("period")
        .first()
    )
    if found is None:
        raise NotFound
    return found


@action
def remove_member(*, by: Actor, account_id: int) -> None:
    """Say that somebody no longer works at the practice, from now."""
    must_manage(by)
    if account_id == by.account_id:
        raise NotAllowed
    membership = _not_gone(by, account_id)
    _must_decide_about(by, Role(membership.role))
    must_not_leave(membership)
    came = membership.period.lower
    today = queries.today()
    membership.period = DateRange(came, today) if came < today else DateRange(empty=True)
    membership.save(update_fields=["period"])
    Practitioner.objects.filter(practice_id=by.practice, account_id=account_id).update(active=False)
    record(by, events.MemberRemoved(practice_id=by.practice_id, member_account_id=account_id))


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
    """Let somebody in who works here, known by identity number, from a day and to a last one where
    these are said; doctors get a timebook (R183).
    """
    must_manage(by)
    _must_decide_about(by, role)
    number = checked(identity_number)
    account = register_account(by=by, identity_number=number.value, name=name)
    if any(one.account_id == account.id for one in queries.employees(by)):
        raise InvalidInput(_("Personen jobber her allerede."), field="identity_number")
    hpr_number = must_be_authorised(by, account.id, role)
    add_member(
        by=by,
        practice_id=by.practice,
        account_id=account.id,
        role=role,
        since=since,
        last=last,
    )
    profession = PROFESSION_OF.get(role)
    if profession and (timebook or role is Role.PRACTITIONER):
        open_timebook(
            by,
            account,
            profession,
            specialist=specialist,
            bookable=bookable,
            hpr_number=hpr_number,
        )
    return account.id
