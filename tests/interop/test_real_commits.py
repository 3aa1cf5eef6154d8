"""With real commits: several listeners and the relay at once, and what only the commit finds."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import psycopg
import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from dialog.interop import chores, handling, inbound
from dialog.interop.asking import A_LOOK, Asker
from dialog.interop.building import Content, compose
from dialog.interop.building import Envelope as Heading
from dialog.interop.messages import Message
from dialog.interop.names import Process
from dialog.interop.policy import MOST_TRIES
from dialog.interop.ports import Delivery, Envelope
from dialog.interop.processes import Side, function
from dialog.interop.writing import write
from fuzz.scene import Scene, as_role
from tests.buses import soon
from tests.database import SERVER
from tests.interop.enterprises import protected
from tests.interop.hearing import KARI
from tests.interop.record_system import KNOWN, LUND, US, us

AT_ONCE = 6
STATES = "SELECT state, count(*) FROM interop_transmission WHERE direction = 'in' GROUP BY state"
RECEIPTS = (
    "SELECT count(*) FROM interop_transmission WHERE function = 'APPREC' AND direction = 'out'"
)
WORDS = "SELECT count(*) FROM conversations_message"
LAID_ASIDE = "SELECT state, code FROM interop_transmission WHERE direction = 'in'"


def delivery(xml: bytes, subject: str) -> Delivery:
    """The same message as the bus gives it another time, protected anew."""
    envelope = Envelope(
        message_id=uuid4(),
        function=subject,
        sender=LUND,
        receiver=US,
        sent_at=datetime.now(UTC),
    )
    return Delivery(envelope=envelope, body=protected(xml), queue=f"{US}_async")


def answered(scene: Scene) -> tuple[bytes, str]:
    """An answer of the record system to a question of a patient's, and what it is called."""
    scene.ask()
    header = next(one for one in scene.headers if one.type.value == Process.ENQUIRY.upper())
    return write(scene.answer_to(header)), header.type.value


def begun(scene: Scene, text: str) -> Message:
    """The doctor writes first, in the record system."""
    heading = Heading(
        id=str(uuid4()),
        sent=datetime.now(UTC),
        sender=scene.epj.ours(),
        receiver=us(),
        patient=KARI,
    )
    what = function(KNOWN, Process.ENQUIRY, Side.PRACTICE, "Foresporsel")
    return compose(what, heading, Content(text=text), KNOWN)


def test_the_same_message_in_many_hands_is_done_once(own_database: str) -> None:
    scene = Scene()
    gate = Barrier(AT_ONCE)
    with scene.on(), psycopg.connect(SERVER.url(database=own_database), autocommit=True) as outside:
        said, subject = answered(scene)
        before = outside.execute(WORDS).fetchone()
        heard = [delivery(said, subject) for _number in range(AT_ONCE // 2)]

        def one(number: int) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE dialog_relay")
            gate.wait()
            try:
                inbound.take(heard[number % len(heard)])  # each twice, as a bus may
                chores.handle_what_was_kept()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, range(AT_ONCE)))

        states = Counter(dict(outside.execute(STATES).fetchall()))
        assert states == {"handled": 1, "repeated": AT_ONCE // 2 - 1}
        assert outside.execute(RECEIPTS).fetchone() == (AT_ONCE // 2,)
        assert outside.execute(WORDS).fetchone() == (before[0] + 1,)


def test_several_in_many_hands_are_each_done_once(own_database: str) -> None:
    scene = Scene()
    gate = Barrier(AT_ONCE)
    with scene.on(), psycopg.connect(SERVER.url(database=own_database), autocommit=True) as outside:
        texts = [begun(scene, f"Nummer {number}") for number in range(AT_ONCE)]
        before = outside.execute(WORDS).fetchone()
        heard = [delivery(write(one), one.header.type.value) for one in texts]

        def one(_number: int) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET ROLE dialog_relay")
            gate.wait()
            try:
                inbound.take_several(heard)  # the whole of it again and again
            finally:
                connections.close_all()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, range(AT_ONCE)))

        assert outside.execute(STATES).fetchall() == [("handled", AT_ONCE)]
        assert outside.execute(RECEIPTS).fetchone() == (AT_ONCE,)
        assert outside.execute(WORDS).fetchone() == (before[0] + AT_ONCE,)


def test_what_only_the_commit_finds_among_several_takes_none_with_it(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene()
    real = handling.act_on
    with scene.on(), psycopg.connect(SERVER.url(database=own_database), autocommit=True) as outside:
        texts = [begun(scene, f"Nummer {number}") for number in range(3)]
        monkeypatch.setattr(
            handling, "act_on", lambda one: uuid4() if one.text == "Nummer 1" else real(one)
        )

        with as_role("dialog_relay"):
            inbound.take_several([delivery(write(one), one.header.type.value) for one in texts])

        assert outside.execute(LAID_ASIDE + " ORDER BY id").fetchall() == [
            ("handled", ""),
            ("stored", "IntegrityError"),
            ("handled", ""),
        ]


def test_what_only_the_commit_finds_is_counted_and_laid_aside(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Scene()
    with scene.on(), psycopg.connect(SERVER.url(database=own_database), autocommit=True) as outside:
        said, subject = answered(scene)
        monkeypatch.setattr(handling, "act_on", lambda _heard: uuid4())  # a matter there is not

        with as_role("dialog_relay"):
            inbound.take(delivery(said, subject))
            for number in range(1, MOST_TRIES + 1):
                with time_machine.travel(timezone.now() + number * timedelta(minutes=11)):
                    chores.handle_what_was_kept()

        assert outside.execute(LAID_ASIDE).fetchall() == [("parked", "IntegrityError")]


def test_who_asks_what_is_free_stops_when_told_to(own_database: str) -> None:
    listens = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND query LIKE 'LISTEN%%'"
    asker = Asker().start()
    with psycopg.connect(SERVER.url(), autocommit=True) as outside:
        assert soon(lambda: outside.execute(listens, [own_database]).fetchone())
    time.sleep(0.05)  # it has looked, and waits for somebody to ask
    told = time.monotonic()

    asker.stop()

    assert time.monotonic() - told < A_LOOK / 2
