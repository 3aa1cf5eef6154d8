"""How long each kind of thing is kept, as a table: ``retention.csv``, or an operator's own over it.

No days means that nothing goes by itself. *Verified* means that somebody who knows the law has said
that the figure holds; none of ours has been. A file of the operator's (``RETENTION_FILE``) replaces
our rows by kind, so that it need only name what is otherwise.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.utils import timezone

COLUMNS = ("kind", "days", "basis", "source", "verified")
CONVERSATIONS = ("enquiry", "renewal", "econsultation", "appointment", "log-question")
NATIONAL_MESSAGES, NOTIFICATIONS = "national-messages", "notifications"
UNSENT_FILES, USED_CLICKS, ASKED_TIMES = "unsent-files", "used-clicks", "asked-times"
LOG_SEARCHES, LOOK_REASONS, BREACHES = "log-searches", "look-reasons", "breaches"
UNUSUAL_LOOKS, WORK_DAYS = "unusual-looks", "work-days"
# Part of the log, or of following it up: kept as long as the log is.
WITH_THE_LOG = (LOG_SEARCHES, LOOK_REASONS)
KINDS = (
    *CONVERSATIONS, NATIONAL_MESSAGES, NOTIFICATIONS, UNSENT_FILES, USED_CLICKS, ASKED_TIMES,
    *WITH_THE_LOG, BREACHES, UNUSUAL_LOOKS, WORK_DAYS,
)  # fmt: skip
MOST_DAYS = 36_525  # a hundred years
# What the platform cannot do without for so long: receipts that are waited for, clicks sent twice,
# what is usual (``dialog/oversight/policy``).
LEAST = {NATIONAL_MESSAGES: 7, NOTIFICATIONS: 7, USED_CLICKS: 2, WORK_DAYS: 30}
_BEYOND = "beyond the last column"
_VERIFIED = {"yes": True, "no": False}


class RetentionFault(Exception):
    """The file cannot be used; the words name the line and what is wrong, for operators."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one kind is kept, by which rule, where that was found, and whether it holds."""

    kind: str
    days: int | None
    basis: str
    source: str
    verified: bool

    def until(self) -> datetime | None:
        """What is from before this moment goes; None when nothing goes by itself."""
        return None if self.days is None else timezone.now() - timedelta(days=self.days)


def kept(kind: str) -> Kept:
    """How long this kind is kept."""
    return table()[kind]


def gone_before(kind: str) -> datetime | None:
    """What is of this kind and from before this moment goes; None when nothing goes by itself."""
    return kept(kind).until()


def table() -> Mapping[str, Kept]:
    """Every kind, in our order."""
    return _table(settings.RETENTION_FILE)


@lru_cache(4)
def _table(own: str) -> Mapping[str, Kept]:
    rows = {one.kind: one for one in read((files("dialog") / "retention.csv").read_text("utf-8"))}
    if missing := [kind for kind in KINDS if kind not in rows]:
        raise RetentionFault(f"the retention file lacks {', '.join(missing)}")
    if own:
        try:
            text = Path(own).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RetentionFault(f"RETENTION_FILE cannot be read: {own}") from error
        rows |= {one.kind: one for one in read(text)}
    return {kind: rows[kind] for kind in KINDS}


def read(text: str) -> tuple[Kept, ...]:
    """The rows of a file; one that cannot be used is refused as a whole."""
    lines = csv.DictReader(StringIO(text), restkey=_BEYOND, strict=True)
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise RetentionFault(f"the retention file must begin with {','.join(COLUMNS)}")
    try:
        rows = [_row(lines.line_num, line) for line in lines]
    except csv.Error as error:
        raise RetentionFault(f"line {lines.line_num} of the retention file: {error}") from error
    _must_be_once(one.kind for one in rows)
    return tuple(rows)


def _row(number: int, line: dict[str, str]) -> Kept:
    try:
        if _BEYOND in line:
            raise ValueError("there is something " + _BEYOND)
        one = Kept(
            kind=line["kind"],
            days=_days(line["days"]),
            basis=line["basis"].strip(),
            source=line["source"].strip(),
            verified=_VERIFIED[line["verified"]],
        )
        _must_be_known(one)
    except KeyError as error:
        raise RetentionFault(
            f"line {number} of the retention file: verified is yes or no"
        ) from error
    except (AttributeError, ValueError) as error:
        raise RetentionFault(f"line {number} of the retention file: {error}") from error
    return one


def _must_be_known(one: Kept) -> None:
    if one.kind not in KINDS:
        raise ValueError(f"the kind is one of {', '.join(KINDS)}")
    if not one.basis or not one.source:
        raise ValueError("by which rule, and where that is from, must be said")
    least = LEAST.get(one.kind, 1)
    if one.days is not None and not least <= one.days <= MOST_DAYS:
        raise ValueError(f"{one.kind} is kept from {least} to {MOST_DAYS} days")
    if one.days is not None and one.kind in WITH_THE_LOG:
        raise ValueError(f"{one.kind} belongs to the log, which is kept")


def _days(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit()):
        raise ValueError("days are a whole number, or nothing")
    return int(text) if text else None


def _must_be_once(kinds: Iterable[str]) -> None:
    seen: set[str] = set()
    for kind in kinds:
        if kind in seen:
            raise RetentionFault(f"the retention file says two things of {kind}")
        seen.add(kind)
