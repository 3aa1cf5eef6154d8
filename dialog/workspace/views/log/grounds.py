"""On what account somebody at the office looked, for those who follow it up."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.oversight.queries import Line
from dialog.people import queries as people
from dialog.people.policy import Basis, LookReason
from dialog.workspace.why import REASONS

BASIS: dict[Basis, Promise] = {
    Basis.OPEN_MATTER: _("Pasienten hadde en sak som ikke var avsluttet"),
    Basis.FOLLOW_UP: _("Det var avtalt å følge opp noe"),
    Basis.NOT_JOURNALED: _("Noe skulle føres i journalen"),
    Basis.APPOINTMENT: _("Pasienten hadde en time rundt denne dagen"),
    Basis.JUST_CLOSED: _("Pasienten hadde en sak som nylig var avsluttet"),
}


def grounds(by: Actor, lines: Sequence[Line]) -> list[str]:
    """For each of the looks; empty where nothing was written down."""
    named = (one.details.get("explanation") for one in lines)
    said = people.said_to_the_office(by, [UUID(str(one)) for one in named if one])
    return [_ground(one.details, said) for one in lines]


def _ground(details: Mapping[str, object], said: Mapping[UUID, str]) -> str:
    if not details.get("basis"):
        return ""
    basis = Basis(str(details["basis"]))
    if basis is not Basis.REASON:
        return str(BASIS[basis])
    explanation, reason = details.get("explanation"), LookReason(str(details["reason"]))
    own = said.get(UUID(str(explanation)), "") if explanation else ""
    words = f"«{own}»" if own else str(REASONS.get(reason, _("Noe annet")))
    return _now("Grunnen som ble gitt: %(reason)s") % {"reason": words}
