"""Providers of sign-in written by others, in a process of their own, and walking through them."""

import json
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from joserfc.jwk import ECKey, RSAKey

from dialog.adapters.oidc.own_keys import OwnKeys
from dialog.adapters.oidc.wire import Wire
from dialog.adapters.processes import die_with_parent
from dialog.config import sign_in
from dialog.demo.cast import number
from dialog.ports import port
from tests.markup import BROUGHT, CHECKOUT

SCRIPT = CHECKOUT / "tests" / "identity" / "provider.mjs"
SITE = "http://127.0.0.1:9"  # nobody is there: the tests walk back themselves
CLIENT = {"id-porten": "digital-dialog-patients", "helseid": "digital-dialog-offices"}
HIGH = "idporten-loa-high"
# As long as a number, and with a last digit that is not its own.
MISSPELT = number("kari")[:-1] + str((int(number("kari")[-1]) + 1) % 10)
CLAIM = "helseid://claims"
IDENTITY, LEVEL = f"{CLAIM}/identity/pid", f"{CLAIM}/identity/security_level"
HPR, ORGANISATION = f"{CLAIM}/hpr/hpr_number", f"{CLAIM}/client/claims/orgnr_parent"
HOPS = 12
KNOWN = cache(OwnKeys)  # to read a key takes long too
LOCAL: Any = {"trust_env": False, "verify": False}  # to read the machine's authorities takes long


@dataclass
class Foreign:
    """Both providers: where they are, and what they have told us by themselves."""

    issuers: dict[str, str]
    keys: Path
    process: "subprocess.Popen[str]"
    told: list[str] = field(default_factory=list)

    def at_the_door(self, sub: str, *, acr: str = HIGH, refuses: bool = False, **of: str) -> None:
        """Whoever comes now is this person."""
        who = {"sub": sub, "acr": acr, "refuses": refuses, "claims": of}
        httpx.put(f"{self.issuers['id-porten']}/who", json=who, **LOCAL)


def key_file(folder: Path, name: str, key: ECKey | RSAKey) -> Path:
    """A key of ours, for us alone."""
    path = folder / name
    path.write_bytes(key.as_pem(private=True))
    path.chmod(0o600)
    return path


@contextmanager
def foreign(site: str, keys: Path, over: str = "") -> Iterator[Foreign]:
    """Start both, with us registered at this address and with these keys."""
    node = next((str(path) for path in CHECKOUT.glob(BROUGHT)), shutil.which("node"))
    assert node, "There is no Node: run `make install`."
    signing = RSAKey.generate_key(2048, {"kid": "theirs", "use": "sig"})

    def one(way: str, *, dpop: bool, in_token: list[str]) -> dict[str, Any]:
        return {
            "client": CLIENT[way],
            "back": f"{site}/logg-inn/{way}/tilbake",
            "left": f"{site}/logget-ut",
            "over": f"{over or site}/logg-ut/{way}/over",
            "algorithm": "PS256" if dpop else "RS256",
            "dpop": dpop,
            "in_token": in_token,
            "jwks": OwnKeys(str(keys)).published(),
            "keys": [signing.as_dict(private=True)],
        }

    both = [
        one("id-porten", dpop=False, in_token=["pid"]),
        one("helseid", dpop=True, in_token=[LEVEL]),
    ]
    with subprocess.Popen(
        [node, str(SCRIPT), json.dumps({"providers": both})],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=CHECKOUT,
        preexec_fn=die_with_parent(signal.SIGKILL),
    ) as process:
        assert process.stdout is not None
        issuers = dict(zip(CLIENT, json.loads(process.stdout.readline()), strict=True))
        try:
            yield Foreign(issuers, keys, process)
        finally:
            process.kill()


@contextmanager
def listening(answer: Callable[[str, str, bytes, Any], Any]) -> Iterator[str]:
    """A small server; ``answer`` gets method, path, body and headers, and gives status, headers
    and body.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, said = answer(self.command, self.path, body, self.headers)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(said))}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError):  # some do not wait for the answer
                self.wfile.write(said)

        do_GET = do_POST  # noqa: N815 - the name the server looks for

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def own_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two keys: the one we sign with, and the next."""
    folder = tmp_path_factory.mktemp("keys")
    key_file(folder, "2026-01-01.pem", ECKey.generate_key("P-256"))
    key_file(folder, "2099-01-01.pem", RSAKey.generate_key(2048))
    return folder


@pytest.fixture(scope="session")
def both_providers(own_keys: Path) -> Iterator[Foreign]:
    """Both providers, for as long as there are tests."""
    told: list[str] = []

    def hear(_method: str, _path: str, body: bytes, _headers: Any) -> Any:
        told.append(parse_qs(body.decode())["logout_token"][0])
        return 200, {}, b""

    with listening(hear) as over, foreign(SITE, own_keys, over) as found:
        found.told = told
        yield found


def use(settings: Any, keys: Path, site: str, **given: str) -> None:
    """Let the product sign people in with these providers."""
    settings.PORTS = {**settings.PORTS, "IDENTITY": "dialog.adapters.oidc.from_settings"}
    settings.PUBLIC_URL = site
    settings.SIGN_IN_KEYS_DIR = str(keys)
    settings.SIGN_IN = {**sign_in.providers(), **given}
    port.cache_clear()


@pytest.fixture(scope="session")
def one_wire() -> Iterator[Wire]:
    """The same connections for all tests: to make them anew takes longer than a test."""
    wire = Wire()
    yield wire
    wire.close()


@pytest.fixture
def signing_in(
    settings: Any, one_wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., None]]:
    """Choose the providers; afterwards people are picked again."""
    monkeypatch.setattr("dialog.adapters.oidc.OwnKeys", KNOWN)
    monkeypatch.setattr("dialog.adapters.oidc.Wire", lambda: one_wire)

    def choose(keys: Path, site: str = SITE, **given: str) -> None:
        use(settings, keys, site, **given)

    yield choose
    port.cache_clear()


@pytest.fixture
def providers(both_providers: Foreign, signing_in: Callable[..., None]) -> Foreign:
    """Both providers, used by the product."""
    signing_in(
        both_providers.keys,
        idporten_issuer=both_providers.issuers["id-porten"],
        idporten_client_id=CLIENT["id-porten"],
        helseid_issuer=both_providers.issuers["helseid"],
        helseid_client_id=CLIENT["helseid"],
    )
    both_providers.told.clear()
    return both_providers


def off(browser: Client, way: str = "id-porten", **asked: str) -> str:
    """Begin: where the browser is sent."""
    answer = browser.get(f"/logg-inn/{way}", asked)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def through(there: str, jar: httpx.Client | None = None) -> str:
    """Walk on at the provider, until it sends one home: the address at ours."""
    with httpx.Client(**LOCAL) if jar is None else nullcontext(jar) as at_provider:
        for _hop in range(HOPS):
            answer = at_provider.get(there)
            there = str(httpx.URL(there).join(answer.headers["Location"]))
            if there.startswith(SITE):
                parts = urlsplit(there)
                return f"{parts.path}?{parts.query}"
    raise AssertionError(there)


def come_in(
    browser: Client, way: str = "id-porten", jar: httpx.Client | None = None, **asked: str
) -> Any:
    """There and back: what our own callback answers."""
    return browser.get(through(off(browser, way, **asked), jar))
