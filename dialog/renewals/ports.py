"""What the renewals need from outside: which prescriptions a patient has here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from dialog.ports import port
from dialog.renewals.policy import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """A prescription as its source knows it; ``ref`` is the same every time it is asked for.

    ``repeats_left`` and ``valid_until`` are None where the source does not say.
    """

    ref: UUID
    name: str
    strength: str = ""
    form: str = ""
    dosage: str = ""
    atc: str = ""
    group: Group = Group.C
    repeats_left: int | None = None
    valid_until: date | None = None
    control_by: date | None = None
    reserved: bool = False

    @property
    def title(self) -> str:
        """Name, form and strength, as on the box."""
        return " ".join(part for part in (self.name, self.form, self.strength) if part)


class MedicationSource(Protocol):
    """Knows what a patient has been prescribed at a practice; never claims to know everything."""

    def prescriptions(self, *, patient_id: int, practice_id: int) -> Sequence[Medicine]:
        """What has been prescribed and not stopped, active or not; an empty list is an answer."""


def medication() -> MedicationSource:
    """The source the settings name."""
    source: MedicationSource = port("MEDICATION")
    return source
