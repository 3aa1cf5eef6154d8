"""Checks what is locked against what is known: vulnerabilities, versions taken back or given up.

What a registry cannot tell is said, and never counted as in order. ``locks/accepted.csv`` holds
what is known and argued (ADR 17).
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from tools import locked, registries
from tools.locked import Package
from tools.registries import Answer, Unreachable

ACCEPTED = locked.LOCKS / "accepted.csv"
KEPT = locked.CHECKOUT / "var" / "audit.json"
# Without a network the latest answers about the very same packages do, for so long.
LONGEST_KEPT = timedelta(days=7)
# What is accepted is looked at again: nobody argues for longer than this ahead.
LONGEST_ACCEPTED = timedelta(days=180)
MANY = 40


@dataclass(frozen=True)
class Accepted:
    """A finding that is argued: why it does not hurt here, and until when that is believed."""

    package: str
    version: str
    finding: str
    reason: str
    until: date

    def __str__(self) -> str:
        return f"locks/accepted.csv: {self.package} {self.version}, {self.finding}"


def main() -> int:
    """Name what is wrong, and say what was not told."""
    today = datetime.now(UTC).date()
    packages = locked.everything()
    try:
        answers, day = answered(packages, today)
    except Unreachable as trouble:
        print(f"The dependencies were not audited: {trouble}")
        return 1
    problems = judged(answers, accepted(ACCEPTED.read_text()), today)
    print("\n".join([*problems, *untold(answers)]))
    print(f"{len(answers)} locked packages were asked about on {day}.")
    return 1 if problems else 0


def answered(packages: list[Package], today: date) -> tuple[list[Answer], date]:
    """Today's answers: asked for once a day, and again whenever something else is locked."""
    fingerprint = hashlib.sha256(repr(packages).encode()).hexdigest()
    before = kept(fingerprint)
    if before and before[1] == today:
        return before
    try:
        answers = registries.ask(packages)
    except Unreachable:
        if before and today - before[1] <= LONGEST_KEPT:
            return before
        raise
    told = [asdict(one) for one in answers]
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps({"locked": fingerprint, "day": str(today), "answers": told}))
    return answers, today


def kept(fingerprint: str) -> tuple[list[Answer], date] | None:
    """The answers that were kept, if they are about these very packages."""
    if not KEPT.exists():
        return None
    found = json.loads(KEPT.read_text())
    if found["locked"] != fingerprint:
        return None
    answers = [
        Answer(**{**one, "findings": tuple(map(tuple, one["findings"]))})
        for one in found["answers"]
    ]
    return answers, date.fromisoformat(found["day"])


def accepted(text: str) -> list[Accepted]:
    """The table of what is argued."""
    rows = csv.DictReader(text.splitlines(), strict=True)
    return [Accepted(until=date.fromisoformat(row.pop("until")), **row) for row in rows]


def judged(answers: Iterable[Answer], argued: list[Accepted], today: date) -> list[str]:
    """Every finding that is not argued, and every argument that does not hold."""
    answers = list(answers)
    refused = {one: why for one in argued if (why := does_not_hold(one, answers, today))}
    covered = {(one.package, one.version, one.finding) for one in argued if one not in refused}
    found = [
        f"{answer.package} {answer.version}: {' = '.join(names)}"
        for answer in answers
        for names in answer.findings
        if not any((answer.package, answer.version, name) in covered for name in names)
    ]
    return found + [f"{one}: {why}" for one, why in refused.items()]


def does_not_hold(one: Accepted, answers: Iterable[Answer], today: date) -> str:
    """What is wrong with an argument, if anything."""
    about = [told for told in answers if (told.package, told.version) == (one.package, one.version)]
    if not about:
        return "that version is not locked; take the line away"
    if not any(told.untold or one.finding in sum(told.findings, ()) for told in about):
        return "nothing of the kind is known any more; take the line away"
    if one.until < today:
        return f"was accepted until {one.until}; look at it again"
    if one.until > today + LONGEST_ACCEPTED:
        return f"is accepted for more than {LONGEST_ACCEPTED.days} days ahead"
    return "" if one.reason.strip() else "has no reason"


def untold(answers: Iterable[Answer]) -> list[str]:
    """What was not told, by why: it is not known to be in order."""
    reasons: dict[str, list[str]] = {}
    for one in answers:
        if one.untold:
            reasons.setdefault(one.untold, []).append(f"{one.package} {one.version}")
    return [f"Not known to be in order: {listed(those)}; {why}." for why, those in reasons.items()]


def listed(those: list[str]) -> str:
    """Names, or how many where they are very many."""
    return f"{len(those)} packages" if len(those) > MANY else ", ".join(those)


if __name__ == "__main__":
    sys.exit(main())
