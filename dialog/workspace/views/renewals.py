"""Renewals at the office: prepare and decide line by line."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import paper
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries import Thread
from dialog.people import queries as people
from dialog.renewals import actions, queries, texts
from dialog.renewals.policy import Group, ItemStatus, may_prepare, may_sign
from dialog.renewals.queries import Line, Request
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Section
from dialog.workspace.onward import onward
from dialog.workspace.panels import PANELS
from dialog.workspace.renewal_forms import (
    DecideForm,
    PrepareForm,
    decision_of,
    renew_all,
    words_of,
)
from dialog.workspace.views.conversation import page

COLOR: Mapping[ItemStatus, str] = {
    ItemStatus.REQUESTED: "info",
    ItemStatus.PREPARED: "accent",
    ItemStatus.RENEWED: "success",
    ItemStatus.DECLINED: "danger",
    ItemStatus.CONSULTATION_NEEDED: "warning",
}


@PANELS.of(Kind.RENEWAL)
def panel(by: Actor, thread: Thread, form: Form | None = None) -> Panel:
    """Every line of the request, and what this reader may do with those that are open."""
    asked = queries.request_for(by, thread.id)
    closed = thread.status is Status.CLOSED
    deciding = _deciding(by, asked, form) if may_sign(by) and not closed else None
    preparing = None if deciding or closed else _preparing(by, asked, form)
    return Panel(
        template="workspace/renewal_panel.html",
        context={
            "thread": thread,
            "lines": [_shown(one, deciding) for one in asked.lines],
            "deciding": deciding,
            "preparing": preparing,
            "many": len(asked.open_lines) > 1,
            "waits_for_doctor": not closed and bool(asked.open_lines) and not may_sign(by),
            "pick_up": texts.PICK_UP[asked.pick_up],
            "prescriptions": reverse("workspace:prescriptions", args=[thread.patient.uuid]),
        },
        record=partial(_record, asked),
    )


def _record(asked: Request) -> list[Section]:
    """Each line and what became of it."""
    lines = [Fact(name=one.title, value=_on_paper(one)) for one in asked.lines]
    how = Fact(name=_("Vil ha det"), value=str(texts.PICK_UP[asked.pick_up]))
    return [Section(heading=_("Resepter"), facts=[*lines, how])]


def _on_paper(line: Line) -> str:
    status = str(texts.STATUS_FOR_PRACTICE[line.status])
    decided = f"{status}, {paper.moment_of(line.decided_at)}" if line.decided_at else status
    reason = str(texts.REASON_FOR_PRACTICE[line.reason])
    return "\n".join(one for one in (line.comment, decided, reason, line.explanation) if one)


def _deciding(by: Actor, asked: Request, form: Form | None) -> DecideForm | None:
    if isinstance(form, DecideForm):
        return form
    return DecideForm(lines=asked.open_lines) if asked.open_lines else None


def _preparing(by: Actor, asked: Request, form: Form | None) -> PrepareForm | None:
    if isinstance(form, PrepareForm):
        return form
    lines = _to_prepare(asked)
    return PrepareForm(lines=lines) if lines and may_prepare(by) else None


def _to_prepare(asked: Request) -> list[Line]:
    return [one for one in asked.lines if one.status is ItemStatus.REQUESTED]


def _shown(line: Line, deciding: DecideForm | None) -> dict[str, Any]:
    own = deciding if deciding and decision_of(line) in deciding.fields else None
    prepared_at = dates.short_moment(line.prepared_at) if line.prepared_at else ""
    return {
        "title": line.title,
        "in_words": line.medicine is None,
        "habit_forming": line.medicine is not None and line.medicine.group in (Group.A, Group.B),
        "facts": _facts(line),
        "comment": line.comment,
        "status": texts.STATUS_FOR_PRACTICE[line.status],
        "color": COLOR[line.status],
        "reason": texts.REASON_FOR_PRACTICE[line.reason],
        "explanation": line.explanation,
        "prepared": _("%(name)s, %(when)s") % {"name": line.prepared_by, "when": prepared_at}
        if line.prepared_by
        else "",
        "decision": own[decision_of(line)] if own else None,
        "words": own[words_of(line)] if own else None,
    }


def _facts(line: Line) -> list[str]:
    medicine = line.medicine
    if medicine is None:
        return []
    control = medicine.control_by
    left = texts.what_is_left(
        repeats=medicine.repeats_left,
        valid_until=medicine.valid_until,
        renewed_on=None,
        today=people.today(),
    )
    control_by = (
        _("Kontroll innen %(day)s.") % {"day": dates.day_of_month(control)} if control else ""
    )
    return [one for one in (medicine.dosage, left, control_by) if one]


def decide(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Sign the lines that are decided, or all of them with one yes."""
    by = acting(request)
    lines = queries.request_for(by, conversation_id).open_lines
    act = partial(actions.decide, by=by, conversation_id=conversation_id)
    if "all" in request.POST:
        form: Form = Form(request.POST)
        submit(form, partial(act, decisions=renew_all(lines)))
    else:
        form = DecideForm(request.POST, lines=lines)
        submit(form, act)
    if not form.done:
        return page(request, conversation_id, form=form, panel=partial(panel, form=form))
    if queries.request_for(by, conversation_id).open_lines:
        return redirect("workspace:conversation", conversation_id)
    return onward(request, conversation_id, _("Alle linjene er avgjort, og saken er avsluttet."))


def prepare(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Make lines ready for the doctor."""
    by = acting(request)
    form = PrepareForm(request.POST, lines=_to_prepare(queries.request_for(by, conversation_id)))
    submit(form, partial(actions.prepare, by=by, conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form, panel=partial(panel, form=form))
    if _to_prepare(queries.request_for(by, conversation_id)):
        return redirect("workspace:conversation", conversation_id)
    return onward(request, conversation_id, _("Linjene er klare for legen."))
