"""The patient's own list: every conversation, message and answer, newest first."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.policy import SERVICES, Kind
from dialog.portal.matters import line
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.paging import more, page_number

ON_A_PAGE = 20
KIND, KEPT = "tjeneste", "skjult"


def messages(request: HttpRequest) -> HttpResponse:
    """Everything between the patient and the office, all or one service's (R264)."""
    by, kind = acting(request), _chosen(request)
    kept = by.young and request.GET.get(KIND) == KEPT
    found = queries.my_matters(
        by,
        kind=kind,
        kept_only=kept,
        skip=(page_number(request) - 1) * ON_A_PAGE,
        most=ON_A_PAGE + 1,
    )
    return show(
        request,
        "portal/messages.html",
        lines=[line(one) for one in found[:ON_A_PAGE]],
        filters=_filters(by, kind, kept=kept),
        kept=kept,
        chosen=kind,
        more=more(request, after=len(found) > ON_A_PAGE),
    )


def _chosen(request: HttpRequest) -> Kind | None:
    asked = request.GET.get(KIND, "")
    return Kind(asked) if asked in set(Kind) else None


def _filters(by: Actor, chosen: Kind | None, *, kept: bool) -> list[tuple[str, str, bool]]:
    every = [("?", _("Alle"), chosen is None and not kept)]
    hidden = [(f"?{KIND}={KEPT}", _("Skjult for foreldre"), kept)] if by.young else []
    kinds = [(f"?{KIND}={kind}", str(texts.MATTER[kind]), kind is chosen) for kind in SERVICES]
    return every + hidden + kinds
