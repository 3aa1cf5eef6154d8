"""Who plays the portal, and where its registry, keys and bus are: the settings of the platform."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialog.adapters.registries import FolderRegistry
from dialog.interop.codes import Tables
from epj.opening import Post, protection
from epj.refusal import Refusal
from epj.settings import REVOCATION, BusPlace, Portal

NEEDED = (
    *("HER_ID", "HER_ENTERPRISE", "ADDRESS_REGISTRY_DIR", "MESSAGE_KEYS_DIR"),
    *("MESSAGE_TRUST_DIR", "BUS_URL"),
)
FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The portal's HER-ids and name, its folders, and its bus."""

    portal: Portal
    registry: Path
    keys: Path
    keys_password: str = field(repr=False)
    trust: Path
    revocation: str
    codes: Path | None
    bus: BusPlace


def place(file: Path | None) -> Place:
    """From a file as ``epj init --development`` writes it, else from the environment."""
    return _place(in_file(file) if file else os.environ, str(file or "The environment"))


def post(where: Place, known: Tables) -> Post:
    """What opens and closes messages there."""
    made = protection(
        keys=where.keys,
        trust=where.trust,
        revocation=where.revocation,
        password=where.keys_password,
    )
    return Post(FolderRegistry(where.registry), made, known)


def in_file(path: Path) -> dict[str, str]:
    """The settings in a file, read as a shell reads them; nothing in it is run."""
    try:
        words = shlex.split(path.read_text(encoding="utf-8"), comments=True)
    except (OSError, ValueError) as error:
        raise Refusal(f"{path} cannot be read: {error}") from error
    rows = (word.partition("=") for word in words if "=" in word)
    return {name: value for name, _sign, value in rows}


def _place(said: Mapping[str, str], where: str) -> Place:
    missing = [name for name in NEEDED if not said.get(name)]
    if missing:
        raise Refusal(f"{where} does not say {', '.join(missing)}. See docs/certify.md.")
    revocation = said.get("MESSAGE_REVOCATION", REVOCATION[0])
    if revocation not in REVOCATION:
        raise Refusal(f"MESSAGE_REVOCATION is one of {', '.join(REVOCATION)}.")
    codes = said.get("DIALOG_CODES_DIR", "")
    return Place(
        portal=Portal(
            her_id=_number(said, "HER_ID"),
            enterprise=_number(said, "HER_ENTERPRISE"),
            name=said.get("HER_NAME") or "Digital dialog",
        ),
        registry=Path(said["ADDRESS_REGISTRY_DIR"]),
        keys=Path(said["MESSAGE_KEYS_DIR"]),
        keys_password=said.get("MESSAGE_KEYS_PASSWORD", ""),
        trust=Path(said["MESSAGE_TRUST_DIR"]),
        revocation=revocation,
        codes=Path(codes) if codes else None,
        bus=BusPlace(
            url=said["BUS_URL"],
            user=said.get("BUS_USER", ""),
            password=said.get("BUS_PASSWORD", ""),
            ca_file=said.get("BUS_CA_FILE", ""),
            system_identifier=said.get("BUS_SYSTEM_IDENTIFIER", ""),
            address_form=_address_form(said),
            one_connection_per_receiver=_flag(
                said, "BUS_ONE_CONNECTION_PER_RECEIVER", otherwise=False
            ),
            knows_modified=_flag(said, "BUS_KNOWS_MODIFIED", otherwise=True),
            reply_queue=said.get("BUS_REPLY_QUEUE", ""),
        ),
    )


def _address_form(said: Mapping[str, str]) -> str:
    form = said.get("BUS_ADDRESS_FORM") or "{queue}"
    if "{queue}" not in form:
        raise Refusal("BUS_ADDRESS_FORM must have {queue} in it.")
    return form


def _flag(said: Mapping[str, str], name: str, *, otherwise: bool) -> bool:
    words = said.get(name, "").strip().lower()
    if words and words not in FLAGS:
        raise Refusal(f"{name} is 1 or 0.")
    return FLAGS.get(words, otherwise)


def _number(said: Mapping[str, str], name: str) -> int:
    words = said[name]
    if not words.isdecimal() or not 0 < int(words) < 2**31:
        raise Refusal(f"{name} is a HER-id, a whole number.")
    return int(words)
