"""What those who work here are authorised as, by the health-personnel register, and since when we
have known.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from dialog.actor import Actor, Role
from dialog.people.models import Authorisation, Membership, Professional
from dialog.people.personnel_register import personnel_connected
from dialog.people.policy import NEEDED, acts_as, recent
from dialog.people.queries.days import today


class Standing(StrEnum):
    """How it is with somebody's authorisation for what they work as here."""

    HELD = "held"
    NOT_HELD = "not-held"
    TOO_OLD = "too-old"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the register has said of somebody who works here, and when."""

    standing: Standing
    hpr_number: str = ""
    specialities: tuple[str, ...] = ()
    heard_at: datetime | None = None


def works_as(role: Role, held: Collection[str]) -> Role:
    """In what role somebody works today; where there is no register, as the office has said."""
    return acts_as(role, held) if personnel_connected() else role


def known_of_colleagues(by: Actor) -> dict[int, Known]:
    """By account, for those here whose work takes an authorisation; empty without a register."""
    if not personnel_connected():
        return {}
    here = Membership.objects.filter(
        practice_id=by.practice, period__contains=today(), role__in=list(NEEDED)
    ).values_list("account_id", "role")
    roles = {account_id: Role(role) for account_id, role in here}
    asked = {
        one.account_id: one
        for one in Professional.objects.filter(account_id__in=roles).prefetch_related(
            "authorisations"
        )
    }
    return {account_id: _known(role, asked.get(account_id)) for account_id, role in roles.items()}


def _known(role: Role, asked: Professional | None) -> Known:
    if asked is None:
        return Known(standing=Standing.NOT_ASKED)
    held = [one for one in asked.authorisations.all() if _counts(one) and one.kind in NEEDED[role]]
    young = recent(asked.heard_at, timezone.now(), at_most=settings.PERSONNEL_TO_WORK)
    standing = Standing.HELD if held else Standing.NOT_HELD
    return Known(
        standing=standing if young else Standing.TOO_OLD,
        hpr_number=asked.hpr_number,
        specialities=tuple(sorted({name for one in held for name in one.specialities})),
        heard_at=asked.heard_at,
    )


def _counts(one: Authorisation) -> bool:
    first, after = one.period.lower, one.period.upper
    begun = first is None or first <= today()
    return begun and (after is None or after > today()) and not one.withdrawn


def held_by(account_id: int) -> frozenset[str]:
    """As what somebody is authorised today, by what the register last said (scope ``door``)."""
    mine = Authorisation.objects.filter(professional__account_id=account_id)
    return frozenset(one.kind for one in mine if _counts(one))
