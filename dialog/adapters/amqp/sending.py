"""Sending: a message is sent when the bus has accepted it, however often that takes."""

from collections import defaultdict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from proton import Connection, Delivery, Endpoint, Sender

from dialog.adapters.amqp.loop import survives
from dialog.adapters.amqp.wire import Wire, refusal
from dialog.errors import PortError

MOST_TRIES = 6  # the first, and five more
MOST_LINKS = 200


@dataclass(slots=True, eq=False)
class Parcel:
    """A message on its way: encoded, to which address, and who waits for it."""

    data: bytes = field(repr=False)
    address: str
    done: "Future[None]" = field(default_factory=Future)
    tries: int = 0

    def fail(self, error: PortError) -> None:
        """Tell who waits that it did not get there."""
        if not self.done.done():
            self.done.set_exception(error)


class Courier(Wire):
    """A connection that carries parcels, a link for each address."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._senders: dict[str, Sender] = {}
        self._waiting: defaultdict[str, deque[Parcel]] = defaultdict(deque)
        self._under_way: dict[tuple[str, str], Parcel] = {}

    def send(self, parcel: Parcel) -> None:
        """Take a parcel."""
        if parcel.done.done():  # who waited has given up
            return
        self._waiting[parcel.address].append(parcel)
        self.connect()
        self._carry(parcel.address)

    def up(self, connection: Connection) -> None:
        """Carry what has been waiting."""
        for address in [address for address, parcels in self._waiting.items() if parcels]:
            self._carry(address)

    def down(self) -> None:
        """What was not accepted must be carried once more; the bus may get it twice."""
        lost, self._under_way = list(self._under_way.values()), {}
        self._senders = {}
        for parcel in reversed(lost):
            parcel.tries += 1
            if parcel.tries < MOST_TRIES and not self.ended:
                self._waiting[parcel.address].appendleft(parcel)
            else:
                parcel.fail(PortError())

    def end(self) -> None:
        """What waits is not carried any more."""
        super().end()
        for address in list(self._waiting):
            self._turn_away(address, PortError())

    def wanted(self) -> bool:
        """Only while there is something to carry."""
        return any(self._waiting.values())

    def refused(self, condition: Any) -> None:
        """The links that were not open yet are to blame."""
        for address, sender in list(self._senders.items()):
            if not sender.state & Endpoint.REMOTE_ACTIVE:
                self._turn_away(address, refusal(condition))

    @survives
    def on_sendable(self, event: Any) -> None:
        """There is credit on a link."""
        for address, sender in self._senders.items():
            if sender == event.sender:
                self._carry(address)
                return

    @survives
    def on_link_error(self, event: Any) -> None:
        """The bus will not have this link: what waits for it is turned away."""
        condition = event.link.remote_condition
        for address, sender in list(self._senders.items()):
            if sender == event.link:
                del self._senders[address]
                self._turn_away(address, refusal(condition))
        event.link.close()

    @survives
    def on_accepted(self, event: Any) -> None:
        """The bus has it."""
        if (parcel := self._settled(event.delivery)) and not parcel.done.done():
            parcel.done.set_result(None)

    @survives
    def on_rejected(self, event: Any) -> None:
        """The bus will never have it."""
        if parcel := self._settled(event.delivery):
            parcel.fail(refusal(event.delivery.remote.condition, permanent=True))

    @survives
    def on_released(self, event: Any) -> None:
        """The bus cannot have it now."""
        if not (parcel := self._settled(event.delivery)):
            return
        parcel.tries += 1
        if parcel.tries >= MOST_TRIES:
            parcel.fail(PortError())
        else:
            self.loop.later(self.bus.wait(parcel.tries - 1), lambda: self.send(parcel))

    def _settled(self, delivery: Delivery) -> Parcel | None:
        return self._under_way.pop((delivery.link.name, delivery.tag), None)

    def _carry(self, address: str) -> None:
        if self.connection is None or not self.opened:
            return
        waiting = self._waiting[address]
        sender = self._senders.get(address) or self._link(self.connection, address)
        while waiting and sender.credit > 0:
            parcel = waiting.popleft()
            if parcel.done.done():
                continue
            delivery = sender.delivery(sender.delivery_tag())
            sender.stream(parcel.data)
            sender.advance()
            self._under_way[sender.name, delivery.tag] = parcel
        if not waiting:
            del self._waiting[address]

    def _link(self, connection: Connection, address: str) -> Sender:
        if len(self._senders) >= MOST_LINKS:
            self._let_go_of_one()
        sender = self.loop.container.create_sender(connection, address)
        self._senders[address] = sender
        return sender

    def _let_go_of_one(self) -> None:
        busy = {name for name, _tag in self._under_way}
        for address, sender in self._senders.items():
            if sender.name not in busy and not self._waiting.get(address):
                del self._senders[address]
                sender.close()
                return

    def _turn_away(self, address: str, error: PortError) -> None:
        for parcel in self._waiting.pop(address, ()):
            parcel.fail(error)
        name = sender.name if (sender := self._senders.get(address)) else ""
        for key in [key for key in self._under_way if key[0] == name]:
            self._under_way.pop(key).fail(error)
