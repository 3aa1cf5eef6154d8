"""From bytes off the bus to a message that can be believed, and the other way."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography import x509

from dialog.adapters.cms import CmsProtection
from dialog.adapters.cms.certificates import NotACertificate, certificate, certificates_in
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.keys import KeyFolder
from dialog.adapters.cms.revocation import MemoryRevocation, Remembered, Revocation
from dialog.errors import PortError
from dialog.interop.addressing import must_be_who_it_says, pair_for_receiving, pair_for_sending
from dialog.interop.codes import Tables
from dialog.interop.conditions import Condition, ProtectionError, Refused
from dialog.interop.messages import Message, Receipt
from dialog.interop.names import APPREC
from dialog.interop.parties import Party
from dialog.interop.ports import AddressRegistry, Envelope, MessageProtection
from dialog.interop.reading import read
from epj.refusal import Refusal

_SUFFIXES = (".pem", ".cer", ".crt", ".der")


@dataclass(frozen=True, slots=True)
class Post:
    """Opens what comes and closes what goes, by the registry."""

    registry: AddressRegistry
    protection: MessageProtection
    known: Tables

    def opened(
        self, body: bytes, *, sender: int, receiver: int, function: str, agreement: str
    ) -> tuple[Message | Receipt, bytes]:
        """The message and its XML. Raises the bus's ``Refused`` or ``TryLater`` where it cannot be
        opened or believed, and reading's ``Refused`` where it is no message we take.
        """
        theirs, ours = pair_for_receiving(
            self.registry, sender=sender, own=receiver, cpa_id=agreement
        )
        opened = self.protection.open(body, sender=theirs, own=ours)
        found = read(opened.content, self.known)
        party = self.registry.party(sender)
        must_be_who_it_says(
            header=sender,
            xml=_numbers(_parties(found)[0]),
            certificate=opened.organisation,
            registered=party.organisations if party else (),
        )
        _must_be_for(found, receiver, function)
        return found, opened.content

    def closed(
        self, xml: bytes, *, sender: int, receiver: int, function: str, bus_id: UUID, **more: object
    ) -> tuple[Envelope, bytes]:
        """The envelope and the protected bytes; PortError, permanent where nobody is reached."""
        party = self.party(receiver)
        try:
            theirs, ours, agreement = pair_for_sending(self.registry, receiver=receiver, own=sender)
            body = self.protection.protect(xml, to=theirs, own=ours)
            own = self.registry.party(sender)
        except ProtectionError as error:
            raise PortError(error.sentence) from error
        said: dict[str, object] = {
            "to": party.queues.asynchronous,
            "reply_to": own.queues.asynchronous if own else "",
            "agreement": agreement,
            "content_type": self.protection.content_type,
            **more,
        }
        return _envelope(sender, receiver, function, bus_id, said), body

    def party(self, her_id: int) -> Party:
        """Somebody we can write to."""
        try:
            found = self.registry.party(her_id)
        except ProtectionError as error:
            raise PortError(error.sentence) from error
        if found is None or not found.active:
            raise PortError(f"HER-id {her_id} is not in the registry.", permanent=True)
        return found


def protection(
    *, keys: Path, trust: Path, revocation: str, password: str = ""
) -> MessageProtection:
    """Signing and encryption with the keys and authorities in two folders; ``revocation`` is
    ``http``, or ``none`` where nobody is asked; ``password`` opens the keys that have one.
    """
    asked: Revocation = MemoryRevocation()
    if revocation == "http":
        from dialog.adapters.cms.revocation_http import HttpRevocation  # with httpx: slow to load

        asked = HttpRevocation()
    try:
        found = [
            der
            for path in sorted(trust.glob("*"))
            if path.suffix.lower() in _SUFFIXES
            for der in certificates_in(path.read_bytes())
        ]
    except (OSError, NotACertificate) as error:
        raise Refusal(f"{trust} holds something that is no certificate.") from error
    roots = [one for one in found if _is_root(certificate(one).x509)]
    between = [one for one in found if one not in roots]
    chains = Trust(roots, between, revocation=Remembered(asked))
    return CmsProtection(keys=KeyFolder(keys, password=password), trust=chains)


def _envelope(
    sender: int, receiver: int, function: str, bus_id: UUID, said: dict[str, object]
) -> Envelope:
    return Envelope(
        message_id=bus_id,
        function=function,
        sender=sender,
        receiver=receiver,
        sent_at=datetime.now(UTC),
        **said,  # type: ignore[arg-type]  # the fields of Envelope
    )


def _is_root(one: x509.Certificate) -> bool:
    return one.subject == one.issuer


def _must_be_for(found: Message | Receipt, receiver: int, function: str) -> None:
    really = APPREC if isinstance(found, Receipt) else found.header.type.value
    if function.upper() != really.upper():
        said = f"The properties say {function}, the message itself {really}."
        raise Refused(Condition.INVALID_FIELD_VALUE, said, "subject")
    if receiver not in _numbers(_parties(found)[1]):
        said = "The properties and the message name different receivers."
        raise Refused(Condition.INVALID_FIELD_VALUE, said, "toHerId")


def _parties(found: Message | Receipt) -> tuple[tuple[str, str], tuple[str, str]]:
    said = found if isinstance(found, Receipt) else found.header
    return said.sender.her_ids, said.receiver.her_ids


def _numbers(her_ids: tuple[str, str]) -> frozenset[int]:
    return frozenset(int(one) for one in her_ids if one.isdigit())
