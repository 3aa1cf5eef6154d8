"""From bytes off the bus to a message that can be believed."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from dialog.interop.addressing import must_be_who_it_says, pair_for_receiving
from dialog.interop.conditions import Condition, Refused
from dialog.interop.known import known
from dialog.interop.messages import Header, Message, Receipt
from dialog.interop.names import APPREC
from dialog.interop.ports import protection, registry
from dialog.interop.reading import Refused as NotTaken
from dialog.interop.reading import read
from dialog.interop.shapes import is_her_id


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
    _must_be_ours(outside)
    registered = registry()
    sender, own = pair_for_receiving(
        registered, sender=outside.sender, own=outside.receiver, cpa_id=outside.agreement
    )
    opened = protection().open(body, sender=sender, own=own)
    party = registered.party(outside.sender)
    organisations = party.organisations if party else ()
    try:
        found = read(opened.content, known())
    except NotTaken as refused:
        if refused.header is not None:
            # Who lies about who they are gets no receipt, whatever else is wrong.
            _must_be_who_it_says(outside, refused.header, opened.organisation, organisations)
        raise
    said = found if isinstance(found, Receipt) else found.header
    _must_be_who_it_says(outside, said, opened.organisation, organisations)
    _must_be_for(outside, found)
    return found, opened.content


def _must_be_ours(outside: Outside) -> None:
    """Whoever it is meant for, we are one; nobody else's keys and profile are tried."""
    if outside.receiver != settings.HER_ID:
        raise Refused(
            Condition.INVALID_FIELD_VALUE,
            f"It is for {outside.receiver}, and we are {settings.HER_ID}.",
            "toHerId",
        )


def _must_be_who_it_says(
    outside: Outside, said: Header | Receipt, certificate: str, organisations: Collection[str]
) -> None:
    must_be_who_it_says(
        header=outside.sender,
        xml=_numbers(said.sender.her_ids),
        certificate=certificate,
        registered=organisations,
    )


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


def _receiver(found: Message | Receipt) -> tuple[str, str]:
    return found.receiver.her_ids if isinstance(found, Receipt) else found.header.receiver.her_ids


def _numbers(her_ids: tuple[str, str]) -> frozenset[int]:
    return frozenset(int(one) for one in her_ids if is_her_id(one))
