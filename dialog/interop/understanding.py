"""From bytes off the bus to a message that can be believed."""

from dataclasses import dataclass

from dialog.interop.addressing import must_be_who_it_says, pair_for_receiving
from dialog.interop.conditions import Condition, Refused
from dialog.interop.known import known
from dialog.interop.messages import Message, Receipt
from dialog.interop.names import APPREC
from dialog.interop.ports import protection, registry
from dialog.interop.reading import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What stood outside a protected message."""

    sender: int
    receiver: int
    function: str
    agreement: str


def understood(body: bytes, outside: Outside) -> tuple[Message | Receipt, bytes]:
    """The message and its bytes as they were signed.

    Raises the bus's ``Refused`` or ``TryLater`` where it cannot be opened or believed, and
    reading's ``Refused`` where it is not a message we take.
    """
    registered = registry()
    sender, own = pair_for_receiving(
        registered, sender=outside.sender, own=outside.receiver, cpa_id=outside.agreement
    )
    opened = protection().open(body, sender=sender, own=own)
    found = read(opened.content, known())
    party = registered.party(outside.sender)
    must_be_who_it_says(
        header=outside.sender,
        xml=_numbers(_sender(found)),
        certificate=opened.organisation,
        registered=party.organisations if party else (),
    )
    _must_be_for(outside, found)
    return found, opened.content


def _must_be_for(outside: Outside, found: Message | Receipt) -> None:
    function = APPREC if isinstance(found, Receipt) else found.header.type.value
    if outside.function.upper() != function.upper():
        raise Refused(
            Condition.INVALID_FIELD_VALUE,
            f"The properties say {outside.function}, the message itself {function}.",
            "subject",
        )
    receivers = _numbers(_receiver(found))
    if outside.receiver not in receivers:
        raise Refused(
            Condition.INVALID_FIELD_VALUE,
            "The properties and the message name different receivers.",
            "toHerId",
        )


def _sender(found: Message | Receipt) -> tuple[str, str]:
    return found.sender.her_ids if isinstance(found, Receipt) else found.header.sender.her_ids


def _receiver(found: Message | Receipt) -> tuple[str, str]:
    return found.receiver.her_ids if isinstance(found, Receipt) else found.header.receiver.her_ids


def _numbers(her_ids: tuple[str, str]) -> frozenset[int]:
    return frozenset(int(one) for one in her_ids if one.isdigit())
