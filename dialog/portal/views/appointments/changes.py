"""Answering a proposal, moving an appointment, and keeping it in one's calendar."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.policy import APPOINTMENT, Step
from dialog.appointments.queries import AppointmentView
from dialog.errors import NotFound, ServiceOff, SlotTaken, WrongState
from dialog.portal.times import (
    Kind,
    alternatives,
    buttons,
    facts_of,
    first_day,
    named,
    shown,
    uuid_from,
)
from dialog.portal.views.appointments.panel import when_and_where
from dialog.portal.views.appointments.wish import DaysAndTimes
from dialog.portal.views.thread import page
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit


class AnotherForm(DaysAndTimes):
    """When it suits better."""

    text = fields.Words(
        label=gettext_lazy("Vil du si noe mer?"),
        max_length=APPOINTMENT.longest,
        required=False,
        rows=3,
    )


class ShownForm(Form):
    """Carries which time was on the page, so that nobody says yes or no to another."""

    shown = fields.Hidden(required=False)

    def clean_shown(self) -> int | None:
        """The version of the appointment that was on the page."""
        shown = str(self.cleaned_data["shown"])
        return int(shown) if shown.isdecimal() else None

    def show_again(self, version: int) -> None:
        """A refused form beside another time than before: the words stay, a yes does not."""
        if self.data.get("shown") != str(version):
            self.data = {"text": self.data.get("text", ""), "shown": str(version)}


def accept(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Yes to the proposed time."""
    return _answered(request, conversation_id, actions.accept_proposal)


def decline(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """No to the proposed time, and to any time for now."""
    return _answered(request, conversation_id, actions.decline_proposal)


def _answered(request: HttpRequest, conversation_id: UUID, act: Any) -> HttpResponse:
    form = ShownForm(request.POST)
    submit(form, partial(act, by=acting(request), conversation_id=conversation_id))
    if form.done:
        return redirect("portal:thread", conversation_id)
    return page(request, conversation_id, form=form)


def over(request: HttpRequest, one: AppointmentView, step: Step) -> HttpResponse | None:
    """The matter as it stands, where this can no longer be done: asked about in an old window, or
    said yes to there.
    """
    if step in one.steps:
        return None
    if request.method != "POST":
        return redirect("portal:thread", one.conversation_id)
    form = Form(request.POST)
    form.refuse(WrongState())
    return page(request, one.conversation_id, form=form)


def another(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The proposed time does not suit: ask for another."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    if gone := over(request, one, Step.ASK_AGAIN):
        return gone
    form = AnotherForm(request.POST if request.method == "POST" else None)
    form.name_days()
    if request.method == "POST":
        act = partial(actions.ask_for_another, by=by, conversation_id=conversation_id)
        if submit(form, act) is not None:
            return redirect("portal:thread", conversation_id)
    return show(
        request,
        "portal/appointments/another.html",
        form,
        facts=when_and_where(one),
        back_to=reverse("portal:thread", args=[conversation_id]),
    )


def move(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Choose another time; the old one is kept until the new one holds (R72)."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    if not (one.practitioner_uuid and one.type_uuid):
        raise NotFound
    if gone := over(request, one, Step.MOVE):
        return gone
    kind = Kind(practitioner=one.practitioner_uuid, type=one.type_uuid)
    try:
        days, later = shown(by, kind, first_day(request))
    except ServiceOff:
        return _kept(request, Form(), by, one)
    return show(
        request,
        "portal/appointments/move.html",
        one=one,
        named=named(days[0].slots[0]) if days else "",
        days=buttons(days),
        later=later,
        back_to=reverse("portal:thread", args=[conversation_id]),
    )


def moved(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The old time and the new beside each other, and a yes."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    slot_id = uuid_from(request.POST.get("time", "") or request.GET.get("time", ""))
    if gone := over(request, one, Step.MOVE):
        return gone
    if slot_id is None:
        return redirect("portal:move", conversation_id)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        act = partial(actions.move, by=by, conversation_id=conversation_id, slot_id=slot_id)
        if submit(form, act) is not None:
            return redirect("portal:thread", conversation_id)
    return _move_page(request, form, by, one, slot_id)


def _move_page(
    request: HttpRequest, form: Form, by: Actor, one: AppointmentView, slot_id: UUID
) -> HttpResponse:
    chosen, others = None, []
    if form.refusal is None:
        try:
            chosen = queries.slot_for(by, slot_id)
        except (SlotTaken, ServiceOff) as refusal:
            form.refuse(refusal)
    if isinstance(form.refusal, ServiceOff):
        return _kept(request, form, by, one)
    door = queries.booking_door(by)
    if isinstance(form.refusal, SlotTaken | WrongState):
        others = queries.nearest_alternatives(by, queries.wanted_slot(slot_id), door=door)
    return show(
        request,
        "portal/appointments/moved.html",
        form,
        one=one,
        old=when_and_where(one)[:2],
        facts=facts_of(chosen, door) if chosen else [],
        days=alternatives(others),
        slot_id=slot_id,
        back_to=reverse("portal:move", args=[one.conversation_id]),
    )


def _kept(request: HttpRequest, form: Form, by: Actor, one: AppointmentView) -> HttpResponse:
    """The time one has is still one's own where no other can be picked now, and what can be done
    instead.
    """
    form.refuse(ServiceOff(_("Timen er ikke flyttet. Akkurat nå kan du ikke velge ny time selv.")))
    return show(
        request,
        "portal/appointments/kept.html",
        form,
        one=one,
        door=_door(by),
        facts=when_and_where(one),
        can_cancel=Step.CANCEL in one.steps,
        back_to=reverse("portal:thread", args=[one.conversation_id]),
    )


def _door(by: Actor) -> queries.Door | None:
    """Why times cannot be picked, as far as it is known; whoever is on no list has no door."""
    try:
        return queries.booking_door(by)
    except ServiceOff:
        return None


def calendar(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The appointment for one's own calendar; its title says nothing of health (R74)."""
    entry = queries.calendar_entry(acting(request), conversation_id)
    return HttpResponse(
        entry,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="time.ics"'},
    )
