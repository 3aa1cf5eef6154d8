"""What an office must have settled before somebody's days there end: a list has its doctor, the log
is followed up, and a doctor is left.
"""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialog.actor import Role
from dialog.errors import InvalidInput
from dialog.people import queries
from dialog.people.models import ListMember, Membership, PatientList, Practice, Practitioner
from dialog.people.policy import Presence, presence
from dialog.people.queries.at_work import WORK_OF
from dialog.statements import ask

A_DAY = timedelta(days=1)
HELD = f"{WORK_OF} FOR SHARE OF work"


def lasting(practice_id: int) -> QuerySet[Membership]:
    """Those who work at a practice today, and until further notice."""
    return Membership.objects.filter(
        practice_id=practice_id, period__contains=queries.today(), period__upper_inf=True
    )


def last_day_of(practitioner_id: int) -> date | None:
    """Until which day a practitioner works here, where a last day is said; whoever asks to give
    them something holds it so until that is done.
    """
    one = Practitioner.objects.get(id=practitioner_id)
    if one.account_id is None:
        return None
    here = (
        Membership.objects.select_for_update(no_key=True)
        .filter(queries.not_gone(), practice_id=one.practice_id, account_id=one.account_id)
        .order_by("period")
        .last()
    )
    return here.period.upper - A_DAY if here and here.period.upper else None


def works_on(practitioner_id: int, day: date) -> bool:
    """Whether somebody with a timebook works here on a day, as the lab always does; whoever asks to
    give a time on it holds their days so until that is done, beside others who do.
    """
    work = ask(HELD, practitioner_id)
    return not work or any(
        first is not None and presence(first, last, on=day) is Presence.HERE
        for _practitioner, first, last in work
    )


def must_not_leave(membership: Membership, *, last: date | None = None) -> None:
    """Refuse to end somebody's days, now or with a ``last`` one, where that would leave something
    with nobody.
    """
    field = "last" if last else ""
    # Two who end each other's days do it one after the other, and the second is refused.
    Practice.objects.select_for_update(no_key=True).get(id=membership.practice_id)
    _a_list(membership, field)
    if last is not None:
        _a_substitution(membership, last)
    others = lasting(membership.practice_id).exclude(id=membership.id)
    if membership.reviews_access and not others.filter(reviews_access=True).exists():
        raise InvalidInput(
            _(
                "Ingen andre som skal bli, følger opp loggen. La en lege gi oppgaven til en annen "
                "først."
            ),
            field=field,
        )
    if membership.role == Role.PRACTITIONER and not others.filter(role=Role.PRACTITIONER).exists():
        raise InvalidInput(
            _("Kontoret må ha minst én lege uten siste dag. Legg til en annen lege først."),
            field=field,
        )


def _a_list(membership: Membership, field: str) -> None:
    left = PatientList.objects.filter(
        practice_id=membership.practice_id,
        practitioner__account_id=membership.account_id,
        active=True,
    )
    if left.exists():
        raise InvalidInput(
            _("Legen har en pasientliste. Gi listen til en annen lege eller et fellesskap først."),
            field=field,
        )


def _a_substitution(membership: Membership, last: date) -> None:
    longer = ListMember.objects.filter(
        patient_list__practice_id=membership.practice_id,
        practitioner__account_id=membership.account_id,
        period__endswith__gt=last + A_DAY,
    )
    if longer.exists():
        raise InvalidInput(
            _("Legen er vikar på en pasientliste lenger enn dette. Ta ut vikaren der først."),
            field="last",
        )
