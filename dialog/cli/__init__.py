"""The command line: ``digital-dialog COMMAND``, one module for each command.

A command's module has ``arguments(parser)`` and ``run(options)``; its first line is its help. It
is imported when its surroundings are in place, so it may import rooms at its top like any other.
"""

import gc
import os
import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.postgres_places import PostgresFault
from dialog.adapters.processes import settle_in
from dialog.cli import surroundings


@dataclass(frozen=True, slots=True)
class Command:
    """What a command is for, whether it needs settings, Django and its database around it, as which
    role, whether it is only for a demonstration, and whether it seals the ledger or verifies.
    """

    says: str
    settings: bool = True
    database: bool = True
    process: str = "owner"
    demonstration: bool = False
    seals: bool = False


COMMANDS = {
    "run": Command("start everything: database, web server and relay", database=False),
    "web": Command("serve the pages only, where machines share a database", database=False),
    "relay": Command(
        "pay what the ledger owes and seal it, until stopped", process="relay", seals=True
    ),
    "ledger": Command("verify that the ledger is as it was sealed, or hand out of it", seals=True),
    "ledger verify-export": Command(
        "verify what was handed out of a ledger", settings=False, database=False
    ),
    "seal-key": Command(
        "make the key that seals the ledger, or a new one",
        settings=False,  # whoever makes it, root perhaps, need have no data folder
        database=False,
        seals=True,
    ),
    "content-key": Command(
        "make the key that content is encrypted under, or the next one",
        settings=False,
        database=False,
    ),
    "rewrap": Command("let a new key protect what is encrypted, while everything runs"),
    "listen": Command("take record systems' messages off the bus, until stopped", process="relay"),
    "record-system": Command("let an office work in its own record system"),
    "migrate": Command("bring the database up to date"),
    "office": Command("make an office, close one, and hand over what it has"),
    "demo": Command("make an office of real size, with made-up people", demonstration=True),
    "broker": Command("our AMQP 1.0 message broker, for development", database=False),
    "maskinporten": Command("the keys and the tokens that let us in at registers", database=False),
    "register": Command("the national registers, simulated", settings=False, database=False),
    "message": Command(
        "say what national messages say, and what is wrong with them", database=False
    ),
    "epj": Command(
        "a small record system for the other end of the wire", settings=False, database=False
    ),
    "certify": Command(
        "test somebody's record system over the bus", settings=False, database=False
    ),
    "database": Command("prepare the roles and the database on a server", database=False),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; the exit code."""
    gc.disable()  # while all is loaded: what comes then, stays (``settle_in``)
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    name, *rest = words
    if " ".join(words[:2]) in COMMANDS:  # a part of a command that needs less around it
        name, rest = " ".join(words[:2]), words[2:]
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{overview()}", file=sys.stderr)
        return 2
    try:
        return _obey(name, rest)
    except (ImproperlyConfigured, PostgresFault, surroundings.Refusal) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()


def overview() -> str:
    """All commands, a line each."""
    lines = [f"  {name:<22}{command.says}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usage: digital-dialog COMMAND [options]",
            "",
            *lines,
            "",
            "Settings come from the environment; .env.example explains each.",
        ]
    )


def _obey(name: str, words: Sequence[str]) -> int:
    if COMMANDS[name].settings:
        surroundings.load_django_settings()
    if COMMANDS[name].demonstration:
        os.environ.setdefault("DIALOG_DEMONSTRATION", "1")
    if COMMANDS[name].seals:
        surroundings.name_key_files()
    if not COMMANDS[name].database:
        return _run(name, words)
    from dialog.cli import readiness  # which needs Django, as the smaller commands do not

    with readiness.in_order(COMMANDS[name].process, migrates=name == "migrate"):
        return _run(name, words)


def _run(name: str, words: Sequence[str]) -> int:
    module = import_module(f"dialog.cli.{re.sub('[ -]', '_', name)}")
    settle_in()
    parser = ArgumentParser(
        prog=f"digital-dialog {name}",
        description=module.__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    return int(module.run(parser.parse_args(words)))
