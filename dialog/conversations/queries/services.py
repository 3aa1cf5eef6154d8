"""What a list offers, when, and what the doctor says about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.conversations.models import ServicePause, ServiceSwitch
from dialog.conversations.policy import Feature, Kind, policy_of
from dialog.errors import ServiceOff


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """One service on one list, now. ``until`` says when a planned pause ends."""

    feature: Feature
    on: bool
    switched_on: bool
    notice: str
    reason: str
    until: datetime | None
    answer_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseView:
    """A planned stretch of time in which a service is off."""

    uuid: UUID
    feature: Feature
    starts: datetime
    ends: datetime | None
    reason: str


def services_of(list_id: int, *, now: datetime | None = None) -> Mapping[Feature, ServiceState]:
    """Everything a list offers, and does not."""
    switches = {one.feature: one for one in ServiceSwitch.objects.filter(patient_list_id=list_id)}
    pauses = _pauses_now(list_id, now or timezone.now())
    return {
        feature: _state(feature, switches.get(feature), pauses.get(feature)) for feature in Feature
    }


def service_state(list_id: int, feature: Feature) -> ServiceState:
    """One service on one list."""
    return services_of(list_id)[feature]


def _pauses_now(list_id: int, now: datetime) -> dict[str, ServicePause]:
    active = ServicePause.objects.filter(
        patient_list_id=list_id, period__contains=now, called_off_at__isnull=True
    )
    return {one.feature: one for one in active.order_by("planned_at")}


def _state(
    feature: Feature, switch: ServiceSwitch | None, pause: ServicePause | None
) -> ServiceState:
    switched_on = switch is not None and switch.on
    return ServiceState(
        feature=feature,
        on=switched_on and pause is None,
        switched_on=switched_on,
        notice=switch.notice if switch else "",
        reason=pause.reason if pause else "",
        until=pause.period.upper if pause else None,
        answer_days=_answer_days(feature, switch),
    )


def _answer_days(feature: Feature, switch: ServiceSwitch | None) -> int:
    if switch is not None and switch.answer_days is not None:
        return switch.answer_days
    kind = Kind.APPOINTMENT if feature is Feature.DIRECT_BOOKING else Kind(feature)
    return policy_of(kind).answer_days


def must_offer(list_id: int, *features: Feature) -> None:
    """Refuse what is off; the switches stay as they are until this transaction ends."""
    locked = ServiceSwitch.objects.raw(
        "SELECT * FROM conversations_serviceswitch "
        "WHERE patient_list_id = %s AND feature = ANY(%s) FOR SHARE",
        [list_id, [str(feature) for feature in features]],
    )
    on = {one.feature for one in locked if one.on}
    paused = _pauses_now(list_id, timezone.now())
    if any(feature not in on or feature in paused for feature in features):
        raise ServiceOff


def planned_pauses(by: Actor, list_id: int) -> list[PauseView]:
    """What the practice has planned for a list, from now on."""
    planned = ServicePause.objects.filter(
        patient_list_id=list_id,
        practice_id=by.practice,
        called_off_at__isnull=True,
        period__endswith__gt=timezone.now(),
    ) | ServicePause.objects.filter(
        patient_list_id=list_id,
        practice_id=by.practice,
        called_off_at__isnull=True,
        period__endswith__isnull=True,
    )
    return [
        PauseView(
            uuid=one.uuid,
            feature=Feature(one.feature),
            starts=one.period.lower,
            ends=one.period.upper,
            reason=one.reason,
        )
        for one in planned.order_by("period")
    ]
