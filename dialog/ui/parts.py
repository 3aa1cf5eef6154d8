"""What a view hands to the components: small frozen shapes, ready to show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

MOST_COUNTED = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One choice in a list of large links (``ui/links.html``)."""

    href: str
    title: str
    text: str = ""
    icon: str = ""
    label: str = ""
    color: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that has happened, happens or is to come (``ui/timeline.html``)."""

    title: str
    text: str = ""
    at: datetime | None = None
    state: str = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file somebody sent (``ui/files.html``)."""

    href: str
    name: str
    size: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One message in a thread (``ui/thread.html``).

    ``mine`` decides the side it stands on; ``author`` and ``role`` are always said in words.
    """

    id: str
    author: str
    text: str
    at: datetime
    mine: bool = False
    role: str = ""
    files: Sequence[FileLine] = ()
    recalled: bool = False
    internal: bool = False
    important: bool = False
    correction: bool = False
    opened_at: datetime | None = None
    note: str = ""
    take_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeButton:
    """A free time one can take (``ui/days.html``)."""

    value: str
    at: datetime
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfTimes:
    """A day and its free times."""

    on: date
    times: Sequence[TimeButton] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The highest price one can be charged, and why (``ui/price.html``)."""

    amount: Decimal | int
    why: str = ""
    lines: Sequence[tuple[str, Decimal | int]] = field(default_factory=tuple)


def up_to(count: int) -> str:
    """How many, as far as anybody cares to know."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane of the workspace, with how many wait in it (``ui/lanes.html``)."""

    href: str
    title: str
    count: int = 0
    here: bool = False
    color: str = "neutral"

    @property
    def counted(self) -> str:
        """How many, as far as anybody cares to know."""
        return up_to(self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One matter in a list at the office (``ui/rows.html``); ``when`` and ``due`` come as words."""

    href: str
    title: str
    preview: str = ""
    label: str = ""
    color: str = "neutral"
    when: str = ""
    due: str = ""
    late: bool = False
    unread: bool = False
    owner: str = ""
    important: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and its value in a list of facts (``ui/facts.html``)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Facts under a heading, on paper."""

    heading: str
    facts: Sequence[Fact]
