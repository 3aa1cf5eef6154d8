"""What a patient sees of a time the record system must say yes to: while it waits, and what there
is instead when the answer was no, or never came.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.appointments import queries
from dialog.appointments.queries import AppointmentView
from dialog.conversations.arrivals import Arrival
from dialog.errors import ServiceOff
from dialog.portal.timeline import arrival_step
from dialog.portal.times import alternatives
from dialog.ui.parts import DayOfTimes, Step


def instead_of_it(by: Actor, one: AppointmentView) -> dict[str, Any]:
    """Whether it was refused or never answered, and then the nearest times that are left."""
    if not one.unconfirmed or one.cancelled_side in (None, Side.PATIENT):
        return {}
    refused = one.cancelled_side is Side.PRACTICE
    door, days = _left(by, one)
    return {"refused": refused, "unanswered": not refused, "door": door, "days": days}


def _left(by: Actor, one: AppointmentView) -> tuple[queries.Door | None, list[DayOfTimes]]:
    try:
        door = queries.booking_door(by)
        if one.slot_id is None or one.starts is None or one.starts <= timezone.now():
            return door, []
        wanted = queries.wanted_slot(one.slot_id)
        return door, alternatives(queries.nearest_alternatives(by, wanted, door=door))
    except ServiceOff:
        return None, []


def unconfirmed_steps(
    one: AppointmentView, sent: datetime, arrival: Arrival | None = None
) -> list[Step]:
    """Sent, how far it has come, and the answer that is waited for, or how it ended without one."""
    began = Step(title=_("Sendt til legekontoret"), at=sent)
    if one.cancelled_at is None:
        answer = Step(
            title=_("Svar fra legekontoret"),
            text=_("Du får beskjed når legekontoret har svart."),
            state="next" if arrival is Arrival.WAITS else "now",
        )
        known = arrival in (Arrival.WAITS, Arrival.ARRIVED)
        came = [arrival_step(arrival)] if arrival is not None and known else []
        return [began, *came, answer, Step(title=_("Timen"), at=one.starts, state="next")]
    ended = {
        Side.PATIENT: _("Trukket tilbake"),
        Side.PRACTICE: _("Legekontoret svarte nei"),
        Side.PLATFORM: _("Avsluttet uten svar"),
    }
    title = ended[one.cancelled_side or Side.PLATFORM]
    return [began, Step(title=title, at=one.cancelled_at, state="stopped")]
