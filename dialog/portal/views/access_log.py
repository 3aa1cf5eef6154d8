"""The patient's access log: who has seen or done what, when and from where, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role
from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind
from dialog.ledger import queries as ledger
from dialog.ledger.queries import LogLine
from dialog.oversight.log_words import NOT_FOR_PROXIES, TOLD_ELSEWHERE, what
from dialog.oversight.policy import LOOKS
from dialog.people import queries as people
from dialog.people import texts as people_texts
from dialog.portal.look_words import why_looked
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.paging import FROM, More, from_line

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One line as it stands on the page."""

    at: datetime
    kind: str
    who: str
    what: str
    why: str
    matter: str
    conversation_id: UUID | None
    href: str


def access_log(request: HttpRequest) -> HttpResponse:
    """Everything that was done and seen, newest first; or only who has looked (R216, R218)."""
    by = acting(request)
    looks = request.GET.get("vis") == "sett"
    before = from_line(request)
    found = log_of(by, looks=looks, before=before, most=ON_A_PAGE + 1)
    lines = found[:ON_A_PAGE]
    return show(
        request,
        "portal/access_log.html",
        lines=shown(by, lines),
        filters=[("?", _("Alt"), not looks), ("?vis=sett", _("Hvem har sett"), looks)],
        more=More(after=_older(lines[-1], looks=looks) if len(found) > ON_A_PAGE else ""),
        newest=before is not None,
    )


def _older(last: LogLine, *, looks: bool) -> str:
    return f"?{'vis=sett&' if looks else ''}{FROM}={last.id}"


def log_of(
    by: Actor, *, looks: bool = False, before: int | None = None, most: int
) -> list[LogLine]:
    """The log as this reader may have it, newest first; ``looks``: only who has looked."""
    return ledger.access_log(
        by,
        before=before,
        kinds=LOOKS if looks else None,
        without=TOLD_ELSEWHERE | (NOT_FOR_PROXIES if by.role is Role.PROXY else frozenset()),
        hidden=queries.hidden_from(by),
        most=most,
    )


def shown(by: Actor, lines: Sequence[LogLine]) -> list[Seen]:
    """Lines in plain words, with names."""
    names = people.names_of(one.account_id for one in lines if one.account_id)
    offices = people.office_names(one.practice_id for one in lines if one.practice_id)
    matters = queries.kinds_of(by, [one.conversation_id for one in lines if one.conversation_id])
    why = why_looked(by, lines)
    # What this reader may not see at all leaves no trace here either (R20).
    return [
        _seen(one, names, offices, matters, why.get(one.id, ""))
        for one in lines
        if one.conversation_id is None or one.conversation_id in matters
    ]


def _seen(
    line: LogLine,
    names: Mapping[int, str],
    offices: Mapping[int, str],
    matters: Mapping[UUID, Kind],
    why: str,
) -> Seen:
    matter = line.conversation_id
    return Seen(
        at=line.at,
        kind=line.kind,
        who=_who(line, names, offices),
        what=what(line.kind, line.details),
        why=why,
        matter=str(texts.MATTER[matters[matter]]) if matter else "",
        conversation_id=matter,
        href=reverse("portal:thread", args=[matter]) if matter else "",
    )


def _who(line: LogLine, names: Mapping[int, str], offices: Mapping[int, str]) -> str:
    role = Role(line.role)
    if role is Role.PLATFORM:
        return _("Digital dialog (automatisk)")
    name = names.get(line.account_id or 0, _("Ukjent navn"))
    if role is Role.PATIENT:
        return name
    works = str(people_texts.ROLE[role]).lower()
    office = "" if role is Role.PROXY else offices.get(line.practice_id or 0, "")
    return ", ".join(part for part in (name, works, office) if part)
