"""Agreements (CPA) and profiles (CPP) as they are published: ebXML CPPA 2.0, old and new form."""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree

from dialog.adapters.registries.faults import BrokenFile
from dialog.interop.agreed import Channel, Function, mended
from dialog.interop.names import CPPA, SIGNATURE
from dialog.interop.parties import queue_name
from dialog.interop.profiles import Agreement, Offer, Profile
from dialog.interop.trees import NotXml, tree_of

_T, _DS = f"{{{CPPA}}}", f"{{{SIGNATURE}}}"
_CERTIFICATE = f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate"
_OSLO = ZoneInfo("Europe/Oslo")
# In the files the only trace of a queue's kind, beside the names of channels, is its own name.
_SYNC_ENDS = ("_sync", "/sync")


def read(data: bytes) -> Agreement | Profile:
    """The agreement or the profile in a file; BrokenFile when it is neither."""
    try:
        root = tree_of(data)
    except NotXml as fault:
        raise BrokenFile(fault.sentence) from fault
    if root.tag == f"{_T}CollaborationProtocolAgreement":
        return _agreement(root)
    if root.tag == f"{_T}CollaborationProtocolProfile":
        (profile,) = _parties(root, 1)
        return profile
    raise BrokenFile("It is neither an agreement (CPA) nor a profile (CPP).")


def _agreement(root: etree._Element) -> Agreement:
    cpa_id = root.get(f"{_T}cpaid", "").strip()
    if not cpa_id:
        raise BrokenFile("The agreement has no cpaid.")
    one, other = _parties(root, 2)
    return Agreement(
        cpa_id=cpa_id.lower(),
        parties=(one, other),
        begins=_time(root.findtext(f"{_T}Start")),
        ends=_time(root.findtext(f"{_T}End")),
    )


def _parties(root: etree._Element, many: int) -> list[Profile]:
    found = root.findall(f"{_T}PartyInfo")
    if len(found) != many:
        raise BrokenFile(f"It has {len(found)} parties (PartyInfo), and should have {many}.")
    packages = dict(_packages(root))
    return [_profile(one, packages) for one in found]


def _profile(party: etree._Element, packages: Mapping[str, frozenset[str]]) -> Profile:
    channels = dict(_channels(party))
    certificates = dict(_certificates(party))
    return Profile(
        her_id=_her_id(party),
        name=party.get(f"{_T}partyName", "").strip(),
        processes=tuple(
            _offer(one, packages, {key: kind for key, (kind, _queue) in channels.items()})
            for one in party.findall(f"{_T}CollaborationRole")
        ),
        encryption=certificates.get("enc"),
        signing=certificates.get("sign"),
        queues={kind: queue for kind, queue in channels.values() if queue},
    )


def _her_id(party: etree._Element) -> int:
    for one in party.findall(f"{_T}PartyId"):
        said = (one.text or "").strip()
        if one.get(f"{_T}type", "HER") == "HER" and said.isdecimal() and len(said) < 10:
            return int(said)
    raise BrokenFile("A party has no HER-id (PartyId of the type HER).")


def _offer(
    role: etree._Element,
    packages: Mapping[str, frozenset[str]],
    channels: Mapping[str, Channel],
) -> Offer:
    about = role.find(f"{_T}ProcessSpecification")
    named = role.find(f"{_T}Role")
    if about is None or named is None or not about.get(f"{_T}name"):
        raise BrokenFile("A role (CollaborationRole) names no process or no role.")
    process, name = about.get(f"{_T}name", ""), named.get(f"{_T}name", "")
    sends, receives = (
        [
            _function(one, packages, channels)
            for one in role.iterfind(
                f"{_T}ServiceBinding/{_T}{direction}/{_T}ThisPartyActionBinding"
            )
        ]
        for direction in ("CanSend", "CanReceive")
    )
    return Offer(
        process=process,
        version=about.get(f"{_T}version", ""),
        role=name,
        sends=mended(process, name, sends, sending=True),
        receives=mended(process, name, receives, sending=False),
    )


def _function(
    binding: etree._Element,
    packages: Mapping[str, frozenset[str]],
    channels: Mapping[str, Channel],
) -> Function:
    named = binding.get(f"{_T}action", "").strip()
    if not named:
        raise BrokenFile("A function (ThisPartyActionBinding) has no name.")
    channel = (binding.findtext(f"{_T}ChannelId") or "").strip()
    return Function(
        name=named,
        channel=channels.get(channel, Channel.ASYNC),
        namespaces=packages.get(binding.get(f"{_T}packageId", ""), frozenset()),
    )


def _channels(party: etree._Element) -> Iterator[tuple[str, tuple[Channel, str]]]:
    """Each channel's kind and queue, by its id."""
    endpoints = {
        one.get(f"{_T}transportId", ""): end.get(f"{_T}uri", "")
        for one in party.findall(f"{_T}Transport")
        for end in one.iterfind(f"{_T}TransportReceiver/{_T}Endpoint")
    }
    for one in party.findall(f"{_T}DeliveryChannel"):
        named = one.get(f"{_T}channelId", "")
        address = endpoints.get(one.get(f"{_T}transportId", ""), "")
        plain = named.casefold()
        sync = address.endswith(_SYNC_ENDS) or ("sync" in plain and "async" not in plain)
        yield named, (Channel.SYNC if sync else Channel.ASYNC, queue_name(address))


def _certificates(party: etree._Element) -> Iterator[tuple[str, bytes]]:
    for one in party.findall(f"{_T}Certificate"):
        text = "".join((one.findtext(_CERTIFICATE) or "").split())
        if not text:
            continue
        try:
            yield one.get(f"{_T}certId", ""), base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BrokenFile("A certificate in it is not base64.") from error


def _packages(root: etree._Element) -> Iterator[tuple[str, frozenset[str]]]:
    """The namespaces of what may be in each package, through whatever it is wrapped in."""
    parts = {
        one.get(f"{_T}id", ""): {
            (space.text or "").strip() for space in one.findall(f"{_T}NamespaceSupported")
        }
        for one in root.findall(f"{_T}SimplePart")
    }
    for package in root.findall(f"{_T}Packaging"):
        inside = {one.get(f"{_T}idref", "") for one in package.iter(f"{_T}Constituent")}
        spaces = {space for key in inside for space in parts.get(key, ())}
        yield package.get(f"{_T}id", ""), frozenset(spaces)


def _time(text: str | None) -> datetime | None:
    """A time with its zone; without one it is Norwegian time."""
    if not text or not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BrokenFile("Its beginning or end (Start, End) is not a time.") from error
    return found if found.tzinfo else found.replace(tzinfo=_OSLO)
