"""What a list offers, when, and what the doctor says about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dialog.actor import Actor
from dialog.content import unseal
from dialog.conversations.models import ServicePause
from dialog.conversations.policy import Feature, Kind, policy_of
from dialog.errors import ServiceOff
from dialog.statements import ask, ask_one


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


# What each service is made of; of two pauses at once the one planned last is told about.
SERVICES = """
SELECT coalesce(said.feature, pause.feature), said."on", said.notice, said.answer_days,
    pause.feature IS NOT NULL, pause.reason, upper(pause.period)
FROM (SELECT * FROM conversations_serviceswitch WHERE patient_list_id = %s) AS said
FULL JOIN (
    SELECT DISTINCT ON (feature) feature, reason, period FROM conversations_servicepause
    WHERE patient_list_id = %s AND period @> %s::timestamptz AND called_off_at IS NULL
    ORDER BY feature, planned_at DESC
) AS pause ON pause.feature = said.feature
"""
NEVER_SAID = (None, None, None, False, None, None)
LOCKED = """
SELECT feature, "on" FROM conversations_serviceswitch
WHERE patient_list_id = %s AND feature = ANY (%s) FOR SHARE
"""
PAUSED = """
SELECT 1 FROM conversations_servicepause
WHERE patient_list_id = %s AND feature = ANY (%s) AND period @> %s::timestamptz
    AND called_off_at IS NULL
"""


def services_of(list_id: int) -> Mapping[Feature, ServiceState]:
    """Everything a list offers, and does not."""
    found = {
        Feature(feature): rest for feature, *rest in ask(SERVICES, list_id, list_id, timezone.now())
    }
    return {feature: _state(feature, *found.get(feature, NEVER_SAID)) for feature in Feature}


def service_state(list_id: int, feature: Feature) -> ServiceState:
    """One service on one list."""
    return services_of(list_id)[feature]


def _state(
    feature: Feature,
    switched_on: bool | None,
    notice: bytes | None,
    answer_days: int | None,
    paused: bool,
    reason: bytes | None,
    until: datetime | None,
) -> ServiceState:
    return ServiceState(
        feature=feature,
        on=bool(switched_on) and not paused,
        switched_on=bool(switched_on),
        notice=unseal(notice) if notice else "",
        reason=unseal(reason) if reason else "",
        until=until,
        answer_days=_promised(feature) if answer_days is None else answer_days,
    )


def _promised(feature: Feature) -> int:
    kind = Kind.APPOINTMENT if feature is Feature.DIRECT_BOOKING else Kind(feature)
    return policy_of(kind).answer_days


def must_offer(list_id: int, *features: Feature) -> None:
    """Refuse what is off; the switches stay as they are until this transaction ends."""
    wanted = [str(feature) for feature in features]
    on = {feature for feature, on in ask(LOCKED, list_id, wanted) if on}
    # Asked after the lock is had, so that a pause which was planned meanwhile is seen.
    if len(on) < len(wanted) or ask_one(PAUSED, list_id, wanted, timezone.now()):
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
