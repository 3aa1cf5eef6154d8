"""``epj init``: asks what it must know, and makes a record system of it."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from getpass import getpass
from pathlib import Path

from epj import patients, settings
from epj.development import MakeBroker, make, write_settings
from epj.refusal import Refusal
from epj.settings import BY_HAND, BusPlace, Portal, Practitioner, Settings
from epj.store import Store

ASKED: Mapping[str, str] = {
    "name": "what the office is called",
    "enterprise": "the office's HER-id",
    "portal": "the portal's HER-id",
    "portal-enterprise": "the HER-id of the enterprise the portal belongs to",
    "bus": "where the message bus is, amqps://host:port",
}
FOLDERS: Mapping[str, str] = {
    "registry": "address registry: parties and agreements",
    "keys": "our own keys",
    "trust": "authorities we trust",
    "codes": "code lists to put over ours",
}
# For one machine, where nothing is said: numbers that are nobody's.
DEVELOPMENT: Mapping[str, str] = {
    "name": "Storgata legesenter",
    "enterprise": "8000010",
    "practitioner": "8000011=Ingrid Lund",
    "portal": "8000001",
    "portal-enterprise": "8000000",
    "bus": "amqps://localhost:5671",
}


def init(options: Namespace, make_broker: MakeBroker) -> int:
    """Make it, and say what is next."""
    folder: Path = options.data
    if (folder / settings.FILE).exists():
        raise Refusal(f"There is a record system in {folder} already.")
    chosen = _chosen(options)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if options.development:
        made = make(folder.resolve(), chosen, make_broker)
        path = write_settings(folder.resolve(), made.portal)
        chosen = made.ours
        print(f"The broker: digital-dialog broker --data {made.broker} --create-certificate")
        print(f"The portal needs these, and can read them with:  . {path}\n")
        for name, value in made.portal.items():
            print(f"  {name}={'(in the file)' if name == 'BUS_PASSWORD' else value}")
        print()
    store = Store(folder)
    if options.patients:
        print(f"{patients.read_list(store, options.patients)} patients on the list.")
    store.close()
    settings.save(folder, chosen)
    print(f"{chosen.name} is ready. Start it: digital-dialog epj --data {folder} run")
    return 0


def _chosen(options: Namespace) -> Settings:
    said = {name: _said(options, name) for name in ASKED}
    people = options.practitioner or [_asked(options, "practitioner", "HER-id=name of the doctor")]
    folders = {name: getattr(options, name) for name in FOLDERS}
    if not options.development:
        for name in ("registry", "keys", "trust"):
            folders[name] = folders[name] or Path(_asked(options, name, FOLDERS[name]))
    return Settings(
        name=said["name"],
        enterprise=_number("enterprise", said["enterprise"]),
        practitioners=tuple(_practitioner(one) for one in people),
        portal=Portal(
            her_id=_number("portal", said["portal"]),
            enterprise=_number("portal-enterprise", said["portal-enterprise"]),
        ),
        bus=BusPlace(
            url=said["bus"],
            user=options.bus_user,
            password=_password(options.bus_user),
            ca_file=options.bus_ca,
        ),
        registry=_whole(folders["registry"]),
        keys=_whole(folders["keys"]),
        trust=_whole(folders["trust"]),
        codes=_whole(folders["codes"]) if folders["codes"] else None,
        revocation=options.revocation,
        by_hand=options.bookings == BY_HAND,
        only_listed=options.only_listed,
    )


def _said(options: Namespace, name: str) -> str:
    found: str | None = getattr(options, name.replace("-", "_"))
    return found or _asked(options, name, ASKED[name])


def _asked(options: Namespace, name: str, says: str) -> str:
    """What was not said: the one for development, or what somebody at the terminal says."""
    if options.development and name in DEVELOPMENT:
        return DEVELOPMENT[name]
    answer = input(f"{says}: ").strip() if sys.stdin.isatty() else ""
    if not answer:
        raise Refusal(f"Say --{name}: {says}.")
    return answer


def _password(user: str) -> str:
    if not user:
        return ""
    found = os.environ.get("EPJ_BUS_PASSWORD", "")
    if found:
        return found
    return getpass("Bus password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _practitioner(words: str) -> Practitioner:
    number, _sign, name = words.partition("=")
    given, _space, family = name.strip().rpartition(" ")
    if not family:
        raise Refusal(f"--practitioner {words}: write HER-ID=NAME, as 8000011=Ingrid Lund.")
    return Practitioner(her_id=_number("practitioner", number), given=given, family=family)


def _number(name: str, words: str) -> int:
    if not words.isdecimal() or not 0 < int(words) < 2**31:
        raise Refusal(f"--{name} {words}: a HER-id is a whole number.")
    return int(words)


def _whole(folder: Path | None) -> Path:
    return (folder or Path()).resolve()
