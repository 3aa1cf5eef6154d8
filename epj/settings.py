"""What a record system is told once: who it is, whom it writes to, and where things lie."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dialog.adapters.amqp.bus import Bus
from epj.refusal import Refusal

FILE, PASSWORD = "epj.toml", "bus-password"
AUTOMATIC, BY_HAND = "automatic", "by-hand"
REVOCATION = ("http", "none")
A_TRY = 10.0  # seconds for one try to send; the outbox tries again, and a stop waits no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """Somebody at the office with a calendar and a HER-id of their own."""

    her_id: int
    given: str
    family: str
    hpr: str = ""

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Whom we write to: the platform, by its HER-ids on both levels."""

    her_id: int
    enterprise: int
    name: str = "Digital dialog"


@dataclass(frozen=True, slots=True, kw_only=True)
class BusPlace:
    """Which bus, and as whom; ``pause`` is seconds between the first tries to reach it.

    The last four are for brokers that do not understand everything (see the adapter's ``Bus``).
    """

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    pause: float = 3.0
    system_identifier: str = ""
    address_form: str = "{queue}"
    one_connection_per_receiver: bool = False
    knows_modified: bool = True
    reply_queue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """An office with its practitioners; the first of them is who writes when nobody else is said.

    ``by_hand``: a person, or a script, says yes or no to each booking. ``only_listed``: patients
    who are not on the list are refused.
    """

    name: str
    enterprise: int
    practitioners: tuple[Practitioner, ...]
    portal: Portal
    bus: BusPlace
    registry: Path
    keys: Path
    trust: Path
    codes: Path | None = None
    revocation: str = "http"
    by_hand: bool = False
    only_listed: bool = False

    @property
    def her_ids(self) -> tuple[int, ...]:
        """All our communication parties: the practitioners, and the office itself."""
        return (*(one.her_id for one in self.practitioners), self.enterprise)

    def practitioner(self, her_id: int) -> Practitioner:
        """Who has this HER-id; for the office's own, the first practitioner."""
        return next(
            (one for one in self.practitioners if one.her_id == her_id), self.practitioners[0]
        )


def save(folder: Path, chosen: Settings) -> None:
    """Write them to the folder; the password in a file of its own, readable for us alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = folder / PASSWORD
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(chosen.bus.password)
    (folder / FILE).write_text("\n".join(_lines(chosen)) + "\n", encoding="utf-8")


def load(folder: Path) -> Settings:
    """Read them again; Refusal with a sentence where they cannot be used."""
    path = folder / FILE
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        said = f"There is no record system in {folder}. Make one: epj --data {folder} init"
        raise Refusal(said) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(f"{path} cannot be read: {error}") from error
    secret = folder / PASSWORD
    try:
        return _read(read, secret.read_text() if secret.exists() else "")
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal(f"{path}: {error} is missing, or not as it should be.") from error


def bus(place: BusPlace) -> Bus:
    """The bus at an address."""
    parts = urlsplit(place.url)
    if parts.scheme not in ("amqp", "amqps") or not parts.hostname:
        raise Refusal("The bus is amqps://host:port, or amqp:// on this machine.")
    tls = parts.scheme == "amqps"
    try:
        return Bus(
            host=parts.hostname,
            port=parts.port or (5671 if tls else 5672),
            tls=tls,
            user=place.user,
            password=place.password,
            ca_file=place.ca_file,
            virtual_host=unquote(parts.path.strip("/")),
            pause=place.pause,
            operation=A_TRY,
            system_identifier=place.system_identifier,
            address_form=place.address_form,
            one_connection_per_receiver=place.one_connection_per_receiver,
            knows_modified=place.knows_modified,
            reply_queue=place.reply_queue,
        )
    except ValueError as error:
        raise Refusal(f"The bus: {error}") from error


def _lines(chosen: Settings) -> list[str]:
    bookings = BY_HAND if chosen.by_hand else AUTOMATIC
    office: Mapping[str, object] = {
        "name": chosen.name,
        "enterprise": chosen.enterprise,
        "bookings": bookings,
        "only_listed": chosen.only_listed,
    }
    place = chosen.bus
    tables: list[tuple[str, Mapping[str, object]]] = [
        ("[office]", office),
        *(
            ("[[practitioner]]", {name: getattr(one, name) for name in one.__slots__})
            for one in chosen.practitioners
        ),
        ("[portal]", {name: getattr(chosen.portal, name) for name in chosen.portal.__slots__}),
        ("[bus]", {name: getattr(place, name) for name in place.__slots__ if name != "password"}),
        ("[message]", _folders(chosen)),
    ]
    return [line for title, rows in tables for line in (title, *map(_row, rows.items()), "")]


def _folders(chosen: Settings) -> Mapping[str, object]:
    return {
        "registry": str(chosen.registry),
        "keys": str(chosen.keys),
        "trust": str(chosen.trust),
        "codes": str(chosen.codes or ""),
        "revocation": chosen.revocation,
    }


def _row(row: tuple[str, object]) -> str:
    return f"{row[0]} = {json.dumps(row[1], ensure_ascii=False)}"


def _read(said: dict[str, dict[str, object]], password: str) -> Settings:
    office, folders = said["office"], said["message"]
    people = said["practitioner"]
    if not isinstance(people, list) or not people:
        raise ValueError("practitioner")
    revocation = str(folders.get("revocation", REVOCATION[0]))
    if revocation not in REVOCATION:
        raise ValueError("revocation")
    codes = str(folders.get("codes", ""))
    return Settings(
        name=str(office["name"]),
        enterprise=_number(office["enterprise"]),
        practitioners=tuple(Practitioner(**one) for one in people),
        portal=Portal(**said["portal"]),
        bus=BusPlace(password=password, **said["bus"]),
        registry=Path(str(folders["registry"])),
        keys=Path(str(folders["keys"])),
        trust=Path(str(folders["trust"])),
        codes=Path(codes) if codes else None,
        revocation=revocation,
        by_hand=office.get("bookings") == BY_HAND,
        only_listed=office.get("only_listed") is True,
    )


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("enterprise")
    return value
