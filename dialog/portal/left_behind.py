"""What is open at an earlier GP's, what becomes of it, and what the patient can do (R191)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import queries as appointments
from dialog.appointments.policy import Step, may_take_along
from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Elsewhere
from dialog.portal.services import BEGINS
from dialog.ui import dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An open matter in words: where it is, what becomes of it, and one thing to do about it."""

    id: UUID
    kind: str
    where: str
    becomes: str
    href: str = ""
    words: str = ""
    dangerous: bool = False


def left_behind(by: Actor, *, before_a_change: bool = False) -> list[Left]:
    """Everything open elsewhere; ``before_a_change``: all that is open, for somebody about to
    change.
    """
    return [_left(by, one) for one in queries.open_elsewhere(by, before_a_change=before_a_change)]


def ends_where(by: Actor, source: UUID | None) -> str:
    """With whom a wish or proposal ends when the patient gets a time here instead; else nothing."""
    if source is None:
        return ""
    for one in queries.open_elsewhere(by):
        if one.id == source and one.kind is Kind.APPOINTMENT:
            found = appointments.appointment_in(by, source)
            return one.with_whom if found and may_take_along(found.status) else ""
    return ""


def _left(by: Actor, one: Elsewhere) -> Left:
    if one.kind is Kind.APPOINTMENT:
        return _appointment(by, one)
    if one.kind is Kind.LOG_QUESTION:
        return _matter(one, _("Du får svar der, av dem som følger opp loggen."))
    becomes, words = {
        Kind.ENQUIRY: (
            _("Du får svar der. Du kan heller ta med det du skrev, til den nye fastlegen."),
            _("Ta med til den nye fastlegen"),
        ),
        Kind.RENEWAL: (
            _("Resepten avgjøres der. Du kan heller be den nye fastlegen om det samme."),
            _("Be den nye fastlegen om det"),
        ),
        Kind.ECONSULTATION: _econsultation(one),
    }[one.kind]
    return _matter(one, becomes, href=reverse("portal:take_along", args=[one.id]), words=words)


def _econsultation(one: Elsewhere) -> tuple[str, str]:
    if one.goes_along:
        return (
            _("Ingen har åpnet den. Tar du den med, koster den ingenting der."),
            _("Ta med til den nye fastlegen"),
        )
    return (
        _("Legen har begynt på den og gjør den ferdig. Du kan også spørre den nye fastlegen."),
        _("Spør den nye fastlegen om det samme"),
    )


def _appointment(by: Actor, one: Elsewhere) -> Left:
    found = appointments.appointment_in(by, one.id)
    if found is None or may_take_along(found.status):
        until = found and found.offered_until
        becomes = (
            _("Du har fått et forslag til time. Svar på det innen %(moment)s, eller be om time hos "
              "den nye fastlegen.") % {"moment": dates.moment(until)}
            if until
            else _("Du får svar der. Du kan heller be om time hos den nye fastlegen.")
        )  # fmt: skip
        href = f"{BEGINS[Kind.APPOINTMENT]}?fra={one.id}"
        return _matter(one, becomes, href=href, words=_("Be om time hos den nye fastlegen"))
    if found.starts is None or found.starts <= timezone.now():
        return _matter(one, _("Timen har vært. Legekontoret der avslutter saken."))
    if found.unconfirmed:
        return _pending(one, found.starts)
    becomes = _("Timen %(moment)s står. Du møter der, eller avbestiller den.") % {
        "moment": dates.moment(found.starts)
    }
    if Step.CANCEL not in found.steps:
        return _matter(one, becomes)
    href = reverse("portal:cancel", args=[one.id])
    return _matter(one, becomes, href=href, words=_("Avbestill timen"), dangerous=True)


def _pending(one: Elsewhere, starts: datetime) -> Left:
    becomes = _(
        "Du venter på svar om timen %(moment)s. Svaret kommer der, og timen er ikke din før da. "
        "Du kan trekke bestillingen."
    ) % {"moment": dates.moment(starts)}
    href = reverse("portal:cancel", args=[one.id])
    return _matter(one, becomes, href=href, words=_("Trekk bestillingen"), dangerous=True)


def _matter(
    one: Elsewhere, becomes: str, *, href: str = "", words: str = "", dangerous: bool = False
) -> Left:
    return Left(
        id=one.id,
        kind=str(texts.MATTER[one.kind]),
        where=f"{one.with_whom}, {dates.day(one.started_at)}",
        becomes=becomes,
        href=href,
        words=words,
        dangerous=dangerous,
    )
