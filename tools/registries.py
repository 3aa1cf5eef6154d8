"""What the registries that pip and npm are set up with tell of the packages that are locked.

No registry is named here: pip and npm know theirs. A registry that does not know is never taken to
have said that nothing is known: each answer says what was not told.
"""

import json
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import httpx

from tools import setup
from tools.locked import CHECKOUT, FRONT_END, INSIDE, Kind, Package

# What is fetched for a linked environment lies with the checkout that made it.
FETCHED = setup.VENV.resolve().parent / "var" / "setup"
AT_ONCE = 16
SECONDS = 20
PAUSES = (1.0, 4.0)  # seconds; a mirror that is busy for a moment is no reason to fail
TOO_MANY, SERVERS_FAULT = 429, 500
INDEX = re.compile(r"--index-url.*?default\s+(\S+?)/?\)", re.DOTALL)
# Much has been found in it since: an index that tells nothing of it tells nothing of the others.
KNOWN_BAD = ("django", "5.2")
NO_WORD = "the package index tells nothing of what is known"
NEWEST_ONLY = "the package index tells of the newest version only"
NO_AUDIT = "the front-end registry takes no audit"

Told = Mapping[str, Any]
Get = Callable[[str], Told | None]
Findings = tuple[tuple[str, ...], ...]  # each with every name it goes by


class Unreachable(Exception):
    """A registry did not answer; the sentence says which, and how."""


@dataclass(frozen=True)
class Answer:
    """What is told of one package, and why not all of it, where that is so."""

    package: str
    version: str
    findings: Findings = ()
    untold: str = ""


def ask(packages: Iterable[Package]) -> list[Answer]:
    """Everything about all of them, at once."""
    packages = list(packages)
    with ThreadPoolExecutor(AT_ONCE) as pool, web() as client:

        def get(url: str) -> Told | None:
            return page(client, url)

        audit = pool.submit(npm_audit)
        index, registry = pip_index(), npm_registry()
        knowing = pool.submit(knows, get, index)
        python = pool.map(
            lambda one: about_python(get, index, one),
            [one for one in packages if one.kind is Kind.PYTHON],
        )
        front_end = pool.map(
            lambda one: about_front_end(get, registry, one),
            [one for one in packages if one.kind is Kind.FRONT_END],
        )
        answers = [*python]
        if not knowing.result():
            answers = [replace(one, untold=one.untold or NO_WORD) for one in answers]
        return answers + [with_audit(one, audit.result()) for one in front_end]


def web() -> httpx.Client:
    """A client that trusts whom this machine trusts."""
    trusted = ssl.create_default_context(cafile=setup.trust().get("SSL_CERT_FILE"))
    return httpx.Client(verify=trusted, timeout=SECONDS, follow_redirects=True)


def page(client: httpx.Client, url: str) -> Told | None:
    """What a registry says at an address; nothing where it has no such page.

    A registry that is busy for a moment is asked again after each of the pauses.
    """
    try:
        answer = _patiently(client, url)
        if answer.status_code in (404, 405, 410):
            return None
        told = answer.raise_for_status().json()
    except httpx.HTTPStatusError as refused:
        raise Unreachable(f"a package registry answers {refused.response.status_code}.") from None
    except httpx.HTTPError as trouble:
        raise Unreachable(f"no package registry answers ({type(trouble).__name__}).") from None
    except ValueError:
        raise Unreachable("what answers is no package registry.") from None
    return told if isinstance(told, Mapping) else None


def _patiently(client: httpx.Client, url: str) -> httpx.Response:
    for pause in PAUSES:
        with suppress(httpx.TransportError):
            answer = client.get(url)
            if answer.status_code != TOO_MANY and answer.status_code < SERVERS_FAULT:
                return answer
        time.sleep(pause)
    return client.get(url)


def knows(get: Get, index: str) -> bool:
    """Whether an index that tells of each version tells of one in which much has been found."""
    name, version = KNOWN_BAD
    told = get(f"{index}/pypi/{name}/{version}/json")
    return told is None or bool(known(told))


def about_python(get: Get, index: str, package: Package) -> Answer:
    """What is known of a Python package, or of its newest version if that is the locked one."""
    name, version = package.name, package.version
    if told := get(f"{index}/pypi/{name}/{version}/json"):
        return Answer(name, version, known(told) + withdrawn(told.get("urls", ())), unsaid(told))
    newest = get(f"{index}/pypi/{name}/json")
    if newest is None:
        return Answer(name, version, untold=NO_WORD)
    files = newest.get("releases", {}).get(version, ())
    gone = withdrawn(files) if files else (("gone from the index",),)
    if newest["info"]["version"] == version:
        return Answer(name, version, known(newest) + gone, unsaid(newest))
    return Answer(name, version, gone, NEWEST_ONLY)


def unsaid(told: Told) -> str:
    """Why an answer that leaves the question out says nothing."""
    return "" if isinstance(told.get("vulnerabilities"), list) else NO_WORD


def known(told: Told) -> Findings:
    """The vulnerabilities that are told and not taken back."""
    return tuple(
        (one["id"], *one.get("aliases", ()))
        for one in told.get("vulnerabilities") or ()
        if not one.get("withdrawn")
    )


def withdrawn(files: Iterable[Told]) -> Findings:
    """Whether the publisher has taken a version back."""
    files = list(files)
    return (("yanked",),) if files and all(one.get("yanked") for one in files) else ()


def about_front_end(get: Get, registry: str, package: Package) -> Answer:
    """Whether a front-end package is still there, and its makers still stand by it."""
    told = get(f"{registry}/{package.name}/{package.version}")
    if told is None:
        return Answer(package.name, package.version, (("gone from the registry",),))
    given_up = (("deprecated",),) if told.get("deprecated") else ()
    return Answer(package.name, package.version, given_up)


def with_audit(answer: Answer, audit: Mapping[tuple[str, str], Findings] | None) -> Answer:
    """An answer with what npm's own audit found."""
    if audit is None:
        return replace(answer, untold=NO_AUDIT)
    found = audit.get((answer.package, answer.version), ())
    return replace(answer, findings=answer.findings + found)


def npm_audit() -> Mapping[tuple[str, str], Findings] | None:
    """What npm finds in the locked packages; nothing when its registry takes no audit."""
    once = ("--fetch-retries=0", f"--fetch-timeout={SECONDS * 1000}")
    told = json.loads(npm("audit", "--json", "--package-lock-only", *once) or "{}")
    return audited(told, json.loads(FRONT_END.read_text())["packages"])


def audited(told: Told, places: Told) -> Mapping[tuple[str, str], Findings] | None:
    """The findings of an audit for each name and version, from where they lie."""
    if "vulnerabilities" not in told:
        return None
    found: dict[tuple[str, str], Findings] = {}
    for one in told["vulnerabilities"].values():
        # What is only affected through another package is told where that one is.
        names = tuple(
            (via["url"].rpartition("/")[2], str(via["source"]))
            for via in one["via"]
            if isinstance(via, Mapping)
        )
        for place in one["nodes"]:
            key = (place.rpartition(INSIDE)[2], places[place]["version"])
            found[key] = found.get(key, ()) + names
    return found


def pip_index() -> str:
    """Where pip is told to look, as its own help says, without the last step to its list."""
    python = FETCHED / "bin" / "python"
    program = str(python) if python.exists() else sys.executable
    said = output(program, "-m", "pip", "install", "--help")
    if found := INDEX.search(said):
        return found[1].removesuffix("/simple")
    raise Unreachable("pip is not here. Put it in place: make install")


def npm_registry() -> str:
    """Where npm is told to look."""
    said = npm("config", "get", "registry").strip()
    if "://" not in said:
        raise Unreachable("npm is not here. Put it in place: make install")
    return said.rstrip("/")


def npm(*words: str) -> str:
    """What npm says; the one that set-up fetched, or else the machine's."""
    node = FETCHED / "bin" / "node"
    if node.exists():
        script = node.resolve().parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
        return output(str(node), str(script), *words)
    found = shutil.which("npm")
    return output(found, *words) if found else ""


def output(*command: str) -> str:
    """What a program prints; how it ends says nothing here."""
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    return done.stdout
