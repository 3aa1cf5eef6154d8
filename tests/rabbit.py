"""Debian's RabbitMQ with its AMQP 1.0 plugin, for a test run: own port, own data, ended by pid."""

import os
import secrets
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from dialog.adapters.processes import die_with_parent

HOST = "127.0.0.1"
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
TO_START = 60.0


def free_port() -> int:
    """A port nobody has now."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


class Rabbit:
    """The broker, and the name service its runtime wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start both, and wait until connections are taken."""
        assert SERVER.exists(), "RabbitMQ is not here: python3 -m tools.debian tests"
        names, distribution = free_port(), free_port()
        folder = self.folder
        (folder / "plugins").write_text("[rabbitmq_amqp1_0].")
        (folder / "rabbit.conf").write_text(
            f"listeners.tcp.1 = {HOST}:{self.port}\n"
            "amqp1_0.default_user = guest\n"
            "log.console = false\n"
            "disk_free_limit.absolute = 10MB\n"
        )
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
