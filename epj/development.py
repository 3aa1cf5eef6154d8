"""Everything two parties on one machine need to write to each other: an authority nobody else
trusts, keys, registry files, users of the bus, and the settings for the other side.
"""

import os
import secrets
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dialog.adapters.cms.authority import ENCRYPTION, SIGNING, Authority
from dialog.adapters.cms.keys import OwnKey
from dialog.interop.office_processes import OFFICE
from dialog.interop.parties import Party, Queues
from epj.agreements import Certificates, agreement_xml, party_json
from epj.settings import Settings

OFFICE_NUMBER, PORTAL_NUMBER = "987654325", "912345678"  # enterprises that are nobody's
FOLDER, SETTINGS_FILE = "development", "portal.env"
EPJ_USER, PORTAL_USER = "epj", "portal"

# Makes the users of a broker in a folder, each with the password that was drawn and HER-ids, and a
# certificate for it; gives the file of the authority to trust.
MakeBroker = Callable[[Path, Mapping[str, tuple[str, list[int]]]], Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What was made: settings for us, and for the portal what a shell can read."""

    ours: Settings
    portal: Mapping[str, str]
    broker: Path


def make(folder: Path, chosen: Settings, make_broker: MakeBroker) -> Development:
    """Make everything below a folder; the settings say where it lies."""
    place = folder / FOLDER
    authority = Authority()
    _trusted(place / "trust", authority)
    office = _keys(place / "epj-keys", authority, chosen.name, OFFICE_NUMBER)
    portal = _keys(place / "portal-keys", authority, chosen.portal.name, PORTAL_NUMBER)
    _registry(place / "registry", chosen, office, portal)
    passwords = {user: secrets.token_urlsafe(24) for user in (EPJ_USER, PORTAL_USER)}
    portals = [chosen.portal.her_id]
    users = {
        EPJ_USER: (passwords[EPJ_USER], sorted(set(chosen.her_ids))),
        PORTAL_USER: (passwords[PORTAL_USER], portals),
    }
    ca_file = make_broker(place / "broker", users)
    return Development(
        ours=replace(
            chosen,
            registry=place / "registry",
            keys=place / "epj-keys",
            trust=place / "trust",
            revocation="none",
            bus=replace(
                chosen.bus, user=EPJ_USER, password=passwords[EPJ_USER], ca_file=str(ca_file)
            ),
        ),
        portal=_portal(place, chosen, passwords[PORTAL_USER], ca_file),
        broker=place / "broker",
    )


def write_settings(folder: Path, said: Mapping[str, str]) -> Path:
    """The portal's settings, to be read by a shell: ``. portal.env``."""
    path = folder / FOLDER / SETTINGS_FILE
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in said.items()]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(lines)
    return path


def _portal(place: Path, chosen: Settings, password: str, ca_file: Path) -> Mapping[str, str]:
    return {
        "DIALOG_DEMONSTRATION": "1",  # for MESSAGE_REVOCATION=none: nobody answers for the keys
        "HER_ID": str(chosen.portal.her_id),
        "HER_ENTERPRISE": str(chosen.portal.enterprise),
        "HER_NAME": chosen.portal.name,
        "ADDRESS_REGISTRY_DIR": str(place / "registry"),
        "MESSAGE_KEYS_DIR": str(place / "portal-keys"),
        "MESSAGE_TRUST_DIR": str(place / "trust"),
        "MESSAGE_REVOCATION": "none",
        "BUS_URL": chosen.bus.url,
        "BUS_USER": PORTAL_USER,
        "BUS_PASSWORD": password,
        "BUS_CA_FILE": str(ca_file),
        "OFFERED_TIMES_ADAPTER": "dialog.adapters.offered_times.Asked",
    }


def _trusted(folder: Path, authority: Authority) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "root.cer").write_bytes(authority.root)
    (folder / "issuing.cer").write_bytes(authority.issuing)


def _keys(folder: Path, authority: Authority, name: str, number: str) -> Certificates:
    """A key for encryption and one for signing, in files; their certificates."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    encryption = authority.issue(name, number, ENCRYPTION)
    signing = authority.issue(name, number, SIGNING)
    _key_file(folder / "encryption.pem", encryption)
    _key_file(folder / "signing.pem", signing)
    return encryption.certificate.der, signing.certificate.der


def _key_file(path: Path, key: OwnKey) -> None:
    said = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(said + key.certificate.x509.public_bytes(Encoding.PEM))


def _registry(
    folder: Path, chosen: Settings, office_keys: Certificates, portal_keys: Certificates
) -> None:
    """The parties of both, and an agreement for each who writes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    portal = _party(chosen.portal.her_id, chosen.portal.name, own_queues=True)
    office = _party(chosen.enterprise, chosen.name, own_queues=True)
    practitioners = [
        replace(_party(one.her_id, one.name, own_queues=False), parent_her_id=chosen.enterprise)
        for one in chosen.practitioners
        if one.her_id != chosen.enterprise
    ]
    _party_file(folder, portal, PORTAL_NUMBER)
    _party_file(folder, office, OFFICE_NUMBER)
    for one in practitioners:
        _party_file(folder, one, OFFICE_NUMBER)
    for party in (office, *(replace(one, queues=office.queues) for one in practitioners)):
        agreed = agreement_xml(party, office_keys, portal, portal_keys, OFFICE)
        (folder / f"agreement-{party.her_id}.xml").write_bytes(agreed)


def _party(her_id: int, name: str, *, own_queues: bool) -> Party:
    queues = Queues()
    if own_queues:
        queues = Queues(
            asynchronous=f"{her_id}_async",
            synchronous=f"{her_id}_sync",
            error=f"{her_id}_error",
            reply=f"{her_id}_syncreply",
        )
    return Party(her_id=her_id, name=name, queues=queues)


def _party_file(folder: Path, party: Party, organisation: str) -> None:
    (folder / f"{party.her_id}.json").write_bytes(party_json(party, organisation))
