"""Who acts for somebody, and for whom they act: what stands, and what has ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from dialog.actor import Actor, Area, Role
from dialog.errors import NotFound
from dialog.people.models import Account, Proxy
from dialog.people.policy import ProxyKind, may_act_for
from dialog.people.queries.days import today
from dialog.people.queries.guardians import Ground, grounds_for, grounds_of
from dialog.people.queries.patients import patient_by_id
from dialog.statements import ask

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """A right to act for somebody, as either of the two reads it; ``name`` is the other one.

    ``last`` is the last day it counts; None: until one of them ends it.
    """

    uuid: UUID
    name: str
    kind: ProxyKind
    areas: tuple[Area, ...]
    since: date
    last: date | None
    over: bool
    stopped: bool
    ground: Ground | None = None

    @property
    def may_end(self) -> bool:
        """Whether one of the two can end it here: what they agreed on themselves."""
        return not self.over and self.kind is ProxyKind.MANDATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandates:
    """Everything about one person: who acts for them, and for whom they act."""

    given: tuple[Mandate, ...]
    received: tuple[Mandate, ...]


def _acted_for() -> dict[int, tuple[str, date]]:
    """Names and birthdays of those whoever the transaction is for has, had or will have a right to
    act for; of whom it does not count for today, nothing else is seen.
    """
    found = ask("SELECT patient_id, name, born FROM dialog_acted_for()")
    return {patient_id: (name, born) for patient_id, name, born in found}


def mandates(by: Actor) -> Mandates:
    """One's own, what stands first and then what has ended, newest first (R23)."""
    if by.role is not Role.PATIENT:
        raise NotFound
    every = Proxy.objects.order_by("-period")
    given, received = every.filter(patient_id=by.patient), every.filter(account_id=by.account)
    names = dict(
        Account.objects.filter(id__in=given.values("account_id")).values_list("id", "name")
    )
    grounds, mine = grounds_for(by.patient), grounds_of(by.account)
    born, whom = patient_by_id(by.patient).born, _acted_for()
    return Mandates(
        given=_in_order(
            _mandate(one, names.get(one.account_id, ""), born, grounds.get(one.account_id))
            for one in given
        ),
        received=_in_order(
            _mandate(one, *whom[one.patient_id], mine.get(one.patient_id)) for one in received
        ),
    )


def mandate(by: Actor, uuid: UUID) -> tuple[Mandate, bool]:
    """One of them, and whether it was given by the reader; NotFound when it is neither's."""
    mine = mandates(by)
    for one in (*mine.given, *mine.received):
        if one.uuid == uuid:
            return one, one in mine.given
    raise NotFound


def _in_order(found: Iterable[Mandate]) -> tuple[Mandate, ...]:
    return tuple(sorted(found, key=lambda one: one.over))


def _mandate(proxy: Proxy, name: str, born: date, ground: Ground | None = None) -> Mandate:
    upper, kind = proxy.period.upper, ProxyKind(proxy.kind)
    too_old = not may_act_for(kind, born=born, on=today())
    return Mandate(
        uuid=proxy.uuid,
        name=name,
        kind=kind,
        areas=tuple(area for area in Area if area in proxy.areas),
        since=proxy.period.lower,
        last=upper - A_DAY if upper else None,
        over=too_old or (upper is not None and upper <= today()),
        stopped=bool(proxy.stopped),
        ground=ground if kind is ProxyKind.GUARDIAN and not proxy.from_register else None,
    )
