"""Patients take times while the office withdraws, cancels, gives and double-books them."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.models import Appointment, Slot
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.ledger.models import Entry
from dialog.people import queries as lists
from dialog.working_days import oslo_day
from tests.appointments.crowds import AT_ONCE, at_once, closed_counter, overlaps, rounds, take
from tests.appointments.people_and_times import clinician, free, patient_uuid, wished


def test_a_time_is_never_taken_as_it_is_withdrawn(everybody: Cast, crowd: list[Actor]) -> None:
    slots = free(crowd[0])[:AT_ONCE]

    with rounds() as at_the_same_time:
        for patient, slot in zip(crowd, slots, strict=False):
            at_the_same_time(
                take(patient, slot),
                lambda slot=slot: actions.withdraw_slot(by=everybody.siri, slot_id=slot.id),
            )

    with rows.seeing(practice=everybody.lund.practice_id):
        both = Appointment.objects.filter(
            slot__in=[one.id for one in slots], slot__withdrawn_at__isnull=False
        )
        assert not both.exists()
        assert Slot.objects.filter(id__in=[one.id for one in slots]).count() == AT_ONCE


def test_a_time_is_never_taken_after_the_service_is_switched_off(
    everybody: Cast, crowd: list[Actor]
) -> None:
    slots = free(crowd[0])[:AT_ONCE]
    (list_id,) = {_list_of(crowd[0])}

    outcome = at_once(
        *(take(one, slot) for one, slot in zip(crowd, slots, strict=False)),
        lambda: conversations.switch_service(
            by=everybody.lund, list_id=list_id, feature=Feature.DIRECT_BOOKING, on=False
        ),
    )

    assert set(outcome) <= {"done", "ServiceOff"}
    with rows.seeing(practice=everybody.lund.practice_id):
        taken = Appointment.objects.count()
    assert taken == outcome.count("done") - 1
    assert at_once(take(crowd[AT_ONCE], free_for_office(everybody)[0])) == ["ServiceOff"]


def test_the_office_waits_for_who_is_about_to_take_a_time(
    everybody: Cast, crowd: list[Actor]
) -> None:
    slots = free(crowd[0])

    def withdraw() -> None:
        actions.withdraw_slot(by=everybody.siri, slot_id=slots[0].id)

    def switch_off() -> None:
        conversations.switch_service(
            by=everybody.lund,
            list_id=_list_of(crowd[0]),
            feature=Feature.DIRECT_BOOKING,
            on=False,
        )

    for patient, slot, act, outcome in (
        (crowd[0], slots[0], withdraw, "WrongState"),
        (crowd[1], slots[1], switch_off, "done"),
    ):
        assert _changed_meanwhile(take(patient, slot), act) == (False, ["done"], [outcome])


def test_a_pause_waits_for_who_is_about_to_take_a_time(everybody: Cast, crowd: list[Actor]) -> None:
    first, second = free(crowd[0])[:2]

    def pause() -> None:
        conversations.plan_pause(
            by=everybody.lund,
            list_id=_list_of(crowd[0]),
            feature=Feature.DIRECT_BOOKING,
            starts=timezone.now(),
            ends=None,
        )

    assert _changed_meanwhile(take(crowd[0], first), pause) == (False, ["done"], ["done"])
    assert at_once(take(crowd[1], second)) == ["ServiceOff"]


def test_a_last_day_waits_for_who_is_about_to_take_or_give_a_time_after_it(
    everybody: Cast,
) -> None:
    taken, left = free(everybody.kari, doctor="Nina Vik")[-2:]
    last = oslo_day(taken.starts) - timedelta(days=1)
    between_published_times = taken.starts + timedelta(hours=5)
    still_booked: list[int] = []

    def end() -> None:
        nina = everybody.nina.account
        still_booked.append(actions.change_days(by=everybody.lund, account_id=nina, last=last))

    def give() -> None:
        actions.give_time(
            by=everybody.siri,
            patient=patient_uuid(everybody.anne),
            practitioner=taken.practitioner_uuid,
            starts=between_published_times,
            minutes=15,
        )

    outcome = _changed_meanwhile(take(everybody.kari, taken), end)
    actions.change_days(by=everybody.lund, account_id=everybody.nina.account)
    once_more = _changed_meanwhile(give, end)

    assert outcome == once_more == (False, ["done"], ["done"])
    assert still_booked == [1, 2]
    assert at_once(take(everybody.per, left)) == ["WrongState"]
    assert at_once(give) == ["InvalidInput"]


def _changed_meanwhile(
    act_first: Callable[[], object], act: Callable[[], None]
) -> tuple[bool, list[str], list[str]]:
    """Whether the office was done before who gets a time was, and how each of them went."""
    with ThreadPoolExecutor(2) as pool, closed_counter() as counter:
        taken = pool.submit(at_once, act_first)
        counter.waits_for(1)
        changed = pool.submit(at_once, act)
        counter.waits_for(2, or_until=changed.done)
        before = changed.done()
    return before, taken.result(), changed.result()


def _list_of(one: Actor) -> int:
    with rows.seeing(patient=one.patient_id):
        owner = lists.list_of(one.patient)
    assert owner is not None
    return owner.list_id


def free_for_office(cast: Cast) -> list[Any]:
    with rows.seeing(practice=cast.lund.practice_id):
        days = queries.office_slots(cast.lund, practitioner=None, days=30)
    return [one for day in days for one in day.slots if one.practitioner_name == "Ingrid Lund"]


def test_cancelling_one_of_two_while_others_book_gives_no_time_twice(
    everybody: Cast, crowd: list[Actor]
) -> None:
    with rounds() as at_the_same_time:
        for n, slot in enumerate(free(crowd[0])[:AT_ONCE]):
            first = actions.book_slot(by=crowd[n], slot_id=slot.id)
            extra = _on_top(everybody, crowd[n + AT_ONCE], slot.starts)
            assert extra.overbooked

            at_the_same_time(
                lambda first=first, n=n: actions.cancel(
                    by=crowd[n], conversation_id=first.conversation_id
                ),
                *(take(one, slot) for one in crowd[-4:]),
            )

    assert overlaps() == 0


def test_double_booking_while_others_book_is_over_what_one_knows(
    everybody: Cast, crowd: list[Actor]
) -> None:
    slots = [one for one in free(crowd[0]) if one.type.minutes == 20]
    with rounds() as at_the_same_time:
        for n in range(0, AT_ONCE * 2, 2):
            slot, following = slots[n], slots[n + 1]
            actions.book_slot(by=crowd[n], slot_id=slot.id)
            late = slot.starts + timedelta(minutes=10)

            at_the_same_time(
                lambda late=late, n=n: _on_top(everybody, crowd[n + 1], late, minutes=20),
                *(take(one, following) for one in crowd[-3:]),
            )

    knowingly = _overbooked(everybody)
    assert overlaps() >= len(knowingly)
    assert not _taken_under(everybody, knowingly)


def _on_top(cast: Cast, patient: Actor, starts: datetime, minutes: int = 10) -> Appointment:
    return actions.give_time(
        by=cast.siri,
        patient=patient_uuid(patient),
        practitioner=clinician(cast.lund),
        starts=starts,
        minutes=minutes,
        overbook_because="Haster",
    )


def _overbooked(cast: Cast) -> list[Appointment]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(Appointment.objects.filter(overbooked=True).order_by("made_at"))


def _taken_under(cast: Cast, knowingly: list[Appointment]) -> list[Appointment]:
    """Times that patients took later than, and under, one that was double-booked."""
    with rows.seeing(practice=cast.lund.practice_id):
        entries = dict(
            Entry.objects.filter(kind="AppointmentBooked").values_list("conversation_id", "id")
        )
        return [
            other
            for one in knowingly
            for other in Appointment.objects.filter(
                slot__isnull=False, period__overlap=one.period, practitioner_id=one.practitioner_id
            )
            if entries[other.conversation_id] > entries[one.conversation_id]
        ]


def test_head_on_times_without_a_slot_end_in_one_winner_each_and_no_deadlock(
    everybody: Cast, crowd: list[Actor]
) -> None:
    starts = free(crowd[0])[0].starts + timedelta(hours=7)
    jobs = [
        lambda n=n: actions.give_time(
            by=everybody.siri,
            patient=patient_uuid(crowd[n]),
            practitioner=clinician(everybody.lund),
            starts=starts + timedelta(minutes=30 * (n // 2) + 5 * (n % 2)),
            minutes=20,
        )
        for n in range(16)
    ]
    before = datetime.now().astimezone()

    outcome = Counter(at_once(*jobs))

    assert outcome == {"done": 8, "SlotTaken": 8}
    assert datetime.now().astimezone() - before < timedelta(seconds=20)
    assert overlaps() == 0


def test_a_time_given_and_a_slot_under_it_taken_head_on(
    everybody: Cast, crowd: list[Actor]
) -> None:
    with rounds() as at_the_same_time:
        for n, slot in enumerate(free(crowd[0])[:AT_ONCE]):
            outcome = at_the_same_time(
                take(crowd[n], slot),
                lambda n=n, slot=slot: actions.give_time(
                    by=everybody.siri,
                    patient=patient_uuid(crowd[n + AT_ONCE]),
                    practitioner=clinician(everybody.lund),
                    starts=slot.starts + timedelta(minutes=5),
                    minutes=10,
                ),
            )
            assert sorted(outcome) == ["SlotTaken", "done"]

    assert overlaps() == 0


def test_two_who_answer_one_wish_at_once_give_one_time(everybody: Cast, crowd: list[Actor]) -> None:
    slots = free(crowd[0])
    with rounds() as at_the_same_time:
        for n in range(AT_ONCE):
            wish, pair = wished(crowd[n]), slots[2 * n : 2 * n + 2]

            outcome = at_the_same_time(
                *(
                    lambda who=who, slot=slot, one=wish.conversation_id: actions.give_time(
                        by=who, conversation_id=one, slot_id=slot.id
                    )
                    for who, slot in zip((everybody.siri, everybody.nina), pair, strict=True)
                )
            )

            assert sorted(outcome) == ["WrongState", "done"]
            with rows.seeing(practice=everybody.lund.practice_id):
                taken = Appointment.objects.filter(slot__in=[one.id for one in pair])
                assert [one.conversation_id for one in taken] == [wish.conversation_id]
