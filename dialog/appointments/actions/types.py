"""What can be booked: names, lengths and ways to meet."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Role, Side
from dialog.appointments.events import AppointmentTypeChanged
from dialog.appointments.models import AppointmentType
from dialog.appointments.policy import LONGEST_MINUTES, MeetingType, may_open_times
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.people.policy import Profession
from dialog.rows import action


@action
def save_type(
    *,
    by: Actor,
    name: str,
    meetings: Iterable[MeetingType],
    minutes: int,
    type_uuid: UUID | None = None,
    profession: Profession = Profession.DOCTOR,
    practitioner: UUID | None = None,
    bookable: bool = True,
    instructions: str = "",
) -> AppointmentType:
    """Say what can be booked, how long it takes and how one may meet (R66).

    A new length holds for times published from now on.
    """
    whose = _practitioner(by, practitioner)
    _must_decide_over(by, whose, profession)
    chosen = [one for one in MeetingType if one in set(meetings)]
    if not name.strip():
        raise InvalidInput(_("Skriv hva timen heter."), field="name")
    if not chosen:
        raise InvalidInput(_("Velg minst én måte å møtes på."), field="meetings")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise InvalidInput(_("Velg en lengde på 1 til 240 minutter."), field="minutes")
    kind = _type_to_change(by, type_uuid) if type_uuid else AppointmentType(practice_id=by.practice)
    kind.practitioner_id, kind.profession = whose, profession
    kind.name, kind.meetings, kind.minutes = name.strip(), chosen, minutes
    kind.bookable, kind.instructions = bookable, instructions
    kind.save()
    record(by, AppointmentTypeChanged(practice_id=by.practice_id, type_id=kind.id))
    return kind


@action
def retire_type(*, by: Actor, type_uuid: UUID) -> None:
    """Stop offering a type; times of it that nobody has taken go with the next publishing."""
    kind = _type_to_change(by, type_uuid)
    kind.active = False
    kind.save(update_fields=["active"])
    record(by, AppointmentTypeChanged(practice_id=by.practice_id, type_id=kind.id))


def _type_to_change(by: Actor, type_uuid: UUID) -> AppointmentType:
    found = (
        AppointmentType.objects.select_for_update()
        .filter(uuid=type_uuid, practice_id=by.practice)
        .first()
    )
    if found is None:
        raise NotFound
    _must_decide_over(by, found.practitioner_id, Profession(found.profession))
    return found


def _must_decide_over(by: Actor, whose: int | None, profession: Profession) -> None:
    """Doctors decide over the types they share, and each over their own; the office over the
    others.
    """
    if by.side is not Side.PRACTICE:
        raise NotFound
    if profession is Profession.DOCTOR:
        allowed = by.role is Role.PRACTITIONER and whose in (None, by.practitioner_id)
    else:
        allowed = may_open_times(by, whose or 0, doctor=False)
    if not allowed:
        raise NotAllowed


def _practitioner(by: Actor, practitioner: UUID | None) -> int | None:
    if practitioner is None:
        return None
    known = {one.uuid: one.id for one in people.clinicians_of_practice(by)}
    if practitioner not in known:
        raise NotFound
    return known[practitioner]
