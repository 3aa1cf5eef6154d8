"""The patient's access log: who has seen or done what, when and from where, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor, Role
from dialog.conversations import texts
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.errors import NotAllowed
from dialog.ledger.queries import LogLine
from dialog.oversight import actions, queries
from dialog.oversight.authorities import AUTHORITIES
from dialog.oversight.log_words import who
from dialog.oversight.policy import LOG_QUESTION, LONGEST_QUESTION, may_ask
from dialog.oversight.queries import AccessLine, Readers
from dialog.portal.look_words import why_looked
from dialog.portal.panels import PANELS
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.paging import FROM, More, from_line
from dialog.ui.panels import Panel

ON_A_PAGE = 30
NOT_FOR_THEM = gettext_lazy(
    "Bare pasienten selv, og den som handler for pasienten i alt, kan spørre om et oppslag."
)


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
    ask: str
    asked: str
    automatic: bool


class AskForm(Form):
    """What the patient wonders about, when they wish to say more."""

    words = fields.Words(
        label=gettext_lazy("Vil du skrive noe mer?"),
        rows=4,
        max_length=LONGEST_QUESTION,
        required=False,
    )


def access_log(request: HttpRequest) -> HttpResponse:
    """Everything that was done and seen, newest first; or only who has looked (R216, R218)."""
    by = acting(request)
    looks, before = request.GET.get("vis") == "sett", from_line(request)
    found = queries.access_log(by, before=before, looks=looks, most=ON_A_PAGE + 1)
    lines = found[:ON_A_PAGE]
    return show(
        request,
        "portal/access_log.html",
        lines=shown(by, lines),
        filters=[("?", _("Alt"), not looks), ("?vis=sett", _("Hvem har sett"), looks)],
        more=More(after=_older(lines, looks=looks) if len(found) > ON_A_PAGE else ""),
        newest=before is not None,
    )


def _older(lines: Sequence[LogLine], *, looks: bool) -> str:
    return f"?{'vis=sett&' if looks else ''}{FROM}={lines[-1].id}"


def shown(by: Actor, lines: Sequence[LogLine]) -> list[Seen]:
    """Lines in plain words, with names."""
    why = why_looked(by, lines)
    return [_seen(one, why.get(one.id, "")) for one in queries.lines_of_mine(by, lines)]


def _seen(line: AccessLine, why: str = "") -> Seen:
    asks = line.may_ask and line.asked is None
    return Seen(
        at=line.at,
        kind=line.kind,
        who=who(line.role, line.name, line.office),
        what=line.what,
        why=why,
        matter=str(texts.MATTER[line.matter]) if line.matter else "",
        conversation_id=line.conversation_id,
        href=reverse("portal:thread", args=[line.conversation_id]) if line.matter else "",
        ask=reverse("portal:ask_look", args=[line.id]) if asks else "",
        asked=reverse("portal:thread", args=[line.asked]) if line.asked else "",
        automatic=line.role is Role.PLATFORM,
    )


def ask_look(request: HttpRequest, line_id: int) -> HttpResponse:
    """Ask about one look; it is a conversation with those who follow up the log (R219)."""
    by = acting(request)
    line = queries.line_of_mine(by, line_id)
    if not may_ask(by):
        raise NotAllowed(NOT_FOR_THEM)
    if line.asked is not None:
        return redirect("portal:thread", line.asked)
    form = AskForm(request.POST or None)
    if form.is_bound:
        asked = submit(form, partial(actions.question_look, by=by, line_id=line_id))
        if asked is not None:
            return redirect("portal:thread", asked.id)
    readers = None
    if line.may_ask and line.practice_id is not None:
        readers = queries.readers_of(line.practice_id, line.account_id)
    return show(
        request,
        "portal/ask_look.html",
        form,
        line=_seen(line),
        **_readers(readers),
        days=LOG_QUESTION.answer_days,
        back_to=reverse("portal:access_log"),
        back_words=_("Innsyn"),
    )


def _readers(readers: Readers | None) -> dict[str, object]:
    names = readers.names if readers else ()
    return {
        "readers": readers,
        "names": _(" og ").join(filter(None, [", ".join(names[:-1]), *names[-1:]])),
        "authorities": AUTHORITIES,
    }


@PANELS.of(Kind.LOG_QUESTION)
def panel(by: Actor, thread: Thread) -> Panel:
    """Who reads this, and whom else one can turn to."""
    readers = queries.readers_in(by, thread.id)
    return Panel(template="portal/look_panel.html", context=_readers(readers))
