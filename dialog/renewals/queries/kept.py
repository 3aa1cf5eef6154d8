"""A patient's prescriptions as the practice keeps them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.renewals.models import Prescription
from dialog.renewals.policy import Group, Source
from dialog.renewals.ports import Medicine
from dialog.renewals.queries.renewed import renewed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A prescription as the practice keeps it."""

    medicine: Medicine
    source: Source
    entered_at: datetime
    renewed_on: date | None


def medicine(row: Prescription) -> Medicine:
    """A prescription row as a source tells of it."""
    return Medicine(
        ref=row.uuid,
        name=row.name,
        strength=row.strength,
        form=row.form,
        dosage=row.dosage,
        atc=row.atc,
        group=Group(row.group),
        repeats_left=row.repeats_left,
        valid_until=row.valid_until,
        control_by=row.control_by,
        reserved=row.reserved,
    )


def on_the_practices_list(*, patient_id: int, practice_id: int) -> list[Medicine]:
    """What the practice has entered or imported and not stopped, by name."""
    rows = Prescription.objects.filter(
        patient_id=patient_id, practice_id=practice_id, stopped_at__isnull=True
    )
    return sorted((medicine(one) for one in rows), key=lambda one: one.title.lower())


def prescriptions_of(by: Actor, patient_uuid: UUID) -> list[Kept]:
    """What the practice keeps about a patient's prescriptions, by name."""
    patient = people.patient_for(by, patient_uuid)
    rows = list(
        Prescription.objects.filter(
            patient_id=patient.id, practice_id=by.practice, stopped_at__isnull=True
        )
    )
    kept = [(medicine(one), one) for one in rows]
    renewed = renewed_on(one for one, _ in kept)
    return sorted(
        (
            Kept(
                medicine=one,
                source=Source(row.source),
                entered_at=row.entered_at,
                renewed_on=renewed.get(one.ref),
            )
            for one, row in kept
        ),
        key=lambda one: one.medicine.title.lower(),
    )


def prescription_for(by: Actor, ref: UUID) -> Prescription:
    """A prescription the practice keeps, for the actions' own use."""
    found = Prescription.objects.filter(
        uuid=ref, practice_id=by.practice, stopped_at__isnull=True
    ).first()
    if found is None or by.side is not Side.PRACTICE:
        raise NotFound
    return found
