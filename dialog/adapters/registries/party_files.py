"""A communication party as the address registry answers in JSON."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from dialog.adapters.registries.faults import BrokenFile
from dialog.interop.parties import Party, queues_at

_OSLO = ZoneInfo("Europe/Oslo")
_NUMBERS = ("OrganizationNumber", "ParentOrganizationNumber")


def read(data: bytes) -> Party:
    """The party in a file, with nothing inherited; BrokenFile when there is none."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrokenFile("It is not JSON.") from error
    if not isinstance(found, dict):
        raise BrokenFile("It is not one communication party.")
    inner = found.get("communicationParty")
    about = inner if isinstance(inner, dict) else found
    her_id = _number(about.get("HerId", found.get("herId")))
    if her_id is None:
        raise BrokenFile("The party has no HER-id (HerId).")
    valid = about.get("Valid")
    period = valid if isinstance(valid, dict) else {}
    return Party(
        her_id=her_id,
        name=str(about.get("Name") or about.get("DisplayName") or ""),
        parent_her_id=_number(about.get("ParentHerId", found.get("parentHerId"))),
        active=_is_open(about),
        organisations=frozenset(_organisations(about)),
        queues=queues_at(dict(_addresses(about))),
        begins=_time(period.get("From")),
        ends=_time(period.get("To")),
    )


def _is_open(about: Mapping[str, object]) -> bool:
    return about.get("Active") is not False and about.get("IsValidCommunicationParty") is not False


def _organisations(about: Mapping[str, object]) -> Iterator[str]:
    for name in _NUMBERS:
        number = _number(about.get(name))
        if number is not None:
            yield f"{number:09}"


def _addresses(about: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    listed = about.get("ElectronicAddresses")
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, dict):
            raise BrokenFile("An electronic address in it is not an address.")
        kind, address = one.get("TypeCodeValue"), one.get("Address")
        if kind is None and isinstance(one.get("Type"), dict):
            kind = one["Type"].get("CodeValue")
        if isinstance(kind, str) and isinstance(address, str) and address.strip():
            yield kind, address


def _number(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip())
    return value if isinstance(value, int) and 0 < value < 10**9 + 1 else None


def _time(value: object) -> datetime | None:
    """A time; without a zone it is Norwegian time, and what cannot be read is no limit."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise BrokenFile("Its period (Valid) is not two times.") from error
    return found if found.tzinfo else found.replace(tzinfo=_OSLO)
