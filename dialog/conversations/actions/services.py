"""The doctor's switches: on or off now, off for a planned while, and what the doctor says about
it.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations.events import ServicePlanned, ServiceSwitched
from dialog.conversations.models import ServicePause, ServiceSwitch
from dialog.conversations.policy import Feature
from dialog.conversations.switches import SWITCHES
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import may_manage_list, may_manage_office
from dialog.rows import action
from dialog.statements import change


@action
def open_services(*, by: Actor, list_id: int, on: bool = True) -> None:
    """Give a new list its services, all on or all off; what refines them is on."""
    owner = people.list_by_id(list_id)
    if by.side is Side.PRACTICE and owner.office.id != by.practice_id:
        raise NotFound
    if by.side is not Side.PLATFORM and not may_manage_office(by):
        raise NotAllowed
    for feature in Feature:
        opened = on or feature not in SWITCHES
        ServiceSwitch.objects.get_or_create(
            patient_list_id=list_id,
            feature=feature,
            defaults={
                "practice_id": owner.office.id,
                "on": opened,
                "switched_by_id": by.account_id,
            },
        )
        record(by, _switched(owner.office.id, list_id, feature, opened))


@action
def open_list(
    *,
    by: Actor,
    practitioner_id: int | None = None,
    name: str = "",
    team: Collection[int] = (),
) -> int:
    """Make a patient list here; its services stay off until whoever has the list says otherwise."""
    made = people_actions.open_list(
        by=by, practice_id=by.practice, practitioner_id=practitioner_id, name=name, team=team
    )
    open_services(by=by, list_id=made.id, on=False)
    return made.id


@action
def switch_service(*, by: Actor, list_id: int, feature: Feature, on: bool) -> None:
    """Switch one service on or off for a list, from this moment (R193)."""
    _must_decide(by, list_id)
    switch = (
        ServiceSwitch.objects.select_for_update()
        .filter(patient_list_id=list_id, feature=feature, practice_id=by.practice)
        .first()
    )
    if switch is None:
        raise NotFound
    if switch.on == on:
        return
    switch.on = on
    switch.switched_by_id = by.account_id
    switch.switched_at = timezone.now()
    switch.save(update_fields=["on", "switched_by", "switched_at"])
    record(by, _switched(switch.practice_id, list_id, feature, on))


def _switched(practice_id: int, list_id: int, feature: Feature, on: bool) -> ServiceSwitched:
    return ServiceSwitched(practice_id=practice_id, list_id=list_id, feature=feature, on=on)


@action
def word_service(
    *, by: Actor, list_id: int, feature: Feature, notice: str, answer_days: int | None
) -> None:
    """Say in the doctor's own words what the service is for, and within how many working days it
    is answered.
    """
    _must_decide(by, list_id)
    if answer_days is not None and not 0 <= answer_days <= 30:
        raise InvalidInput(field="answer_days")
    for switch in ServiceSwitch.objects.filter(
        patient_list_id=list_id, feature=feature, practice_id=by.practice
    ):
        switch.notice, switch.answer_days = notice, answer_days
        change(switch, "notice", "answer_days")
    record(
        by,
        ServicePlanned(practice_id=by.practice_id, list_id=list_id, feature=feature, planned=True),
    )


@action
def plan_pause(
    *,
    by: Actor,
    list_id: int,
    feature: Feature,
    starts: datetime,
    ends: datetime | None,
    reason: str = "",
) -> ServicePause:
    """Plan that a service is off for a while; it comes back by itself (R196)."""
    _must_decide(by, list_id)
    if ends is not None and ends <= max(starts, timezone.now()):
        raise InvalidInput(_("Pausen må slutte etter at den begynner."), field="ends")
    # Whoever is about to use the service holds the switch: they are before the pause, or after it.
    ServiceSwitch.objects.select_for_update().filter(
        patient_list_id=list_id, feature=feature, practice_id=by.practice
    ).first()
    pause = ServicePause.objects.create(
        patient_list_id=list_id,
        practice_id=by.practice,
        feature=feature,
        period=DateTimeTZRange(starts, ends),
        reason=reason,
        planned_by_id=by.account,
    )
    record(
        by,
        ServicePlanned(practice_id=by.practice_id, list_id=list_id, feature=feature, planned=True),
    )
    return pause


@action
def plan_pauses(
    *,
    by: Actor,
    list_id: int,
    features: Collection[Feature],
    starts: datetime,
    ends: datetime | None,
    reason: str = "",
) -> None:
    """Plan the same pause for several services, as for a holiday."""
    for feature in sorted(features):
        plan_pause(by=by, list_id=list_id, feature=feature, starts=starts, ends=ends, reason=reason)


@action
def call_off_pause(*, by: Actor, pause_uuid: UUID) -> None:
    """Let a planned pause be, or end one that is under way."""
    pause = (
        ServicePause.objects.select_for_update()
        .filter(uuid=pause_uuid, practice_id=by.practice, called_off_at__isnull=True)
        .first()
    )
    if pause is None:
        raise NotFound
    _must_decide(by, pause.patient_list_id)
    pause.called_off_at = timezone.now()
    pause.save(update_fields=["called_off_at"])
    record(
        by,
        ServicePlanned(
            practice_id=by.practice_id,
            list_id=pause.patient_list_id,
            feature=pause.feature,
            planned=False,
        ),
    )


def _must_decide(by: Actor, list_id: int) -> None:
    owner = people.list_by_id(list_id)
    if by.side is not Side.PRACTICE or owner.office.id != by.practice_id:
        raise NotFound
    if not may_manage_list(by, list_id):
        raise NotAllowed
