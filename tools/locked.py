"""What is locked: every package of ``locks/`` and ``package-lock.json``, and what it is for."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
LOCKS = CHECKOUT / "locks"
FRONT_END = CHECKOUT / "package-lock.json"
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
INSIDE = "node_modules/"


class Kind(StrEnum):
    """Where a package comes from, in the words of package addresses (purl)."""

    PYTHON = "pypi"
    FRONT_END = "npm"


class Use(StrEnum):
    """Whether a package is in what an office runs."""

    RUN = "run"
    BUS = "amqp"
    DEVELOP = "develop"


# The first list a package is on says what it is for.
LISTS = {
    "run": Use.RUN,
    "amqp": Use.BUS,
    "dev": Use.DEVELOP,
    "node": Use.DEVELOP,
    "uv": Use.DEVELOP,
}


@dataclass(frozen=True, order=True)
class Package:
    """One package in the one version that is locked."""

    kind: Kind
    name: str
    version: str
    use: Use
    hashes: tuple[str, ...] = ()  # hexadecimal: SHA-256 of each file, or SHA-512 of the only one
    licence: str = ""  # as the lock says it; Python's locks do not

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def everything() -> list[Package]:
    """Every package on every list, once."""
    return sorted([*python(), *front_end()])


def python() -> list[Package]:
    """The packages of ``locks/``."""
    found: dict[tuple[str, str], Package] = {}
    for listed, use in LISTS.items():
        for name, version, hashes in pinned((LOCKS / f"{listed}.txt").read_text()):
            package = Package(Kind.PYTHON, name, version, use, hashes)
            found.setdefault((name, version), package)
    return sorted(found.values())


def pinned(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, version and hashes of each package on a list."""
    for entry in re.split(r"\n(?=\S)", text):
        if found := PINNED.match(entry):
            yield found[1], found[2], tuple(sorted(HASH.findall(entry)))


def front_end() -> list[Package]:
    """The packages of ``package-lock.json``; one may lie in several places."""
    locked = json.loads(FRONT_END.read_text())["packages"]
    found = {
        Package(
            Kind.FRONT_END,
            place.rpartition(INSIDE)[2],
            about["version"],
            Use.DEVELOP if about.get("dev") else Use.RUN,
            (hexadecimal(about["integrity"]),),
            about.get("license", ""),
        )
        for place, about in locked.items()
        if place
    }
    return sorted(found)


def hexadecimal(integrity: str) -> str:
    """The hash of a front-end package, written as everybody else writes it."""
    method, _, digest = integrity.partition("-")
    if method != "sha512":
        raise ValueError(f"package-lock.json has a hash of another kind: {method}")
    return base64.b64decode(digest).hex()
