"""Bestill time, from the office's own record system: answers, and what its calendar tells."""

from datetime import UTC, datetime
from typing import TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.policy import AppointmentStatus
from dialog.conversations import actions as conversations
from dialog.errors import InvalidInput, NotFound, WrongState
from dialog.interop import calendars
from dialog.interop.acting.heard import Heard
from dialog.interop.calendars import State, Told

# The record system's calendar is the office's own: what is in it is so, whatever lies here.
THEIRS = "Journalsystemet"


def answer_wish(heard: Heard) -> UUID:
    """A time for somebody who asked in words, a no, or words."""
    one, told = _answered(heard), calendars.told(heard.message)
    if told is None:
        return _in_words(heard, one)
    if told.state is State.CANCELLED:
        _cancel(heard, one)
    elif told.state is State.PENDING:
        actions.propose_time(
            by=heard.by, conversation_id=one, text=heard.text, **_place(heard.by, told)
        )
        calendars.remember(heard, told, one)
    else:
        _give(heard, told, one)
    return one


def answer_booking(heard: Heard) -> UUID:
    """Yes or no to a time that was chosen; or, on its own, what the calendar tells."""
    if heard.conversation_id is None:
        return take_appointments(heard)
    one, told = _answered(heard), calendars.told(heard.message)
    if told is None or told.state is State.CANCELLED:
        actions.refuse(by=heard.by, conversation_id=one, text=heard.text)
        return one
    if told.state is State.PENDING:
        return _in_words(heard, one) if heard.text else one  # neither a yes nor a no
    _confirm(heard, one, told)
    calendars.remember(heard, told, one)
    return one


def answer_cancelling(heard: Heard) -> UUID:
    """The calendar has heard that a time was given back; words go to the patient."""
    one = _answered(heard)
    if heard.text:
        conversations.reply(by=heard.by, conversation_id=one, text=heard.text)
    return one


def take_appointments(heard: Heard) -> UUID:
    """Appointments made, moved or cancelled in the office; the last version wins."""
    found = [_take(heard, told) for told in calendars.all_told(heard.message)]
    if not found:
        raise InvalidInput(_("Meldingen har ingen timeavtale."), field="calendar")
    return found[-1]


def _take(heard: Heard, told: Told) -> UUID:
    one = calendars.conversation_of(heard, told)
    if one is None:
        return _made(heard, told)
    if calendars.is_news(heard, told) and told.state is not State.PENDING:
        _changed(heard, told, one)
        calendars.remember(heard, told, one)
    return one


def _made(heard: Heard, told: Told) -> UUID:
    if told.state is State.CANCELLED:
        raise NotFound
    if told.state is State.PENDING:
        raise InvalidInput(field="calendar")  # nobody has promised anybody anything
    return _give(heard, told, None)


def _changed(heard: Heard, told: Told, one: UUID) -> None:
    view = queries.appointment_for(heard.by, one)
    if told.state is State.CANCELLED:
        if view.status is not AppointmentStatus.CANCELLED:
            _cancel(heard, one)
    elif view.status is AppointmentStatus.CANCELLED:
        raise WrongState  # given back here meanwhile: whoever keeps the calendar must know
    elif view.status is AppointmentStatus.PENDING:
        _confirm(heard, one, told)
    elif view.status is AppointmentStatus.BOOKED and _moved(view, told):
        actions.move(
            by=heard.by,
            conversation_id=one,
            text=heard.text,
            overbook_because=THEIRS,
            **_place(heard.by, told),
        )


def _confirm(heard: Heard, one: UUID, told: Told) -> None:
    """A yes, to the time the patient chose or another, and with whom they chose."""
    chosen = queries.appointment_for(heard.by, one).practitioner_uuid
    if not calendars.is_with(heard.by, told, chosen):
        raise InvalidInput(field="contact")
    actions.confirm(by=heard.by, conversation_id=one, period=told.period, text=heard.text)


def _moved(view: queries.AppointmentView, told: Told) -> bool:
    return (view.starts, view.ends) != (told.starts, told.ends)


def _give(heard: Heard, told: Told, one: UUID | None) -> UUID:
    given = actions.give_time(
        by=heard.by,
        conversation_id=one,
        patient=None if one else heard.patient_uuid,
        text=heard.text,
        overbook_because=THEIRS,
        **_place(heard.by, told),
    )
    calendars.remember(heard, told, given.conversation_id)
    return given.conversation_id


def _cancel(heard: Heard, one: UUID) -> None:
    actions.cancel(by=heard.by, conversation_id=one, text=heard.text)


def _in_words(heard: Heard, one: UUID) -> UUID:
    conversations.reply(by=heard.by, conversation_id=one, text=heard.text)
    return one


def _answered(heard: Heard) -> UUID:
    if heard.conversation_id is None:
        raise NotFound
    return heard.conversation_id


class Place(TypedDict):
    """A time with somebody, as the actions ask for it."""

    practitioner: UUID
    starts: datetime
    minutes: int


def _place(by: Actor, told: Told) -> Place:
    return Place(
        practitioner=calendars.practitioner_at(by, told.contact),
        starts=told.starts.astimezone(UTC),
        minutes=round((told.ends - told.starts).total_seconds() / 60),
    )
