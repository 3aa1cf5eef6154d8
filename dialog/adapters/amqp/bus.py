"""Which bus, how we get in, and what it does not understand."""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from proton import SSLDomain

WHERE_TRUST_IS = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_alone = threading.Lock()
LOOPBACK_NAMES = ("localhost", "localhost.localdomain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """A message bus.

    ``address_form`` makes an AMQP address of a queue's name. ``one_connection_per_receiver`` and
    ``knows_modified`` are for brokers that cannot end a receiver alone, or do not know the outcome
    *modified* (RabbitMQ 3.10). ``reply_queue`` is this machine's own syncreply queue; without one a
    dynamic reply node is asked for. All in seconds: ``pause`` and ``longest_pause`` are the
    back-off between tries, ``operation`` is how long one operation may take with all its tries,
    ``release_after`` how long a message that failed here is kept before it is given back.
    """

    host: str
    port: int = 5671
    tls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    virtual_host: str = ""
    address_form: str = "{queue}"
    one_connection_per_receiver: bool = False
    knows_modified: bool = True
    reply_queue: str = ""
    pause: float = 3.0
    longest_pause: float = 30.0
    operation: float = 60.0
    release_after: float = 60.0
    system_identifier: str = ""

    def __post_init__(self) -> None:
        if self.tls:
            return
        if not is_loopback(self.host):
            raise ValueError(f"The bus at {self.host} must be reached over TLS.")
        if self.user:
            raise ValueError("A password is sent over TLS only.")

    def address(self, queue: str) -> str:
        """The AMQP address of a queue; a dynamic reply node's address is used as it is."""
        return queue if "/" in queue else self.address_form.format(queue=queue)

    def queue(self, address: str) -> str:
        """The queue that an AMQP address means."""
        return address.rpartition("/")[2]

    def wait(self, tries: int) -> float:
        """Seconds until the next try: growing, capped, and not the same for everybody."""
        return min(self.longest_pause, self.pause * 2.0**tries) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing

    def domain(self) -> SSLDomain | None:
        """TLS that checks the server's chain and its name."""
        if not self.tls:
            return None
        with _nobody_trusted():
            domain = SSLDomain(SSLDomain.MODE_CLIENT)
        trusted = self.ca_file or "/etc/ssl/certs/ca-certificates.crt"
        domain.set_trusted_ca_db(trusted)
        domain.set_peer_authentication(SSLDomain.VERIFY_PEER_NAME, trusted)
        return domain


@contextmanager
def _nobody_trusted() -> Iterator[None]:
    """A domain begins with all that the machine trusts, and what is named is added to them: with an
    authority of one's own any public one could still vouch for a server. It looks where these two
    say; whoever asks in the meantime trusts nobody either, and tries again.
    """
    with _alone:
        before = {name: os.environ.get(name) for name in WHERE_TRUST_IS}
        os.environ.update(dict.fromkeys(WHERE_TRUST_IS, os.devnull))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nothing else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK_NAMES
