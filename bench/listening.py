"""A process of the platform's own that listens to a record system: what each message costs there.

``python -m bench.listening`` is started by ``bench.exchange``, first as the owner of the database
(``connect``), then as the relay, whom row security holds as it holds it at work. What it is to do
it reads as JSON, and what it measured it writes as JSON, one line each.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import django

gc.disable()  # while all is loaded (``settle_in``)
django.setup()

from django.db import connection  # noqa: E402 - the settings must be read first

from bench import parties  # noqa: E402
from bench.codec import codec  # noqa: E402
from bench.counterpart import Bus  # noqa: E402
from bench.cpu import Meter  # noqa: E402
from bench.memory import Memory, resident  # noqa: E402
from bench.scenarios import Measured, percentile  # noqa: E402
from dialog.actor import PLATFORM  # noqa: E402
from dialog.adapters.processes import settle_in  # noqa: E402
from dialog.interop import actions, asking, listener  # noqa: E402
from dialog.interop.messages import Message  # noqa: E402
from dialog.interop.ports import SEVERAL, Settled, transport  # noqa: E402
from dialog.interop.writing import write  # noqa: E402
from dialog.people import queries as people  # noqa: E402
from dialog.rows import seeing  # noqa: E402

Told = tuple[Message, bytes]


def main() -> int:
    """Do what standard input says, one thing after the other."""
    settle_in()  # as ``digital-dialog listen`` does
    for what, said in json.load(sys.stdin).items():
        for found in TASKS[what](**said):
            print(json.dumps(asdict(found)), flush=True)
    return 0


def connect(practice: int, practitioner: int) -> Iterator[Measured]:
    """Let the office work in its record system."""
    with seeing(scope="setup"):
        actions.connect(
            by=PLATFORM,
            practice_id=practice,
            her_id=parties.OFFICE,
            practitioners={practitioner: parties.DOCTOR},
        )
    yield from ()


class Ears:
    """Our listener, on a bus with nothing between the ends."""

    def __init__(self, practice: int, patients: Sequence[int]) -> None:
        self.bus: Bus = transport()  # type: ignore[assignment]  # the settings name it
        listener.start()
        with seeing(practice=practice):
            self.numbers = [people.numbered_patient(one).number for one in patients]

    def first_words(self, many: int) -> list[Message]:
        """The doctor writes to so many patients."""
        return [
            parties.first_words(self.numbers[place % len(self.numbers)]) for place in range(many)
        ]

    def hears(self, told: Sequence[Told], together: int = SEVERAL) -> list[float]:
        """Hand messages over as they lie in a queue, so many at a time; seconds each took until it
        was done with.
        """
        waits = []
        for start in range(0, len(told), together):
            some = told[start : start + together]
            began = time.perf_counter()
            if together == 1:
                taken = [self.bus.deliver(*one) for one in some]
            else:
                taken = list(self.bus.deliver_several(some))
            if taken != [Settled.ACCEPTED] * len(some):
                raise RuntimeError("A message was not taken.")
            waits += [time.perf_counter() - began] * len(some)
        return waits


def protected(messages: Sequence[Message]) -> list[Told]:
    """As they lie on the bus; what that costs the record system is not ours to measure."""
    return [(one, parties.parties().to_us(write(one))) for one in messages]


def way_in(
    practice: int, patients: Sequence[int], many: int, warm_up: int, database: int
) -> Iterator[Measured]:
    """Stored, decoded, acted on, committed, and a receipt owed: while many wait, and one alone."""
    ears, meter = Ears(practice, patients), Meter(os.getpid(), database)
    _warm_up(ears, warm_up)
    begun = protected(ears.first_words(many))
    yield measured("way in: the doctor writes", meter, lambda: ears.hears(begun), many)
    answers = protected([parties.more_words(message.header) for message, _body in begun])
    yield measured("way in: an answer", meter, lambda: ears.hears(answers), many)
    begun = protected(ears.first_words(many))
    yield measured("way in, alone: the doctor writes", meter, lambda: ears.hears(begun, 1), many)
    answers = protected([parties.more_words(message.header) for message, _body in begun])
    yield measured("way in, alone: an answer", meter, lambda: ears.hears(answers, 1), many)


def _warm_up(ears: Ears, many: int) -> None:
    messages = ears.first_words(many // 2)
    ears.hears(protected(messages))
    ears.hears(protected([parties.more_words(one.header) for one in messages]))


def ask(questions: Sequence[Any], practice: int, database: int) -> Iterator[Measured]:
    """What is free: from the question in its table to the times published."""
    meter = Meter(os.getpid(), database)

    def answers(asked: Sequence[Any]) -> list[float]:
        waits = []
        for one in asked:
            began = time.perf_counter()
            asking.answer(one, practice)
            waits.append(time.perf_counter() - began)
        return waits

    warm = min(10, len(questions) // 2)
    answers(questions[:warm])
    rest = questions[warm:]
    yield measured("free times, asked and answered", meter, lambda: answers(rest), len(rest))


def measured(name: str, meter: Meter, act: Callable[[], Sequence[float]], many: int) -> Measured:
    """Processor time of this process and of the database's for each."""
    before, began = meter.read(), time.perf_counter()
    waits = sorted(act())
    took, used = time.perf_counter() - began, meter.read().since(before)
    return Measured(
        name=name,
        many=many,
        rate=many / took,
        p50=1000 * percentile(waits, 0.50),
        p95=1000 * percentile(waits, 0.95),
        p99=1000 * percentile(waits, 0.99),
        server=1000 * used.server / many,
        database=1000 * used.database / many,
    )


def memory(practice: int, patients: Sequence[int], seconds: float, batch: int) -> Iterator[Memory]:
    """How memory grows while messages come in for so long: the doctor writes, then answers."""
    ears = Ears(practice, patients)
    deadline, done, seen = time.monotonic() + seconds, 0, []
    while not seen or time.monotonic() < deadline:
        first = ears.first_words(batch)
        ears.hears(protected(first))
        ears.hears(protected([parties.more_words(one.header) for one in first]))
        done += 2 * batch
        seen.append((done, resident()))
    connection.close()
    yield Memory.of(seen)


TASKS: Mapping[str, Callable[..., Iterator[Any]]] = {
    "connect": connect,
    "codec": codec,
    "way_in": way_in,
    "ask": ask,
    "memory": memory,
}


if __name__ == "__main__":
    sys.exit(main())
