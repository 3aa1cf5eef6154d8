"""The patient's own log: its lines with the names in them, and what has been asked about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Actor, Role
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Kind
from dialog.errors import NotFound
from dialog.ledger import queries as ledger
from dialog.ledger.queries import LogLine
from dialog.oversight.log_words import NOT_FOR_PROXIES, TOLD_ELSEWHERE, what
from dialog.oversight.models import LogQuestion
from dialog.oversight.policy import LOOKS, may_ask, may_be_asked_about
from dialog.people import queries as people


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLine:
    """One line as the patient's side reads it; ``name`` and ``office`` are empty where there is
    none. ``may_ask``: it is a look that this reader can ask the office about; ``asked`` is where
    they have.
    """

    id: int
    at: datetime
    kind: str
    what: str
    role: Role
    name: str
    account_id: int | None
    office: str
    practice_id: int | None
    matter: Kind | None
    conversation_id: UUID | None
    may_ask: bool
    asked: UUID | None


def access_log(
    by: Actor, *, before: int | None = None, looks: bool = False, most: int
) -> list[LogLine]:
    """Everything that was done and seen, newest first; or only who has looked (R216, R218)."""
    return ledger.access_log(
        by,
        before=before,
        kinds=LOOKS if looks else None,
        without=TOLD_ELSEWHERE | (NOT_FOR_PROXIES if by.role is Role.PROXY else frozenset()),
        hidden=conversations.hidden_from(by),
        most=most,
    )


def lines_of_mine(by: Actor, lines: Sequence[LogLine]) -> list[AccessLine]:
    """Lines of the log with the names in them; what this reader may not see at all leaves no trace
    here either (R20).
    """
    names = people.names_of(one.account_id for one in lines if one.account_id)
    offices = people.office_names(one.practice_id for one in lines if one.practice_id)
    ids = [one.conversation_id for one in lines if one.conversation_id]
    matters = conversations.kinds_of(by, ids)
    asked = _asked(by, [one.id for one in lines]) if may_ask(by) else {}
    return [
        AccessLine(
            id=one.id,
            at=one.at,
            kind=one.kind,
            what=what(one.kind, one.details),
            role=Role(one.role),
            name=names.get(one.account_id or 0, ""),
            account_id=one.account_id,
            office=offices.get(one.practice_id or 0, ""),
            practice_id=one.practice_id,
            matter=matters.get(one.conversation_id) if one.conversation_id else None,
            conversation_id=one.conversation_id,
            may_ask=may_ask(by)
            and may_be_asked_about(one.kind, one.role, at_an_office=one.practice_id is not None),
            asked=asked.get(one.id),
        )
        for one in lines
        if one.conversation_id is None or one.conversation_id in matters
    ]


def line_of_mine(by: Actor, line_id: int) -> AccessLine:
    """One line of one's own log; anybody else's is not found."""
    found = access_log(by, before=line_id + 1, most=1)
    lines = lines_of_mine(by, [one for one in found if one.id == line_id])
    if not lines:
        raise NotFound
    return lines[0]


def _asked(by: Actor, line_ids: Collection[int]) -> dict[int, UUID]:
    mine = LogQuestion.objects.filter(entry_id__in=line_ids, asked_by_id=by.account)
    return dict(mine.values_list("entry_id", "conversation_id"))
