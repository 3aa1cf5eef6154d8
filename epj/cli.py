"""The words of ``digital-dialog epj``: which commands there are, and what each can be told."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Callable
from pathlib import Path

from epj import commands, making
from epj.development import MakeBroker
from epj.settings import AUTOMATIC, BY_HAND, REVOCATION

Parsers = "_SubParsersAction[ArgumentParser]"
Command = Callable[[Namespace], int]
DATA = Path("epj-data")


def arguments(parser: ArgumentParser, make_broker: MakeBroker) -> None:
    """Every command with its words."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=DATA, help=f"where it keeps all ({DATA})"
    )
    verbs = parser.add_subparsers(dest="what", required=True, metavar="COMMAND")
    _init(verbs, make_broker)
    one = _command(verbs, "run", commands.run, "listen, handle, answer and send, until stopped")
    one.add_argument("--script", type=Path, metavar="FILE", help="what to do by itself (TOML)")
    _reading(verbs)
    _answering(verbs)
    _calendar(verbs)
    _writing(verbs)


def run(options: Namespace) -> int:
    """Do what was asked."""
    do: Command = options.do
    return do(options)


def _command(
    verbs: "_SubParsersAction[ArgumentParser]", name: str, do: Command, says: str, more: str = ""
) -> ArgumentParser:
    made = verbs.add_parser(
        name,
        help=says,
        description=f"{says[0].upper()}{says[1:]}.{more}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    made.set_defaults(do=do)
    return made


def _init(verbs: "_SubParsersAction[ArgumentParser]", make_broker: MakeBroker) -> None:
    one = _command(
        verbs,
        "init",
        lambda options: making.init(options, make_broker),
        "make a record system: who it is, whom it writes to, where things lie",
        " What is not said is asked for. The bus password is read\nfrom EPJ_BUS_PASSWORD, "
        "the terminal or standard input.",
    )
    for name, says in making.ASKED.items():
        one.add_argument(f"--{name}", metavar="…", help=says)
    one.add_argument(
        "--practitioner",
        action="append",
        metavar="HER-ID=NAME",
        help="who works there; once for each, the first writes when nobody is said",
    )
    one.add_argument("--bus-user", default="", help="as whom")
    one.add_argument("--bus-ca", default="", metavar="FILE", help="authority of the bus (PEM)")
    for name in ("registry", "keys", "trust", "codes"):
        one.add_argument(f"--{name}", type=Path, metavar="DIR", help=making.FOLDERS[name])
    one.add_argument("--revocation", choices=REVOCATION, default=REVOCATION[0])
    one.add_argument(
        "--bookings",
        choices=(AUTOMATIC, BY_HAND),
        default=AUTOMATIC,
        help="who says yes to a booking: the calendar, or somebody with confirm and refuse",
    )
    one.add_argument(
        "--patients", type=Path, metavar="FILE", help="number;given;family, one a line"
    )
    one.add_argument("--only-listed", action="store_true", help="refuse patients not on the list")
    one.add_argument(
        "--development",
        action="store_true",
        help="make keys, registry and users of a bus for both sides, on this machine",
    )


def _reading(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    one = _command(verbs, "inbox", commands.inbox, "list what awaits an answer")
    one.add_argument("--all", action="store_true", help="everything that came")
    one = _command(verbs, "show", commands.show, "print a message and what became of it")
    _number(one)
    _command(verbs, "status", commands.status, "say what waits and what went wrong")
    one = _command(verbs, "patients", commands.known, "list the patients it knows")
    one.add_argument("--add", type=Path, metavar="FILE", help="number;given;family, one a line")
    _command(verbs, "test", commands.test, "try whether the portal answers (communication test)")


def _answering(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    one = _command(verbs, "answer", commands.answer, "answer a message in words")
    _number(one)
    one.add_argument("text", metavar="TEXT")
    how = one.add_mutually_exclusive_group()
    for verb, says in (
        ("close", "answer and close an enquiry"),
        ("ask", "ask the patient something first"),
        ("decline", "say no: an e-consultation that does not suit, a prescription"),
        ("refer", "the patient must book an appointment"),
    ):
        how.add_argument(f"--{verb}", dest="do_what", action="store_const", const=verb, help=says)
    one.add_argument("--file", default="", metavar="FILE", help="to go with it")
    for verb, says in (
        ("renew", "renew what a patient asks for"),
        ("confirm", "say yes to a booking"),
    ):
        one = _command(verbs, verb, commands.deed(verb), says)
        _number(one)
        one.add_argument("text", metavar="TEXT", nargs="?", default="")
    one = _command(
        verbs, "refuse", commands.deed("refuse"), "say no to a booking, a wish or a renewal"
    )
    _number(one)
    one.add_argument("text", metavar="TEXT", nargs="?", default="")
    one = _command(
        verbs, "give", commands.deed("give"), "give a time to somebody who wishes for one"
    )
    _number(one)
    one.add_argument("text", metavar="TEXT", nargs="?", default="")
    one.add_argument(
        "--at", default="", metavar="TIME", help="2026-05-18T09:20; else the first that is free"
    )


def _calendar(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    whole = _command(
        verbs,
        "calendar",
        commands.days,
        "list the calendar, or change it",
        " Every change of an appointment is told to the platform in one message.",
    )
    whole.add_argument("--days", type=int, default=14, help="how many from today (14)")
    inner = whole.add_subparsers(dest="change", metavar="free|close|book|move|cancel")
    one = _command(inner, "free", commands.free, "offer free times")
    one.add_argument("--from", dest="begins", required=True, metavar="TIME")
    one.add_argument("--to", dest="ends", required=True, metavar="TIME")
    one.add_argument("--every", type=int, default=20, metavar="MINUTES", help="(20)")
    _whose(one)
    one = _command(inner, "book", commands.book, "give a patient a time")
    one.add_argument("patient", metavar="PATIENT", help="number, or a part of the name")
    one.add_argument("--at", required=True, metavar="TIME")
    one.add_argument("--minutes", type=int, default=20, help="(20)")
    _whose(one)
    one = _command(inner, "move", commands.move, "move an appointment")
    one.add_argument("uid", metavar="UID", help="its id, or the beginning of it")
    one.add_argument("--at", required=True, metavar="TIME")
    one.add_argument("--minutes", type=int, default=0, help="(as before)")
    one.add_argument("--text", default="", help="words to the patient")
    one = _command(inner, "cancel", commands.cancel, "cancel an appointment")
    one.add_argument("uid", metavar="UID", help="its id, or the beginning of it")
    one.add_argument("--text", default="", help="words to the patient")


def _writing(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    one = _command(verbs, "write", commands.write, "write to a patient first")
    one.add_argument("patient", metavar="PATIENT", help="number, or a part of the name")
    one.add_argument("text", metavar="TEXT")
    one.add_argument(
        "--e-consultation", action="store_true", help="an e-consultation, not an enquiry"
    )
    one.add_argument("--file", default="", metavar="FILE", help="to go with it")
    _whose(one)


def _number(parser: ArgumentParser) -> None:
    parser.add_argument("n", type=int, metavar="N", help="its number in the inbox")


def _whose(parser: ArgumentParser) -> None:
    parser.add_argument("--her-id", type=int, default=0, help="whose; the first practitioner's")
