"""Timebooks: whose times patients and the office can give and choose."""

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotFound, constraints
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.rights import must_manage
from dialog.people.models import Account, PatientList, Practitioner
from dialog.people.policy import Profession
from dialog.rows import action


def open_timebook(
    by: Actor,
    account: Account,
    profession: Profession,
    *,
    specialist: bool,
    bookable: bool,
    hpr_number: str,
) -> None:
    """Give somebody a timebook; whoever has worked here before gets their own back."""
    before = Practitioner.objects.filter(practice_id=by.practice, account=account).first()
    if before is None:
        add_practitioner(
            by=by,
            practice_id=by.practice,
            name=account.name,
            profession=profession,
            account_id=account.id,
            specialist=specialist,
            bookable=bookable,
            hpr_number=hpr_number,
        )
        return
    before.active, before.profession = True, profession
    before.specialist, before.bookable = specialist, bookable
    before.hpr_number = hpr_number or before.hpr_number
    before.save(update_fields=["active", "profession", "specialist", "bookable", "hpr_number"])
    record(
        by,
        events.PractitionerChanged(practice_id=by.practice_id, practitioner_id=before.id),
    )


@action
def add_practitioner(
    *,
    by: Actor,
    practice_id: int,
    name: str,
    profession: Profession = Profession.DOCTOR,
    account_id: int | None = None,
    specialist: bool = False,
    bookable: bool = True,
    hpr_number: str = "",
) -> Practitioner:
    """Add somebody with a timebook: a doctor, a nurse, the lab."""
    must_manage(by, practice_id)
    with constraints(practitioner_once_at_a_practice=InvalidInput):
        made = Practitioner.objects.create(
            practice_id=practice_id,
            account_id=account_id,
            name=name,
            profession=profession,
            specialist=specialist,
            bookable=bookable,
            hpr_number=hpr_number,
        )
    record(by, events.PractitionerChanged(practice_id=practice_id, practitioner_id=made.id))
    return made


@action
def change_practitioner(
    *,
    by: Actor,
    practitioner_id: int,
    name: str,
    specialist: bool = False,
    bookable: bool = True,
    active: bool = True,
) -> None:
    """Rename a timebook, keep patients from choosing times in it (R192), or close it."""
    must_manage(by)
    changed = (
        Practitioner.objects.select_for_update()
        .filter(id=practitioner_id, practice_id=by.practice)
        .first()
    )
    if changed is None:
        raise NotFound
    if active and queries.of_those_who_left().filter(id=changed.id).exists():
        raise InvalidInput(
            _("Personen jobber ikke her lenger. Legg til personen under Ansatte først."),
            field="active",
        )
    owns = PatientList.objects.filter(practitioner=changed, active=True)
    if not active and owns.exists():
        raise InvalidInput(
            _("Legen har en pasientliste. Gi listen til en annen lege først."), field="active"
        )
    changed.name, changed.specialist = name, specialist
    changed.bookable, changed.active = bookable, active
    changed.save(update_fields=["name", "specialist", "bookable", "active"])
    record(
        by, events.PractitionerChanged(practice_id=by.practice_id, practitioner_id=practitioner_id)
    )


@action
def shut_timebook(*, by: Actor, practice_id: int, practitioner_id: int) -> None:
    """Close the timebook of somebody whose last day here is over: nobody is given a time there."""
    must_manage(by, practice_id)
    left = queries.of_those_who_left().filter(practice_id=practice_id, id=practitioner_id)
    if left.filter(active=True).update(active=False):
        record(
            by, events.PractitionerChanged(practice_id=practice_id, practitioner_id=practitioner_id)
        )
