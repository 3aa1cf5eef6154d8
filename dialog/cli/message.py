"""Look at national messages without sending them: is this one right, and if not, why?

Says for each file whether it is valid, which message it is and every fault: line, element and
rule. With DIALOG_SCHEMA_DIR set the official schemas are asked as well.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from dialog.cli.surroundings import Refusal
from dialog.config.environment import text
from dialog.interop.judging import Judged, judge
from dialog.interop.official import NoSchemas


def arguments(parser: ArgumentParser) -> None:
    """What to do with which files."""
    check = parser.add_subparsers(dest="what", required=True, metavar="check").add_parser(
        "check", help="say what is wrong with messages", description=__doc__
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a message; - is standard input")
    check.add_argument("--json", action="store_true", help="one object a line, for programs")


def run(options: Namespace) -> int:
    """Judge each file; 1 when any is not valid."""
    judged = [(name, _judge(name)) for name in options.files]
    for name, one in judged:
        print(_as_json(name, one) if options.json else _as_words(name, one))
    return 0 if all(one.valid for _name, one in judged) else 1


def _judge(name: str) -> Judged:
    folder = text("DIALOG_SCHEMA_DIR", "")
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return judge(data, schemas=Path(folder) if folder else None)
    except OSError as error:
        raise Refusal(f"{name} cannot be read: {error.strerror}.") from error
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
        },
        ensure_ascii=False,
    )


def _as_words(name: str, one: Judged) -> str:
    what = ", ".join(word for word in (one.type, one.process or "", one.direction) if word)
    lines = [f"{name}: {'valid' if one.valid else 'NOT VALID'}{f' ({what})' if what else ''}"]
    for error in one.errors:
        place = f"line {error.line}" if error.line else "the file"
        lines.append(f"  {place}{f', {error.element}' if error.element else ''}: {error.rule}")
    if one.tolerated:
        lines.append(f"  We take it all the same, and count it as: {', '.join(one.tolerated)}.")
    return "\n".join(lines)
