"""Who at a practice follows up the log: named people, and never nobody (R217, R220)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialog.actor import Actor, Duty, Role
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.models import Membership
from dialog.people.policy import OFFICE_ROLES
from dialog.rows import action


def reviewers(practice_id: int) -> QuerySet[Membership]:
    """Those who follow up the log at a practice today."""
    return Membership.objects.filter(
        practice_id=practice_id, reviews_access=True, period__contains=queries.today()
    )


@action
def set_reviewers(*, by: Actor, account_ids: frozenset[int]) -> None:
    """Say who follows up the log; doctors decide, and somebody must.

    NotFound for somebody who does not work here today. Only what changed is written down.
    """
    if by.role is not Role.PRACTITIONER or by.practice_id is None:
        raise NotAllowed
    if not account_ids:
        raise InvalidInput(_("Velg minst én som følger opp loggen."), field="reviewers")
    here = {
        one.account_id: one
        for one in Membership.objects.select_for_update().filter(
            practice_id=by.practice_id, period__contains=queries.today(), role__in=OFFICE_ROLES
        )
    }
    if not account_ids <= here.keys():
        raise NotFound
    if not any(here[account_id].period.upper is None for account_id in account_ids):
        raise InvalidInput(
            _("Velg minst én som skal bli: en vikar kan ikke følge opp loggen alene."),
            field="reviewers",
        )
    for account_id, membership in sorted(here.items()):
        on = account_id in account_ids
        if membership.reviews_access == on:
            continue
        membership.reviews_access = on
        membership.save(update_fields=["reviews_access"])
        record(
            by,
            events.DutyGiven(
                practice_id=by.practice_id,
                member_account_id=account_id,
                duty=Duty.REVIEW_ACCESS,
                on=on,
            ),
        )
