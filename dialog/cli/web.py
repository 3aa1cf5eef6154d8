"""Serve the pages and nothing else, where several machines share one database.

Needs DATABASE_URL; listens on this machine only, for a proxy.
"""

import os
import sys
from argparse import ArgumentParser, Namespace

from dialog.cli import readiness, surroundings
from dialog.config.environment import number

HOST = "127.0.0.1"


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Become the web server."""
    if not surroundings.elsewhere():
        raise surroundings.Refusal("Set DATABASE_URL: only digital-dialog run starts a database.")
    readiness.check_elsewhere()
    readiness.ready_with_content()
    readiness.ready_to_forget()
    command = granian(number("PORT", 8000, least=1, most=65535))
    os.execve(command[0], command, {**os.environ, "DIALOG_PROCESS": "web"})  # noqa: S606 - ours


def granian(port: int) -> list[str]:
    """The web server's command line."""
    workers = number("WEB_WORKERS", min(os.cpu_count() or 2, 4), least=1)
    threads = number("WEB_THREADS", 2, least=1)
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--no-ws", "--log-level", "warning"),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5"),
        "dialog.config.wsgi:application",
    ]
