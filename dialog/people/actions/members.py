"""Who works at a practice, and as what."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role
from dialog.errors import InvalidInput, NotAllowed, NotFound, constraints
from dialog.ledger.actions import record
from dialog.people import events, policy, queries
from dialog.people.actions.accounts import register_account
from dialog.people.actions.personnel import must_be_authorised
from dialog.people.actions.reviewers import reviewers
from dialog.people.actions.rights import must_manage
from dialog.people.actions.timebooks import open_timebook
from dialog.people.identity import checked
from dialog.people.models import Membership, PatientList, Practitioner
from dialog.people.policy import PROFESSION_OF
from dialog.rows import action


@action
def add_member(
    *, by: Actor, practice_id: int, account_id: int, role: Role, since: date | None = None
) -> Membership:
    """Say that somebody works at the practice, in this role, from today.

    The first doctor follows up the log until the doctors choose somebody else.
    """
    must_manage(by, practice_id)
    _must_decide_about(by, role)
    with constraints(membership_one_role_at_a_time=InvalidInput):
        membership = Membership.objects.create(
            account_id=account_id,
            practice_id=practice_id,
            role=role,
            period=DateRange(since or queries.today(), None),
            reviews_access=role is Role.PRACTITIONER and not reviewers(practice_id).exists(),
        )
    record(
        by,
        events.MemberAdded(practice_id=practice_id, member_account_id=account_id, member_role=role),
    )
    return membership


def _must_decide_about(by: Actor, role: Role) -> None:
    """Who is a doctor here is for the doctors to say."""
    if role not in policy.MEMBER_ROLES:
        raise InvalidInput(field="role")
    if not policy.may_decide_about(by, role):
        raise NotAllowed(_("Bare en lege kan bestemme hvem som er lege her."))


@action
def remove_member(*, by: Actor, account_id: int) -> None:
    """Say that somebody no longer works at the practice, from now."""
    must_manage(by)
    if account_id == by.account_id:
        raise NotAllowed
    membership = (
        Membership.objects.select_for_update()
        .filter(account_id=account_id, practice_id=by.practice, period__contains=queries.today())
        .first()
    )
    if membership is None:
        raise NotFound
    _must_decide_about(by, Role(membership.role))
    _must_not_leave_a_list(by, account_id)
    _must_not_leave_the_log(by, account_id)
    came = membership.period.lower
    today = queries.today()
    membership.period = DateRange(came, today) if came < today else DateRange(empty=True)
    membership.save(update_fields=["period"])
    Practitioner.objects.filter(practice_id=by.practice, account_id=account_id).update(active=False)
    record(by, events.MemberRemoved(practice_id=by.practice_id, member_account_id=account_id))


def _must_not_leave_a_list(by: Actor, account_id: int) -> None:
    left = PatientList.objects.filter(
        practice_id=by.practice, practitioner__account_id=account_id, active=True
    )
    if left.exists():
        raise InvalidInput(
            _("Legen har en pasientliste. Gi listen til en annen lege eller et fellesskap først.")
        )


def _must_not_leave_the_log(by: Actor, account_id: int) -> None:
    now = set(reviewers(by.practice).values_list("account_id", flat=True))
    if now == {account_id}:
        raise InvalidInput(
            _("Personen følger opp loggen alene. La en lege gi oppgaven til en annen først.")
        )


@action
def add_colleague(
    *,
    by: Actor,
    identity_number: str,
    name: str,
    role: Role,
    timebook: bool = False,
    specialist: bool = False,
    bookable: bool = True,
) -> int:
    """Let somebody in who works here, known by identity number; doctors get a timebook (R183)."""
    must_manage(by)
    _must_decide_about(by, role)
    number = checked(identity_number)
    account = register_account(by=by, identity_number=number.value, name=name)
    if any(one.account_id == account.id for one in queries.colleagues(by)):
        raise InvalidInput(_("Personen jobber her allerede."), field="identity_number")
    hpr_number = must_be_authorised(by, account.id, role)
    add_member(by=by, practice_id=by.practice, account_id=account.id, role=role)
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
