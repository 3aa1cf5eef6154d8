"""Where prescriptions are known from: the practice's own list, without any register outside."""

from collections.abc import Sequence

from dialog.renewals import queries
from dialog.renewals.ports import Medicine


class PracticeList:
    """What the practice has entered or imported."""

    def prescriptions(self, *, patient_id: int, practice_id: int) -> Sequence[Medicine]:
        """What it has written down for this patient."""
        return queries.on_the_practices_list(patient_id=patient_id, practice_id=practice_id)
