"""The profile (CPP) we publish for a practice: a service that is on is a process that stands here.

The form is that of the published profiles (ebXML CPPA 2.0). The same party, processes and
certificates give the same bytes, so that a registry is only written to when something changed.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from dialog.interop import names
from dialog.interop.agreed import Channel
from dialog.interop.names import CPPA, Process
from dialog.interop.office_processes import OFFICE, PACKAGES, ROLE, Named, OfficePart
from dialog.interop.parties import Party

_XLINK = "http://www.w3.org/1999/xlink"
_SCHEMA = "http://www.oasis-open.org/committees/ebxml-msg/schema"
_PREFIXES = {"tns": CPPA, "ds": names.SIGNATURE, "xlink": _XLINK}
_ENVELOPE = {"mimetype": "application/pkcs7-mime", "mimeparameters": 'smime-type="enveloped-data"'}
_PLACE = "http://www.ehelse.no/processes"
# How the bus is used, the same for every function of the published profiles.
_MANNERS = {
    "isAuthenticated": "none",
    "isAuthorizationRequired": "false",
    "isConfidential": "none",
    "isIntelligibleCheckRequired": "false",
    "isNonRepudiationReceiptRequired": "true",
    "isNonRepudiationRequired": "true",
    "isTamperProof": "none",
    "timeToPerform": "P180M",
}


def profile_xml(
    party: Party,
    processes: Iterable[Process],
    *,
    encryption: bytes,
    signing: bytes,
    bus: str = "",
) -> bytes:
    """The profile of one practice with these processes on, as a file.

    ``bus`` is what stands before the queues' names in their addresses: host and virtual host.
    """
    on = sorted(set(processes))
    root = etree.Element(f"{{{CPPA}}}CollaborationProtocolProfile", nsmap=_PREFIXES)
    root.set(f"{{{CPPA}}}version", "2_0b")
    inside = _add(
        root,
        "PartyInfo",
        partyName=party.name,
        defaultMshChannelId=_channel(Channel.ASYNC, party),
        defaultMshPackageId="package_mshsignal",
    )
    _add(inside, "PartyId", type="HER").text = str(party.her_id)
    for process in on:
        _role(inside, party, process, OFFICE[process])
    _certificate(inside, "sign", signing)
    _certificate(inside, "enc", encryption)
    _channels(inside, party, bus)
    _packages(root)
    root.set(f"{{{CPPA}}}cppid", _id(root, party))
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _role(inside: etree._Element, party: Party, process: Process, part: OfficePart) -> None:
    role = _add(inside, "CollaborationRole")
    about = _add(role, "ProcessSpecification", name=process.value, version=part.version)
    _link(about, f"{_PLACE}/{process.value}.xml")
    if part.uuid:
        about.set(f"{{{CPPA}}}uuid", part.uuid)
    _link(_add(role, "Role", name=ROLE), f"{_PLACE}#{ROLE}")
    _add(role, "ApplicationCertificateRef", certId="enc")
    binding = _add(role, "ServiceBinding")
    _add(binding, "Service", type="string").text = part.service
    number = 0
    for direction, functions in (("CanSend", part.sends), ("CanReceive", part.receives)):
        for function in functions:
            number += 1
            _function(
                _add(binding, direction),
                f"{part.service}_he_{number}_{party.her_id}",
                function,
                _channel(function.channel, party),
            )


def _function(inside: etree._Element, key: str, function: Named, channel: str) -> None:
    binding = _add(
        inside, "ThisPartyActionBinding", action=function.name, id=key, packageId=function.package
    )
    binding.set(f"{{{_XLINK}}}type", "simple")
    _add(binding, "BusinessTransactionCharacteristics", **_MANNERS)
    _add(binding, "ChannelId").text = channel


def _certificate(inside: etree._Element, key: str, der: bytes) -> None:
    place = _add(inside, "Certificate", certId=key)
    for name in ("KeyInfo", "X509Data", "X509Certificate"):
        place = etree.SubElement(place, f"{{{names.SIGNATURE}}}{name}")
    place.text = base64.b64encode(der).decode()


def _channels(inside: etree._Element, party: Party, bus: str) -> None:
    queues = {Channel.ASYNC: party.queues.asynchronous, Channel.SYNC: party.queues.synchronous}
    for channel in queues:
        delivery = _add(
            inside,
            "DeliveryChannel",
            channelId=_channel(channel, party),
            transportId=f"transport_{channel}_{party.her_id}",
            docExchangeId=f"docexchange_{channel}_{party.her_id}",
        )
        waits = "mshSignalsOnly" if channel is Channel.SYNC else "none"
        never = {"ackRequested": "never", "ackSignatureRequested": "never"}
        _add(
            delivery,
            "MessagingCharacteristics",
            syncReplyMode=waits,
            duplicateElimination="never",
            **never,
        )
    for channel, queue in queues.items():
        transport = _add(inside, "Transport", transportId=f"transport_{channel}_{party.her_id}")
        for side in ("TransportSender", "TransportReceiver"):
            end = _add(transport, side)
            _add(end, "TransportProtocol", version="1.0").text = "AMQP"
        _add(end, "Endpoint", uri=f"{bus}/{queue}" if bus else queue, type="allPurpose")
    for channel in queues:
        _add(inside, "DocExchange", docExchangeId=f"docexchange_{channel}_{party.her_id}")


def _packages(root: etree._Element) -> None:
    spaces = sorted({space for package in PACKAGES.values() for space in package})
    for space in spaces:
        part = _add(root, "SimplePart", id=_part(space), mimetype="application/xml")
        if space == names.DIALOG_11:
            _add(part, "NamespaceSupported", version="1.2").text = names.MSGHEAD
        _add(part, "NamespaceSupported", version="1.0").text = space
    signal = _add(root, "SimplePart", id="msg_header", mimetype="application/xml")
    _add(signal, "NamespaceSupported", version="2.0").text = _SCHEMA
    for name, (first, *others) in PACKAGES.items():
        _package(root, name, _part(first), [_part(one) for one in others])
    _package(root, "package_mshsignal", "msg_header", [])


def _package(root: etree._Element, name: str, first: str, others: Sequence[str]) -> None:
    package = _add(root, "Packaging", id=name)
    _add(package, "ProcessingCapabilities", parse="true", generate="true")
    composite = _add(_add(package, "CompositeList"), "Composite", id=f"co_{name}", **_ENVELOPE)
    _add(composite, "Constituent", idref=first)
    for other in others:
        _add(composite, "Constituent", idref=other, minOccurs="0", maxOccurs="1")


def _part(space: str) -> str:
    """An id for a namespace: its letters and numbers after the host."""
    plain = "".join(sign if sign.isalnum() else "_" for sign in space.rpartition("xmlstds/")[2])
    return f"message_{plain}"


def _channel(channel: Channel, party: Party) -> str:
    return f"{channel}AMQPChannel_{party.her_id}"


def _id(root: etree._Element, party: Party) -> str:
    """The same for the same profile, another when anything in it changes."""
    content = hashlib.sha256(etree.tostring(root, method="c14n")).hexdigest()
    return str(uuid5(NAMESPACE_OID, f"{party.her_id} {content}"))


def _add(parent: etree._Element, element: str, /, **attributes: str) -> etree._Element:
    said = {f"{{{CPPA}}}{key}": value for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{CPPA}}}{element}", said)


def _link(element: etree._Element, address: str) -> None:
    element.set(f"{{{_XLINK}}}href", address)
    element.set(f"{{{_XLINK}}}type", "simple")
