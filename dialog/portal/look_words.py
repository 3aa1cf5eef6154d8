"""Why somebody at an office looked, in the patient's words (R216, R232)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Role
from dialog.ledger.queries import LogLine
from dialog.people import queries as people
from dialog.people.policy import Basis, LookReason

BASIS: dict[Basis, Promise] = {
    Basis.OPEN_MATTER: _("du hadde en sak som ikke var avsluttet"),
    Basis.FOLLOW_UP: _("legekontoret skulle følge opp noe"),
    Basis.NOT_JOURNALED: _("noe skulle føres i journalen"),
    Basis.APPOINTMENT: _("du hadde en time rundt denne dagen"),
    Basis.JUST_CLOSED: _("du hadde en sak som nylig var avsluttet"),
}
REASON: dict[LookReason, Promise] = {
    LookReason.CALL: _("du ringte eller sto i skranken"),
    LookReason.PREPARING: _("en konsultasjon skulle forberedes"),
    LookReason.RESULTS: _("prøvesvar eller et brev skulle følges opp"),
    LookReason.MISTAKE: _("en feil skulle rettes"),
    LookReason.OTHER: _("en annen grunn"),
}


def why_looked(by: Actor, lines: Sequence[LogLine]) -> dict[int, str]:
    """Why each of these looks was taken, by the line's id, as far as it is known.

    Told to the patient alone: a matter that somebody who acts for them, or a young person, does
    not see must not be guessed at here (R20, R21).
    """
    if by.role is not Role.PATIENT:
        return {}
    said = people.said_of_looks(by, filter(None, (_explanation(one.details) for one in lines)))
    why = {one.id: _why(by, one, said) for one in lines}
    return {id: words for id, words in why.items() if words}


def _explanation(details: Mapping[str, object]) -> UUID | None:
    found = details.get("explanation")
    return UUID(str(found)) if found else None


def _why(by: Actor, line: LogLine, said: Mapping[UUID, str]) -> str:
    basis = line.details.get("basis")
    own_matter = basis == Basis.OPEN_MATTER and line.conversation_id is not None
    if basis is None or own_matter:
        return ""
    if basis != Basis.REASON:
        return "" if by.young else str(BASIS[Basis(str(basis))])
    explanation = _explanation(line.details)
    own = said.get(explanation) if explanation else None
    return f"«{own}»" if own else str(REASON[LookReason(str(line.details["reason"]))])
