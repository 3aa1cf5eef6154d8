"""Keeping a patient's list: what the practice enters, imports, and takes off again."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.renewals import queries
from dialog.renewals.events import PrescriptionEntered, PrescriptionStopped
from dialog.renewals.models import Prescription
from dialog.renewals.policy import LONGEST_NAME, Source, may_keep_list
from dialog.renewals.ports import Medicine
from dialog.renewals.prescription_file import Row, read
from dialog.rows import action


@action
def enter_prescription(*, by: Actor, patient_uuid: UUID, medicine: Medicine) -> Prescription:
    """Write down a prescription the patient has, so that it can be asked for."""
    return _keep(by, patient_uuid, [medicine], Source.ENTERED)[0]


@action
def import_prescriptions(*, by: Actor, patient_uuid: UUID, data: bytes) -> list[Prescription]:
    """Write down the prescriptions of a file, all or none; what is on the list already is brought
    up to date.
    """
    found = read(data)
    if found.faults:
        raise InvalidInput(_("Rett linjene det er feil i, og prøv igjen."), field="file")
    if not found.rows:
        raise InvalidInput(_("Filen har ingen resepter."), field="file")
    return _keep(by, patient_uuid, [_medicine(one) for one in found.rows], Source.IMPORTED)


def _medicine(row: Row) -> Medicine:
    return Medicine(
        ref=uuid4(),
        name=row.name,
        strength=row.strength,
        form=row.form,
        dosage=row.dosage,
        atc=row.atc,
        group=row.group,
        repeats_left=row.repeats_left,
        valid_until=row.valid_until,
    )


def _keep(
    by: Actor, patient_uuid: UUID, medicines: Sequence[Medicine], source: Source
) -> list[Prescription]:
    if not may_keep_list(by):
        raise NotAllowed
    patient = people.patient_for(by, patient_uuid)
    listed = {
        _same(queries.medicine(one)): one
        for one in Prescription.objects.select_for_update().filter(
            patient_id=patient.id, practice_id=by.practice, stopped_at__isnull=True
        )
    }
    kept = []
    for medicine in medicines:
        _must_have_name(medicine)
        known = listed.get(_same(medicine))
        if known and source is Source.IMPORTED:
            medicine = replace(medicine, control_by=known.control_by, reserved=known.reserved)
        row = known or Prescription(
            uuid=medicine.ref, practice_id=by.practice, patient_id=patient.id
        )
        listed[_same(medicine)] = row
        _write(row, medicine, source, by)
        kept.append(row)
        record(
            by,
            PrescriptionEntered(
                prescription_id=row.uuid,
                source=source,
                patient_id=patient.id,
                practice_id=by.practice_id,
            ),
        )
    return kept


def _same(medicine: Medicine) -> tuple[str, str, str]:
    """The same medicine, form and strength is the same line of the list."""
    return medicine.name.lower(), medicine.form.lower(), medicine.strength.lower()


def _must_have_name(medicine: Medicine) -> None:
    if not medicine.name.strip():
        raise InvalidInput(_("Skriv navnet på legemidlet."), field="name")
    if len(medicine.name) > LONGEST_NAME:
        raise InvalidInput(_("Navnet er for langt."), field="name")


def _write(row: Prescription, medicine: Medicine, source: Source, by: Actor) -> None:
    row.name, row.strength, row.form = medicine.name, medicine.strength, medicine.form
    row.dosage, row.atc, row.group = medicine.dosage, medicine.atc, medicine.group
    row.repeats_left, row.valid_until = medicine.repeats_left, medicine.valid_until
    row.control_by, row.reserved = medicine.control_by, medicine.reserved
    row.source, row.entered_by_id, row.entered_at = source, by.account_id, timezone.now()
    row.save()


@action
def stop_prescription(*, by: Actor, prescription: UUID) -> None:
    """Take a prescription off the patient's list; earlier requests still show it."""
    row = queries.prescription_for(by, prescription)
    row.stopped_at, row.stopped_by_id = timezone.now(), by.account_id
    row.save(update_fields=["stopped_at", "stopped_by"])
    record(
        by,
        PrescriptionStopped(
            prescription_id=row.uuid, patient_id=row.patient_id, practice_id=row.practice_id
        ),
    )
