"""One entry with all that was thought, said and done, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor
from dialog.breaches.models import Addition, Affected, Assessment, Breach
from dialog.breaches.policy import (
    Kind,
    Must,
    Obstacle,
    Risk,
    Said,
    Status,
    Step,
    Told,
    clock_runs,
    deadline,
    obstacles,
    possible,
    required,
)
from dialog.breaches.queries.doors import known_affected
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentView:
    """What was thought of the risk, by whom and when."""

    risk: Risk
    people_about: int | None
    information: str
    consequences: str
    measures: str
    reason: str
    contact: str
    aware_at: datetime
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionView:
    """Something said or done, by whom and when."""

    said: Said
    text: str
    reason: str
    at: datetime
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedView:
    """Who it is, and whether they have been told."""

    id: UUID
    patient: people.Person
    added_at: datetime
    added_by: str
    told_how: Told | None
    told_at: datetime | None
    told_by: str
    told_in: UUID | None
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachView:
    """One entry, whole."""

    id: UUID
    kind: Kind
    status: Status
    what: str
    happened_at: datetime | None
    discovered_at: datetime
    aware_at: datetime
    deadline: datetime
    clock_runs: bool
    risk: Risk | None
    required: frozenset[Must]
    obstacles: tuple[Obstacle, ...]
    steps: frozenset[Step]
    source: UUID | None
    by_itself: bool
    registered_by: str
    registered_at: datetime
    notified_at: datetime | None
    closed_at: datetime | None
    assessments: tuple[AssessmentView, ...]
    additions: tuple[AdditionView, ...]
    affected: tuple[AffectedView, ...]

    @property
    def now(self) -> AssessmentView | None:
        """What is thought of the risk today."""
        return self.assessments[-1] if self.assessments else None

    @property
    def untold(self) -> tuple[AffectedView, ...]:
        """Those affected whom nobody has told."""
        return tuple(one for one in self.affected if one.told_how is None)


def whole(breach: Breach) -> BreachView:
    """An entry already found, with everything that hangs on it."""
    affected = tuple(_affected(one) for one in known_affected(breach))
    notified = breach.notified_at is not None
    return BreachView(
        id=breach.id,
        kind=Kind(breach.kind),
        status=Status(breach.status),
        what=breach.what,
        happened_at=breach.happened_at,
        discovered_at=breach.discovered_at,
        aware_at=breach.aware_at,
        deadline=deadline(breach.aware_at),
        clock_runs=clock_runs(status=breach.status, risk=breach.risk, notified=notified),
        risk=Risk(breach.risk) if breach.risk else None,
        required=required(breach.risk),
        obstacles=tuple(
            obstacles(
                risk=breach.risk,
                notified=notified,
                told=(one.told_how is not None for one in affected),
            )
        ),
        steps=frozenset(step for step in Step if possible(breach.status, step)),
        source=breach.source_id,
        by_itself=breach.registered_by_id is None,
        registered_by=breach.registered_by_name,
        registered_at=breach.registered_at,
        notified_at=breach.notified_at,
        closed_at=breach.closed_at,
        assessments=tuple(_assessments(breach.id)),
        additions=tuple(_additions(breach.id)),
        affected=affected,
    )


def _assessments(breach_id: UUID) -> Iterable[AssessmentView]:
    for one in Assessment.objects.filter(breach_id=breach_id).order_by("made_at", "id"):
        yield _assessment(one)


def _assessment(one: Assessment) -> AssessmentView:
    return AssessmentView(
        risk=Risk(one.risk),
        people_about=one.people_about,
        information=one.information,
        consequences=one.consequences,
        measures=one.measures,
        reason=one.reason,
        contact=one.contact,
        aware_at=one.aware_at,
        made_by=one.made_by_name,
        made_at=one.made_at,
    )


def _additions(breach_id: UUID) -> Iterable[AdditionView]:
    for one in Addition.objects.filter(breach_id=breach_id).order_by("made_at", "id"):
        yield AdditionView(
            said=Said(one.said),
            text=one.text,
            reason=one.reason,
            at=one.at,
            made_by=one.made_by_name,
            made_at=one.made_at,
        )


def _affected(one: Affected) -> AffectedView:
    return AffectedView(
        id=one.id,
        patient=people.patient_by_id(one.patient_id),
        added_at=one.added_at,
        added_by=one.added_by_name,
        told_how=Told(one.told_how) if one.told_how else None,
        told_at=one.told_at,
        told_by=one.told_by_name,
        told_in=one.told_in_id,
        letter=one.letter,
    )


def reachable(by: Actor, patient: people.Person) -> bool:
    """Whether a patient is here and has said yes to being reached here (R9); else a letter is
    printed.
    """
    here = people.on_a_list_here(by, patient.id)
    return here and people.reached(patient.id, in_full=False).may_be_written_to
