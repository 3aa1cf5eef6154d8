"""Debian's RabbitMQ with its AMQP 1.0 plugin, for a test run: own ports, own data, ended by pid.

It listens twice: without TLS for whoever comes, and with TLS for two users with passwords, each of
whom receives from its own queues only. It has a few virtual hosts, each of which is a new bus.
"""

import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dialog.adapters.processes import die_with_parent
from dialog.broker.certificate import AUTHORITY, create

HOST = "127.0.0.1"
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
TO_START = 60.0
USERS: Mapping[str, str] = {"portal": "^8000001_", "epj": "^80000(10|11)_"}  # who reads what
VIRTUAL_HOSTS = tuple(f"bus-{number}" for number in range(1, 17))
# What is rejected on these is laid aside, where there is such a policy. It is not by itself.
LAID_ASIDE = {"dead-letter-exchange": "", "dead-letter-routing-key": "laid-aside"}


def free_port() -> int:
    """A port nobody has now."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


class Rabbit:
    """The broker, and the name service its runtime wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.tls_port = free_port(), free_port()
        self.password = secrets.token_urlsafe(12)
        self._unused = iter(VIRTUAL_HOSTS)
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def ca_file(self) -> Path:
        """Whom to trust when speaking TLS with it."""
        return self.folder / "tls" / AUTHORITY

    def virtual_host(self) -> str:
        """One that nobody has used."""
        return next(self._unused)

    def start(self) -> None:
        """Start both, and wait until connections are taken."""
        assert SERVER.exists(), "RabbitMQ is not here: python3 -m tools.debian tests"
        names, distribution = free_port(), free_port()
        folder = self.folder
        (folder / "plugins").write_text("[rabbitmq_amqp1_0].")
        (folder / "rabbit.conf").write_text(self._settings())
        (folder / "definitions.json").write_text(json.dumps(definitions(self.password)))
        cookie = folder / ".erlang.cookie"
        cookie.write_text(secrets.token_hex(16))
        cookie.chmod(0o400)
        env = {
            **os.environ,
            "HOME": str(folder),
            "ERL_EPMD_PORT": str(names),
            "ERL_EPMD_ADDRESS": HOST,
            "RABBITMQ_NODENAME": f"test{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none"
            ),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbit.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "none"),
        }
        self._run(["epmd", "-port", str(names), "-address", HOST], env)
        self._run([str(SERVER)], env)
        self._wait()

    def stop(self) -> None:
        """End both, and see that they are gone."""
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def _settings(self) -> str:
        certificate, key = create(self.folder / "tls", "localhost")
        said = {
            "listeners.tcp.1": f"{HOST}:{self.port}",
            "listeners.ssl.1": f"{HOST}:{self.tls_port}",
            "ssl_options.cacertfile": self.ca_file,
            "ssl_options.certfile": certificate,
            "ssl_options.keyfile": key,
            "load_definitions": self.folder / "definitions.json",
            "amqp1_0.default_user": "guest",
            "log.console": "false",
            "disk_free_limit.absolute": "10MB",
        }
        return "".join(f"{name} = {value}\n" for name, value in said.items())

    def _run(self, command: list[str], env: dict[str, str]) -> None:
        with (self.folder / "said").open("ab") as words:
            self._processes.append(
                subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=words,
                    stderr=words,
                    env=env,
                    cwd=self.folder,
                    start_new_session=True,
                    preexec_fn=die_with_parent(signal.SIGKILL),
                )
            )

    def _wait(self) -> None:
        deadline = time.monotonic() + TO_START
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection((HOST, self.port), 1):
                return
            assert self._processes[-1].poll() is None, (self.folder / "said").read_text()
            time.sleep(0.2)
        raise AssertionError((self.folder / "said").read_text())


def definitions(password: str) -> dict[str, list[dict[str, object]]]:
    """Users, virtual hosts, and who may do what in them, as RabbitMQ reads it when it starts."""
    everything = {"configure": ".*", "write": ".*"}
    return {
        "vhosts": [{"name": name} for name in ("/", *VIRTUAL_HOSTS)],
        "users": [{"name": name, "password_hash": _hashed(password), "tags": ""} for name in USERS]
        + [{"name": "guest", "password_hash": _hashed("guest"), "tags": ""}],
        "permissions": [
            {"user": name, "vhost": host, "read": read, **everything}
            for name, read in USERS.items()
            for host in VIRTUAL_HOSTS
        ]
        + [{"user": "guest", "vhost": "/", "read": ".*", **everything}],
        "policies": [
            {
                "vhost": "/",
                "name": "laid-aside",
                "pattern": "_kept$",
                "apply-to": "queues",
                "definition": LAID_ASIDE,
                "priority": 1,
            }
        ],
    }


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(4)
    return b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
