"""The patient's own list: every conversation, message and answer, newest first."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind
from dialog.portal.matters import line
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.paging import more, page_number

ON_A_PAGE = 20
KIND = "tjeneste"


def messages(request: HttpRequest) -> HttpResponse:
    """Everything between the patient and the office, all or one service's (R264)."""
    kind = _chosen(request)
    found = queries.my_matters(
        acting(request),
        kind=kind,
        skip=(page_number(request) - 1) * ON_A_PAGE,
        most=ON_A_PAGE + 1,
    )
    return show(
        request,
        "portal/messages.html",
        lines=[line(one) for one in found[:ON_A_PAGE]],
        filters=_filters(kind),
        chosen=kind,
        more=more(request, after=len(found) > ON_A_PAGE),
    )


def _chosen(request: HttpRequest) -> Kind | None:
    asked = request.GET.get(KIND, "")
    return Kind(asked) if asked in set(Kind) else None


def _filters(chosen: Kind | None) -> list[tuple[str, str, bool]]:
    every = [("?", _("Alle"), chosen is None)]
    return every + [(f"?{KIND}={kind}", str(texts.MATTER[kind]), kind is chosen) for kind in Kind]
