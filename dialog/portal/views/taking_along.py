"""Going on at the new GP's with what is open at the old one: seen once more, and a yes (R191)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.conversations import queries
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Elsewhere
from dialog.errors import NotFound
from dialog.portal.services import BEGINS
from dialog.portal.views.carrying import go_on
from dialog.renewals import actions, texts
from dialog.renewals import queries as renewals
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact


def take_along(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What goes along, what ends, what it costs, and one button."""
    by = acting(request)
    found = (one for one in queries.open_elsewhere(by) if one.id == conversation_id)
    matter = next(found, None)
    if matter is None:
        return redirect("portal:thread", queries.conversation_for(by, conversation_id).id)
    if matter.kind is Kind.APPOINTMENT:
        return redirect(f"{BEGINS[Kind.APPOINTMENT]}?fra={conversation_id}")
    after = queries.thread(by, conversation_id).continued_by
    if after:
        return redirect("portal:thread", after[0][0])
    if matter.kind is Kind.RENEWAL:
        return _renewal(request, matter)
    return go_on(
        request,
        by,
        conversation_id,
        matter.kind,
        becomes=_becomes(matter),
        back_to=reverse("portal:gp"),
        topic=matter.topic,
    )


def _becomes(matter: Elsewhere) -> str:
    if matter.goes_along:
        return _("Når du sender, avsluttes saken hos %(name)s.") % {"name": matter.with_whom}
    return _(
        "%(name)s gjør ferdig den du sendte dit, og du betaler for den som avtalt. "
        "Dette blir en ny e-konsultasjon med egen pris."
    ) % {"name": matter.with_whom}


def _renewal(request: HttpRequest, matter: Elsewhere) -> HttpResponse:
    by = acting(request)
    service, asked = renewals.service_for(by), renewals.request_for(by, matter.id)
    if service is None:
        raise NotFound
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        made = submit(form, partial(actions.take_along, by=by, conversation_id=matter.id))
        if made is not None:
            return redirect("portal:thread", made.id)
    return show(
        request,
        "portal/renewal_along.html",
        form,
        lines=[(one.title, one.comment) for one in asked.open_lines],
        decided=len(asked.lines) > len(asked.open_lines),
        service=service,
        matter=matter,
        facts=[Fact(name=_("Slik får du det"), value=str(texts.PICK_UP[asked.pick_up]))],
        back_to=reverse("portal:gp"),
    )
