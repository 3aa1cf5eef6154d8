"""Who may change an office, and who acts for a patient: what the actions ask first."""

from dialog.actor import Actor, Side
from dialog.errors import NotAllowed, NotFound
from dialog.people import policy


def must_manage(by: Actor, practice_id: int | None = None) -> None:
    """Refuse whoever may not change how this practice is set up."""
    if by.side is Side.PLATFORM:
        return
    if practice_id not in (None, by.practice_id):
        raise NotFound
    if not policy.may_manage_office(by):
        raise NotAllowed


def must_be_patient_side(by: Actor) -> None:
    """Refuse whoever does not act for a patient."""
    if by.side is not Side.PATIENT or by.patient_id is None:
        raise NotFound
