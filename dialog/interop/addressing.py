"""Under which agreement a message is sent or came, and whether the sender is who it says."""

from collections.abc import Collection

from dialog.interop.conditions import Condition, Refused
from dialog.interop.ports import AddressRegistry
from dialog.interop.profiles import Agreement, Profile


def pair_for_receiving(
    registry: AddressRegistry, *, sender: int, own: int, cpa_id: str = ""
) -> tuple[Profile, Profile]:
    """The sender and ourselves: the agreement the message names, else that of the pair, else the
    profiles. Without any of them the sender has no certificate, and nothing it sends is believed.
    """
    agreement = registry.agreement_by_id(cpa_id) if cpa_id else None
    if agreement is None or not agreement.is_between(sender, own):
        agreement = registry.agreement(own, sender)
    return _side(registry, agreement, sender), _side(registry, agreement, own)


def pair_for_sending(
    registry: AddressRegistry, *, receiver: int, own: int
) -> tuple[Profile, Profile, str]:
    """The receiver, ourselves, and the agreement's id: the agreement of the pair, else the
    receiver's profile and no id.
    """
    agreement = registry.agreement(own, receiver)
    cpa_id = agreement.cpa_id if agreement else ""
    return _side(registry, agreement, receiver), _side(registry, agreement, own), cpa_id


def must_be_who_it_says(
    *, header: int, xml: Collection[int], certificate: str, registered: Collection[str]
) -> None:
    """The HER-id in the message's properties, those in its XML and the enterprise that signed it
    must be the same party; anything else is reported as spoofing.

    ``xml`` holds the sender's HER-ids in the XML (enterprise and party). ``registered`` are the
    enterprise numbers the registry has for the party; where it has none, the agreement's
    certificate, which the signature was checked with, is all there is to go by.
    """
    if header not in xml:
        said = ", ".join(str(one) for one in sorted(xml)) or "nobody"
        raise Refused(
            Condition.SPOOFING,
            f"The properties say it comes from {header}, the message itself from {said}.",
            str(header),
            *(str(one) for one in sorted(xml)),
        )
    if registered and certificate not in registered:
        raise Refused(
            Condition.SPOOFING,
            f"HER-id {header} belongs to {', '.join(sorted(registered))}, "
            f"and the message is signed by {certificate or 'a certificate without a number'}.",
            str(header),
        )


def _side(registry: AddressRegistry, agreement: Agreement | None, her_id: int) -> Profile:
    found = agreement.of(her_id) if agreement else registry.profile(her_id)
    return found or Profile(her_id=her_id)
