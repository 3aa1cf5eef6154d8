"""The appointment above the messages of its conversation, and what can be done to it there."""

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
from dialog.appointments.policy import APPOINTMENT, AppointmentStatus, MeetingType, Step
from dialog.appointments.queries import AppointmentView
from dialog.conversations import queries as conversations
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.errors import NotFound
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.panels import Panel
from dialog.ui.parts import Section
from dialog.working_days import oslo_day
from dialog.workspace.onward import onward
from dialog.workspace.panels import PANELS
from dialog.workspace.seen import SeenForm
from dialog.workspace.times import calendar_address, meetings, time_facts, uuid_from, wish_facts
from dialog.workspace.views.conversation import page

GIVE, PROPOSE = "give", "propose"
COLORS = {
    AppointmentStatus.PROPOSED: "warning",
    AppointmentStatus.OFFERED: "info",
    AppointmentStatus.PENDING: "warning",
    AppointmentStatus.BOOKED: "success",
    AppointmentStatus.NOSHOW: "danger",
}


class WordsForm(SeenForm):
    """A word to the patient that goes with the time."""

    text = fields.Words(
        label=gettext_lazy("Noen ord til pasienten"),
        max_length=APPOINTMENT.longest,
        required=False,
        rows=2,
    )


class MeetingForm(SeenForm):
    """Another way to meet."""

    meeting = fields.Select(label=gettext_lazy("Møtes på en annen måte"))

    def __init__(self, *args: Any, one: AppointmentView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.choices = meetings(one.meetings)  # type: ignore[attr-defined]  # a Select
        field.initial = one.meeting

    def clean_meeting(self) -> MeetingType:
        """The way itself."""
        return MeetingType(self.cleaned_data["meeting"])


@PANELS.of(Kind.APPOINTMENT)
def panel(by: Actor, thread: Thread, refused: Form | None = None) -> Panel | None:
    """The appointment, or the wish with times that answer it; ``refused`` keeps its words."""
    one = queries.appointment_in(by, thread.id)
    if one is None:
        return None
    wished = one.status is AppointmentStatus.PROPOSED
    return Panel(
        template="workspace/appointments/panel.html",
        words_first=wished,
        set_aside=_set_aside(one),
        context={
            "one": one,
            "color": COLORS.get(one.status, "neutral"),
            "seen": thread.version,
            "facts": wish_facts(one) if wished else time_facts(one),
            "calendar": _calendar_of(one),
            "words": _words(refused, thread),
            **_steps(by, one, thread),
            **(_answers(by, one) if wished else {}),
        },
        record=partial(_record, one),
    )


def _record(one: AppointmentView) -> list[Section]:
    facts = wish_facts(one) if one.status is AppointmentStatus.PROPOSED else time_facts(one)
    return [Section(heading=one.status_name, facts=facts)]


def _words(refused: Form | None, thread: Thread) -> WordsForm:
    if not isinstance(refused, WordsForm):
        return WordsForm(auto_id="time_%s", initial={"seen": thread.version})
    refused.shown_with(thread.version)
    return refused


def _set_aside(one: AppointmentView) -> str:
    if Step.SET_ASIDE not in one.steps:
        return ""
    return reverse("workspace:set_time_aside", args=[one.conversation_id])


def _calendar_of(one: AppointmentView) -> str:
    if one.practitioner_uuid is None or one.starts is None:
        return ""
    return calendar_address(one.practitioner_uuid, oslo_day(one.starts))


def _steps(by: Actor, one: AppointmentView, thread: Thread) -> dict[str, Any]:
    other_ways = Step.CONVERT in one.steps and len(one.meetings) > 1
    return {
        "can": {step.name.lower(): True for step in one.steps},
        "instead": Step.REDIRECT in one.steps and queries.econsultation_instead(by, thread.id),
        "convert": MeetingForm(one=one, auto_id="meeting_%s", initial={"seen": thread.version})
        if other_ways
        else None,
    }


def _answers(by: Actor, one: AppointmentView) -> dict[str, Any]:
    return {"suggested": queries.suggestions(by, one.conversation_id)}


def answer(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give or propose one of the suggested times."""
    form = WordsForm(request.POST, auto_id="time_%s")
    give = uuid_from(request.POST.get(GIVE, ""))
    slot_id = give or uuid_from(request.POST.get(PROPOSE, ""))
    if slot_id is None:
        return redirect("workspace:choose_time", conversation_id)
    act = actions.give_time if give else actions.propose_time
    submit(
        form,
        partial(act, by=acting(request), conversation_id=conversation_id, slot_id=slot_id),
    )
    if not form.done:
        return page(request, conversation_id, form=form, panel=partial(panel, refused=form))
    said = _("Pasienten har fått timen.") if give else _("Forslaget er sendt til pasienten.")
    return onward(request, conversation_id, said)


def convert(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Meet another way at the same time (R88)."""
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    form = MeetingForm(request.POST, one=one, auto_id="meeting_%s")
    submit(form, partial(actions.convert, by=by, conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return redirect("workspace:conversation", conversation_id)


def set_aside(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Let what is written about a time rest."""
    form = SeenForm(request.POST)
    submit(form, partial(actions.set_aside, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Saken er satt til side."))


def mark(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Note who came; from the calendar one comes back to the calendar."""
    by = acting(request)
    came = request.POST.get("came", "")
    if came not in ("yes", "no"):
        raise NotFound
    act = actions.mark_attended if came == "yes" else actions.mark_absent
    form = Form(request.POST)
    submit(form, partial(act, by=by, conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    if request.POST.get("from") == "calendar":
        return redirect(_calendar_of(queries.appointment_for(by, conversation_id)))
    return redirect("workspace:conversation", conversation_id)


def _asked(one: AppointmentView) -> str:
    if one.status is AppointmentStatus.OFFERED:
        return _("Vil du ta tilbake forslaget?")
    return _("Vil du avlyse timen?") if one.starts else _("Vil du si nei til ønsket?")


def cancel(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Cancel the time, take the proposal back, or say no to the wish; with a word to the
    patient.
    """
    by = acting(request)
    one = queries.appointment_for(by, conversation_id)
    version = conversations.conversation_for(by, conversation_id).version
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"seen": version})
    if request.method != "POST" and Step.CANCEL not in one.steps:
        return redirect("workspace:conversation", conversation_id)
    if request.method == "POST":
        submit(form, partial(actions.cancel, by=by, conversation_id=conversation_id))
        if form.done:
            return onward(request, conversation_id, _("Timen er avlyst."))
        form.shown_with(version)
    return show(
        request,
        "ui/confirm.html",
        form,
        heading=_asked(one),
        sentences=[_("Pasienten får beskjed med en gang. Skriv gjerne hvorfor.")],
        facts=time_facts(one) if one.starts else wish_facts(one),
        yes=_("Ja, avlys") if one.status is AppointmentStatus.BOOKED else _("Ja"),
        no=_("Nei, gå tilbake"),
        no_href=reverse("workspace:conversation", args=[conversation_id]),
        layout="ui/workspace_page.html",
        dangerous=True,
    )
