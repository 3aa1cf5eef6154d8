"""Forny resept: mark what to renew, see it once more, send; and how each line stands."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import paper
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries import Thread
from dialog.errors import ConsentMissing
from dialog.portal.consenting import FIELD as YES
from dialog.portal.panels import PANELS, SENT
from dialog.portal.renewal_form import RenewForm
from dialog.portal.services import BEGINS, offered
from dialog.portal.times import carried
from dialog.renewals import actions, queries, texts
from dialog.renewals.policy import NEXT_STEPS, ItemStatus, Step
from dialog.renewals.queries import Line, Request, Service
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Link, Section

NOT_OURS = frozenset({"csrfmiddlewaretoken", "request_key", "send", "endre", YES})
COLOR: Mapping[ItemStatus, str] = {
    ItemStatus.REQUESTED: "info",
    ItemStatus.PREPARED: "info",
    ItemStatus.RENEWED: "success",
    ItemStatus.DECLINED: "danger",
    ItemStatus.CONSULTATION_NEEDED: "warning",
}


def renew(request: HttpRequest) -> HttpResponse:
    """Mark what to renew; see it once more; send it."""
    by = acting(request)
    service = queries.service_for(by)
    if service is None:
        return show(request, "portal/renewal.html", service=None, back_to=reverse("portal:home"))
    shown = service.state.on and not service.closed_to_parents
    offers = actions.see_prescriptions(by=by) if shown else queries.offers(by)
    form = RenewForm(request.POST or None, offers=offers)
    if not form.is_bound or "endre" in request.POST or not (shown or "send" in request.POST):
        return _marking(request, service, form)
    if "send" not in request.POST:
        return _looking_over(request, service, form)
    source, _words = carried(by, request)
    conversation = submit(form, partial(actions.request_renewal, by=by, continues_id=source))
    if isinstance(form.refusal, ConsentMissing):
        return _looking_over(request, service, form)
    if conversation is None:
        return _marking(request, service, form)
    request.session[SENT] = str(conversation.id)
    return redirect("portal:thread", conversation.id)


def _marking(request: HttpRequest, service: Service, form: RenewForm) -> HttpResponse:
    others = [] if service.state.on else [one for one in offered(acting(request))[1] if one.on]
    return show(
        request,
        "portal/renewal.html",
        form,
        service=service,
        rows=form.rows(),
        carried_words=carried(acting(request), request)[1],
        links=[
            Link(href=one.href, title=one.title, text=one.purpose, icon=one.icon) for one in others
        ],
        econsultation=BEGINS[Kind.ECONSULTATION],
        appointment=BEGINS[Kind.APPOINTMENT],
        back_to=reverse("portal:home"),
    )


def _looking_over(request: HttpRequest, service: Service, form: RenewForm) -> HttpResponse:
    if not form.is_valid():
        return _marking(request, service, form)
    names = {one.medicine.ref: one.medicine.title for one in form.askable}
    wishes = form.cleaned_data["wishes"]
    return show(
        request,
        "portal/renewal_confirm.html",
        form,
        lines=[(names.get(one.prescription, one.words), one.comment) for one in wishes],
        facts=[
            Fact(name=_("Slik får du det"), value=str(texts.PICK_UP[form.cleaned_data["pick_up"]])),
            Fact(name=_("Svar senest"), value=dates.day(service.answered_by)),
            Fact(name=_("Hvem som avgjør"), value=service.owner.name),
            Fact(name=_("Pris"), value=_("Det er gratis å fornye.")),
        ],
        carried=[
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_OURS
            for value in values
        ],
    )


@PANELS.of(Kind.RENEWAL)
def panel(by: Actor, thread: Thread) -> Panel:
    """How each line stands, why, and what the patient can do."""
    asked = queries.request_for(by, thread.id)
    return Panel(
        template="portal/renewal_panel.html",
        context={
            "thread": thread,
            "lines": [_shown(one, asked, thread) for one in asked.lines],
            "pick_up": texts.PICK_UP[asked.pick_up],
            "booking": f"{BEGINS[Kind.APPOINTMENT]}?fra={thread.id}",
        },
        record=partial(_record, asked, thread),
    )


def _record(asked: Request, thread: Thread) -> list[Section]:
    """Each line and what became of it; that it is free."""
    lines = [
        Fact(name=one["title"], value=_on_paper(one))
        for one in (_shown(line, asked, thread) for line in asked.lines)
    ]
    how = Fact(name=_("Slik får du det"), value=str(texts.PICK_UP[asked.pick_up]))
    price = Fact(name=_("Pris"), value=_("Det er gratis å fornye."))
    return [Section(heading=_("Resepter"), facts=[*lines, how, price])]


def _on_paper(shown: dict[str, Any]) -> str:
    status, at = str(shown["status"]), shown["decided_at"]
    decided = f"{status}, {paper.moment_of(at)}" if at else status
    said = (shown["comment"], decided, shown["reason"], shown["explanation"])
    return "\n".join(str(one) for one in said if one)


def _shown(line: Line, asked: Request, thread: Thread) -> dict[str, Any]:
    over = line.open and thread.status is Status.CLOSED
    step = _step(line)
    return {
        "title": line.title,
        "dosage": line.medicine.dosage if line.medicine else "",
        "comment": line.comment,
        "status": _("Ikke avgjort") if over else texts.STATUS_FOR_PATIENT[line.status],
        "color": "neutral" if over else COLOR[line.status],
        "decided_at": line.decided_at,
        "reason": texts.REASON_FOR_PATIENT[line.reason],
        "explanation": line.explanation,
        "next": texts.FETCH[asked.pick_up]
        if line.status is ItemStatus.RENEWED
        else texts.NEXT_STEP[step],
        "book": step in (Step.BOOK, Step.CONSULT),
        "call": step is Step.CALL,
    }


def _step(line: Line) -> Step:
    if line.status is ItemStatus.CONSULTATION_NEEDED:
        return Step.CONSULT
    return NEXT_STEPS.get(line.reason, Step.NOTHING)
