"""Practices, who works there and as what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from dialog import rows
from dialog.actor import Actor, Duty, Role
from dialog.errors import NotFound
from dialog.people.identity import sort_key
from dialog.people.models import Practice
from dialog.people.policy import Presence, presence
from dialog.people.queries.days import today
from dialog.statements import Question, ask, ask_one

A_DAY = timedelta(days=1)
# What an Office is made of, in this order.
OFFICE = """
practice.id, practice.uuid, practice.name, practice.phone, practice.address,
practice.opening_hours, practice.website, practice.channel, practice.show_staff_names,
practice.set_up_at IS NOT NULL, practice.closes_on
"""
OFFICE_BY_ID = f"SELECT {OFFICE} FROM people_practice AS practice WHERE practice.id = %s"  # noqa: S608 - our own columns

# Those here today, and those who are to begin.
EMPLOYEES = """
SELECT account.id, account.uuid, account.name, here.role, here.reviews_access,
    lower(here.period), upper(here.period)
FROM people_membership AS here JOIN people_account AS account ON account.id = here.account_id
WHERE here.practice_id = %s AND NOT isempty(here.period)
    AND (upper_inf(here.period) OR upper(here.period) > %s)
"""
DELEGATED = "SELECT role, duty FROM people_delegation WHERE practice_id = %s"


@dataclass(frozen=True, slots=True)
class Office:
    """A practice as people need to know it."""

    id: int
    uuid: UUID
    name: str
    phone: str
    address: str
    opening_hours: str
    website: str
    channel: str
    show_staff_names: bool
    set_up: bool
    closes_on: date | None = None

    @property
    def site(self) -> str:
        """Where patients read more; nothing where what was written long ago is no such address."""
        return self.website if self.website.startswith(("https://", "http://")) else ""

    @property
    def closed(self) -> bool:
        """Whether it takes nothing new any more."""
        return self.closes_on is not None and self.closes_on <= today()


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works at the practice, as what, and on which days; no last day: until further
    notice.
    """

    account_id: int
    account_uuid: UUID
    name: str
    role: Role
    reviews_access: bool
    first: date
    last: date | None = None


def office(practice: Practice) -> Office:
    """A practice row as people need to know it."""
    return Office(
        id=practice.id,
        uuid=practice.uuid,
        name=practice.name,
        phone=practice.phone,
        address=practice.address,
        opening_hours=practice.opening_hours,
        website=practice.website,
        channel=practice.channel,
        show_staff_names=practice.show_staff_names,
        set_up=practice.set_up_at is not None,
        closes_on=practice.closes_on,
    )


def office_by_id(practice_id: int) -> Office:
    """A practice by its key."""
    found = ask_one(OFFICE_BY_ID, practice_id)
    if found is None:
        raise NotFound
    return Office(*found)


def closed_offices() -> list[int]:
    """Every practice whose day has come, for the platform."""
    with rows.seeing(scope="door"):
        return [
            id for (id,) in ask("SELECT id FROM people_practice WHERE closes_on <= %s", today())
        ]


def practices_named(name: str) -> list[int]:
    """The keys of the practices of this name, for the operator (scope ``setup``)."""
    return list(Practice.objects.filter(name__iexact=name.strip()).values_list("id", flat=True))


def practice_names() -> list[str]:
    """What every practice is called, for the operator (scope ``setup``)."""
    return list(Practice.objects.values_list("name", flat=True))


def office_names(practice_ids: Iterable[int]) -> dict[int, str]:
    """The names of the practices this transaction may see."""
    return dict(Practice.objects.filter(id__in=set(practice_ids)).values_list("id", "name"))


def closing_days(practice_id: int) -> frozenset[date]:
    """The days from a month back that the practice is closed beyond weekends and holidays."""
    return days_closed(practice_id).answer()


def days_closed(practice_id: int) -> Question[frozenset[date]]:
    """The same, to be asked along with something else."""
    days = "SELECT ARRAY(SELECT day FROM people_closingday WHERE practice_id = %s)"
    return Question(days, [practice_id], frozenset)


def colleagues(by: Actor) -> list[Colleague]:
    """Everybody who works at the actor's practice today."""
    return colleagues_at(by.practice)


def colleagues_at(practice_id: int) -> list[Colleague]:
    """Everybody who works at a practice today, for a lower room's own use."""
    day = today()
    return [
        one
        for one in _employees(practice_id, day)
        if presence(one.first, one.last, on=day) is Presence.HERE
    ]


def not_gone() -> Q:
    """What holds of the days of somebody who works at a practice today, or is to begin there."""
    return Q(period__upper_inf=True) | Q(period__endswith__gt=today())


def employees(by: Actor) -> list[Colleague]:
    """Everybody who works at the actor's practice today, or is to begin there."""
    return _employees(by.practice, today())


def _employees(practice_id: int, day: date) -> list[Colleague]:
    return sorted(
        (
            Colleague(
                account_id=account_id,
                account_uuid=account_uuid,
                name=name,
                role=Role(role),
                reviews_access=reviews,
                first=first,
                last=until - A_DAY if until else None,
            )
            for account_id, account_uuid, name, role, reviews, first, until in ask(
                EMPLOYEES, practice_id, day
            )
        ),
        key=lambda one: (sort_key(one.name, ""), one.first),
    )


def reviewers_at(practice_id: int) -> list[Colleague]:
    """Those who follow up the log at a practice, for its patients (R219)."""
    return [one for one in colleagues_at(practice_id) if one.reviews_access]


def colleague_for(by: Actor, account_uuid: UUID) -> Colleague:
    """Somebody who works here or is to begin; another practice's people are not found."""
    found = next((one for one in employees(by) if one.account_uuid == account_uuid), None)
    if found is None:
        raise NotFound
    return found


def delegations(by: Actor) -> dict[Role, frozenset[Duty]]:
    """What the office has handed to each role."""
    handed: dict[Role, set[Duty]] = {}
    for role, duty in ask(DELEGATED, by.practice):
        handed.setdefault(Role(role), set()).add(Duty(duty))
    return {role: frozenset(found) for role, found in handed.items()}
