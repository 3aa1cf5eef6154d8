"""What the population register says of who may act for whom, and keeping to it."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog import rows
from dialog.actor import ALL_AREAS, PLATFORM, Actor, Side
from dialog.errors import NotFound, PortError
from dialog.ledger.actions import record
from dialog.people import events, policy, queries
from dialog.people.identity import identity_hash
from dialog.people.models import Account, Patient, Proxy, RegisterAnswer
from dialog.people.policy import ProxyKind, Register, Stop
from dialog.people.ports import Registered, Responsible, population
from dialog.rows import action


class Heard(NamedTuple):
    """What the register answered about whom, and when."""

    number: str
    person: Registered | None
    at: datetime


@action
def hear_whom_to_act_for(*, by: Actor) -> bool:
    """Ask the population register whom somebody may act for, and keep to what it says (R17, R26).

    Whether it answered about them all. Of whom it did not, what was known stays as old as it is.
    """
    if by.side is not Side.PATIENT:
        raise NotFound
    if population() is None:
        return True
    # Two windows at once ask one after the other.
    account = Account.objects.select_for_update().get(id=by.account)
    rights = {one.patient_id: one for one in _rights(account.id)}
    try:
        own = registered(account.identity_number, at_most=settings.REGISTER_TO_BEGIN)
    except PortError:
        return False
    subjects = _subjects(own.person, rights)
    heard = [_hear_about(by, one, own, rights.get(one.id)) for one in subjects]
    return all(heard)


def _hear_about(by: Actor, patient: Patient, own: Heard, right: Proxy | None) -> bool:
    try:
        theirs = registered(patient.identity_number, at_most=settings.REGISTER_TO_BEGIN)
    except PortError:
        return False
    if right is not None:
        _confirm(PLATFORM, right, own, theirs)
    elif own.person is not None and theirs.person is not None:
        _let_in(by, patient, own.person, theirs.person, at=min(own.at, theirs.at))
    return True


@action
def confirm_right(*, by: Actor, patient_id: int, representative_id: int) -> bool:
    """Whether somebody, known by themselves as a patient, may act for a patient, by what the
    register has answered about the two; it is kept to from now on.
    """
    own, theirs = _two(patient_id, representative_id, ask=False)
    with rows.seeing(patient=representative_id):
        account_id = Patient.objects.get(id=representative_id).account_id or 0
    with rows.seeing(patient=patient_id):
        right = Proxy.objects.filter(
            account_id=account_id, patient_id=patient_id, period__contains=queries.today()
        ).first()
    if right is None:
        return False
    _confirm(by, right, own, theirs)
    return not right.stopped


def ask_about_both(*, patient_id: int, representative_id: int) -> None:
    """Ask the register about a patient and somebody who acts for them, where what it said is too
    old to tell by; PortError when it does not answer. No transaction is open while it is asked.
    """
    _two(patient_id, representative_id, ask=True)


def _two(patient_id: int, representative_id: int, *, ask: bool) -> tuple[Heard, Heard]:
    numbers = []
    for one in (representative_id, patient_id):
        with rows.seeing(patient=one):
            numbers.append(Patient.objects.get(id=one).identity_number)
    at_most = settings.REGISTER_TO_TELL if ask else timedelta.max
    own, theirs = (registered(one, at_most=at_most) for one in numbers)
    return own, theirs


def registered(number: str, *, at_most: timedelta) -> Heard:
    """Somebody as the population register knows them; what it answered before, when that is young
    enough for what it is to be used for.
    """
    register = population()
    hashed, now = identity_hash(number), timezone.now()
    with rows.seeing(scope="door"):
        kept = RegisterAnswer.objects.filter(
            register=Register.POPULATION, subject_hash=hashed
        ).first()
    if kept is not None and policy.recent(kept.asked_at, now, at_most=at_most):
        return Heard(number, _read(kept.answer), kept.asked_at)
    found = register.person(number) if register is not None else None
    with rows.seeing(scope="door"):
        answer, _made = RegisterAnswer.objects.get_or_create(
            register=Register.POPULATION, subject_hash=hashed, defaults={"asked_at": now}
        )
        answer.answer = json.dumps(asdict(found), default=date.isoformat) if found else ""
        answer.asked_at = now
        answer.save()
    return Heard(number, found, now)


def _read(answer: str) -> Registered | None:
    if not answer:
        return None
    said = json.loads(answer)
    return Registered(
        **{
            **said,
            "born": date.fromisoformat(said["born"]),
            "parents": tuple(Responsible(**one) for one in said["parents"]),
            **{name: tuple(said[name]) for name in ("children", "wards", "guardians")},
        }
    )


def _rights(account_id: int) -> list[Proxy]:
    """What somebody has been given that is not over, begun or not. What the register has stopped is
    asked about again, so the patients are seen as at the door.
    """
    mine = Proxy.objects.filter(account_id=account_id).select_related("patient")
    day = queries.today()
    with rows.at_the_door():
        return [one for one in mine if one.period.upper is None or one.period.upper > day]


def _subjects(own: Registered | None, rights: dict[int, Proxy]) -> list[Patient]:
    """Those somebody may act for: by what is registered here, and by the register where they are
    patients here.
    """
    numbers = (*own.children, *own.wards) if own is not None else ()
    with rows.at_the_door():
        found = Patient.objects.filter(identity_hash__in=[identity_hash(one) for one in numbers])
        known = [one for one in found if one.id not in rights]
    return [one.patient for one in rights.values()] + known


def _confirm(by: Actor, right: Proxy, own: Heard, theirs: Heard) -> None:
    """Note what the register says of a right to act, and said when; it counts from the next
    request.
    """
    before, right.stopped = right.stopped, _stop_of(right, own, theirs)
    right.confirmed_at = min(own.at, theirs.at)
    with rows.seeing(patient=right.patient_id):
        right.save(update_fields=["stopped", "confirmed_at"])
        if right.stopped and right.stopped != before:
            stopped = events.ProxyStopped(
                patient_id=right.patient_id,
                proxy_account_id=right.account_id,
                proxy_kind=right.kind,
                reason=right.stopped,
            )
            record(by, stopped)
        elif before and not right.stopped:
            record(by, _granted(right))


def _granted(right: Proxy) -> events.ProxyGranted:
    return events.ProxyGranted(
        patient_id=right.patient_id, proxy_account_id=right.account_id, proxy_kind=right.kind
    )


def _stop_of(right: Proxy, own: Heard, theirs: Heard) -> Stop:
    """Of a patient whom the register does not know, what is registered here stands; what it said
    itself does not. What an office has documented of a guardian is not the register's to judge.
    """
    kind, patient = ProxyKind(right.kind), theirs.person
    documented = kind is ProxyKind.GUARDIAN and not right.from_register
    if patient is None:
        responsible, at_home = not right.from_register, True
    else:
        responsible = documented or _responsible(kind, own.number, patient)
        at_home = any(one.at_home for one in patient.parents)
    return policy.stop(
        kind,
        responsible=responsible,
        at_home=at_home,
        closed=any(one.person is not None and one.person.closed for one in (own, theirs)),
    )


def _responsible(kind: ProxyKind, number: str, theirs: Registered) -> bool:
    if kind is ProxyKind.PARENT:
        return number in {one.number for one in theirs.parents}
    return number in theirs.guardians


def _let_in(
    by: Actor, patient: Patient, own: Registered, theirs: Registered, *, at: datetime
) -> None:
    """Let a parent or guardian act whom the register knows and nobody has registered here. One who
    has the responsibility, but not the address, is told why they may not.
    """
    ways = (ProxyKind.PARENT, ProxyKind.GUARDIAN)
    kind = next((one for one in ways if _responsible(one, own.number, theirs)), None)
    day = queries.today()
    if kind is None or not policy.may_act_for(kind, born=patient.born, on=day):
        return
    stopped = policy.stop(
        kind,
        responsible=True,
        at_home=any(one.at_home for one in theirs.parents),
        closed=own.closed or theirs.closed,
    )
    if stopped is Stop.REGISTER:
        return
    right = Proxy(
        patient=patient,
        account_id=by.account,
        kind=kind,
        period=DateRange(day, policy.ends_with_age(kind, patient.born)),
        areas=sorted(ALL_AREAS),
        from_register=True,
        stopped=stopped,
        confirmed_at=at,
    )
    with rows.seeing(patient=patient.id):
        right.save()
        if not stopped:
            record(PLATFORM, _granted(right))
