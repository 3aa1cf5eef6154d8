"""Files of a registry for two parties on one machine: who they are, and what they have agreed.

The forms are those the real registries publish: a communication party in JSON, an agreement (CPA)
of two profiles. The portal's half is the office's turned round: what one sends the other receives.
"""

import copy
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from lxml import etree

from dialog.interop.names import CPPA, Process
from dialog.interop.parties import KINDS, Party
from dialog.interop.published import profile_xml

CITIZEN = "Innbygger"
YEARS = timedelta(days=3650)
_T = f"{{{CPPA}}}"
_SHARED = ("SimplePart", "Packaging")
_TURNED = {f"{_T}CanSend": f"{_T}CanReceive", f"{_T}CanReceive": f"{_T}CanSend"}
Certificates = tuple[bytes, bytes]  # for encryption, for signing


def party_json(party: Party, organisation: str, place: str = "") -> bytes:
    """A communication party as the address registry answers; ``place`` stands before its queues."""
    addresses = [
        {"TypeCodeValue": kind, "Address": f"{place}{getattr(party.queues, name)}"}
        for kind, name in KINDS.items()
        if getattr(party.queues, name)
    ]
    about = {
        "HerId": party.her_id,
        "Name": party.name,
        "ParentHerId": party.parent_her_id,
        "OrganizationNumber": int(organisation),
        "Active": True,
        "IsValidCommunicationParty": True,
        "ElectronicAddresses": addresses,
    }
    said = {"herId": party.her_id, "communicationParty": about}
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def agreement_xml(
    office: Party,
    office_keys: Certificates,
    portal: Party,
    portal_keys: Certificates,
    processes: Iterable[Process],
) -> bytes:
    """The agreement between an office and the portal about these processes, in force from now."""
    on = list(processes)
    theirs = _profile(office, office_keys, on)
    ours = _profile(portal, portal_keys, on)
    root = etree.Element(f"{_T}CollaborationProtocolAgreement", nsmap=theirs.nsmap)
    root.set(f"{_T}cpaid", str(uuid5(NAMESPACE_OID, f"{office.her_id} {portal.her_id}")))
    root.set(f"{_T}version", "2_0b")
    etree.SubElement(root, f"{_T}Status").set(f"{_T}value", "agreed")
    now = datetime.now(UTC).replace(microsecond=0)
    etree.SubElement(root, f"{_T}Start").text = (now - timedelta(days=1)).isoformat()
    etree.SubElement(root, f"{_T}End").text = (now + YEARS).isoformat()
    root.append(_party(theirs))
    root.append(_turned(_party(ours)))
    root.extend(copy.deepcopy(one) for name in _SHARED for one in theirs.findall(f"{_T}{name}"))
    etree.indent(root)
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data


def _profile(party: Party, keys: Certificates, on: list[Process]) -> etree._Element:
    return etree.fromstring(profile_xml(party, on, encryption=keys[0], signing=keys[1]))


def _party(profile: etree._Element) -> etree._Element:
    found = profile.find(f"{_T}PartyInfo")
    assert found is not None  # noqa: S101 - we have just written it
    return copy.deepcopy(found)


def _turned(party: etree._Element) -> etree._Element:
    """The same part from the citizens' side."""
    for role in party.iter(f"{_T}Role"):
        role.set(f"{_T}name", CITIZEN)
    for binding in party.iter(f"{_T}ServiceBinding"):
        bound = [one for one in binding if one.tag in _TURNED]
        for one in bound:
            one.tag = _TURNED[one.tag]
        for one in sorted(bound, key=lambda one: one.tag == f"{_T}CanReceive"):
            binding.append(one)  # what it sends stands first
    return party
