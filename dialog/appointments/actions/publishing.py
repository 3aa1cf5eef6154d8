"""Publishing free times: from the timebook, again and again, and never touching what is taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.appointments import texts, timetable
from dialog.appointments.events import SlotRestored, SlotsPublished, SlotWithdrawn
from dialog.appointments.models import ConfirmingPractice, Schedule, Slot
from dialog.appointments.policy import LONGEST_MINUTES, OCCUPYING, Withdrawn, may_open_times
from dialog.appointments.queries.rules import rules_of
from dialog.appointments.queries.timetables import not_at_work, wanted_times
from dialog.appointments.timetable import is_away
from dialog.errors import NotAllowed, NotFound, SlotsOverlap, WrongState, constraints
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.rows import action
from dialog.statements import ask, found
from dialog.statements import tell as change_rows
from dialog.working_days import oslo_day

Key = tuple[datetime, datetime, int]
LONGEST = timedelta(minutes=LONGEST_MINUTES)
# Written by hand: a place in the statement for each of a thousand times takes longer than the rest.
WITHDRAW = """
UPDATE appointments_slot SET withdrawn_at = %s, withdrawn_because = %s WHERE id = ANY (%s)
"""
# Locked first and asked about afterwards, so that nobody takes one in between; a thousand times
# stay where they are, and only how many is told.
LOCK_SHOWN = """
SELECT count(*) FROM (
    SELECT FROM appointments_slot
    WHERE schedule_id = %s AND starts > %s AND upper(period) > %s AND withdrawn_at IS NULL
    ORDER BY id FOR UPDATE
) AS shown
"""
WITHDRAW_SHOWN = """
WITH gone AS (
    UPDATE appointments_slot SET withdrawn_at = %s, withdrawn_because = %s
    WHERE schedule_id = %s AND starts > %s AND upper(period) > %s AND withdrawn_at IS NULL
    RETURNING id
)
SELECT count(*) FROM gone WHERE NOT EXISTS (
    SELECT FROM appointments_appointment WHERE slot_id = gone.id AND status = ANY (%s)
)
"""
LOCKED = "own.practitioner_id = %s FOR UPDATE OF own"
TAKEN = """
SELECT slot_id FROM appointments_appointment WHERE slot_id = ANY (%s) AND status = ANY (%s)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many times came and went as a timebook was brought up to date."""

    added: int
    withdrawn: int


@action
def publish_slots(*, by: Actor, practitioner: UUID) -> Published:
    """Publish the free times that the timebook now says, and withdraw untouched ones it no longer
    says (R84, R85).
    """
    return bring_up_to_date(by, timebook_to_change(by, practitioner))


def timebook_to_change(by: Actor, practitioner: UUID) -> Schedule:
    """Somebody's timebook, locked, for those who decide over it; made when there is none yet."""
    if by.side is Side.PLATFORM:
        return (
            Schedule.objects.select_for_update(of=("self",))
            .select_related("practitioner")
            .get(practitioner__uuid=practitioner)
        )
    whose = next(
        (one for one in people.clinicians_of_practice(by) if one.uuid == practitioner), None
    )
    if whose is None or by.side is not Side.PRACTICE:
        raise NotFound
    handed_over = Schedule.objects.filter(practitioner_id=whose.id, handed_over=True).exists()
    doctor = whose.profession is Profession.DOCTOR
    if not may_open_times(by, whose.id, doctor=doctor, handed_over=handed_over):
        raise NotAllowed
    return made_and_locked(by, whose.id)


def made_and_locked(by: Actor, practitioner_id: int) -> Schedule:
    """A timebook at the actor's practice, locked; made, as its record system has it, when there is
    none yet.
    """
    locked = partial(found, Schedule, "practitioner", where=LOCKED, values=(practitioner_id,))
    there = locked()
    if not there:
        lock_confirming(by.practice)
        elsewhere = ConfirmingPractice.objects.filter(practice_id=by.practice).exists()
        made = {"practice_id": by.practice, "confirmed_elsewhere": elsewhere}
        Schedule.objects.get_or_create(practitioner_id=practitioner_id, defaults=made)
        there = locked()
    return there[0]


def lock_confirming(practice_id: int) -> None:
    """Let nobody make a timebook while it is decided who says what is free."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('appointments.confirming', %s))",
            [practice_id],
        )


def bring_up_to_date(by: Actor, schedule: Schedule) -> Published:
    """Make what is published what the locked timebook says, as far as nobody has taken it; where
    the record system says what is free, only take back what is on days off.
    """
    now = timezone.now()
    if schedule.confirmed_elsewhere:
        return _only_at_work(by, schedule, now)
    last = oslo_day(now) + timedelta(days=rules_of(schedule).horizon_days)
    wanted = {
        (one.starts, one.ends, one.type_id): one
        for one in wanted_times(schedule, oslo_day(now), last)
        if one.starts > now
    }
    there = there_now(schedule, now)
    taken = taken_among(one.id for one in there)
    stale, kept, blocked = _sorted_out(there, taken, wanted, now)
    _refresh(kept, wanted)
    withdraw((one.id for one in stale), now, Withdrawn.TIMEBOOK)
    new = _new(schedule, wanted, kept, blocked)
    with constraints(slot_overlaps_slot=SlotsOverlap):
        Slot.objects.bulk_create(new)
    Schedule.objects.filter(id=schedule.id).update(published_on=oslo_day(now))
    result = Published(added=len(new), withdrawn=sum(one.id not in taken for one in stale))
    if new or stale:
        tell(by, schedule, result)
    return result


def _only_at_work(by: Actor, schedule: Schedule, now: datetime) -> Published:
    off = not_at_work(schedule.practitioner_id)
    stale = [
        one.id
        for one in (there_now(schedule, now) if off else ())
        if one.withdrawn_at is None and is_away(off, oslo_day(one.period.lower))
    ]
    withdraw(stale, now, Withdrawn.ELSEWHERE)
    Schedule.objects.filter(id=schedule.id).update(published_on=oslo_day(now))
    result = Published(added=0, withdrawn=len(stale) - len(taken_among(stale)))
    if stale:
        tell(by, schedule, result)
    return result


def tell(by: Actor, schedule: Schedule, result: Published) -> None:
    """Write down that times came and went."""
    record(
        by,
        SlotsPublished(
            practice_id=schedule.practice_id,
            practitioner_id=schedule.practitioner_id,
            added=result.added,
            withdrawn=result.withdrawn,
        ),
    )


def there_now(schedule: Schedule, now: datetime) -> list[Slot]:
    """Every time not yet over that is published or was taken back by hand, locked."""
    by_hand = Q(withdrawn_because=Withdrawn.BY_HAND)
    to_come = Slot.objects.filter(
        schedule=schedule, starts__gt=now - LONGEST, period__endswith__gt=now
    )
    shown_or_by_hand = to_come.filter(Q(withdrawn_at__isnull=True) | by_hand)
    return list(shown_or_by_hand.select_for_update().order_by("id"))


def withdraw_shown(by: Actor, schedule: Schedule, now: datetime, because: Withdrawn) -> None:
    """Take back every time not yet over that is published; there may be a thousand."""
    which = schedule.id, now - LONGEST, now
    ((shown,),) = ask(LOCK_SHOWN, *which)
    if shown:
        ((gone,),) = ask(WITHDRAW_SHOWN, now, because, *which, list(OCCUPYING))
        tell(by, schedule, Published(added=0, withdrawn=gone))


def withdraw(slots: Iterable[UUID], now: datetime, because: Withdrawn) -> None:
    """Take times back; whoever has one keeps the appointment."""
    change_rows(WITHDRAW, now, because, list(slots))


def taken_among(slots: Iterable[UUID]) -> set[UUID]:
    """Which of these somebody has; asked after they were locked, so that nobody takes one now."""
    return {slot for (slot,) in ask(TAKEN, list(slots), list(OCCUPYING))}


def _key(slot: Slot) -> Key:
    return slot.period.lower, slot.period.upper, slot.type_id


def _sorted_out(
    there: Iterable[Slot], taken: set[UUID], wanted: dict[Key, timetable.Time], now: datetime
) -> tuple[list[Slot], list[Slot], list[Slot]]:
    """What goes, what stays as it is, and what nothing new may be published over.

    What somebody has goes too: they keep their appointment, and the time is nobody's afterwards.
    """
    stale, kept, blocked = [], [], []
    for slot in there:
        if slot.period.lower <= now or slot.withdrawn_at is not None:
            blocked.append(slot)
        elif _key(slot) not in wanted:
            stale.append(slot)
        elif slot.id in taken:
            blocked.append(slot)
        else:
            kept.append(slot)
    return stale, kept, blocked


def _refresh(kept: Iterable[Slot], wanted: dict[Key, timetable.Time]) -> None:
    changed = []
    for slot in kept:
        released = wanted[_key(slot)].released
        if slot.released_at != released:
            slot.released_at = released
            changed.append(slot)
    Slot.objects.bulk_update(changed, ["released_at"], batch_size=500)


def _new(
    schedule: Schedule,
    wanted: dict[Key, timetable.Time],
    kept: Iterable[Slot],
    blocked: Iterable[Slot],
) -> list[Slot]:
    have = {_key(slot) for slot in kept}
    in_the_way: dict[date, list[Slot]] = {}
    for slot in blocked:
        in_the_way.setdefault(oslo_day(slot.period.lower), []).append(slot)
    return [
        Slot(
            practice_id=schedule.practice_id,
            schedule=schedule,
            type_id=one.type_id,
            period=DateTimeTZRange(one.starts, one.ends),
            released_at=one.released,
        )
        for key, one in wanted.items()
        if key not in have
        and not any(
            slot.period.lower < one.ends and one.starts < slot.period.upper
            for slot in in_the_way.get(oslo_day(one.starts), ())
        )
    ]


@action
def withdraw_slot(*, by: Actor, slot_id: UUID) -> None:
    """Take back a free time; one that somebody has is moved or cancelled instead."""
    slot = _slot_to_change(by, slot_id)
    if slot.withdrawn_at is not None:
        return
    if taken_among([slot.id]):
        raise WrongState(_("Noen har tatt denne timen. Flytt eller avlys den i stedet."))
    slot.withdrawn_at, slot.withdrawn_because = timezone.now(), Withdrawn.BY_HAND
    slot.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by, SlotWithdrawn(practice_id=slot.practice_id, slot_id=slot.id))


@action
def restore_slot(*, by: Actor, slot_id: UUID) -> None:
    """Publish again a time that was taken back by hand."""
    slot = _slot_to_change(by, slot_id)
    if slot.withdrawn_because != Withdrawn.BY_HAND or slot.period.lower <= timezone.now():
        raise WrongState
    if is_away(not_at_work(slot.schedule.practitioner_id), oslo_day(slot.period.lower)):
        raise WrongState(texts.NOT_AT_WORK)
    slot.withdrawn_at, slot.withdrawn_because = None, ""
    with constraints(slot_overlaps_slot=SlotsOverlap):
        slot.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by, SlotRestored(practice_id=slot.practice_id, slot_id=slot.id))


def _slot_to_change(by: Actor, slot_id: UUID) -> Slot:
    slot = Slot.objects.select_for_update().filter(id=slot_id, practice_id=by.practice).first()
    if slot is None or by.side is not Side.PRACTICE:
        raise NotFound
    return slot
