"""Look at national messages without sending them: are they right, and what do they say?

``check`` says for each file whether it is valid, which message it is and every fault: line, element
and rule. With DIALOG_SCHEMA_DIR set the official schemas are asked as well. ``show`` prints it as a
person would read it, with the words of DIALOG_CODES_DIR where that is set.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from dialog.cli.surroundings import Refusal
from dialog.config.environment import text
from dialog.interop.codes import NoCodes, Tables, tables
from dialog.interop.grammar import Fault
from dialog.interop.judging import Judged, judge
from dialog.interop.official import NoSchemas
from dialog.interop.processes import functions
from dialog.interop.reading import Refused, read
from dialog.interop.showing import Shown


def arguments(parser: ArgumentParser) -> None:
    """What to do with which files."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="check|show")
    check = verbs.add_parser("check", help="say what is wrong with messages")
    check.add_argument("files", nargs="+", metavar="FILE", help="a message; - is standard input")
    check.add_argument("--json", action="store_true", help="one object a line, for programs")
    show = verbs.add_parser("show", help="print messages as a person would read them")
    show.add_argument("files", nargs="+", metavar="FILE", help="a message; - is standard input")
    show.add_argument("--full", action="store_true", help="with whole identity numbers")


def run(options: Namespace) -> int:
    """Judge or show each file; 1 when any is not valid, or cannot be shown."""
    if options.what == "show":
        shown = Shown(_known(), full=options.full)
        return max([_show_one(name, shown) for name in options.files])
    judged = [(name, _judge(name)) for name in options.files]
    for name, one in judged:
        print(_as_json(name, one) if options.json else _as_words(name, one))
    return 0 if all(one.valid for _name, one in judged) else 1


def _known() -> Tables:
    folder = text("DIALOG_CODES_DIR", "")
    try:
        known = tables(Path(folder) if folder else None)
        functions(known)
    except NoCodes as error:
        raise Refusal(str(error)) from error
    return known


def _show_one(name: str, shown: Shown) -> int:
    try:
        said = read(_bytes(name), shown.known)
    except Refused as refused:
        words = shown.known.text("8221", refused.code)
        print(f"{name}: {words} ({refused.code})", *_faults(refused.faults), sep="\n")
        return 1
    print(*shown.lines(said), "", sep="\n")
    return 0


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise Refusal(f"{name} cannot be read: {error.strerror}.") from error


def _judge(name: str) -> Judged:
    folder = text("DIALOG_SCHEMA_DIR", "")
    try:
        schemas = Path(folder) if folder else None
        return judge(_bytes(name), schemas=schemas, known=_known())
    except NoSchemas as error:
        raise Refusal(f"{error} Set DIALOG_SCHEMA_DIR to the folder, or to nothing.") from error


def _as_json(name: str, one: Judged) -> str:
    return json.dumps(
        {
            "file": name,
            "valid": one.valid,
            "type": one.type,
            "process": one.process,
            "direction": one.direction,
            "errors": [asdict(error) for error in one.errors],
            "tolerated": one.tolerated,
            "function": one.function,
            "improper": one.improper,
        },
        ensure_ascii=False,
    )


def _as_words(name: str, one: Judged) -> str:
    what = ", ".join(
        word for word in (one.type, one.process or "", one.function, one.direction) if word
    )
    lines = [f"{name}: {'valid' if one.valid else 'NOT VALID'}{f' ({what})' if what else ''}"]
    lines += _faults(one.errors)
    lines += [f"  It cannot be acted on as {one.function}: {why}" for why in one.improper]
    if one.tolerated:
        lines.append(f"  We take it all the same, and count it as: {', '.join(one.tolerated)}.")
    return "\n".join(lines)


def _faults(faults: tuple[Fault, ...]) -> list[str]:
    lines = []
    for fault in faults:
        place = f"line {fault.line}" if fault.line else "the file"
        lines.append(f"  {place}{f', {fault.element}' if fault.element else ''}: {fault.rule}")
    return lines
