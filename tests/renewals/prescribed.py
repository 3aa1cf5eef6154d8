"""Prescriptions and requests, for the tests of renewals."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.people import queries as people
from dialog.renewals import actions, queries
from dialog.renewals.policy import Group
from dialog.renewals.ports import Medicine

WORN_OUT: Mapping[str, Any] = {"repeats_left": 0}


def medicine(name: str = "Paralgin", **facts: Any) -> Medicine:
    return Medicine(ref=uuid4(), name=name, **facts)


def patient_uuid(by: Actor) -> UUID:
    with rows.seeing(patient=by.patient):
        return people.patient_by_id(by.patient).uuid


def prescribe(cast: Cast, to: Actor, name: str, **facts: Any) -> UUID:
    """The office writes down a prescription; its reference."""
    return actions.enter_prescription(
        by=cast.siri, patient_uuid=patient_uuid(to), medicine=medicine(name, **facts)
    ).uuid


def ask(by: Actor, *refs: UUID, earlier: str = "", another: str = "") -> UUID:
    """The patient asks; the conversation's id."""
    wishes = [actions.Wish(prescription=ref) for ref in refs]
    wishes += [actions.Wish(words=words) for words in (earlier, another) if words]
    return actions.request_renewal(by=by, wishes=wishes).id


def lines(by: Actor, conversation_id: UUID) -> tuple[queries.Line, ...]:
    with rows.seeing(patient=by.patient_id, practice=by.practice_id, account=by.account_id):
        return queries.request_for(by, conversation_id).lines


def offers(by: Actor) -> list[queries.Offer]:
    with rows.seeing(patient=by.patient_id, account=by.account_id):
        return queries.offers(by)


def in_days(days: int) -> Any:
    return people.today() + timedelta(days=days)


HABIT_FORMING = {"group": Group.B}
