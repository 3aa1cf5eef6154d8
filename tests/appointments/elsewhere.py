"""An office whose record system says what is free, and yes or no to what is taken."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from dialog import rows
from dialog.actor import PLATFORM
from dialog.appointments import actions
from dialog.appointments.models import Appointment, Slot
from dialog.appointments.offered import OfferedTime
from dialog.appointments.policy import MeetingType
from dialog.demo.cast import Cast
from dialog.working_days import day_bounds
from tests.appointments.people_and_times import at, booked, clinician, workday

IN_PERSON = frozenset({MeetingType.IN_PERSON})
WINDOW = timedelta(days=28)


def a_time(
    clock: time,
    *,
    id: UUID | None = None,
    day: date | None = None,
    minutes: int = 20,
    name: str = "Vanlig time",
    meetings: frozenset[MeetingType] = IN_PERSON,
) -> OfferedTime:
    """A time that is free elsewhere."""
    starts = at(clock, day)
    return OfferedTime(
        id=id or uuid4(),
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        meetings=meetings,
        type_name=name,
    )


def morning(day: date | None = None) -> list[OfferedTime]:
    """Six times from nine."""
    return [a_time(time(9 + n // 3, n % 3 * 20), day=day) for n in range(6)]


def offer(cast: Cast, times: Sequence[OfferedTime]) -> actions.Published:
    """Dr Lund's record system says what is free in the four weeks to come."""
    first = day_bounds(workday(0))[0]
    return actions.offer_times(
        by=cast.siri,
        practitioner=clinician(cast.lund),
        times=times,
        first=first,
        until=first + WINDOW,
    )


def confirming(cast: Cast, times: Sequence[OfferedTime] | None = None) -> None:
    """Dr Lund's office, where the record system decides from now on."""
    actions.confirm_elsewhere(by=PLATFORM, practice_id=cast.lund.practice, on=True)
    offer(cast, morning() if times is None else times)


def reserved(cast: Cast, text: str = "Vondt i kneet") -> Appointment:
    """A time Kari has taken there."""
    confirming(cast)
    return booked(cast.kari, text=text)


def row(cast: Cast, one: Appointment) -> Appointment:
    """An appointment as it is in the database."""
    with rows.seeing(practice=cast.lund.practice_id):
        return Appointment.objects.get(id=one.id)


def shown(cast: Cast) -> dict[UUID, Slot]:
    """Dr Lund's published times, taken or not."""
    with rows.seeing(practice=cast.lund.practice_id):
        found = Slot.objects.filter(
            schedule__practitioner_id=cast.lund.practitioner_id, withdrawn_at__isnull=True
        )
        return {one.id: one for one in found.select_related("type")}
