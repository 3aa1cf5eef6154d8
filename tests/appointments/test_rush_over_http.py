"""A hundred patients, one time, on the running server: one has it, and the others are told; without
the constraints several have it.
"""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils.crypto import get_random_string

from bench.load import Answer, Browser, one, several
from dialog.actor import Actor
from dialog.demo.cast import Cast
from tests.appointments.crowds import closed_counter, overlaps, registered, without_constraints
from tests.appointments.people_and_times import free
from tests.doors import signed_in
from tests.serving import Running

HUNDRED, FEWER = 100, 20
WORDS = "Vondt i kneet etter et fall"
TOLD = "Noen andre har akkurat tatt denne timen"
THERE_IS = {
    "appointments": "SELECT count(*) FROM appointments_appointment",
    "conversations": "SELECT count(*) FROM conversations_conversation",
    "messages": "SELECT count(*) FROM conversations_message",
    "clicks remembered": "SELECT count(*) FROM ledger_requestkey",
    "booked, in the ledger": "SELECT count(*) FROM ledger_entry WHERE kind = 'AppointmentBooked'",
}
ORPHANS = {
    "conversations without appointment": (
        "SELECT count(*) FROM conversations_conversation AS matter WHERE kind = 'appointment' AND "
        "NOT EXISTS (SELECT FROM appointments_appointment WHERE conversation_id = matter.id)"
    ),
    "clicks that led nowhere": "SELECT count(*) FROM ledger_requestkey WHERE location = ''",
}


@pytest.fixture
def hundred(everybody: Cast, large_crowd: list[Actor], as_owner: Any) -> list[Actor]:
    """Patients of Dr Lund's."""
    more = range(len(large_crowd), HUNDRED)
    return [*large_crowd, *as_owner(lambda: [registered(everybody, n) for n in more])]


def browser(of: Actor) -> Browser:
    """Signed in already; it is the rush that goes through HTTP."""
    session = signed_in(of).cookies[settings.SESSION_COOKIE_NAME].value
    return Browser({settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)})


def click(who: Browser, slot: Any) -> bytes:
    return who.post(
        "/time/bestill",
        time=str(slot.id),
        meeting="in-person",
        text=WORDS,
        request_key=str(uuid4()),
    )


def counted(running: Running, what: dict[str, str]) -> dict[str, int]:
    return {name: int(str(running.rows(sql)[0][0])) for name, sql in what.items()}


def rush(running: Running, clicks: list[bytes]) -> list[Answer]:
    """Everybody clicks at once, and several have found the time free before anybody has it."""
    with ThreadPoolExecutor(1) as pool, closed_counter() as counter:
        answers = pool.submit(several, running.port, clicks, at_once=len(clicks))
        counter.waits_for(2)
    return answers.result()


def offered_instead(answer: Answer) -> set[str]:
    return set(re.findall(r'name="time" value="([^"]+)"', answer.body.decode()))


def test_one_has_the_time_ninety_nine_are_told_and_a_click_is_one_booking(
    running: Running, everybody: Cast, hundred: list[Actor]
) -> None:
    slot, another, third = free(hundred[0])[:3]
    signed = [browser(each) for each in hundred]
    clicks = [click(who, slot) for who in signed]
    before = counted(running, THERE_IS)

    answers = rush(running, clicks)

    after = counted(running, THERE_IS)
    assert Counter(each.status for each in answers) == {302: 1, 409: HUNDRED - 1}
    assert {name: after[name] - before[name] for name in after} == dict.fromkeys(THERE_IS, 1)
    assert counted(running, ORPHANS) == dict.fromkeys(ORPHANS, 0)
    for told in (each for each in answers if each.status == 409):
        page = told.body.decode()
        assert TOLD in page
        assert WORDS in page
        assert offered_instead(told)
        assert str(slot.id) not in offered_instead(told)
    winner = next(place for place, each in enumerate(answers) if each.status == 302)
    _is_told_that_he_won(running, signed[winner], clicks[winner], answers[winner])
    assert counted(running, THERE_IS) == after
    _the_same_click_many_times_at_once_is_one_booking(running, everybody, another)
    losers = [who for who in signed if who is not signed[winner]][:FEWER]
    _without_the_constraints_several_have_it(running, losers, third)


def _is_told_that_he_won(running: Running, who: Browser, sent: bytes, answer: Answer) -> None:
    """He sees his time, and so he does when the same click is sent again, and again at once."""
    (place,) = answer.header("location")
    page = one(running.port, who.get(place)).body.decode()
    assert "Time bestilt" in page
    assert WORDS in page
    again = several(running.port, [sent] * 8, at_once=8)
    assert [(each.status, each.header("location")) for each in again] == [(302, [place])] * 8


def _the_same_click_many_times_at_once_is_one_booking(
    running: Running, everybody: Cast, slot: Any
) -> None:
    kari = browser(everybody.kari)
    before = counted(running, THERE_IS)

    answers = several(running.port, [click(kari, slot)] * 8, at_once=8)

    after = counted(running, THERE_IS)
    assert {name: after[name] - before[name] for name in after} == dict.fromkeys(THERE_IS, 1)
    assert {each.status for each in answers} == {302}
    assert len({each.header("location")[0] for each in answers}) == 1


def _without_the_constraints_several_have_it(
    running: Running, losers: list[Browser], slot: Any
) -> None:
    """So it is they that let one alone have it, and the rush is one."""
    clicks = [click(who, slot) for who in losers]
    without_constraints()

    answers = rush(running, clicks)

    assert Counter(each.status for each in answers)[302] > 1
    assert overlaps() > 0
