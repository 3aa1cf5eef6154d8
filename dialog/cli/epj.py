"""A small record system of our own, for the other end of the wire.

It listens on the message bus as an office's record system does, with a calendar, an inbox and
answers, by hand or by a script. For development and for vendors who test against us:

  digital-dialog epj --data DIR init --development
  digital-dialog epj --data DIR run

What is written by the other commands is sent by ``run``. See docs/counterpart.md.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from dialog.broker.certificate import AUTHORITY, create
from dialog.broker.users import Users
from dialog.cli.surroundings import Refusal
from epj import cli
from epj.refusal import Refusal as No


def arguments(parser: ArgumentParser) -> None:
    """The record system's own commands."""
    cli.arguments(parser, _make_broker)


def run(options: Namespace) -> int:
    """Do what it is asked."""
    try:
        return cli.run(options)
    except No as no:
        raise Refusal(str(no)) from no


def _make_broker(folder: Path, wanted: Mapping[str, tuple[str, list[int]]]) -> Path:
    """Users and a certificate for a broker on this machine."""
    users = Users(folder / "users.json")
    for name, (password, her_ids) in wanted.items():
        users.add(name, password, her_ids, drawn=True)
    create(folder / "tls", "localhost")
    return folder / "tls" / AUTHORITY
