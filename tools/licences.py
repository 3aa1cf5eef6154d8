"""Checks that what the product runs on may be used with it: no dependency only under (A)GPL.

Python packages say it themselves, where they are installed; the lock says it of the front end.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tools.locked import Use, front_end

CHECKOUT = Path(__file__).resolve().parent.parent
LISTS = (CHECKOUT / "locks" / "run.txt",)
# The lesser GPL lets itself be used as a library; of several one may choose.
REFUSED = re.compile(r"AGPL|(?<!L)GPL|(?<!Lesser )General Public License", re.IGNORECASE)
CHOICE = re.compile(r" OR |; ")
FIELDS = ("License-Expression", "License")
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


def main() -> int:
    """Name every dependency whose licence is missing or refused."""
    shipped = {one.name: one.licence for one in front_end() if one.use is Use.RUN}
    told = [judge(name) for name in locked()] + [said(*one) for one in shipped.items()]
    problems = [problem for problem in told if problem]
    print("\n".join(problems) or f"{len(told)} licences are in order.")
    return 1 if problems else 0


def locked() -> list[str]:
    """The names on the locked lists."""
    lines = [line for path in LISTS for line in path.read_text().splitlines()]
    return sorted({line.split("==")[0] for line in lines if re.match(r"[a-zA-Z0-9]", line)})


def judge(name: str) -> str:
    """What is wrong with one dependency's licence, if anything."""
    try:
        words = licence(distribution(name))
    except PackageNotFoundError:
        return ""  # locked for another kind of machine than this one
    return said(name, words)


def said(name: str, words: str) -> str:
    """What is wrong with what is said of a licence, if anything."""
    if not words:
        return f"{name}: says nothing about its licence"
    if all(REFUSED.search(choice) for choice in CHOICE.split(words)):
        return f"{name}: {words}"
    return ""


def licence(package: Distribution) -> str:
    """What a package says of its licence: the expression, the classifiers, or the old field."""
    about = package.metadata
    told = {name: (about.get_all(name) or [""])[0].strip() for name in FIELDS}
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    expression, old = (told[name] for name in FIELDS)
    return expression or "; ".join(classifiers) or old.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
