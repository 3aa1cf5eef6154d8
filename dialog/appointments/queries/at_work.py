"""What patients have been given with somebody on days when they do not work here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from dialog.actor import Actor
from dialog.appointments.models import Appointment
from dialog.appointments.policy import TO_COME
from dialog.people import queries as people
from dialog.working_days import day_bounds, oslo_day


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """How many times somebody has with a practitioner who does not work here then, and when the
    first is.
    """

    whose: people.Clinician
    many: int
    first: date


def to_come_with(by: Actor, account_id: int) -> int:
    """How many times somebody has that are still to come with one who works here."""
    return Appointment.objects.filter(
        practitioner__account_id=account_id,
        practice_id=by.practice,
        status__in=TO_COME,
        starts__gt=timezone.now(),
    ).count()


def left_behind(by: Actor) -> list[LeftBehind]:
    """Whom patients have times with on days when they do not work here; none of this is ever
    cancelled by itself.
    """
    found: dict[int, list[date]] = {}
    on_days_off = _on_days_off(people.days_off_at(by.practice))
    if on_days_off:
        booked = Appointment.objects.filter(
            on_days_off,
            practice_id=by.practice,
            status__in=TO_COME,
            starts__gt=timezone.now(),
        )
        for practitioner_id, starts in booked.order_by("starts").values_list(
            "practitioner_id", "starts"
        ):
            found.setdefault(practitioner_id, []).append(oslo_day(starts))
    return [
        LeftBehind(whose=one, many=len(found[one.id]), first=found[one.id][0])
        for one in people.clinicians_of_practice(by, retired=True)
        if one.id in found
    ]


def _on_days_off(off: dict[int, people.DaysOff]) -> Q:
    today, asked = people.today(), Q()
    for practitioner_id, stretches in off.items():
        for since, until in stretches:
            if until <= today:
                continue
            on = Q(practitioner_id=practitioner_id, starts__gte=day_bounds(max(since, today))[0])
            if until < date.max:
                on &= Q(starts__lt=day_bounds(until)[0])
            asked |= on
    return asked
