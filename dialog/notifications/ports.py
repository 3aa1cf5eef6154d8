"""What the notifications need from outside: somebody who carries an SMS."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from dialog.ports import port


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What the gateway said: taken on, or refused for good (a number nobody can reach)."""

    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of an SMS; ``delivered`` is None while nobody knows yet."""

    reference: UUID
    delivered: bool | None


class SmsSender(Protocol):
    """Carries a text to a number."""

    def send(self, *, to: str, text: str, reference: UUID) -> Handed:
        """Hand over a text to a number in international form; the same reference twice is one SMS.

        Raises PortError when nothing can be said now: not permanent when it may go better later,
        permanent when the connection itself is set up wrongly.
        """

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """What a delivery receipt says; NotFound without receipts, NotAllowed when not signed."""


def sms() -> SmsSender:
    """The sender the settings name."""
    sender: SmsSender = port("SMS")
    return sender
