"""Sends messages that are nearly right, and looks at what became of each."""

import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch
from uuid import UUID

import hypothesis
import psycopg

from dialog.content import opening, read_bytes
from dialog.interop import inbound
from dialog.interop.conditions import Condition
from dialog.interop.known import known
from dialog.interop.messages import Document, Message
from dialog.interop.models import BODY
from dialog.interop.writing import write
from fuzz import mutations
from fuzz.scene import Scene, as_role
from tests.interop.enterprises import protected
from tests.interop.everything import everything
from tests.interop.strategies import documents, few

PLACE = Path(__file__).resolve().parent.parent / "var" / "fuzz"
LONGEST = 2.0  # seconds that one message may take
DEPTHS = ("protected", "xml", "tree", "tree", "value", "value", "value", "drawn")
EACH = 100  # so many between looks at what is slow to look at
ACTED = """
SELECT (SELECT count(*) FROM conversations_conversation),
       (SELECT count(*) FROM conversations_message),
       (SELECT count(*) FROM conversations_attachment),
       (SELECT count(*) FROM appointments_appointment),
       (SELECT count(*) FROM interop_calendarentry)
"""
BECAME = f"""
SELECT one.state, one.code, one.wants_receipt, one.tries, {opening("wire.body")},
       (SELECT count(*) FROM interop_transmission AS receipt WHERE receipt.answers_id = one.id
        AND receipt.direction = 'out')
FROM interop_transmission AS one JOIN interop_wire AS wire ON wire.transmission_id = one.id
WHERE one.direction = 'in' AND one.bus_id = %s
"""  # noqa: S608 - our own columns
LAY_ASIDE = "UPDATE interop_transmission SET state = 'parked' WHERE bus_id = %s"


class Try(NamedTuple):
    """A message to send: its bytes, their XML where there is one, what the bus is told it is."""

    depth: str
    body: bytes
    xml: bytes
    subject: str


class Became(NamedTuple):
    """What became of a message."""

    state: str
    code: str
    wants_receipt: bool
    tries: int
    body: bytes
    receipts: int


@dataclass
class Report:
    """What was done, what became of it, and what was wrong."""

    seed: int
    done: int = 0
    slowest: float = 0.0
    became: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """For people."""
        yield f"{self.done} messages, seed {self.seed}, the slowest {self.slowest:.2f} s"
        yield from (f"{number:7} {what}" for what, number in self.became.most_common())
        yield from (f"FAULT {number} times: {what}" for what, number in self.faults.items())


class Fuzz:
    """One run, on one scene."""

    def __init__(
        self, scene: Scene, outside: psycopg.Connection, seed: int, longest: float = LONGEST
    ) -> None:
        self.scene, self.outside, self.longest = scene, outside, longest
        self.random, self.report = Random(seed), Report(seed)
        self._drawn: list[Sequence[Document]] = []
        self._why = ""

    def run(self, seconds: float, at_least: int = 1) -> Report:
        """Until the time is up and so many are done, however slow the machine."""
        real = inbound._try_again

        def noted(one: object, code: str) -> None:
            passed = traceback.extract_tb(sys.exc_info()[2])
            ours = [frame for frame in passed if "/dialog/" in frame.filename] or list(passed)
            where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
            self._why = f"{code} at {where}"
            real(one, code)  # type: ignore[arg-type]

        until = time.monotonic() + seconds
        with patch("dialog.interop.inbound._try_again", noted):
            self.scene.ask()
            theirs = self._of_others()
            while self._goes_on(until, at_least):
                for _number in range(EACH):
                    if not self._goes_on(until, at_least):
                        break
                    self._one()
                self._pay(theirs)
                if self.report.done % (3 * EACH) == 0:
                    self.scene.ask()
        return self.report

    def _goes_on(self, until: float, at_least: int) -> bool:
        return time.monotonic() < until or self.report.done < at_least

    def _one(self) -> None:
        tried = self._try()
        before = self._acted()
        became = self._sent(tried)
        self.report.done += 1
        if became is None:
            self._fault("it was not kept", tried)
            return
        said = f"{became.state} {became.code}".strip()
        self.report.became[f"{tried.depth}: {said}"] += 1
        for wrong in self._wrong(tried, became, before):
            self._fault(wrong, tried)

    def _wrong(self, tried: Try, became: Became, before: tuple[int, ...]) -> Iterator[str]:
        if became.body != tried.body:
            yield "its bytes are not kept"
        if became.state in ("stored", "parked"):
            yield self._why or "something escaped"
            return
        complained = became.code in set(Condition)
        national = known().entry("8221", became.code.partition(":")[0])
        if became.state == "refused" and not complained and national is None:
            yield f"refused with no code: {became.code}"
        owed = int(became.wants_receipt and not complained)
        if became.receipts != owed:
            yield f"{became.receipts} receipts for {owed}"
        if became.state != "handled":
            if self._acted() != before:
                yield f"acted on, though {became.state}"
            return
        after = self._acted()
        again = self._sent(tried)
        if again is None or again.state != "repeated" or self._acted() != after:
            yield "acted on twice, or not known again"

    def _sent(self, tried: Try) -> Became | None:
        bus_id = UUID(int=self.random.getrandbits(128), version=4)
        self._why = ""
        began = time.monotonic()
        settled = self.scene.epj.deliver(tried.body, tried.subject, message_id=bus_id)
        took = time.monotonic() - began
        self.report.slowest = max(self.report.slowest, took)
        if took > self.longest:
            self._fault(f"it took {took:.0f} s", tried)
        if settled != "accepted":
            self._fault("it was not accepted", tried)
        row = self.outside.execute(BECAME, [str(bus_id)]).fetchone()
        if row is not None and row[0] == "stored":
            self.outside.execute(LAY_ASIDE, [str(bus_id)])
        if row is None:
            return None
        became = Became(*row)
        return became._replace(body=read_bytes(became.body, BODY))

    def _try(self) -> Try:
        random = self.random
        said = self.scene.message(random)
        subject = said.header.type.value if isinstance(said, Message) else "APPREC"
        depth = random.choice(DEPTHS)
        if depth == "value":
            for _fault in range(random.choice((1, 1, 2))):
                said = mutations.value_changed(said, random)
        if depth == "drawn" and isinstance(said, Message):
            drawn = self._next_drawn()
            said = replace(said, documents=(*said.documents, *drawn)[random.choice((0, 1)) :])
        try:
            xml = write(said)
        except Exception:
            return self._try()  # no message can be written of this
        if depth == "xml":
            xml = mutations.bytes_changed(xml, random)
        if depth == "tree":
            xml = mutations.tree_changed(xml, random)
        body = protected(xml)
        if depth == "protected":
            body = mutations.bytes_changed(body, random)
        return Try(depth, body, xml, subject)

    def _next_drawn(self) -> Sequence[Document]:
        """Documents of a random message, from the strategies of the tests.

        Drawing takes longer than sending: a short run draws few.
        """
        if not self._drawn:
            found, most = self._drawn, min(100, 10 + self.report.done)

            @hypothesis.seed(self.random.getrandbits(32))
            @hypothesis.settings(
                max_examples=most, database=None, phases=[hypothesis.Phase.generate], deadline=None
            )
            @hypothesis.given(few(documents, 1))
            def draw(one: Sequence[Document]) -> None:
                found.append(one)

            draw()
        return self._drawn.pop()

    def _acted(self) -> tuple[int, ...]:
        return tuple(self.outside.execute(ACTED).fetchone() or ())

    def _of_others(self) -> dict[str, str]:
        with as_role("postgres"):
            return everything(practice=self.scene.cast.berg.practice)

    def _pay(self, theirs: dict[str, str]) -> None:
        """Receipts and complaints go out, and others have noticed nothing."""
        self.scene.told()
        for said in self.scene.improper:
            self.report.faults[f"we said what breaks the rules: {said}"] += 1
        self.scene.improper.clear()
        owed = self.outside.execute(
            "SELECT count(*) FROM ledger_delivery WHERE subscriber = 'interop-answers'"
            " AND state <> 'paid'"
        ).fetchone()
        if owed != (0,):
            self.report.faults[f"answers that did not go out: {owed}"] += 1
        complaints = self.outside.execute(
            "SELECT count(*) FROM interop_transmission WHERE direction = 'in' AND state = 'refused'"
            " AND (code LIKE 'transport:%' OR code LIKE 'abuse:%')"
        ).fetchone()
        sent = sum(envelope.fault is not None for envelope, _body in self.scene.bus.sent)
        if complaints != (sent,):
            self.report.faults[f"{sent} complaints for {complaints}"] += 1
        if self._of_others() != theirs:
            self.report.faults["something of another practice's was touched"] += 1

    def _fault(self, what: str, tried: Try) -> None:
        self.report.faults[what] += 1
        if self.report.faults[what] <= 3:
            PLACE.mkdir(parents=True, exist_ok=True)
            number = len(list(PLACE.iterdir()))
            (PLACE / f"{number}.txt").write_text(f"{what}\n{tried.depth} {tried.subject}\n")
            (PLACE / f"{number}.bin").write_bytes(tried.body)
            (PLACE / f"{number}.xml").write_bytes(tried.xml)
