"""Lines of an office's log as its people read them: who, what, about whom; no content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Role, Side
from dialog.conversations import queries as conversations
from dialog.conversations.queries import Named
from dialog.ledger import queries as ledger
from dialog.ledger.queries import LogLine
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: ``name`` is empty where whoever did it is not known here, ``patient`` where it is
    about none; ``matter`` is of which kind, and from when.
    """

    id: int
    at: datetime
    kind: str
    role: Role
    name: str
    patient: str
    matter: Named | None
    details: Mapping[str, object]


def read(by: Actor, lines: Sequence[LogLine]) -> list[Line]:
    """Lines of the ledger with the names in them; as many questions however many lines."""
    names = people.names_of(one.account_id for one in lines if one.account_id)
    patients = people.patients_named(one.patient_id for one in lines if one.patient_id)
    ids = [one.conversation_id for one in lines if one.conversation_id]
    matters = conversations.named_in_log(by, ids)
    return [_line(one, names, patients, matters) for one in lines]


def _line(
    one: LogLine,
    names: Mapping[int, str],
    patients: Mapping[int, str],
    matters: Mapping[UUID, Named],
) -> Line:
    role, patient = Role(one.role), patients.get(one.patient_id or 0, "")
    own = patient if role is Role.PATIENT else ""
    return Line(
        id=one.id,
        at=one.at,
        kind=one.kind,
        role=role,
        name=names.get(one.account_id or 0, own),
        patient=patient,
        matter=matters.get(one.conversation_id) if one.conversation_id else None,
        details=one.details,
    )


def of_mine(by: Actor, *, before: int | None = None, most: int) -> list[Line]:
    """What the log says that one has done oneself at this office, newest first (R220)."""
    if by.side is not Side.PRACTICE or by.account_id is None:
        return []
    return read(by, ledger.log_of_worker(by, by.account_id, before=before, most=most))
