"""Who may sign in, and who may act for whom."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from dialog import rows
from dialog.actor import ALL_AREAS, Actor, Area, Role, Side
from dialog.errors import InvalidInput, NotAllowed, NotFound, constraints
from dialog.ledger.actions import record
from dialog.people import events, policy, queries, texts
from dialog.people.actions.rights import must_manage
from dialog.people.identity import identity_hash
from dialog.people.identity_number import parse
from dialog.people.models import (
    Account,
    Patient,
    Proxy,
)
from dialog.people.policy import ProxyKind
from dialog.rows import action


@action
def register_account(*, by: Actor, identity_number: str, name: str) -> Account:
    """Know a person who may sign in; somebody known already stays as they are."""
    with rows.at_the_door():
        account, made = Account.objects.get_or_create(
            identity_hash=identity_hash(identity_number),
            defaults={"identity_number": identity_number, "name": name},
        )
        if made:
            Patient.objects.filter(identity_hash=account.identity_hash).update(account=account)
    return account


@action
def recognise(*, by: Actor, identity_number: str) -> Account | None:
    """Let in, for the first time, somebody whom an office has put on its list."""
    with rows.at_the_door():
        patient = Patient.objects.filter(identity_hash=identity_hash(identity_number)).first()
        if patient is None:
            return None
        account = register_account(by=by, identity_number=identity_number, name=patient.name)
    with rows.seeing(patient=patient.id):
        record(by, events.AccountMade(new_account_id=account.id, patient_id=patient.id))
    return account


@action
def grant_proxy(
    *,
    by: Actor,
    patient_id: int,
    account_id: int,
    kind: ProxyKind,
    since: date | None = None,
    until: date | None = None,
    areas: Collection[Area] = ALL_AREAS,
) -> Proxy:
    """Let somebody act for a patient, in these areas, from a day and, if said, until another.

    A parent's right ends by itself on the sixteenth birthday (R19).
    """
    start = since or queries.today()
    born = _must_be_theirs_to_give(by, patient_id, account_id, kind)
    if not policy.may_act_for(kind, born=born, on=start):
        raise InvalidInput(texts.TOO_YOUNG_TO_GIVE, field="kind")
    if not policy.may_receive(kind, born=_born(account_id), on=start):
        raise InvalidInput(texts.TOO_YOUNG_TO_RECEIVE, field="identity_number")
    if not areas:
        raise InvalidInput(texts.IN_NOTHING, field="areas")
    until = min(filter(None, (until, policy.ends_with_age(kind, born))), default=None)
    if until is not None and until <= start:
        raise InvalidInput(texts.ENDS_BEFORE_IT_BEGINS, field="until")
    with constraints(proxy_period_ordered=InvalidInput, proxy_once_at_a_time=InvalidInput):
        proxy = Proxy.objects.create(
            patient_id=patient_id,
            account_id=account_id,
            kind=kind,
            period=DateRange(start, until),
            areas=sorted(areas),
        )
    record(
        by,
        events.ProxyGranted(patient_id=patient_id, proxy_account_id=account_id, proxy_kind=kind),
    )
    return proxy


def _must_be_theirs_to_give(by: Actor, patient_id: int, account_id: int, kind: ProxyKind) -> date:
    """Patients give mandates for themselves; offices register parents and guardians of theirs."""
    if by.side is Side.PATIENT and (by.role is not Role.PATIENT or by.patient_id != patient_id):
        raise NotFound
    if by.side is Side.PRACTICE:
        must_manage(by)
    if not policy.may_give(kind, by.side):
        raise NotAllowed
    if by.account_id == account_id:
        raise InvalidInput(field="account")
    return queries.patient_by_id(patient_id).born


def _born(account_id: int) -> date | None:
    """When somebody who is to act for another was born, by their own identity number."""
    with rows.at_the_door():
        account = Account.objects.filter(id=account_id).first()
    return parse(account.identity_number).birth_date if account else None


@action
def revoke_proxy(*, by: Actor, proxy_uuid: UUID) -> None:
    """End somebody's right to act, from the very next request: they may, and so may the patient
    what they gave themselves. No child ends its parents' (R23).
    """
    proxy = Proxy.objects.select_for_update().filter(uuid=proxy_uuid).first()
    if proxy is None:
        raise NotFound
    given = proxy.kind == ProxyKind.MANDATE
    theirs = given and by.role is Role.PATIENT and by.patient_id == proxy.patient_id
    if not theirs and by.account_id != proxy.account_id:
        raise NotFound
    if end_now(proxy):
        record(
            by, events.ProxyRevoked(patient_id=proxy.patient_id, proxy_account_id=proxy.account_id)
        )


def end_now(proxy: Proxy) -> bool:
    """Let a right count no more from the very next request; False: it was over already."""
    today = queries.today()
    if proxy.period.upper is not None and proxy.period.upper <= today:
        return False
    if proxy.period.lower >= today:
        proxy.delete()
    else:
        proxy.period = DateRange(proxy.period.lower, today)
        proxy.save(update_fields=["period"])
    return True
