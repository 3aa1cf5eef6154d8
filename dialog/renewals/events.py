"""What can have happened to prescriptions and requests to renew them; ids and codes only."""

from typing import ClassVar
from uuid import UUID

from dialog.ledger.events import Event


class PrescriptionEntered(Event):
    """The practice wrote down a prescription the patient has."""

    silent: ClassVar[bool] = True
    prescription_id: UUID
    source: str


class PrescriptionStopped(Event):
    """The practice took a prescription off the patient's list."""

    silent: ClassVar[bool] = True
    prescription_id: UUID


class PrescriptionsRead(Event):
    """The patient, or somebody for the patient, saw the list of what can be renewed."""

    silent: ClassVar[bool] = True
    look: ClassVar[bool] = True


class RenewalRulesChanged(Event):
    """The practice changed what is renewed without a consultation, or by whom it is asked."""

    silent: ClassVar[bool] = True


class RenewalRequested(Event):
    """The patient asked to have prescriptions renewed."""

    lines: int


class RenewalPrepared(Event):
    """A line was made ready for the doctor."""

    silent: ClassVar[bool] = True
    item_id: UUID


class RenewalDecided(Event):
    """A doctor decided a line; ``last`` when no line is left."""

    item_id: UUID
    status: str
    last: bool
