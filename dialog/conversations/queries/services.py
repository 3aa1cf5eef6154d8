"""What a list offers, when, and what the doctor says about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from dialog.actor import ALL_AREAS, Actor, Role
from dialog.content import opening, read
from dialog.conversations import texts
from dialog.conversations.models import ServicePause
from dialog.conversations.policy import SERVICES, Feature, Kind, areas_needed, policy_of
from dialog.conversations.ports import scanner
from dialog.conversations.switches import FILES_IN, PART_OF, YOUTH_IN
from dialog.errors import InvalidInput, ServiceOff
from dialog.people import queries as people
from dialog.statements import ask


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


# What each service is made of; of two pauses at once the one that lasts longest is told about.
SAID = f"""
SELECT coalesce(said.feature, pause.feature), said."on", {opening("said.notice")}, said.answer_days,
    pause.feature IS NOT NULL, {opening("pause.reason", "pause.uuid")}, upper(pause.period)
FROM (SELECT * FROM conversations_serviceswitch WHERE patient_list_id = %s) AS said
FULL JOIN (
    SELECT DISTINCT ON (feature) feature, reason, period, uuid FROM conversations_servicepause
    WHERE patient_list_id = %s AND period @> %s::timestamptz AND called_off_at IS NULL
    ORDER BY feature, upper(period) DESC NULLS FIRST, planned_at DESC
) AS pause ON pause.feature = said.feature
"""  # noqa: S608 - our own columns
YOUTH = frozenset(map(str, YOUTH_IN.values()))
NEVER_SAID = (None, None, None, False, None, None)
LOCKED = """
SELECT feature, "on" FROM conversations_serviceswitch
WHERE patient_list_id = %s AND feature = ANY (%s) FOR SHARE
"""
PAUSED = """
SELECT feature FROM conversations_servicepause
WHERE patient_list_id = %s AND feature = ANY (%s) AND period @> %s::timestamptz
    AND called_off_at IS NULL
"""


def services_of(list_id: int) -> Mapping[Feature, ServiceState]:
    """Everything a list offers, and does not."""
    found = {
        Feature(feature): rest for feature, *rest in ask(SAID, list_id, list_id, timezone.now())
    }
    return {feature: _state(feature, *found.get(feature, NEVER_SAID)) for feature in Feature}


def services_for(by: Actor, list_id: int) -> Mapping[Feature, ServiceState]:
    """The same for whoever acts: to the young a service is off while their part of it is (R22), and
    to a representative what they have no mandate for (R16, R23).
    """
    states = _within_reach(by, _with_files(services_of(list_id)))
    if not by.young:
        return states
    closed = {
        Feature(kind): replace(states[Feature(kind)], on=False, reason=str(texts.NOT_FOR_THE_YOUNG))
        for kind, youth in YOUTH_IN.items()
        if states[Feature(kind)].on and not states[youth].on
    }
    return {**states, **closed}


def files_are_looked_through() -> bool:
    """Whether anybody can send files at all: somebody looks through them first."""
    return scanner().open


def _with_files(states: Mapping[Feature, ServiceState]) -> Mapping[Feature, ServiceState]:
    """None where there is nobody to look through them."""
    if scanner().open:
        return states
    return {**states, **{one: replace(states[one], on=False) for one in FILES_IN.values()}}


def _within_reach(
    by: Actor, states: Mapping[Feature, ServiceState]
) -> Mapping[Feature, ServiceState]:
    if by.areas == ALL_AREAS:
        return states
    out = {Feature(str(area)) for area in ALL_AREAS - by.areas}
    return {
        feature: replace(one, on=False, reason=str(_why(by)), until=None) if feature in out else one
        for feature, one in states.items()
    }


def must_be_within_reach(by: Actor, kind: Kind) -> None:
    """Refuse whoever acts for a patient in other things than this."""
    own = kind not in SERVICES and by.role is not Role.PROXY
    if not own and not areas_needed(kind) <= by.areas:
        raise ServiceOff(_why(by))


def _why(by: Actor) -> Promise:
    return texts.NOT_BY_YOURSELF if by.young else texts.NOT_FOR_YOU


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
        notice=read(notice, "conversations_serviceswitch.notice"),
        reason=read(reason, "conversations_servicepause.reason"),
        until=until,
        answer_days=_promised(feature) if answer_days is None else answer_days,
    )


def _promised(feature: Feature) -> int:
    if feature is Feature.OFFICE_REPLY:
        return 0
    return policy_of(PART_OF.get(feature) or Kind(feature)).answer_days


def usually_answered(by: Actor, patient: UUID) -> bool:
    """Whether a patient may answer what the office writes first, when nothing else is said."""
    owner = people.list_of(people.patient_for(by, patient).id)
    return owner is None or service_state(owner.list_id, Feature.OFFICE_REPLY).on


def must_offer(list_id: int, *features: Feature) -> None:
    """Refuse what is off; the switches stay as they are until this transaction ends."""
    wanted = {str(feature) for feature in features}
    off = wanted - {feature for feature, on in ask(LOCKED, list_id, list(wanted)) if on}
    # Asked after the lock is had, so that a pause which was planned meanwhile is seen.
    off |= {one for (one,) in ask(PAUSED, list_id, list(wanted), timezone.now())}
    if off:
        raise ServiceOff(texts.NOT_FOR_THE_YOUNG if off <= YOUTH else "")


def on_no_list(patient_id: int) -> ServiceOff:
    """Why somebody on no list here is offered nothing: plainly, where the office has closed."""
    closed = people.closed_office_of(patient_id) is not None
    return ServiceOff(texts.HAS_CLOSED if closed else "")


def must_take_files(list_id: int, kind: Kind) -> None:
    """Refuse a patient's files where the list takes none; as ``must_offer`` for their part of the
    service. A list that has said nothing takes them, for a thread with a former GP is under way.
    """
    if not scanner().open or kind not in FILES_IN:
        raise InvalidInput(texts.NO_FILES, field="files")
    files = [str(FILES_IN[kind])]
    said = [on for _files, on in ask(LOCKED, list_id, files)]
    if not all(said) or ask(PAUSED, list_id, files, timezone.now()):
        raise InvalidInput(texts.NO_FILES, field="files")


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
