"""Least look: whoever opens something of a patient's does so on account of a matter, or says why.

Every address of the workspace is decided here. What an address names says whose it is; the few
that name nobody are listed, and one that is in neither stops the start. Record systems are not
asked: they do not come in here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern

from dialog.actor import Actor, Ground, Side
from dialog.appointments import queries as appointments
from dialog.conversations import queries
from dialog.econsultations import queries as econsultations
from dialog.people import queries as people
from dialog.people.policy import Basis, basis
from dialog.workspace import why

Find = Callable[[Actor, Any], "Found | None"]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Whom an address is about, and what it stands on by itself."""

    patient_id: int
    basis: Basis | None = None


def _conversation(by: Actor, conversation_id: UUID) -> Found:
    patient_id, going_on = queries.standing(by, conversation_id)
    return Found(patient_id=patient_id, basis=Basis.OPEN_MATTER if going_on else None)


def _file(by: Actor, attachment_id: UUID) -> Found | None:
    message = queries.attachment_for(by, attachment_id).message
    # Not sent yet: the reader's own.
    return None if message is None else _conversation(by, message.conversation_id)


def _follow_up(by: Actor, follow_up_id: UUID) -> Found:
    found = queries.follow_up_for(by, follow_up_id)
    promised = Basis.FOLLOW_UP if found.done_at is None else None
    return Found(patient_id=found.patient_id, basis=promised)


def _patient(by: Actor, patient_uuid: UUID) -> Found:
    return Found(patient_id=people.patient_for(by, patient_uuid).id)


# The first of these that an address names says whose it is.
NAMES: dict[str, Find] = {
    "conversation_id": _conversation,
    "attachment_id": _file,
    "follow_up_id": _follow_up,
    "patient_uuid": _patient,
}
# What else an address may name: the office's own things. Nothing a patient has written or been
# written about is shown by these.
THE_OFFICES = frozenset(
    {
        "account_uuid",
        "change_uuid",
        "day",
        "delivery_id",
        "feature",
        "list_uuid",
        "pause_uuid",
        "practitioner",
        "practitioner_uuid",
        "search_uuid",
        "template_uuid",
        "type_uuid",
        "unusual_look_id",
    }
)
# These name nothing: the office's settings, and the lists it works from, which say who, when and
# what kind, and lead to a page that asks.
OF_NOBODY = frozenset(
    {
        "attention",
        "closing_days",
        "duties",
        "econsultations_not_journaled",
        "first_calendar",
        "follow_ups",
        "inbox",
        "kept",
        "lists",
        "log",
        "office_facts",
        "own_log",
        "patients",
        "renewal_rules",
        "services",
        "settings",
        "staff",
        "support",
        "tasks",
        "template_new",
        "templates",
        "timebooks",
        "unusual_looks",
    }
)
# These ask why themselves: where the reason is given, and a search in the log.
ASK_WHY = frozenset({"explain_look", "log_patient"})
# Whoever follows up the log has no matter with those affected by a deviation: the duty is the
# reason, and each look at the register is written down.
OF_A_DUTY = frozenset({"breach_id", "breaches", "breach_register", "breach_table", "new_breach"})


def gated(patterns: Sequence[URLPattern]) -> list[URLPattern]:
    """The same addresses, each behind the gate it needs."""
    for one in patterns:
        found = decided(one)
        if found is not None:
            parameter, find = found
            one.callback = asked_why(one.callback, parameter, find)
    return list(patterns)


def decided(pattern: URLPattern) -> tuple[str, Find] | None:
    """What an address names that says whose it is, and how they are found; None: nobody's."""
    named = pattern.pattern.converters
    if pattern.name in ASK_WHY or OF_A_DUTY & {pattern.name, *named}:
        return None
    for parameter, find in NAMES.items():
        if parameter in named:
            return parameter, find
    if set(named) - THE_OFFICES or not (named or pattern.name in OF_NOBODY):
        raise ImproperlyConfigured(f"Say in {__name__} whose the page {pattern.name} is.")
    return None


def asked_why(view: Any, parameter: str, find: Find) -> View:
    """A page that is shown on account of something, which the look carries along; else its reader
    is asked why first.
    """

    @wraps(view)
    def gate(request: HttpRequest, **ids: Any) -> HttpResponseBase:
        by: Actor | None = getattr(request, "actor", None)
        if by is None or by.side is not Side.PRACTICE or request.method not in view.methods:
            return view(request, **ids)  # type: ignore[no-any-return]  # turned away inside
        found = find(by, ids[parameter])
        if found is None:
            return view(request, **ids)  # type: ignore[no-any-return]
        ground = ground_for(by, found)
        if ground is None:
            patient = people.patient_in(by, found.patient_id)
            stopped = why.ask(request, by, patient)
            if stopped is not None:
                return stopped
            ground = ground_for(by, found)
        request.actor = replace(by, ground=ground)  # type: ignore[attr-defined]  # set by WhoActs
        return view(request, **ids)  # type: ignore[no-any-return]

    return gate


def ground_for(by: Actor, found: Found) -> Ground | None:
    """What a look at this stands on; None: on nothing yet."""
    if found.basis is not None:
        return Ground(basis=found.basis)
    today = people.today()
    said = people.explained(by, found.patient_id)
    stands_on = basis(
        {
            **queries.ties(by, found.patient_id),
            Basis.NOT_JOURNALED: [today]
            if econsultations.journal_owed(by, found.patient_id)
            else [],
            Basis.APPOINTMENT: appointments.days_near(by, found.patient_id),
            Basis.REASON: [said.on] if said else [],
        },
        today,
    )
    if stands_on is None:
        return None
    if stands_on is Basis.REASON and said:
        return Ground(basis=stands_on, reason=said.reason, explanation=said.id)
    return Ground(basis=stands_on)
