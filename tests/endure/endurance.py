"""Patients write and a record system answers while everything between them is killed in turn."""

import random
import re
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from typing import Any
from uuid import UUID

from dialog.conversations import actions as conversations
from dialog.conversations.policy import Topic
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from tests.epj.running import Ends
from tests.platform_processes import Platform

LENGTH = 5  # messages of a patient in one conversation
SEED = 20
STRIKE = 10.0  # seconds to wait for something to be under way before somebody is killed
PATIENCE = 180.0  # seconds without anything happening
SCRIPT = """
seed = 20
[fail]
handling = 0.1
sending = 0.1
[[rule]]
process = "Ekontakt"
do = "answer"
text = "Svar fra kontoret"
"""
MARK = re.compile(r"Melding (\d+)-(\d+)\b")
WRITTEN = """
SELECT count(*) FROM interop_transmission
WHERE direction = 'out' AND function ILIKE '%%ekontakt' AND state = 'received'
"""
HEARD = """
SELECT message_id, conversation_id FROM interop_transmission
WHERE direction = 'in' AND function ILIKE '%%ekontakt' AND state = 'handled'
ORDER BY settled_at, id
"""
STATES = """
SELECT direction, state, count(*) FROM interop_transmission GROUP BY 1, 2 ORDER BY 1, 2
"""
SHOWN = """
SELECT conversation_id, count(*) FROM conversations_message WHERE side = 'practice' GROUP BY 1
"""
LEASES_RUN_OUT = """
UPDATE ledger_delivery SET due_at = now() WHERE lease IS NOT NULL AND state = 'owed'
"""


@dataclass(frozen=True, slots=True)
class Ways:
    """One way a message goes: how many were sent, and what became of them."""

    sent: int
    arrived: int
    lost: int
    twice: int
    disordered: int

    @property
    def well(self) -> bool:
        """Everything came, once and in order."""
        return self.arrived == self.sent and not (self.lost or self.twice or self.disordered)

    def __str__(self) -> str:
        return (
            f"{self.sent} sent, {self.arrived} arrived, {self.lost} lost, {self.twice} acted on "
            f"twice, {self.disordered} conversations out of order"
        )


@dataclass
class Endurance:
    """One run: ``many`` messages in all, half of them the patients', half the office's answers."""

    cast: Cast
    platform: Platform
    ends: Ends
    many: int
    kills: Counter[str] = field(default_factory=Counter)
    began: dict[int, UUID] = field(default_factory=dict)
    seconds: float = 0.0

    def run(self, waves: int) -> None:
        """Write in waves, and kill somebody in the middle of each."""
        started = time.monotonic()
        marks, each = self._marks(), -(-self.many // 2 // waves)
        victims = list(self._victims())
        for wave in range(waves):
            self._wait_until_answered(wave * each - each // 2)
            before = self.heard()
            for mark in marks[wave * each : (wave + 1) * each]:
                self._write(*mark)
            deadline = time.monotonic() + STRIKE
            while self.heard() == before and time.monotonic() < deadline:
                time.sleep(0.02)
            name = victims[wave % len(victims)]
            self._victims()[name]()
            self.kills[name] += 1
        self._wait_for_all()
        self.seconds = time.monotonic() - started

    def heard(self) -> int:
        """How many of the office's answers have been acted on."""
        return len(self.platform.rows(HEARD))

    def to_the_office(self) -> Ways:
        """What patients wrote, by what lies at the record system, in the order it came."""
        rows = self._at_the_office(
            "SELECT content FROM messages WHERE direction = 'in' AND state = 'taken' "
            "AND function LIKE '%EKONTAKT' ORDER BY n"
        )
        found = [MARK.search(content.decode()) for (content,) in rows]
        came = [(int(one[1]), int(one[2])) for one in found if one]
        return judged({mark: mark[0] for mark in self._marks()}, came)

    def to_the_patients(self) -> Ways:
        """What the office answered, in the order the platform acted on it."""
        rows = self._at_the_office(
            "SELECT message_id, conversation FROM messages WHERE direction = 'out' "
            "AND function LIKE '%EKONTAKT' ORDER BY n"
        )
        said = {str(one).lower(): conversation for one, conversation in rows}
        heard = [str(one) for one, _conversation in self.platform.rows(HEARD)]
        shown = sum(int(str(many)) for _conversation, many in self.platform.rows(SHOWN))
        assert shown == len(heard), (shown, len(heard))
        return judged(said, heard)

    def states(self) -> str:
        """How far everything has come, for whoever must look at it."""
        there = self._at_the_office(
            "SELECT direction, state, count(*) FROM messages GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return f"platform {self.platform.rows(STATES)}; record system {there}"

    def _marks(self) -> list[tuple[int, int]]:
        """Who writes when: conversations between each other, each in its own order."""
        mine = self.many // 2
        turns = [
            conversation for conversation in range(-(-mine // LENGTH)) for _one in range(LENGTH)
        ]
        chance = random.Random(SEED)
        wide = 20 * LENGTH  # so that a conversation is over a few waves, not the whole run
        for first in range(0, len(turns), wide):
            part = turns[first : first + wide]
            chance.shuffle(part)
            turns[first : first + wide] = part
        counted: Counter[int] = Counter()
        marks = []
        for conversation in turns[:mine]:
            counted[conversation] += 1
            marks.append((conversation, counted[conversation]))
        return marks

    def _write(self, conversation: int, number: int) -> None:
        by = self.cast.kari if conversation % 2 else self.cast.per
        text = f"Melding {conversation}-{number} til kontoret"
        if number == 1:
            begun = enquiries.ask_practice(by=by, topic=Topic.OTHER, text=text)
            self.began[conversation] = begun.id
        else:
            conversations.reply(by=by, conversation_id=self.began[conversation], text=text)

    def _victims(self) -> Mapping[str, Callable[[], None]]:
        return {
            "relay": self._relay,
            "listener": lambda: self._program("listen"),
            "broker": self._broker,
            "record system": self._record_system,
        }

    def _program(self, name: str) -> None:
        self.platform.programs[name].kill()
        self.platform.programs[name].start()

    def _relay(self) -> None:
        self.platform.programs["relay"].kill()
        self.platform.rows(LEASES_RUN_OUT)  # the minute that a dead relay's debts are its own
        self.platform.programs["relay"].start()

    def _broker(self) -> None:
        self.ends.broker.kill()
        self.ends.broker.start()

    def _record_system(self) -> None:
        self.ends.stop(SIGKILL)
        self.ends.start(scripted(self.ends.folder))

    def _wait_until_answered(self, many: int) -> None:
        """Nobody writes far ahead of the answers: the kills fall on the whole of the run."""
        last, since = 0, time.monotonic()
        while (heard := self.heard()) < many:
            if heard != last:
                last, since = heard, time.monotonic()
            assert time.monotonic() - since < PATIENCE, self.states() + self.platform.said()[-3000:]
            time.sleep(0.1)

    def _wait_for_all(self) -> None:
        """Until both have nothing more to do; what stands still for long is a fault."""
        last, since = "", time.monotonic()
        while not self._done():
            states = self.states()
            if states != last:
                last, since = states, time.monotonic()
            assert time.monotonic() - since < PATIENCE, states + self.platform.said()[-3000:]
            time.sleep(0.2)

    def _done(self) -> bool:
        mine = self.many // 2
        ((received,),) = self.platform.rows(WRITTEN)
        ((waiting,),) = self._at_the_office(
            "SELECT count(*) FROM messages WHERE state IN ('kept', 'due', 'sent')"
        )
        return int(str(received)) == mine and not waiting and self.heard() >= mine

    def _at_the_office(self, statement: str) -> list[tuple[bytes, ...]]:
        store = sqlite3.connect(self.ends.data / "epj.sqlite3", timeout=30)
        try:
            return store.execute(statement).fetchall()
        finally:
            store.close()


def scripted(folder: Path) -> Path:
    """What the record system does by itself."""
    path = folder / "script.toml"
    path.write_text(SCRIPT)
    return path


def judged(sent: Mapping[Any, object], arrived: Sequence[object]) -> Ways:
    """``sent`` are messages and their conversations in order; ``arrived`` what came, in order."""
    times = Counter(arrived)
    wanted, came = defaultdict(list), defaultdict(list)
    for one, conversation in sent.items():
        wanted[conversation].append(one)
    for one in times:  # each where it came first
        came[sent[one]].append(one)
    return Ways(
        sent=len(sent),
        arrived=len(times),
        lost=len(sent.keys() - times.keys()),
        twice=sum(many > 1 for many in times.values()),
        disordered=sum([one for one in wanted[key] if one in times] != came[key] for key in wanted),
    )
