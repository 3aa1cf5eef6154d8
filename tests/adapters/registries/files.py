"""Small files in the published forms, written here: two parties, one process, made-up numbers."""

import base64
import json
import re
from collections.abc import Sequence

CPPA = "http://www.oasis-open.org/committees/ebxml-cppa/schema/cpp-cpa-2_0.xsd"
DIALOG = "http://www.kith.no/xmlstds/dialog/2013-01-23"
RECEIPT = "http://www.kith.no/xmlstds/apprec/2012-02-15"
HEAD = "http://www.kith.no/xmlstds/msghead/2006-05-24"
PACKAGES = f"""
  <SimplePart id="dia"><NamespaceSupported>{HEAD}</NamespaceSupported>
    <NamespaceSupported>{DIALOG}</NamespaceSupported></SimplePart>
  <SimplePart id="rec"><NamespaceSupported>{RECEIPT}</NamespaceSupported></SimplePart>
  <Packaging id="package_dia"><CompositeList><Composite id="c1"><Constituent idref="dia"/>
    </Composite></CompositeList></Packaging>
  <Packaging id="package_rec"><CompositeList><Encapsulation id="e"><Constituent idref="rec"/>
    </Encapsulation><Composite id="c2"><Constituent idref="e"/></Composite></CompositeList>
  </Packaging>"""
OFFICE, PORTAL = 8141705, 93238
LISTED = (
    ("CanSend", "Svar", "package_dia", "async"),
    ("CanSend", "Apprec", "package_rec", "async"),
    ("CanReceive", "Foresporsel", "package_dia", "async"),
    ("CanReceive", "Hent", "package_dia", "sync"),
)


def party_info(
    her_id: int,
    *,
    process: str = "Dialog_Innbygger_Ekontakt",
    role: str = "Helsepersonell",
    functions: Sequence[tuple[str, str, str, str]] = LISTED,
    signing: bytes = b"sign",
    encryption: bytes = b"enc",
) -> str:
    bindings = "".join(
        f'<{way}><ThisPartyActionBinding action="{name}" id="x{at}" packageId="{package}">'
        f"<ChannelId>{channel}AMQPChannel_{her_id}</ChannelId></ThisPartyActionBinding></{way}>"
        for at, (way, name, package, channel) in enumerate(functions)
    )
    certificates = "".join(
        f'<Certificate certId="{key}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>'
        f"{base64.b64encode(der).decode()}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        "</Certificate>"
        for key, der in (("sign", signing), ("enc", encryption))
    )
    channels = "".join(
        f'<DeliveryChannel channelId="{kind}AMQPChannel_{her_id}" transportId="t_{kind}"/>'
        f'<Transport transportId="t_{kind}"><TransportReceiver>'
        f'<Endpoint uri="buss.example/Test/{her_id}_{kind}"/></TransportReceiver></Transport>'
        for kind in ("async", "sync")
    )
    return f"""<PartyInfo partyName="Part {her_id}"><PartyId type="HER">{her_id}</PartyId>
      <CollaborationRole><ProcessSpecification name="{process}" version="1.2"/>
      <Role name="{role}"/><ApplicationCertificateRef certId="enc"/>
      <ServiceBinding><Service>S</Service>{bindings}</ServiceBinding></CollaborationRole>
      {certificates}{channels}</PartyInfo>"""


def _document(root: str, about: str, inside: str) -> bytes:
    text = f'<{root} {about} xmlns:ds="http://www.w3.org/2000/09/xmldsig#">{inside}</{root}>'
    return _prefixed(text).encode()


def _prefixed(text: str) -> str:
    """Every element and attribute of ours in the namespace of the form, as in the real files."""
    text = re.sub(r"<(/?)([A-Z])", r"<\1tns:\2", text)
    text = re.sub(r' ([a-zA-Z]+)="', r' tns:\1="', text)
    return text.replace(" xmlns:ds", f' xmlns:tns="{CPPA}" xmlns:ds', 1)


def agreement(
    cpa_id: str = "51795E2C-0000-4000-8000-5bee38f20819",
    *,
    begins: str = "2026-01-01T00:00:00+01:00",
    ends: str = "2030-01-01T00:00:00+01:00",
    parties: Sequence[str] = (),
) -> bytes:
    both = parties or (party_info(OFFICE), party_info(PORTAL, role="Innbygger"))
    inside = f"<Start>{begins}</Start><End>{ends}</End>{''.join(both)}{PACKAGES}"
    return _document("CollaborationProtocolAgreement", f'cpaid="{cpa_id}"', inside)


def profile(her_id: int = OFFICE, *, info: str = "") -> bytes:
    inside = (info or party_info(her_id)) + PACKAGES
    return _document("CollaborationProtocolProfile", 'cppid="1"', inside)


def party(
    her_id: int,
    *,
    parent: int | None = None,
    queues: str = "",
    organisation: int | None = None,
    **about: object,
) -> bytes:
    kinds = {"E_SB_ASYNC": "async", "E_SB_SYNC": "sync", "E_SB_ERROR": "error"}
    kinds["E_SB_SYNCREPLY"] = "syncreply"
    addresses = [
        {"TypeCodeValue": kind, "Address": f"buss.example/Test/{queues}_{name}"}
        for kind, name in kinds.items()
        if queues
    ]
    addresses.append({"TypeCodeValue": "E_TLF", "Address": "22 22 22 22"})
    inner = {
        "HerId": her_id,
        "Name": f"Part {her_id}",
        "ParentHerId": parent,
        "OrganizationNumber": organisation,
        "Active": True,
        "IsValidCommunicationParty": True,
        "ElectronicAddresses": addresses,
        "Valid": {"From": "2020-01-01T00:00:00", "To": "9999-12-31T00:00:00"},
        **about,
    }
    return json.dumps({"herId": her_id, "communicationParty": inner}).encode()
