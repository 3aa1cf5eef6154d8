"""Free times, asked of a record system while a patient waits: the one synchronous exchange (R245).

The page has left a question in a table and waits for a few seconds; here it is asked on the bus,
and the answer becomes published times. No answer in time is an answer too: the page then says that
the office's system is away.
"""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from dialog.appointments import actions, queries
from dialog.appointments.offered import LONGEST_NAME, LONGEST_WORDS, OfferedTime
from dialog.appointments.policy import MeetingType
from dialog.errors import PortError
from dialog.interop import correspondents
from dialog.interop.addressing import pair_for_sending
from dialog.interop.building import Content, Envelope, compose
from dialog.interop.known import known
from dialog.interop.messages import Event, Message
from dialog.interop.names import Process
from dialog.interop.ports import ANSWER_WITHIN, Delivery, protection, registry, transport
from dialog.interop.ports import Envelope as Outside
from dialog.interop.processes import Queue, Side, function, recognised
from dialog.interop.queries import Reached, actor_at, address_of
from dialog.interop.understanding import Outside as Properties
from dialog.interop.understanding import understood
from dialog.interop.writing import write
from dialog.people import queries as people
from dialog.rows import seeing
from dialog.working_days import day_bounds

log = logging.getLogger(__name__)

AT_ONCE = 4
A_LOOK = 5.0  # seconds between looks, for a question whose notice was lost
TO_STOP = 0.25  # seconds until we see that we are to stop
A_TIME = "Time"


class Asker:
    """Asks what is free, as questions come, until stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._begun: set[UUID] = set()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="asking")
        self._thread = threading.Thread(target=self._run, name="asking", daemon=True)

    def start(self) -> "Asker":
        """Begin; what was asked while nobody listened is asked first."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish what has been asked."""
        self._stop.set()
        self._thread.join()
        self._let_go()
        self._pool.shutdown()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(**_line()) as line:
                    line.execute(f"LISTEN {actions.ASKED}")
                    self._listen(line)
            except Exception as error:
                # A database that is away comes back; the loop must still be here then.
                log.warning("asking: %s", type(error).__name__)
                self._stop.wait(2)
        connection.close()

    def _listen(self, line: psycopg.Connection) -> None:
        while not self._stop.is_set():
            for asked_id, practice_id in _open_questions():
                if asked_id not in self._begun:
                    self._begun.add(asked_id)
                    self._pool.submit(self._answer, asked_id, practice_id)
            self._wait(line)

    def _wait(self, line: psycopg.Connection) -> None:
        """Until somebody asks, or it is time for a look, or we are to stop."""
        until = time.monotonic() + A_LOOK
        while not self._stop.is_set() and time.monotonic() < until:
            for _notice in line.notifies(timeout=TO_STOP, stop_after=1):
                return

    def _answer(self, asked_id: UUID, practice_id: int) -> None:
        close_old_connections()
        try:
            answer(asked_id, practice_id)
        except Exception as error:
            # Whoever waits is told by the clock; the next question must still be asked.
            log.warning("free times %s: %s", asked_id, type(error).__name__)
            connection.close()
        finally:
            self._begun.discard(asked_id)

    def _let_go(self) -> None:
        """Each thread closes the connection it has kept."""
        together = threading.Barrier(AT_ONCE)

        def close() -> None:
            together.wait()
            connection.close()

        for _thread in range(AT_ONCE):
            self._pool.submit(close)


def _line() -> dict[str, Any]:
    """A connection of its own: a notice comes to whoever listens, outside transactions."""
    said = connection.get_connection_params()
    kept = ("host", "port", "user", "password", "dbname", "sslmode", "options")
    return {**{name: said[name] for name in kept if said.get(name)}, "autocommit": True}


def _open_questions() -> list[tuple[UUID, int]]:
    with seeing(scope="relay"):
        return queries.open_questions()


def answer(asked_id: UUID, practice_id: int) -> None:
    """Ask the record system of a practice what is free with somebody, and publish what it says."""
    with seeing(practice=practice_id):
        asked = queries.question(asked_id)
        number = address_of(practice_id, asked.practitioner_id)
        reached = Reached(
            her_id=number or 0, practice_id=practice_id, practitioner_id=asked.practitioner_id
        )
        by = actor_at(reached)
    try:
        # Who has no address there has no times there, and nobody waits for an answer.
        times = list(_times(_ask(asked, number), number)) if number else []
        with seeing(practice=practice_id):
            actions.offer_times(
                by=by,
                practitioner=asked.practitioner_uuid,
                times=times,
                first=day_bounds(asked.first)[0],
                until=day_bounds(asked.until)[0],
            )
            actions.answer_times(by=by, asked_id=asked_id)
    except Exception as refusal:
        # Whoever waits is told now and not by the clock, whatever it was; and nobody asks again.
        log.warning("free times at %s: %s", number, type(refusal).__name__)
        actions.times_failed(by=by, asked_id=asked_id)


def _ask(asked: queries.Question, number: int) -> Message:
    """The answer of the record system: one message, in fifteen seconds, believed like any other."""
    tables, registered = known(), registry()
    party = registered.party(number)
    to, own, agreement = pair_for_sending(registered, receiver=number, own=settings.HER_ID)
    if party is None or not party.active or not party.queues.synchronous:
        raise PortError(permanent=True)
    message = _question(asked, number)
    body = protection().protect(write(message), to=to, own=own)
    envelope = Outside(
        message_id=uuid4(),
        function=message.header.type.value,
        sender=settings.HER_ID,
        receiver=number,
        sent_at=timezone.now(),
        to=party.queues.synchronous,
        content_type=protection().content_type,
        agreement=agreement,
        ttl=ANSWER_WITHIN,
    )
    heard = transport().ask(envelope, body, ANSWER_WITHIN)
    if heard.envelope.sender != number:
        raise PortError(permanent=True)
    found, _content = understood(heard.body, _outside(heard))
    is_answer = isinstance(found, Message) and recognised(found, tables, Side.PRACTICE, Queue.SYNC)
    if not is_answer or not isinstance(found, Message):
        raise PortError(permanent=True)
    return found


def _question(asked: queries.Question, number: int) -> Message:
    with seeing(practice=asked.practice_id):
        office = people.office_by_id(asked.practice_id)
        whose = people.clinician_by_id(asked.practitioner_id)
        theirs = address_of(asked.practice_id) or number
    tables = known()
    envelope = Envelope(
        id=str(uuid4()),
        sent=datetime.now(UTC),
        sender=correspondents.ourselves(),
        receiver=correspondents.practitioner(office, theirs, whose, number),
    )
    content = Content(start=asked.first, end=asked.until - timedelta(days=1))
    what = function(tables, Process.BOOKING, Side.PATIENT, "HentLedigeTimer")
    return compose(what, envelope, content, tables)


def _outside(heard: Delivery) -> Properties:
    envelope = heard.envelope
    return Properties(
        sender=envelope.sender,
        receiver=envelope.receiver,
        function=envelope.function,
        agreement=envelope.agreement,
    )


def _times(message: Message, number: int) -> Iterator[OfferedTime]:
    """The free times of whoever was asked about; those of others are asked for by themselves."""
    for event in message.calendar.events if message.calendar else ():
        if event.contact == str(number):
            yield _time(event)


def _time(event: Event) -> OfferedTime:
    if not isinstance(event.start, datetime) or not isinstance(event.end, datetime):
        raise PortError(permanent=True)
    kind = event.summary or next(iter(event.categories), "") or A_TIME
    return OfferedTime(
        id=_uuid(event.uid),
        starts=event.start,
        ends=event.end,
        # How one meets is in no published property; it is in the office until one is known.
        meetings=frozenset({MeetingType.IN_PERSON}),
        type_name=kind[:LONGEST_NAME],
        instructions=event.description[:LONGEST_WORDS],
    )


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise PortError(permanent=True) from None
