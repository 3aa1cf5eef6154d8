"""Choosing a free time and taking it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import actions, queries, texts
from dialog.appointments.policy import APPOINTMENT, MeetingType
from dialog.appointments.queries import ChosenSlot, Wanted
from dialog.errors import DialogError, ServiceOff, SlotTaken, WrongState
from dialog.portal.fetching import still_fetching
from dialog.portal.left_behind import ends_where
from dialog.portal.times import (
    alternatives,
    back_to_free,
    buttons,
    carried,
    chosen_kind,
    facts_of,
    first_day,
    kinds,
    named,
    shown,
    uuid_from,
)
from dialog.portal.words_along import make_room
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit

MEETINGS = frozenset({MeetingType.IN_PERSON, MeetingType.PHONE, MeetingType.VIDEO})


class BookForm(Form):
    """Why one comes, and how one meets where there is a choice."""

    meeting = fields.Choice(label=_("Hvordan vil du møte?"), required=False)
    text = fields.Words(
        label=_("Hva gjelder timen?"),
        help_text=_("Skriv kort, så kan den du skal møte, forberede seg. Trenger du tolk, si fra."),
        max_length=APPOINTMENT.longest,
        required=False,
        rows=4,
    )

    def choose_among(self, meetings: frozenset[MeetingType]) -> None:
        """Ask how to meet only where there is something to choose."""
        ways = [one for one in MeetingType if one in meetings]
        if len(ways) < 2:
            del self.fields["meeting"]
            return
        field = self.fields["meeting"]
        field.choices = [  # type: ignore[attr-defined]  # a Choice field
            (str(one), str(texts.MEETING[one])) for one in ways
        ]
        if not MEETINGS & meetings:
            field.label = _("Hva skal gjøres?")
        field.required = True
        field.initial = str(ways[0])


def free(request: HttpRequest) -> HttpResponse:
    """The free times by day; or, when none can be picked, how to ask for one (R60-R62)."""
    by = acting(request)
    door = queries.booking_door(by)
    source, _words = carried(by, request)
    context: dict[str, Any] = {"door": door, "source": source or ""}
    kind = chosen_kind(request) if door.direct else None
    whose = kind.practitioner if kind else None
    if door.direct and (page := still_fetching(request, by, door, whose, source)):
        return page
    if kind is None:
        found = kinds(by, door.owner.practitioner_id, source) if door.direct else []
        return show(request, "portal/appointments/begin.html", kinds=found, **context)
    days, later = shown(by, kind, first_day(request))
    return show(
        request,
        "portal/appointments/free.html",
        kind=kind,
        named=named(days[0].slots[0]) if days else "",
        days=buttons(days),
        later=later,
        back_to=back_to_free(source),
        **context,
    )


def book(request: HttpRequest) -> HttpResponse:
    """Look at the chosen time once more, say what it is about, and take it."""
    by = acting(request)
    slot_id = uuid_from(request.POST.get("time", "") or request.GET.get("time", ""))
    source, words = carried(by, request)
    if slot_id is None:
        return redirect(back_to_free(source))
    if request.method != "POST":
        chosen, refused = _look(by, slot_id)
        if own := _already_mine(by, slot_id, refused):
            return redirect("portal:thread", own)
        form = BookForm(None)
        make_room(form, words, to_the_office=True)
        form.choose_among(chosen.slot.type.meetings if chosen else frozenset())
        if refused is None:
            return _page(request, form, chosen, None, slot_id=slot_id, source=source)
        form.refuse(refused)
        wanted = queries.wanted_slot(slot_id)
        return _page(request, form, None, wanted, slot_id=slot_id, source=source)
    form = BookForm(request.POST)
    make_room(form, words, to_the_office=True)
    wanted = queries.wanted_slot(slot_id)
    form.choose_among(wanted.meetings if wanted else frozenset())
    act = partial(actions.book_slot, by=by, slot_id=slot_id, continues_id=source)
    booked = submit(form, act)
    if booked is not None:
        return redirect("portal:thread", booked.conversation_id)
    if own := _already_mine(by, slot_id, form.refusal):
        return redirect("portal:thread", own)
    # The action itself has looked at everything; the time is shown again only while it can be had.
    chosen = None if _lost(form) else _look(by, slot_id)[0]
    return _page(request, form, chosen, wanted, slot_id=slot_id, source=source)


def _look(by: Actor, slot_id: Any) -> tuple[ChosenSlot | None, SlotTaken | ServiceOff | None]:
    """The time, or why it cannot be had."""
    try:
        return queries.slot_for(by, slot_id), None
    except (SlotTaken, ServiceOff) as refusal:
        return None, refusal


def _already_mine(by: Actor, slot_id: UUID, refused: DialogError | None) -> UUID | None:
    """The matter of a time that is taken, where it is the reader who has it: somebody who went
    back, or has two windows open.
    """
    return queries.taken_by(by, slot_id) if isinstance(refused, SlotTaken) else None


def _lost(form: BookForm) -> bool:
    return isinstance(form.refusal, SlotTaken | WrongState)


def _page(
    request: HttpRequest,
    form: BookForm,
    chosen: ChosenSlot | None,
    wanted: Wanted | None,
    **context: Any,
) -> HttpResponse:
    door, lost = queries.booking_door(acting(request)), _lost(form)
    others = queries.nearest_alternatives(acting(request), wanted, door=door) if lost else []
    return show(
        request,
        "portal/appointments/book.html",
        form,
        door=door,
        facts=facts_of(chosen, door) if chosen and not lost else [],
        instructions=chosen.slot.type.instructions if chosen else "",
        must_ask=chosen is not None and chosen.confirmed_elsewhere,
        takeable=chosen is not None and not lost and door.direct,
        days=alternatives(others),
        back_to=back_to_free(context["source"]),
        ends_where=ends_where(acting(request), context["source"]),
        **context,
    )
