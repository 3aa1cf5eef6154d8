"""Our message broker, for development and for those who test against us (AMQP 1.0).

Without a certificate it serves this machine only, and anybody on it. With one it speaks as the
national bus does: TLS, user and password. Users are added with

  digital-dialog broker user NAME --her-id 8141703

which reads the password from the terminal, or from standard input.
"""

import asyncio
import logging
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from getpass import getpass
from pathlib import Path

from dialog.cli import surroundings
from dialog.cli.surroundings import Refusal

try:
    from dialog.broker.server import CannotServe, Place
    from dialog.broker.server import run as serve
    from dialog.broker.users import BadUser, Users
except ModuleNotFoundError as error:
    raise Refusal(
        f"The broker needs {error.name}. Install it: pip install 'digital-dialog[amqp]'"
    ) from error

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


def arguments(parser: ArgumentParser) -> None:
    """Where to listen, where to keep the queues, and how to be safe."""
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (this machine)")
    parser.add_argument("--port", type=int, help="5671 with TLS, 5672 without; 0 picks a free one")
    parser.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain (PEM)")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key (PEM)")
    parser.add_argument(
        "--create-certificate", action="store_true", help="make a certificate for development"
    )
    parser.add_argument(
        "--queues", type=Path, metavar="FILE", help="queues to have from the start, one a line"
    )
    _data(parser, None)
    user = parser.add_subparsers(dest="what", metavar="user").add_parser(
        "user",
        help="add a user, or give one a new password",
        description="Add a user. The password is read from the terminal, or standard input.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    user.add_argument("name", metavar="NAME")
    user.add_argument(
        "--her-id", type=int, action="append", required=True, help="whose queues to receive from"
    )
    _data(user, "user_data")


def run(options: Namespace) -> int:
    """Add a user, or serve until stopped."""
    folder = getattr(options, "user_data", None) or options.data
    data: Path = folder or surroundings.data_dir() / "broker"
    if options.what == "user":
        return _add_user(options, data)
    logging.basicConfig(level=logging.INFO, format=LINE)
    certificate, key = _certificate(options, data)
    place = Place(
        data=data,
        host=options.host,
        port=(5671 if certificate else 5672) if options.port is None else options.port,
        certificate=certificate,
        key=key,
    )
    scheme = "amqps" if certificate else "amqp"

    def started(port: int) -> None:
        print(f"Ready: {scheme}://{options.host}:{port}", flush=True)

    try:
        asyncio.run(serve(place, _queues(options.queues), started))
    except CannotServe as error:
        raise Refusal(str(error)) from error
    return 0


def _data(parser: ArgumentParser, dest: str | None) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        dest=dest or "data",
        help="where queues and users are kept (broker/ in DATA_DIR)",
    )


def _add_user(options: Namespace, data: Path) -> int:
    password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        Users(data / "users.json").add(options.name, password, options.her_id)
    except BadUser as error:
        raise Refusal(str(error)) from error
    print(f"{options.name} may receive for {', '.join(map(str, options.her_id))}.")
    return 0


def _certificate(options: Namespace, data: Path) -> tuple[Path | None, Path | None]:
    if options.create_certificate:
        from dialog.broker.certificate import AUTHORITY, create  # a third of the time to start

        made = create(data / "tls", options.host)
        print(f"Clients are to trust {data / 'tls' / AUTHORITY}", flush=True)
        return made
    if bool(options.tls_cert) != bool(options.tls_key):
        raise Refusal("A certificate has a key: say both --tls-cert and --tls-key.")
    return options.tls_cert, options.tls_key


def _queues(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        lines = file.read_text().splitlines()
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
