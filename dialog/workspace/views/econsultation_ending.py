"""How an e-consultation ends: with a card, with a no and why, or with an ordinary appointment."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import actions as appointments
from dialog.appointments import queries as times
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Status
from dialog.conversations.queries import Thread
from dialog.econsultations import actions, policy, queries
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.workspace.econsultation_forms import (
    INSERT,
    CloseForm,
    DeclineForm,
    GiveTimeForm,
    Templated,
)
from dialog.workspace.lanes import lanes
from dialog.workspace.onward import lane_of, onward
from dialog.workspace.patient import strip
from dialog.workspace.talk import bubbles

MOST_TIMES, MOST_A_DAY = 12, 3


def decline(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say no, and why; the patient pays nothing."""
    return _end(
        request,
        conversation_id,
        make=lambda _thread: DeclineForm,
        act=actions.decline,
        said=_("E-konsultasjonen er avslått. Pasienten betaler ingenting."),
        heading=_("Avslå e-konsultasjonen"),
        lead=_("Pasienten betaler ingenting, og kan bestille time uten å skrive alt på nytt."),
        yes=_("Avslå"),
    )


def give_time(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Ask the patient to come; the time is given at once, or the patient books."""
    by = acting(request)
    return _end(
        request,
        conversation_id,
        make=lambda _thread: partial(GiveTimeForm, slots=_slots(by)),
        act=_refer,
        said=_("Pasienten er bedt om å komme, og betaler ingenting for e-konsultasjonen."),
        heading=_("Gi en vanlig time"),
        lead=_("Er du i tvil om det kan løses skriftlig, skal pasienten få en vanlig time."),
        yes=_("Gi time"),
    )


def _refer(
    *, by: Actor, conversation_id: UUID, text: str, slot_id: UUID | None, seen: int | None
) -> bool:
    actions.refer_to_appointment(by=by, conversation_id=conversation_id, text=text, seen=seen)
    if slot_id is not None:
        appointments.give_time(
            by=by,
            patient=people.patient_by_id(_patient_of(by, conversation_id)).uuid,
            slot_id=slot_id,
            text=text,
            continues_id=conversation_id,
        )
    return True


def _patient_of(by: Actor, conversation_id: UUID) -> int:
    return queries.econsultation_for(by, conversation_id).conversation.patient_id


def _slots(by: Actor) -> list[tuple[str, str]]:
    own = [one.uuid for one in people.clinicians_of_practice(by) if one.id == by.practitioner_id]
    if not own:
        return []
    days = times.office_slots(by, practitioner=own[0])
    free = [slot for day in days for slot in day.slots[:MOST_A_DAY]]
    return [
        (str(one.id), f"{dates.period(one.starts, one.ends)}, {one.type.name}")
        for one in free[:MOST_TIMES]
    ]


def complete(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Conclude with the four short fields."""
    by = acting(request)
    return _end(
        request,
        conversation_id,
        make=lambda thread: partial(
            CloseForm, owners=queries.possible_owners(by, thread.owner.list_id)
        ),
        act=actions.complete,
        said=_("E-konsultasjonen er avsluttet. Pasienten har fått kortet."),
        heading=_("Avslutt e-konsultasjonen"),
        lead=_("Pasienten får dette som et kort, og det er journalnotatet ditt."),
        yes=_("Avslutt"),
    )


def _end(
    request: HttpRequest,
    conversation_id: UUID,
    *,
    make: Callable[[Thread], Callable[..., Templated]],
    act: Callable[..., Any],
    said: str,
    **words: str,
) -> HttpResponse:
    by = acting(request)
    thread = conversations.read(by=by, conversation_id=conversation_id)
    form_of = partial(make(thread), known=queries.templates(by))
    if request.method != "POST":
        if thread.status is Status.CLOSED:
            return redirect("workspace:conversation", conversation_id)
        return _asked(request, thread, form_of(initial={"seen": thread.version}), **words)
    form = form_of(request.POST)
    if request.POST.get(INSERT):
        filled = form.begun(request.POST, queries.words_for(by, conversation_id))
        return _asked(request, thread, form_of(initial=filled), **words)
    submit(form, partial(act, by=by, conversation_id=conversation_id))
    if form.done:
        return onward(request, conversation_id, said)
    return _asked(request, thread, form, **words)


def _asked(request: HttpRequest, thread: Thread, form: Templated, **words: str) -> HttpResponse:
    by = acting(request)
    form.shown_with(thread.version)
    return show(
        request,
        "workspace/econsultation_end.html",
        form,
        thread=thread,
        strip=strip(thread.patient),
        lanes=lanes(by, here=lane_of(request)[0]),
        bubbles=bubbles(thread),
        price=_price(by, thread) if isinstance(form, CloseForm) else "",
        back_to=reverse("workspace:conversation", args=[thread.id]),
        **words,
    )


def _price(by: Actor, thread: Thread) -> str:
    view = queries.view(by, thread.id)
    now = queries.price_now(by, thread.patient.id, thread.owner.list_id).amount
    charge = policy.charge(accepted=view.accepted_price, price=now)
    if not charge:
        return _("Pasienten betaler ingenting.")
    sentence = _(
        "Avslutter du nå, betaler pasienten %(charge)s. Pasienten har godtatt høyst %(most)s."
    )
    return sentence % {"charge": dates.kr(charge), "most": dates.kr(view.accepted_price or 0)}
