"""Which addresses there are, and who may send to or receive from them."""

from dialog.broker.queues import Queue, Queues
from dialog.broker.users import User, Users, owner_of

REPLY_NODE = "reply."
NOT_FOUND, NOT_ALLOWED = "amqp:not-found", "amqp:unauthorized-access"
NOT_IMPLEMENTED = "amqp:not-implemented"


class NoSuchLink(Exception):
    """A link that cannot be, with the condition to say it with."""

    def __init__(self, condition: str, description: str) -> None:
        super().__init__(description)
        self.condition, self.description = condition, description


class Permits:
    """What a user may do with an address."""

    def __init__(self, queues: Queues, users: Users, *, anybody: bool) -> None:
        self._queues, self._users, self._anybody = queues, users, anybody

    def to_send(self, address: str | None) -> Queue:
        """The queue to send to: it exists, or belongs to somebody and is made now."""
        if not address:
            raise NoSuchLink(NOT_IMPLEMENTED, "Name the queue in the link's target.")
        name = _queue_name(address)
        if name in self._queues:
            return self._queues[name]
        if self._somebodys(name):
            return self._queues.made(name)
        raise NoSuchLink(NOT_FOUND, "There is no such queue.")

    def to_receive(self, user: User, address: str | None) -> Queue:
        """The queue to receive from: one's own."""
        name = _queue_name(address or "")
        if not user.may_receive(name):
            raise NoSuchLink(NOT_ALLOWED, "This queue is not yours to receive from.")
        if name not in self._queues and owner_of(name) is None:
            raise NoSuchLink(NOT_FOUND, "There is no such queue.")
        return self._queues.made(name)

    def _somebodys(self, name: str) -> bool:
        return owner_of(name) is not None if self._anybody else self._users.has_owner(name)


def _queue_name(address: str) -> str:
    """What follows the last slash, as the published client reads addresses."""
    return address.rpartition("/")[2]
