"""Pure: what a record system says is free, and whether it makes sense."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.appointments.policy import LONGEST_HORIZON_DAYS, LONGEST_MINUTES, MeetingType
from dialog.errors import InvalidInput, SlotsOverlap

MOST_TIMES, MOST_KINDS, LONGEST_NAME, LONGEST_WORDS = 1000, 50, 80, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTime:
    """A time that is free elsewhere, under the id it has there; ``starts`` and ``ends`` are aware.

    ``type_name`` is what it is for, in the record system's words; ``instructions`` what the patient
    should know before coming.
    """

    id: UUID
    starts: datetime
    ends: datetime
    meetings: frozenset[MeetingType]
    type_name: str
    instructions: str = ""

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return round((self.ends - self.starts).total_seconds() / 60)

    @property
    def kind(self) -> "Kind":
        """What tells one type of time from another."""
        return Kind(name=self.type_name.strip().casefold(), meetings=self.meetings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type of time: what it is called, however it is written, and how one may meet."""

    name: str
    meetings: frozenset[MeetingType]


def in_order(
    times: Sequence[OfferedTime], first: datetime, until: datetime, now: datetime
) -> list[OfferedTime]:
    """The times still to come, the first first; InvalidInput or SlotsOverlap when they make no
    sense, and then nothing of them is used.
    """
    if first.utcoffset() is None or until.utcoffset() is None:
        raise InvalidInput(field="first")
    if not first < until <= first + timedelta(days=LONGEST_HORIZON_DAYS):
        raise InvalidInput(_("Velg mellom 1 og 366 dager."), field="until")
    if len(times) > MOST_TIMES or len({one.id for one in times}) != len(times):
        raise InvalidInput(
            _("Send høyst 1000 timer om gangen, og hver av dem bare én gang."), field="times"
        )
    for one in times:
        _must_make_sense(one, first, until)
    ordered = sorted(times, key=lambda one: one.starts)
    _must_not_overlap(ordered)
    if len({one.kind for one in times}) > MOST_KINDS:
        raise InvalidInput(_("Send høyst 50 typer timer om gangen."), field="times")
    return [one for one in ordered if one.starts > now]


def _must_make_sense(one: OfferedTime, first: datetime, until: datetime) -> None:
    if one.starts.utcoffset() is None or one.ends.utcoffset() is None:
        raise InvalidInput(field="times")
    longest = timedelta(minutes=LONGEST_MINUTES)
    if not one.starts < one.ends <= one.starts + longest or one.minutes < 1:
        raise InvalidInput(_("Velg en lengde på 1 til 240 minutter."), field="times")
    if not first <= one.starts < until:
        raise InvalidInput(_("En time ligger utenfor dagene som er spurt om."), field="times")
    named = 0 < len(one.type_name.strip()) <= LONGEST_NAME
    if not named or not one.meetings or len(one.instructions) > LONGEST_WORDS:
        raise InvalidInput(_("En time mangler navn eller måte å møtes på."), field="times")


def _must_not_overlap(ordered: Iterable[OfferedTime]) -> None:
    before: OfferedTime | None = None
    for one in ordered:
        if before is not None and one.starts < before.ends:
            raise SlotsOverlap
        before = one
