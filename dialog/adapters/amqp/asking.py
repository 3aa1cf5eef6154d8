"""Synchronous exchange: a question, its own way back, and one answer."""

import logging
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from proton import Connection, Receiver

from dialog.adapters.amqp.loop import survives
from dialog.adapters.amqp.sending import Courier, Parcel
from dialog.adapters.amqp.translation import decoded, encoded
from dialog.adapters.amqp.wire import refusal
from dialog.errors import PortError
from dialog.interop.exchange import Verdict, question, verdict
from dialog.interop.ports import Delivery, Envelope

log = logging.getLogger(__name__)
CREDIT = 50


@dataclass(slots=True, eq=False)
class Question:
    """A question and who waits for its answer."""

    envelope: Envelope
    body: bytes = field(repr=False)
    seconds: float
    answer: "Future[Delivery]" = field(default_factory=Future)
    parcel: Parcel | None = None


class Asker(Courier):
    """A connection with a reply queue, or a reply node of its own."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._asked: dict[str, Question] = {}
        self._before_open: list[Question] = []
        self._receiver: Receiver | None = None
        self._reply_to = ""

    def ask(self, asking: Question) -> None:
        """Send it as soon as there is a way back."""
        self._asked[str(asking.envelope.message_id)] = asking
        if self._reply_to:
            self._put(asking)
        else:
            self._before_open.append(asking)
            self.connect()

    def forget(self, asking: Question) -> None:
        """Nobody waits any more: what has not been sent is not sent."""
        self._asked.pop(str(asking.envelope.message_id), None)
        if asking.parcel is not None:
            asking.parcel.done.cancel()

    def up(self, connection: Connection) -> None:
        """Open the way back."""
        container, queue = self.loop.container, self.bus.reply_queue
        address = self.bus.address(queue) if queue else None
        self._receiver = container.create_receiver(connection, address, dynamic=not queue)
        self._receiver.flow(CREDIT)
        super().up(connection)

    def down(self) -> None:
        """A dynamic way back is gone; whoever waits for an answer on it waits in vain."""
        super().down()
        self._receiver, self._reply_to = None, ""
        if not self.bus.reply_queue:
            waiting = [one for one in self._asked.values() if one not in self._before_open]
            for asking in waiting:
                self._fail(asking, PortError())

    def end(self) -> None:
        """Whoever waits, waits in vain."""
        super().end()
        for asking in list(self._asked.values()):
            self._fail(asking, PortError())

    def wanted(self) -> bool:
        """While somebody waits."""
        return bool(self._asked) or super().wanted()

    def refused(self, condition: Any) -> None:
        """Without a way back nothing can be asked."""
        super().refused(condition)
        if not self._reply_to:
            self._fail_all(condition)

    @survives
    def on_link_opened(self, event: Any) -> None:
        """The way back is open, under the name the bus gave it."""
        if self._receiver is not None and event.link == self._receiver:
            self._reply_to = self.bus.reply_queue or event.link.remote_source.address
            unsent, self._before_open = self._before_open, []
            for asking in unsent:
                if str(asking.envelope.message_id) in self._asked:
                    self._put(asking)

    @survives
    def on_link_error(self, event: Any) -> None:
        """The bus will not have the way back, or the question."""
        if self._receiver is not None and event.link == self._receiver:
            self._fail_all(event.link.remote_condition)
            event.connection.close()
        else:
            super().on_link_error(event)

    @survives
    def on_message(self, event: Any) -> None:
        """Something on the reply queue: the answer, or what nobody waits for."""
        self.accept(event.delivery)
        event.receiver.flow(1)
        heard = decoded(event.message.encode(), self.bus.reply_queue or "reply")
        if not isinstance(heard, Delivery):
            log.warning("the bus: an answer lacks %s", ", ".join(heard.missing))
            return
        asking = self._asked.get(heard.envelope.correlation_id)
        match verdict(asking.envelope if asking else None, heard.envelope):
            case Verdict.LATE:
                log.warning("the bus: late answer from %d thrown away", heard.envelope.sender)
            case Verdict.STRANGER:
                log.critical(
                    "the bus: HER-id %d answered a question that was put to another",
                    heard.envelope.sender,
                )
            case Verdict.ANSWER if asking is not None:
                self.forget(asking)
                if not asking.answer.done():
                    asking.answer.set_result(heard)

    def _put(self, asking: Question) -> None:
        envelope = question(asking.envelope, self._reply_to, asking.seconds)
        address = self.bus.address(envelope.to)
        try:
            data = encoded(envelope, asking.body, address, self.bus.system_identifier)
        except ValueError:
            self._fail(asking, PortError(permanent=True))
            return
        asking.parcel = Parcel(data, address)
        asking.parcel.done.add_done_callback(lambda done: self._carried(asking, done))
        self.send(asking.parcel)

    def _carried(self, asking: Question, done: "Future[None]") -> None:
        if not done.cancelled() and isinstance(error := done.exception(), PortError):
            self._fail(asking, error)

    def _fail(self, asking: Question, error: PortError) -> None:
        self.forget(asking)
        if not asking.answer.done():
            asking.answer.set_exception(error)

    def _fail_all(self, condition: Any) -> None:
        for asking in list(self._asked.values()):
            self._fail(asking, refusal(condition))
        self._before_open = []
