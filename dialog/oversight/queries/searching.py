"""Searches in the log, and what they find; nothing without a purpose that has been stated."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.ledger import queries as ledger
from dialog.oversight.models import LogSearch
from dialog.oversight.policy import LASTS, LOOKS, Purpose, may_review
from dialog.oversight.queries.lines import Line, read
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Who searched for whom, when and for what; ``patient`` or ``colleague`` is a name."""

    id: UUID
    at: datetime
    name: str
    patient: str
    colleague: str
    purpose: Purpose
    words: str
    first_day: date | None
    last_day: date | None
    looks_only: bool

    @property
    def about(self) -> str:
        """Whom it was about."""
        return self.patient or self.colleague

    @property
    def until(self) -> datetime:
        """How long its purpose holds."""
        return self.at + LASTS

    @property
    def over(self) -> bool:
        """Whether one has to say anew for what one searches."""
        return timezone.now() >= self.until


def search_for(by: Actor, search_id: UUID) -> Search:
    """A search of one's own; anybody else states their own purpose."""
    (search,) = _read([_own(by, search_id)])
    return search


def found(by: Actor, search_id: UUID, *, before: int | None = None, most: int) -> list[Line]:
    """What the log says at this office of whom was searched for, newest first; nothing when the
    purpose no longer holds.
    """
    search = _own(by, search_id, since=timezone.now() - LASTS)
    return read(by, _lines_of(by, search, before=before, most=most))


def whom(by: Actor, search_id: UUID, *, most: int) -> list[int]:
    """The patients whom the latest lines of a search are about; nobody when its purpose no longer
    holds.
    """
    search = _own(by, search_id, since=timezone.now() - LASTS)
    lines = _lines_of(by, search, before=None, most=most)
    return sorted({one.patient_id for one in lines if one.patient_id is not None})


def _lines_of(
    by: Actor, search: LogSearch, *, before: int | None, most: int
) -> list[ledger.LogLine]:
    kinds = LOOKS if search.looks_only else None
    days = ledger.Days(search.first_day, search.last_day)
    if search.patient_id is not None:
        return ledger.log_of_patient_here(
            by, search.patient_id, kinds=kinds, days=days, before=before, most=most
        )
    return ledger.log_of_worker(
        by, search.colleague_id or 0, kinds=kinds, days=days, before=before, most=most
    )


def searches(by: Actor, *, most: int) -> list[Search]:
    """The latest searches at the office: those who follow up the log see one another's."""
    if not may_review(by):
        return []
    made = LogSearch.objects.filter(practice_id=by.practice).order_by("-stated_at", "id")
    return _read(list(made[:most]))


def searches_about_me(by: Actor, *, most: int) -> list[Search]:
    """Who has searched for what one has done at this office, and why (R220)."""
    if by.side is not Side.PRACTICE:
        return []
    made = LogSearch.objects.filter(practice_id=by.practice, colleague_id=by.account)
    found_ones = _read(list(made.order_by("-stated_at", "id")[:most]))
    # What else was said may be about others.
    return [replace(one, words="") for one in found_ones]


def _own(by: Actor, search_id: UUID, *, since: datetime | None = None) -> LogSearch:
    made = LogSearch.objects.filter(id=search_id, practice_id=by.practice, account_id=by.account)
    if since is not None:
        made = made.filter(stated_at__gt=since)
    search = made.first() if may_review(by) else None
    if search is None:
        raise NotFound
    return search


def _read(made: list[LogSearch]) -> list[Search]:
    names = people.names_of(
        one for search in made for one in (search.account_id, search.colleague_id) if one
    )
    patients = people.patients_named(one.patient_id for one in made if one.patient_id)
    return [
        Search(
            id=one.id,
            at=one.stated_at,
            name=names.get(one.account_id, ""),
            patient=patients.get(one.patient_id or 0, ""),
            colleague=names.get(one.colleague_id or 0, ""),
            purpose=Purpose(one.purpose),
            words=one.words,
            first_day=one.first_day,
            last_day=one.last_day,
            looks_only=one.looks_only,
        )
        for one in made
    ]
