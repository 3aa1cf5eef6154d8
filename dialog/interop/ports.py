"""What the national messages need from the outside world."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from dialog.interop.parties import Party
from dialog.interop.profiles import Agreement, Profile
from dialog.ports import port

# ── The bus: MessageTransport ────────────────────────────────────────────────────────────────────

SIGNED_AND_ENVELOPED = "application/pkcs7-mime; smime-type=signed-and-enveloped-data"
ANSWER_WITHIN = 15.0  # seconds that a synchronous exchange may take


@dataclass(frozen=True, slots=True, kw_only=True)
class BusFault:
    """What the other end says was wrong with a message of ours, or we with one of theirs.

    ``original_id`` is the message-id complained of, empty when it is not told; ``condition`` is the
    profile's name, ``transport:expired-certificate`` for instance.
    """

    condition: str
    original_id: str = ""
    description: str = ""
    data: tuple[str, ...] = ()
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What travels outside the encryption; there is no room in it for anything about a patient.

    ``function`` is the message function (list 8279); ``sender`` and ``receiver`` are HER-ids;
    ``to`` and ``reply_to`` are queues; ``correlation_id`` is echoed as it came; ``agreement`` is
    the one in use (cpaId); ``ttl`` is in seconds, none is for ever. ``fault`` is there in messages
    on an error queue only.
    """

    message_id: UUID
    function: str
    sender: int
    receiver: int
    sent_at: datetime
    to: str = ""
    content_type: str = SIGNED_AND_ENVELOPED
    correlation_id: str = ""
    reply_to: str = ""
    agreement: str = ""
    ttl: float | None = None
    fault: BusFault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message as it came: envelope, bytes, from which queue, and how often it has failed before.

    ``tolerated`` names what was not as the profile says and was understood all the same.
    """

    envelope: Envelope
    body: bytes
    queue: str
    failures: int = 0
    tolerated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A message whose properties do not make an envelope: which are ``missing``, and what there is
    to answer it by (0 or empty where there is nothing).
    """

    missing: tuple[str, ...]
    body: bytes
    queue: str
    message_id: str = ""
    function: str = ""
    sender: int = 0
    receiver: int = 0
    failures: int = 0


class Settled(StrEnum):
    """What becomes of a message on the bus: gone, back in its queue as failed once more, or laid
    aside in the dead-letter queue at once.
    """

    ACCEPTED = "accepted"
    RELEASED = "released"
    REJECTED = "rejected"


Handle = Callable[[Delivery], Settled]
Several = Callable[[Sequence[Delivery]], Sequence[Settled]]
SEVERAL = 20  # messages that are handled together at most
Refuse = Callable[[Unreadable], Settled]


class Listening(Protocol):
    """Somebody listening, until stopped."""

    def stop(self, seconds: float = 30.0) -> bool:
        """Take no more, finish what has begun, settle it, close; whether all was finished."""


class MessageTransport(Protocol):
    """The message bus. Every refusal is a ``PortError``, ``permanent`` or not."""

    def send(self, envelope: Envelope, body: bytes) -> None:
        """Hand a message to its queue; returns when the bus has taken it for good."""

    def ask(self, envelope: Envelope, body: bytes, seconds: float = ANSWER_WITHIN) -> Delivery:
        """Send a question and wait for its answer; ``reply_to`` and correlation are filled in."""

    def listen(
        self,
        queues: Mapping[str, int],
        handle: Handle,
        refuse: Refuse,
        several: Mapping[str, Several] | None = None,
    ) -> Listening:
        """Take messages off queues, with so many workers each, in whose threads the two are called:
        ``handle`` with what can be read, ``refuse`` with what cannot. Where a queue has a handler
        of ``several``, that is given what has come already, in order and at most SEVERAL, and
        says what becomes of each.
        """

    def close(self) -> None:
        """Let go of the bus; listening is stopped."""


def transport() -> MessageTransport:
    """The bus the settings name."""
    named: MessageTransport = port("MESSAGE_TRANSPORT")
    return named


# ── End of the bus ───────────────────────────────────────────────────────────────────────────────


# --- The address registry and the protection of what is sent ------------------------------------


class AddressRegistry(Protocol):
    """Knows the parties, their profiles and their agreements. Answers are what it knew last.

    Raises TryLater when it cannot be asked.
    """

    def party(self, her_id: int) -> Party | None:
        """Who this is and where they listen, with what is inherited from the parent."""

    def agreement(self, own: int, other: int) -> Agreement | None:
        """The agreement in force between two parties, whichever of them is ours."""

    def agreement_by_id(self, cpa_id: str) -> Agreement | None:
        """The agreement a message says it was sent under, also when it has ended since."""

    def profile(self, her_id: int) -> Profile | None:
        """What a party offers everybody; without a profile, its certificates alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What was in a protected message. Printed, it shows no content.

    ``certificate`` (DER) is the one the signature was checked with, ``organisation`` the number of
    the enterprise in it; ``algorithms`` name what it was protected with, for the log.
    """

    content: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
    organisation: str
    algorithms: tuple[str, ...] = ()


class MessageProtection(Protocol):
    """Signs and encrypts what is sent, decrypts and checks what comes.

    Raises Refused with the bus's condition when the other side is at fault, TryLater when it is
    not, and nothing else, whatever the bytes are.
    """

    content_type: str
    """How the bytes are called in the message's properties."""

    def protect(self, data: bytes, *, to: Profile, own: Profile) -> bytes:
        """Sign with our key, then encrypt for them: their certificate comes from their profile."""

    def open(self, data: bytes, *, sender: Profile, own: Profile) -> Opened:
        """Decrypt with one of our keys, then check the signature with the sender's certificate.

        Both profiles come from the agreement, or from where there is none (see ``addressing``);
        what is in the message itself is believed only when they say the same.
        """


def registry() -> AddressRegistry:
    """The registry the settings name."""
    named: AddressRegistry = port("ADDRESS_REGISTRY")
    return named


def protection() -> MessageProtection:
    """The protection the settings name."""
    named: MessageProtection = port("MESSAGE_PROTECTION")
    return named


# --- End of registry and protection -------------------------------------------------------------
