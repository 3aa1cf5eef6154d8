"""The register as a list, and as a file for an authority."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialog.actor import Actor
from dialog.breaches import actions, papers, policy, queries, texts
from dialog.breaches.queries import Line
from dialog.errors import NotAllowed
from dialog.people import queries as people
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.forms import show
from dialog.ui.paging import more, page_number
from dialog.ui.parts import Row
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import said

COLOR = {
    policy.Risk.UNLIKELY: "neutral",
    policy.Risk.RISK: "warning",
    policy.Risk.HIGH: "danger",
}


def following(request: HttpRequest) -> Actor:
    """Who acts, when they follow up the log; nobody else opens these pages."""
    by = acting(request)
    if not policy.may_follow_up(by):
        raise NotAllowed(_("Si fra om avviket til en av dem som følger opp loggen på kontoret."))
    return by


def breaches(request: HttpRequest) -> HttpResponse:
    """What is not over, the shortest clock first; or what is."""
    by = following(request)
    over = request.GET.get("status") == "avsluttet"
    lines, after = queries.lines(by, over=over, page=page_number(request))
    return show(
        request,
        "workspace/breaches/list.html",
        items=[_row(one) for one in lines],
        over=over,
        more=more(request, after=after),
        said=said(request),
        lanes=lanes(by, here=BREACHES),
    )


def _row(one: Line) -> Row:
    late = one.clock_runs and policy.hours_left(one.deadline, timezone.now()) < 0
    return Row(
        href=reverse("workspace:breach", args=[one.id]),
        title=str(texts.KIND[one.kind]),
        preview=_whom(one),
        due=texts.clock(one.deadline, timezone.now()) if one.clock_runs else "",
        late=late,
        label=str(texts.RISK[one.risk] if one.risk else texts.STATUS[one.status]),
        color=COLOR[one.risk] if one.risk else "warning",
        owner=str(texts.STATUS[one.status]) if one.risk else "",
    )


def _whom(one: Line) -> str:
    if not one.affected:
        return _("Ingen ført opp")
    many = ngettext("%(n)d berørt", "%(n)d berørte", one.affected) % {"n": one.affected}
    if not one.untold:
        return _("%(many)s, alle vet det") % {"many": many}
    return _("%(many)s, %(n)d vet det ikke") % {"many": many, "n": one.untold}


def register_paper(request: HttpRequest) -> HttpResponseBase:
    """The whole register on paper; that it was taken is written down."""
    by = following(request)
    found = actions.take_register(by=by)
    printed = papers.register_paper(found, people.office_by_id(by.practice))
    name = _("avvik") + ".pdf"
    return download([printed], name=name, media_type="application/pdf", size=len(printed))


def register_table(request: HttpRequest) -> HttpResponseBase:
    """The whole register as a table, without names."""
    by = following(request)
    table = papers.register_table(actions.take_register(by=by)).encode("utf-8-sig")
    name = _("avvik") + ".csv"
    return download([table], name=name, media_type="text/csv; charset=utf-8", size=len(table))
